"""A pass over a part of a .docx: its tree becomes what mammoth knows; pictures, numbers and what is lost are noted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from plugins.word.docx_fonts import W
from plugins.word.pictures import WHOLE, Picture, written_alt

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from plugins.word.pictures import Crop
    from plugins.word.report import Report

_NAMES = "http://schemas.openxmlformats.org"
_DRAWING, _OFFICE = f"{_NAMES}/drawingml/2006", f"{_NAMES}/officeDocument/2006"
_A, _C, _DGM = f"{{{_DRAWING}/main}}", f"{{{_DRAWING}/chart}}", f"{{{_DRAWING}/diagram}}"
_PIC, _WP = f"{{{_DRAWING}/picture}}", f"{{{_DRAWING}/wordprocessingDrawing}}"
_M, _R, _MC = f"{{{_OFFICE}/math}}", f"{{{_OFFICE}/relationships}}", f"{{{_NAMES}/markup-compatibility/2006}}"
_O, _V = "{urn:schemas-microsoft-com:office:office}", "{urn:schemas-microsoft-com:vml}"
# Runs that hold no text of their own but wrap what does.
_WRAPPERS = {f"{W}fldSimple", f"{W}dir", f"{W}bdo", f"{W}smartTag"}

# What mammoth reads of the properties of runs, paragraphs, styles and levels of lists; the rest, most of a file of
# Word's, would cost it more time than the text.
_READ = {
    f"{W}rPr": {"b", "i", "strike", "vertAlign", "rStyle", "del"},
    f"{W}pPr": {"pStyle", "numPr", "rPr"},
    f"{W}style": {"name", "pPr"},
    f"{W}lvl": {"start", "numFmt", "pStyle"},
    f"{W}styles": {"style"},
    f"{W}tblPr": {"tblStyle"},
    f"{W}tcPr": {"gridSpan", "vMerge"},
    f"{W}trPr": {"tblHeader", "del"},
}

# Stand between runs, and mean nothing to a reader.
_MARKS = {f"{W}{name}" for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")}

# Before the text of a list's paragraph: its number. No font has these letters, and no document.
NUMBER_MARKS = ("\ue0f0", "\ue0f1")


def slim(root: Element) -> None:
    """Drop what mammoth does not read, and join neighbouring runs of one look: Word splits them at will."""
    for element in root.iter():
        if (read := _READ.get(element.tag)) is not None:
            element[:] = [child for child in element if child.tag.removeprefix(W) in read]
    for element in root.iter():
        if element.find(f"{W}r") is not None:
            element[:] = _joined([child for child in element if child.tag not in _MARKS])


def _joined(children: list[Element]) -> list[Element]:
    joined: list[Element] = []
    said_before: bytes | None = None
    for child in children:
        said = _said_of_text(child)
        if said is not None and said == said_before:
            text, more = joined[-1][-1], child[-1]
            text.text = (text.text or "") + (more.text or "")
        else:
            joined.append(child)
        said_before = said
    return joined


def _said_of_text(run: Element) -> bytes | None:
    """Return the properties of a run that is one text and nothing else; None for any other."""
    if run.tag != f"{W}r" or not len(run) or run[-1].tag != f"{W}t" or any(c.tag != f"{W}rPr" for c in run[:-1]):
        return None
    return b"".join(ET.tostring(properties) for properties in run[:-1] if len(properties))


class Pass:
    """One part's pass: simplifies its tree to what mammoth knows, notes its pictures, and counts what is lost."""

    def __init__(
        self, root: Element, targets: dict[str, str], parts: dict[str, bytes], pictures: list[Picture], report: Report
    ) -> None:
        self._root, self._targets, self._parts = root, targets, parts
        self._pictures, self._report = pictures, report

    def run(self) -> None:
        changes = (f"{W}ins", "chỗ chèn đã nhận (theo dõi thay đổi)"), (f"{W}del", "chỗ xóa đã bỏ (theo dõi thay đổi)")
        for tag, what in changes:
            self._report.changed[what] += sum(1 for change in self._root.iter(tag) if len(change))
        self._report.lost["lời bình bên lề"] += sum(1 for _ in self._root.iter(f"{W}commentReference"))
        for parent in list(self._root.iter()):
            self._unwrap(parent)
        # Text boxes may hold pictures, and boxes of their own: the innermost first.
        for holder in [element for element in self._root.iter() if element.find(f"{W}p") is not None][::-1]:
            for paragraph in holder.findall(f"{W}p"):
                self._simplify(paragraph, holder)

    def _unwrap(self, parent: Element) -> None:
        """Take out of their wrappings what mammoth would drop with them."""
        children: list[Element] = []
        todo = list(parent)[::-1]
        while todo:
            child = todo.pop()
            if child.tag in _WRAPPERS:
                todo += list(child)[::-1]
            elif child.tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                chosen = choice if choice is not None else child.find(f"{_MC}Fallback")
                todo += list(chosen)[::-1] if chosen is not None else []
            elif child.tag in (f"{W}del", f"{W}moveFrom") and len(child):
                continue
            elif child.tag in (f"{_M}oMathPara", f"{_M}oMath"):
                self._report.changed["công thức thành chữ thường"] += 1
                children.append(_run_of("".join(text.text or "" for text in child.iter(f"{_M}t"))))
            else:
                if child.tag == f"{W}cr":
                    child.tag = f"{W}br"
                elif child.tag == f"{W}ptab":
                    child.tag = f"{W}tab"
                children.append(child)
        if children != list(parent):
            parent[:] = children

    def _simplify(self, paragraph: Element, holder: Element) -> None:
        """Put pictures where mammoth sees them, and the text of text boxes after the paragraph that they hang on."""
        after: list[Element] = []
        for run in list(paragraph.iter(f"{W}r")):
            children: list[Element] = []
            for child in run:
                if child.tag not in (f"{W}drawing", f"{W}pict", f"{W}object"):
                    children.append(child)
                    continue
                boxes = [block for box in child.iter(f"{W}txbxContent") for block in box]
                after += boxes
                children += self._drawings(child, has_text=bool(boxes))
            run[:] = children
        if after:
            self._report.changed["khung chữ thành đoạn văn"] += 1
            at = list(holder).index(paragraph) + 1
            holder[at:at] = after

    def _drawings(self, drawing: Element, *, has_text: bool) -> list[Element]:
        found = []
        properties = drawing.find(f".//{_WP}docPr")
        alt = written_alt(properties.get("descr", "") or properties.get("title", "")) if properties is not None else ""
        is_linked = False
        for picture in drawing.iter(f"{_PIC}pic"):
            blip = picture.find(f".//{_A}blip")
            if blip is not None and (name := blip.get(f"{_R}embed")):
                found += self._picture(name, _crop_of(picture), alt)
            is_linked = is_linked or (blip is not None and blip.get(f"{_R}link") is not None)
        if drawing.tag != f"{W}object":
            for image in drawing.iter(f"{_V}imagedata"):
                found += self._picture(image.get(f"{_R}id", ""), WHOLE, written_alt(image.get(f"{_O}title", "")))
        if not found and not has_text:
            self._report.lost[_name_of(drawing, is_linked=is_linked)] += 1
        return found

    def _picture(self, relationship: str, crop: Crop, alt: str) -> list[Element]:
        name = self._targets.get(relationship, "")
        data = self._parts.get(name)
        if name.lower().endswith((".emf", ".wmf")):
            self._report.lost["hình vẽ EMF, WMF (dạng riêng của Windows)"] += 1
            return []
        if data is None:
            self._report.lost["ảnh không còn trong tệp"] += 1
            return []
        drawing = _drawing_of(relationship, len(self._pictures))
        self._pictures.append(Picture(data, crop, alt))
        return [drawing]


