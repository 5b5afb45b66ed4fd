"""A frame or shape of an .odt -> its visible pictures, its text, its formula; anything else is counted."""

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from PIL import Image

from plugins.sources.problem import Invalid
from plugins.word import pictures
from plugins.word.formulas import read_mathml
from plugins.word.nodes import Inline
from plugins.word.odt.styles import DRAW, FO, FORM, OFFICE, STYLE, SVG, XLINK, Styles, local
from plugins.word.package import Parts, parse_part
from plugins.word.pictures import KeepPicture
from plugins.word.report import FORMULAS, ImportReport

SHAPES = {"frame", "g", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "regular-polygon"}
SHAPES |= {"path", "connector", "caption", "measure", "control"}
_INCHES = {"in": 1.0, "inch": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "pc": 1 / 6, "px": 1 / 96}
# Pixels per inch of a picture that does not say.
_USUAL_DPI = 96.0


class Drawings:
    """Reads the drawings of a document."""

    def __init__(
        self, parts: Parts, styles: Styles, controls: Mapping[str, Element], keep: KeepPicture, report: ImportReport
    ) -> None:
        self._parts, self._styles, self._controls, self._keep, self._report = parts, styles, controls, keep, report

    def read(self, shape: Element) -> list[Inline]:
        """Return the content of a drawing: pictures, formulas, and text boxes to be read."""
        before = self._report.lost.total()
        found = self._walk(shape)
        if not found and self._report.lost.total() == before and local(shape) != "control":
            self._report.lost["hình vẽ"] += 1
        return found

    def _walk(self, shape: Element) -> list[Inline]:
        name = local(shape)
        if shape.get(f"{DRAW}display") == "none":
            self._report.lost["hình ẩn"] += 1
            return []
        if name in {"g", "a"}:
            return [piece for child in shape if local(child) in SHAPES | {"a"} for piece in self._walk(child)]
        if name == "control":
            control = self._controls.get(shape.get(f"{DRAW}control", ""))
            return [Inline("text", read_control(control))] if control is not None else []
        if name == "frame":
            return self._frame(shape)
        fill = self._styles.fill(shape.get(f"{DRAW}style-name", ""))
        return [*(self._picture(fill, shape) if fill else ()), *_box(shape)]

    def _frame(self, frame: Element) -> list[Inline]:
        kinds: dict[str, list[Element]] = {}
        for child in frame:
            kinds.setdefault(local(child), []).append(child)
        if boxes := kinds.get("text-box"):
            return [piece for box in boxes for piece in _box(box)]
        if objects := [*kinds.get("object", ()), *kinds.get("object-ole", ()), *kinds.get("plugin", ())]:
            return self._object(objects[0])
        # The same picture in several formats: pixels before vectors.
        images = [image.get(f"{XLINK}href", "") for image in kinds.get("image", ())]
        images.sort(key=lambda href: href.lower().endswith(pictures.VECTORS))
        return self._picture(images[0], frame) if images else []

    def _object(self, element: Element) -> list[Inline]:
        name = f"{_part_of(element.get(f'{XLINK}href', ''))}/content.xml"
        root = ET.Element("none")
        with suppress(Invalid):
            root = parse_part(self._parts[name]) if name in self._parts else next(iter(element), root)
        if local(root) == "math":
            self._report.changed[FORMULAS] += 1
            return [Inline("text", text, frozenset({mark} if mark else ())) for text, mark in read_mathml(root)]
        is_chart = root.find(f"{OFFICE}body/{OFFICE}chart") is not None
        self._report.lost["biểu đồ" if is_chart else "đối tượng nhúng (bảng Excel, công thức…)"] += 1
        return []

    def _picture(self, href: str, frame: Element) -> list[Inline]:
        name = _part_of(href)
        if name not in self._parts and not name.lower().endswith(pictures.VECTORS) and re.match(r"\w+:|\.\./|/", href):
            self._report.lost[pictures.OUTSIDE] += 1
            return []
        if not (data := pictures.load_picture(self._parts, name, self._report)):
            return []
        style = frame.get(f"{DRAW}style-name", "")
        if (crop := _crop(data, self._styles.of("graphic", style, "graphic", f"{FO}clip"))) is None:
            self._report.lost["ảnh bị cắt hết"] += 1
            return []
        mirror = self._styles.of("graphic", style, "graphic", f"{STYLE}mirror")
        turn = _turn(frame.get(f"{DRAW}transform", ""), mirror)
        described = [frame.findtext(f"{SVG}{name}", "") for name in ("desc", "title")]
        alt = pictures.written_alt(next(filter(None, described), ""))
        return pictures.show_picture(pictures.EmbeddedPicture(data, crop, alt, turn), self._keep, self._report)


def read_control(control: Element) -> str:
    """Return the text of a form control: its tick and label, or the value chosen or filled in."""

    def said(name: str) -> str:
        return control.get(f"{FORM}current-{name}") or control.get(f"{FORM}{name}") or ""

    label = control.get(f"{FORM}label", "")
    match local(control):
        case "checkbox":
            return f"{'☒' if said('state') == 'checked' else '☐'} {label}"
        case "radio":
            return f"{'☒' if said('selected') == 'true' else '☐'} {label}"
        case "listbox":
            marked = (f"{FORM}current-selected", f"{FORM}selected")
            chosen = (one for one in control if one.get(marked[0], one.get(marked[1])) == "true")
            return ", ".join(one.get(f"{FORM}label", "") for one in chosen)
        case "fixed-text":
            return label
        case "button" | "image" | "hidden" | "password" | "file" | "image-frame":
            return ""
    return said("value") or " ".join(" ".join(control.itertext()).split())


def _box(shape: Element) -> list[Inline]:
    holds = "".join(shape.itertext()).strip() or any(local(inside) in SHAPES for inside in shape.iterfind(".//*"))
    return [Inline("box", box=shape)] if holds else []


def _part_of(href: str) -> str:
    return href.removeprefix("./").rstrip("/")


def _turn(transform: str, mirror: str) -> pictures.Turn:
    """Return the turn of a picture; the angle is in radians counterclockwise."""
    turned = re.search(r"rotate\s*\(\s*(-?\d+(?:\.\d+)?)", transform)
    degrees = -math.degrees(float(turned[1])) if turned else 0
    return pictures.make_turn(degrees, is_mirrored="horizontal" in mirror, is_upset="vertical" in mirror)


def _crop(data: bytes, clip: str) -> pictures.Crop | None:
    """Return the visible part of a picture: the cropped rest stays in the file, and may be private."""
    sides = [_inches(side) for side in re.findall(r"-?[\d.]+\s*[a-z]+|auto", clip.partition("(")[2])]
    if len(sides) != 4 or not any(side > 0 for side in sides):
        return pictures.WHOLE
    try:
        with Image.open(BytesIO(data)) as image:
            (width, height), dpi = image.size, image.info.get("dpi", ())
    except Exception:  # noqa: BLE001 - any error of Pillow; `keep` names it
        return pictures.WHOLE
    across, down = (float(one) if one > 1 else _USUAL_DPI for one in (dpi if len(dpi) == 2 else (0, 0)))
    top, right, bottom, left = (max(0.0, side) for side in sides)
    box = left * across / width, top * down / height, 1 - right * across / width, 1 - bottom * down / height
    return box if box[0] < box[2] and box[1] < box[3] else None


def _inches(length: str) -> float:
    found = re.fullmatch(r"(-?\d*\.?\d+)\s*([a-z]+)", length)
    return float(found[1]) * _INCHES.get(found[2], 0.0) if found else 0.0
