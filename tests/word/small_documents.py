"""The smallest .docx of each kind: a body in Word's XML, and what other parts it names, under whatever names."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from plugins.photos import pixels
from plugins.word.document import Conversion, load_document

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.word.pictures import EmbeddedPicture

_OOXML = "http://schemas.openxmlformats.org"
_OFFICE = f"{_OOXML}/officeDocument/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{_OOXML}/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/relationships",
        "m": f"{_OFFICE}/math",
        "a": f"{_OOXML}/drawingml/2006/main",
        "pic": f"{_OOXML}/drawingml/2006/picture",
        "wp": f"{_OOXML}/drawingml/2006/wordprocessingDrawing",
        "mc": f"{_OOXML}/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    }.items()
)
_STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
"""


def text(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def run(words: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{text(words)}</w:r>"


def paragraph(inside: str, properties: str = "") -> str:
    """Return a paragraph; words without tags are one run."""
    inside = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def styled(style: str, inside: str, properties: str = "") -> str:
    return paragraph(inside, f'<w:pStyle w:val="{style}"/>{properties}')


def numbered(inside: str, list_id: int = 1, level: int = 0, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return paragraph(inside, f'{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(number: int, kind: str, label: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
    )


def numbering(*lists: str, nums: str = "") -> str:
    """Return a part of lists: each its levels, numbered from 1, and more nums."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at, levels in enumerate(lists)
    )
    plain = "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(lists)))
    return f"{abstract}{plain}{nums}"


def field(instruction: str, result: str = "", form: str = "") -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(relation: str = "i1", frame: str = "", cut: str = "", names: str = "", fill: str = "") -> str:
    """Return a pic:pic; `frame` are the attributes of its a:xfrm, `cut` those of its srcRect."""
    crop = f"<a:srcRect {cut}/>" if cut else ""
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a" {names}/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/>'
        f"{crop}<a:stretch>{fill or '<a:fillRect/>'}</a:stretch></pic:blipFill><pic:spPr><a:xfrm {frame}/>"
        f'<a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    )


def drawing(inside: str, names: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" {names}/><a:graphic><a:graphicData uri="x">{inside}'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def quarters() -> Image.Image:
    """Return a picture whose quarters are red and green above, blue and white below."""
    image = Image.new("RGB", (60, 40), (255, 255, 255))
    for colour, box in (((220, 0, 0), (0, 0, 30, 20)), ((0, 200, 0), (30, 0, 60, 20)), ((0, 0, 220), (0, 20, 30, 40))):
        image.paste(colour, box)
    return image


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def small(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    media: dict[str, bytes] | None = None,
    more: dict[str, tuple[str, str, bytes]] | None = None,
    suffix: str = "",
) -> bytes:
    """Return a document; `media` are pictures by id, `more` other parts: their kind, name and bytes by id."""
    parts = {f"word/document{suffix}.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()}
    related = {"s": ("styles", f"styles{suffix}.xml"), "n": ("numbering", f"numbering{suffix}.xml")}
    parts[f"word/styles{suffix}.xml"] = f"<w:styles {NAMESPACES}>{_STYLES}{styles}</w:styles>".encode()
    parts[f"word/numbering{suffix}.xml"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>".encode()
    for identifier, data in (media or {}).items():
        related[identifier] = ("image", f"media/{identifier}.png")
        parts[f"word/media/{identifier}.png"] = data
    for identifier, (kind, name, data) in (more or {}).items():
        related[identifier] = (kind, name)
        if not re.match(r"\w+:", name):
            parts[f"word/{name}"] = data
    parts[f"word/_rels/document{suffix}.xml.rels"] = _relationships(related)
    parts["_rels/.rels"] = _relationships({"d": ("officeDocument", f"word/document{suffix}.xml")})
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def _relationships(related: dict[str, tuple[str, str]]) -> bytes:
    lines = ""
    for identifier, (kind, target) in related.items():
        mode = ' TargetMode="External"' if re.match(r"\w+:", target) else ""
        kind_of = f"{_OFFICE}/relationships/{kind}"
        lines += f'<Relationship Id="{identifier}" Type="{kind_of}" Target="{target}"{mode}/>'
    namespace = f"{_OOXML}/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{lines}</Relationships>'.encode()


class Read:
    """The result for a document: its Markdown, its report, its pictures as kept."""

    def __init__(self, folder: Path, data: bytes, name: str = "bai.docx") -> None:
        self.pictures: list[Image.Image] = []
        file = folder / name
        file.write_bytes(data)
        self.document: Conversion = load_document(file, self._keep)
        self.markdown = "\n\n".join(block.markdown for block in self.document.blocks)
        self.report = self.document.report
        self.said = "\n".join(self.report.lines())

    def _keep(self, picture: EmbeddedPicture) -> str:
        kept = pixels.keep(picture.data, 2560, picture.crop, picture.turn)
        self.pictures.append(Image.open(BytesIO(kept)).convert("RGB"))
        return f"anh-{len(self.pictures)}.jpg"

    def colours(self) -> list[str]:
        """Return the corners of the first picture: upper left, upper right, lower left, lower right."""
        image = self.pictures[0]
        places = ((4, 4), (image.width - 5, 4), (4, image.height - 5), (image.width - 5, image.height - 5))
        return [_name(image.getpixel(place)) for place in places]  # type: ignore[arg-type]


def _name(pixel: tuple[int, int, int]) -> str:
    red, green, blue = (value > 128 for value in pixel)
    return {(1, 0, 0): "đỏ", (0, 1, 0): "lục", (0, 0, 1): "lam", (1, 1, 1): "trắng"}.get((red, green, blue), "?")