def number_lists(root: Element, numbering: Element | None, styles: Element | None) -> None:
    """Write before the text of each paragraph of a list its number, so that a list may go on after other text."""
    if numbering is None:
        return
    abstract = {}
    restarts = {}
    for number in numbering.iter(f"{W}num"):
        identifier = number.get(f"{W}numId", "")
        abstract[identifier] = _value(number, "abstractNumId")
        restarts[identifier] = {
            override.get(f"{W}ilvl", "0"): start.get(f"{W}val", "1")
            for override in number.iter(f"{W}lvlOverride")
            if (start := override.find(f"{W}startOverride")) is not None
        }
    starts = {
        (definition.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "0")): _number(start.get(f"{W}val", "1"))
        for definition in numbering.iter(f"{W}abstractNum")
        for level in definition.iter(f"{W}lvl")
        if (start := level.find(f"{W}start")) is not None
    }
    of_styles = {
        style.get(f"{W}styleId", ""): numbered
        for style in (styles.iter(f"{W}style") if styles is not None else ())
        if (numbered := style.find(f"{W}pPr/{W}numPr")) is not None
    }
    counts: dict[str, dict[int, int]] = {}
    used: set[tuple[str, str]] = set()
    for paragraph in root.iter(f"{W}p"):
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if numbered is None and style is not None:
            numbered = of_styles.get(style.get(f"{W}val", ""))
        if numbered is None:
            continue
        identifier = _value(numbered, "numId")
        level = _value(numbered, "ilvl") or "0"
        if identifier not in abstract or not level.isdecimal():
            continue
        levels = counts.setdefault(abstract[identifier], {})
        for deeper in [deeper for deeper in levels if deeper > int(level)]:
            del levels[deeper]
        first = starts.get((abstract[identifier], level), 1)
        if level in restarts[identifier] and (identifier, level) not in used:
            levels[int(level)] = _number(restarts[identifier][level])
        else:
            levels[int(level)] = levels.get(int(level), first - 1) + 1
        used.add((identifier, level))
        properties = paragraph.find(f"{W}pPr")
        at = list(paragraph).index(properties) + 1 if properties is not None else 0
        paragraph.insert(at, _run_of(f"{NUMBER_MARKS[0]}{levels[int(level)]}{NUMBER_MARKS[1]}"))


