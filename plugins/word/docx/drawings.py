"""A drawing of a .docx -> its pictures as Word shows them, and its text boxes; anything else is counted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from plugins.word import pictures
from plugins.word.docx.ooxml import DGM, MC, PIC, WP, A, C, O, R, Related, V, W, number, visible_branch
from plugins.word.nodes import Inline
from plugins.word.package import Parts
from plugins.word.pictures import Crop, KeepPicture, Turn
from plugins.word.report import ImportReport

_FULL_TURN = 21_600_000  # in sixty-thousandths of a degree
_VML_FRACTION = 65_536
_PLAIN_SHAPES = {"", "rect", "roundRect", "snip1Rect", "round1Rect", "round2SameRect", "bevel", "frame"}


class Drawings:
    """Reads the drawings of one part."""

    def __init__(self, parts: Parts, related: Mapping[str, Related], keep: KeepPicture, report: ImportReport) -> None:
        self._parts, self._related, self._keep, self._report = parts, related, keep, report

    def read(self, drawing: Element) -> list[Inline]:
        """Return the pictures and text boxes of a w:drawing, w:pict or w:object; count it if it has neither."""
        drawn: list[Inline] = []
        described = drawing.find(f".//{WP}docPr")
        alt = _described(described)
        before = self._report.lost.total()
        if _is_hidden(described):
            self._report.lost["hình ẩn trong Word"] += 1
        else:
            self._walk(drawing, pictures.UPRIGHT, alt, drawn, is_object=drawing.tag == f"{W}object")
        if not drawn and self._report.lost.total() == before:
            self._report.lost[_name_of(drawing)] += 1
        return drawn

    def _walk(self, element: Element, turn: Turn, alt: str, drawn: list[Inline], *, is_object: bool) -> None:
        for child in _shown_children(element):
            name = child.tag.rsplit("}", 1)[-1]
            if child.tag == f"{W}txbxContent":
                drawn.append(Inline("box", box=child))
                continue
            style = child.get("style", "") if child.tag.startswith(V) else ""
            if "visibility:hidden" in style.replace(" ", "") or _is_hidden(_names_of(child)):
                self._report.lost["hình ẩn trong Word"] += 1
                continue
            around = _turned(turn, _vml_turn(style) if style else _turn_of(child))
            if name in {"pic", "wsp"}:
                self._fill(child, around, alt, drawn)
            elif child.tag in {f"{V}imagedata", f"{V}fill"} and not is_object:
                if relation := child.get(f"{R}id") or child.get(f"{O}relid"):
                    title = pictures.written_alt(child.get(f"{O}title", ""))
                    self._picture(relation, _vml_crop(child), turn, title or alt, drawn)
            elif child.tag == f"{V}textpath" and child.get("string", "").strip():
                drawn.append(Inline("box", box=_paragraph_of(child.get("string", ""))))
            self._walk(child, around, alt, drawn, is_object=is_object)

    def _fill(self, shape: Element, turn: Turn, alt: str, drawn: list[Inline]) -> None:
        """Take the picture that fills a shape: the one of a pic, or the fill of any other shape."""
        inner = (found for child in shape if child.tag.endswith("}spPr") for found in child.iter(f"{A}blipFill"))
        fill = next(chain(shape.iterfind(f"{PIC}blipFill"), inner), None)
        blip = fill.find(f"{A}blip") if fill is not None else None
        if fill is None or blip is None:
            return
        if name := blip.get(f"{R}embed"):
            shaped = shape.find(f".//{A}prstGeom")
            is_cut = shaped is not None and shaped.get("prst", "") not in _PLAIN_SHAPES
            if is_cut or shape.find(f".//{A}custGeom") is not None:
                self._report.changed["ảnh cắt theo hình, giữ cả khung chữ nhật"] += 1
            self._picture(name, _crop_of(fill), turn, alt or _described(_names_of(shape)), drawn)
        elif blip.get(f"{R}link") is not None:
            self._report.lost[pictures.OUTSIDE] += 1

    def _picture(self, relation: str, crop: Crop | None, turn: Turn, alt: str, drawn: list[Inline]) -> None:
        related = self._related.get(relation)
        if crop is None:
            self._report.lost["ảnh bị cắt hết trong Word"] += 1
        elif related and related.is_outside:
            self._report.lost[pictures.OUTSIDE] += 1
        elif data := pictures.load_picture(self._parts, related.target if related else "", self._report):
            drawn += pictures.show_picture(pictures.EmbeddedPicture(data, crop, alt, turn), self._keep, self._report)


def _shown_children(element: Iterable[Element]) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            yield from _shown_children(visible_branch(child))
        else:
            yield child


def _names_of(shape: Element) -> Element | None:
    """Return the element with the name and description of a shape or picture inside a drawing."""
    return next((found for holder in (shape, *shape) for found in holder if found.tag.endswith("}cNvPr")), None)


def _described(names: Element | None) -> str:
    return pictures.written_alt(names.get("descr", "") or names.get("title", "")) if names is not None else ""


def _is_hidden(names: Element | None) -> bool:
    return names is not None and names.get("hidden") in {"1", "true"}


def _turn_of(shape: Element) -> Turn:
    """Return the turn of a shape or group."""
    properties = next((child for child in shape if child.tag.endswith(("}spPr", "}grpSpPr"))), None)
    frame = properties.find(f"{A}xfrm") if properties is not None else None
    if frame is None:
        return pictures.UPRIGHT
    turned = number(frame.get("rot")) / _FULL_TURN * 360
    is_mirrored, is_upset = (frame.get(flip) in {"1", "true"} for flip in ("flipH", "flipV"))
    return pictures.make_turn(turned, is_mirrored=is_mirrored, is_upset=is_upset)


def _turned(group: Turn, shape: Turn) -> Turn:
    """Return the turn of a shape inside a turned group."""
    return (group[0] + (-shape[0] if group[1] else shape[0])) % 4, group[1] != shape[1]


def _vml_turn(style: str) -> Turn:
    turned = re.search(r"(?:^|;)\s*rotation:\s*(-?[\d.]+)(fd)?", style)
    flipped = re.search(r"(?:^|;)\s*flip:\s*([xy ]+)", style)
    degrees = float(turned[1]) / (_VML_FRACTION if turned[2] else 1) if turned and turned[1].count(".") < 2 else 0.0
    sides = flipped[1] if flipped else ""
    return pictures.make_turn(degrees, is_mirrored="x" in sides, is_upset="y" in sides)


def _crop_of(fill: Element) -> Crop | None:
    """Return the visible part of a picture: the cropped rest stays in the file, and may be private."""
    crop: Crop | None = pictures.WHOLE
    for tag in (f"{A}srcRect", f"{A}stretch/{A}fillRect"):
        cut = fill.find(tag)
        # In thousandths of a percent. Negative, the first adds a margin, the second lets the picture exceed its frame.
        sides = [_percent(cut.get(side, "0")) for side in "ltrb"] if cut is not None else [0.0] * 4
        if tag.endswith("fillRect"):
            left, top, right, bottom = sides
            width, height = 1 - left - right, 1 - top - bottom
            if width <= 0 or height <= 0:
                continue
            sides = [-left / width, -top / height, -right / width, -bottom / height]
        crop = _cut(crop, sides) if crop else None
    return crop


def _cut(crop: Crop, sides: list[float]) -> Crop | None:
    left, top, right, bottom = (max(0.0, side) for side in sides)
    if left + right >= 1 or top + bottom >= 1:
        return None
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    return crop[0] + left * width, crop[1] + top * height, crop[2] - right * width, crop[3] - bottom * height


def _percent(written: str) -> float:
    # The ISO standard writes 50% where Word writes 50000.
    if found := re.fullmatch(r"(-?\d+(?:\.\d+)?)%", written):
        return float(found[1]) / 100
    return number(written) / 100_000


def _vml_crop(image: Element) -> Crop | None:
    written = (image.get(f"crop{side}", "0").strip() for side in ("left", "top", "right", "bottom"))
    sides = [re.fullmatch(r"(-?\d*\.?\d+)(f|%)?", one) for one in written]
    units = {"f": _VML_FRACTION, "%": 100}
    return _cut(pictures.WHOLE, [float(one[1]) / units.get(one[2], 1) if one else 0.0 for one in sides])


def _paragraph_of(text: str) -> Element:
    """Return a text box with one paragraph: the text of old WordArt is only an attribute."""
    box = ET.Element(f"{W}txbxContent")
    ET.SubElement(ET.SubElement(ET.SubElement(box, f"{W}p"), f"{W}r"), f"{W}t").text = text
    return box


def _name_of(drawing: Element) -> str:
    if any(element.tag == f"{C}chart" or "chartex" in element.tag for element in drawing.iter()):
        return "biểu đồ"
    if drawing.find(f".//{DGM}relIds") is not None:
        return "sơ đồ SmartArt"
    return "đối tượng nhúng (bảng Excel, công thức…)" if drawing.tag == f"{W}object" else "hình vẽ"
