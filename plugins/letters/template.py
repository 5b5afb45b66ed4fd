"""Open a Word template, refusing anything in it that runs code or fetches something from outside."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree
from lxml.etree import _Element as Element

from plugins.sources.packing import pack
from plugins.sources.problem import Invalid
from plugins.word.docx.ooxml import W
from plugins.word.package import BROKEN, is_old_word, is_xml, refuse_deep, refuse_hostile, unpack

# Twenty times a letter with a coat of arms.
MAX_BYTES = 5_000_000
MAX_TEXT_TAGS = 20_000
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEXTS = re.compile(r"wordprocessingml\.(?:document\.main|header|footer|footnotes|endnotes)\+xml$")
_MACRO = re.compile(r"macroEnabled|vbaProject|vbaData|activeX", re.IGNORECASE)
# Types of relationships to code, or to files that Word opens or fetches.
_LIVING = re.compile(r"/(vba\w*|oleObject|package|control|activeX\w*|aFChunk|subDocument|attachedTemplate|\w*frame)$")
_WEB = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
# Word fields that only show the document's own content; any other may fetch or start something.
_PLAIN = re.compile(
    r"\s*(?:(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|MERGEFIELD|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|TOC|TC|REF|PAGEREF"
    r"|NOTEREF|SEQ|STYLEREF|SYMBOL|TITLE|SUBJECT|AUTHOR|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|NUMWORDS|EQ|ADVANCE|LISTNUM)\b"
    r"|HYPERLINK\s+(?:\\l\b|\"?(?:https?://|mailto:)))",
    re.IGNORECASE,
)
_AGAIN = "mở bằng Word, chép chữ sang một tệp mới, lưu thành .docx"


def tag(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{W}{name}"


@dataclass(frozen=True)
class Template:
    """The parts of a document by name; `texts` are the trees of those with text, the body first."""

    parts: dict[str, bytes]
    texts: dict[str, Element]

    def save(self) -> bytes:
        """Return the document's bytes, with its texts as they are now."""
        saved = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self.texts.items()
        }
        return pack(self.parts | saved)


def open_template(data: bytes) -> Template:
    """Open a template; Invalid if it cannot be used."""
    if len(data) > MAX_BYTES:
        raise Invalid("Tệp mẫu nặng quá 5 MB", "thu nhỏ hay bỏ ảnh trong tệp")
    if not data.startswith(b"PK"):
        what = "là .doc kiểu cũ" if is_old_word(data) else "không phải tệp .docx"
        raise Invalid(f"Tệp mẫu {what}", "mở bằng Word, lưu thành .docx")
    held = unpack(data)
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.replace("\\", "/").lstrip("/").lower() in held]
    if any(".." in PurePosixPath(name.replace("\\", "/")).parts for name in names):
        raise BROKEN
    parts = {name: held[name.replace("\\", "/").lstrip("/")] for name in dict.fromkeys(names)}
    trees = {name: _parse(part) for name, part in parts.items() if is_xml(name)}
    types = next((root for name, root in trees.items() if name.lower() == "[content_types].xml"), None)
    if types is None:
        raise BROKEN
    texts = _find_texts(types, trees)
    for name, root in trees.items():
        if name.lower().endswith(".rels"):
            _refuse_living(root)
    for root in texts.values():
        _refuse_fetching(root)
    return Template(parts, texts)


def _parse(part: bytes) -> Element:
    if _STRICT in part:
        raise Invalid("Tệp mẫu lưu kiểu Strict Open XML", "mở bằng Word, lưu lại thành Word Document (.docx)")
    refuse_hostile(part)
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        raise BROKEN from None
    refuse_deep(root)
    return root


def _find_texts(types: Element, trees: dict[str, Element]) -> dict[str, Element]:
    """Return the parts that the package declares to hold text, the body first."""
    kinds = {
        posixpath.normpath(one.get("PartName", "").lstrip("/")).lower(): one.get("ContentType", "")
        for one in types.iterchildren("{*}Override")
    }
    usual = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in types.iterchildren("{*}Default")}
    if any(_MACRO.search(kind) for kind in (*kinds.values(), *usual.values())):
        fix = "mở bằng Word, lưu thành Word Document (.docx), không phải .docm"
        raise Invalid("Tệp mẫu có macro, không được dùng", fix)
    named = {name: kinds.get(name.lower(), usual.get(name.lower().rpartition(".")[2], "")) for name in trees}
    found = {name: kind for name, kind in named.items() if _TEXTS.search(kind)}
    # Some programs declare one type for all parts.
    bodies = [name for name, kind in found.items() if kind == _MAIN and trees[name].find(tag("body")) is not None]
    found = {name: kind for name, kind in found.items() if kind != _MAIN or name in bodies}
    if len(bodies) != 1:
        raise Invalid("Tệp mẫu không phải văn bản Word", "mở bằng Word, lưu thành Word Document (.docx)")
    texts = {name: trees[name] for name in dict.fromkeys((*bodies, *found))}
    if sum(1 for root in texts.values() for _ in root.iter()) > MAX_TEXT_TAGS:
        raise Invalid("Tệp mẫu dài quá một văn bản", "chỉ giữ phần chữ của một văn bản")
    return texts


def _refuse_living(relations: Element) -> None:
    for one in relations.iterchildren("{*}Relationship"):
        kind, target = one.get("Type", ""), one.get("Target", "")
        if _LIVING.search(kind):
            raise Invalid("Tệp mẫu có macro, tệp nhúng hay mẫu gắn kèm, không được dùng", _AGAIN)
        if one.get("TargetMode") == "External" and not (kind.endswith("/hyperlink") and _WEB.match(target)):
            fix = "chèn thẳng ảnh vào tệp, hoặc bỏ chỗ nối ấy"
            raise Invalid("Tệp mẫu nối tới ảnh hay tệp ở ngoài, không được dùng", fix)


def _refuse_fetching(root: Element) -> None:
    codes = [*(one.get(tag("instr"), "") for one in root.iter(tag("fldSimple"))), *_instructions(root)]
    if not all(map(_PLAIN.match, codes)):
        what = "Tệp mẫu có trường của Word lấy nội dung từ nơi khác, không được dùng"
        raise Invalid(what, "xóa trường ấy trong Word")


def _instructions(root: Element) -> Iterator[str]:
    """Yield the instruction of each complex field, without those of fields nested in it."""
    opened: list[str | None] = []
    for one in root.iter(tag("instrText"), tag("fldChar")):
        if (kind := one.get(tag("fldCharType"))) == "begin":
            opened.append("")
        elif one.tag == tag("instrText"):
            if not opened or opened[-1] is None:
                yield one.text or ""
            else:
                opened[-1] += one.text or ""
        elif opened:
            if (code := opened.pop()) is not None:
                yield code
            opened += [None] if kind == "separate" else []
    yield from filter(None, opened)