def _value(properties: Element, name: str) -> str:
    child = properties.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _run_of(text: str) -> Element:
    run = ET.Element(f"{W}r")
    ET.SubElement(run, f"{W}t").text = text
    return run


def _drawing_of(relationship: str, number: int) -> Element:
    """Return the plainest drawing that mammoth reads; its description is the number of the picture."""
    drawing = ET.Element(f"{W}drawing")
    inline = ET.SubElement(drawing, f"{_WP}inline")
    ET.SubElement(inline, f"{_WP}docPr", descr=str(number))
    data = ET.SubElement(ET.SubElement(inline, f"{_A}graphic"), f"{_A}graphicData")
    fill = ET.SubElement(ET.SubElement(data, f"{_PIC}pic"), f"{_PIC}blipFill")
    ET.SubElement(fill, f"{_A}blip", {f"{_R}embed": relationship})
    return drawing


def _crop_of(picture: Element) -> Crop:
    """Return what Word shows of a picture: what was cut off stays in the file, and may be what nobody is to see."""
    cut = picture.find(f".//{_A}srcRect")
    if cut is None:
        return WHOLE
    # In thousandths of a percent; a negative one makes room around the picture.
    left, top, right, bottom = (max(0, _number(cut.get(side, "0"))) / 100_000 for side in "ltrb")
    return (left, top, 1 - right, 1 - bottom) if left + right < 1 and top + bottom < 1 else WHOLE


def _number(written: str) -> int:
    return int(written) if written.lstrip("-").isdecimal() else 0


def _name_of(drawing: Element, *, is_linked: bool) -> str:
    if drawing.find(f".//{_C}chart") is not None:
        return "biểu đồ"
    if drawing.find(f".//{_DGM}relIds") is not None:
        return "sơ đồ SmartArt"
    if drawing.tag == f"{W}object":
        return "đối tượng nhúng (bảng Excel, công thức…)"
    return "ảnh chỉ được dẫn từ ngoài tệp" if is_linked else "hình vẽ"
