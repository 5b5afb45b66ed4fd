"""Read the templates of letters in content/mau/, find the faults of their merge fields, and fill these."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from itertools import pairwise
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from plugins.content.folders import TEMPLATES
from plugins.letters.fields import MergeFields, MergeList, MergeValues
from plugins.letters.kinds import EVERY_FIELDS, KINDS, LetterKind
from plugins.letters.template import Template, open_template, tag
from plugins.letters.text import Text, is_unknown, unwrap_merge_fields
from plugins.markdown.references import CONTENT
from plugins.sources.folders import list_folder
from plugins.sources.held import Unread, explain_reading, insist_on_reading
from plugins.sources.problem import Invalid, Level, Problem, suggest
from plugins.vietnamese import capitalize, squash
from plugins.word.docx.ooxml import W
from plugins.word.package import MAX_TAGS

FOLDER = f"{CONTENT}/{TEMPLATES}"
# Elements that must be unique in a document, and so are dropped from copies of a row.
_ONCE = tuple(tag(name) for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "sectPr"))
# More than any letter has, and few enough to fill in a second.
_MOST_MARKS, _LONGEST = 500, 100_000
_ITEM_MARKS = ("-", "–", "—", "+", "•", "*")
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right")
)
_FRAMED = (
    f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:pBdr>{_SIDES}</w:pBdr><w:jc w:val="center"/></w:pPr>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t/></w:r></w:p>"
)
_NUMBERED = re.compile(r"\}(paraId|textId)$")


def find_templates(project: Path, problems: list[Problem]) -> dict[str, Path]:
    """Return the template files by kind, and add a problem for any other file in the folder."""
    found: dict[str, Path] = {}
    names = [kind.file for kind in KINDS]
    for name, entry in list_folder(project / FOLDER, FOLDER, problems):
        path, stem = f"{FOLDER}/{name}", squash(name.rpartition(".")[0])
        kind = next((kind for kind in KINDS if squash(kind.id) == stem), None)
        is_letter = name.lower().endswith(".docx")
        if entry.is_dir() or kind is None:
            fix = suggest(name, names, f"ở đây chỉ đọc {', '.join(names)}")
            problems.append(Problem(path, 1, "Tệp hay thư mục này không phải mẫu văn bản nào", fix, Level.ADVICE))
        elif not is_letter:
            fix = f"mở bằng Word, lưu thành {kind.file}"
            problems.append(Problem(path, 1, f"Mẫu {kind.title} không phải tệp .docx nên không được dùng", fix))
        elif kind.id in found:
            fix = f"giữ một tệp, đặt tên {kind.file}"
            problems.append(Problem(path, 1, f"Mẫu {kind.title} đã có trong tệp {found[kind.id].name}", fix))
        else:
            found[kind.id] = Path(entry)
    return found


def read_template(file: Path, kind: LetterKind, problems: list[Problem]) -> bytes | None:
    """Return the bytes of a valid template, else None after adding its problems."""
    path, before = f"{FOLDER}/{file.name}", len(problems)
    try:
        data = insist_on_reading(file.read_bytes)
        problems += [Problem(path, 1, *one) for one in find_faults(open_template(data), kind.fields, EVERY_FIELDS)]
    except OSError as error:
        invalid = explain_reading(error)
        problems.append(Problem(path, 1, invalid.message, invalid.fix, passing=isinstance(invalid, Unread)))
    except Invalid as invalid:
        problems.append(Problem(path, 1, invalid.message, invalid.fix))
    return data if len(problems) == before else None


def check_templates(project: Path) -> list[Problem]:
    """Return every problem in the templates of a project."""
    problems: list[Problem] = []
    found = find_templates(project, problems)
    for kind in KINDS:
        if kind.id in found:
            read_template(found[kind.id], kind, problems)
    return problems


def find_faults(template: Template, fields: MergeFields, elsewhere: Mapping[str, MergeFields]) -> list[tuple[str, str]]:
    """Return the faults of a template's fields, each once, as (message, fix). Invalid if it is too long for a letter.

    `elsewhere` are the fields of all kinds of letter, by their title.
    """
    faults: dict[tuple[str, str], None] = {}
    count = 0
    for root in template.texts.values():
        unwrap_merge_fields(root)
        for paragraph in root.iter(tag("p")):
            text = Text(paragraph)
            count += len(text.marks)
            if count > _MOST_MARKS or len(text.written) > _LONGEST:
                raise Invalid("Tệp mẫu dài quá một văn bản", "chỉ giữ phần chữ và các trường của một văn bản")
            unknown = [mark.name for mark in text.marks if not fields.find(mark.name)]
            faults |= dict.fromkeys(_explain_unknown(name, fields, elsewhere) for name in unknown)
            fix = "viết trọn «tên trường» trong một đoạn; lời trích thì dùng “…”"
            faults |= dict.fromkeys((f"“{half}” thiếu dấu mở hay dấu đóng của một trường", fix) for half in text.halves)
        repeated = _find_repeated(root, fields)
        for container, lists in repeated.items():
            names = [f"“{one.name}”" for one in lists]
            if len(names) > 1:
                what = f"Một hàng có trường của {len(names)} danh sách: {', '.join(names)}"
                faults[what, "mỗi danh sách một hàng riêng"] = None
            if any(one in repeated for one in container.iterancestors()):
                what = f"Danh sách {names[0]} nằm trong hàng của một danh sách khác"
                faults[what, "đưa bảng ấy ra ngoài hàng"] = None
    return list(faults)


def _explain_unknown(written: str, fields: MergeFields, elsewhere: Mapping[str, MergeFields]) -> tuple[str, str]:
    name = " ".join(written.split())
    if near := fields.nearest(name):
        return f"Không có trường «{name}»", f"ý bạn là «{near}»?"
    if others := [title for title, other in elsewhere.items() if other.find(name)]:
        return f"Trường «{name}» không có ở đây, chỉ có trong {', '.join(others)}", "bỏ trường ấy đi"
    return f"Không có trường «{name}»", "xem tên các trường bằng lệnh letters --fields; lời trích thì dùng “…”"


def fill(template: Template, fields: MergeFields, values: MergeValues, notice: str = "") -> list[str]:
    """Fill a template without faults, with a framed notice on top, and return the names of fields left as dots."""
    missing: dict[str, None] = {}
    grown = 0
    for root in template.texts.values():
        unwrap_merge_fields(root)
        repeated = _find_repeated(root, fields)
        within: set[Element] = set()
        for container, (rows, *_) in repeated.items():
            found = values.rows.get(rows.name, ()) or ({},)
            grown += len(found) * sum(1 for _ in container.iter())
            if grown > MAX_TAGS:
                raise Invalid("Văn bản quá dài so với một tệp Word", "bớt hàng lặp trong tệp mẫu")
            if found == ({},):
                missing[f"danh sách {rows.name}"] = None
            clones = _repeat(container, len(found))
            _end_list(clones[-1])
            for clone, row in zip(clones, found, strict=True):
                for paragraph in clone.iter(tag("p")):
                    within.add(paragraph)
                    unknown = _fill_text(Text(paragraph), fields, {**values.single, **row})
                    missing |= dict.fromkeys(unknown if row else ())
        for paragraph in root.iter(tag("p")):
            if paragraph not in within:
                missing |= dict.fromkeys(_fill_text(Text(paragraph), fields, values.single))
    if notice:
        _frame(next(iter(template.texts.values())), notice)
    return list(missing)


def _fill_text(text: Text, fields: MergeFields, values: Mapping[str, str]) -> list[str]:
    """Fill the fields of a paragraph. Return the names of those without a value."""
    put, missing = [], []
    for mark in text.marks:
        if found := fields.find(mark.name):
            value = values.get(found[0].name, "").strip()
            put.append((mark, _in_case(value, mark.name.strip())))
            missing += [f"«{found[0].name}»"] if is_unknown(value) else []
    text.fill(put)
    return missing


def _in_case(value: str, written: str) -> str:
    """Return a value in the case of its field: all capitals, or the first letter capitalized."""
    if len(written) > 1 and written.isupper():
        return value.upper()
    return capitalize(value) if written[:1].isupper() else value


def _find_repeated(root: Element, fields: MergeFields) -> dict[Element, list[MergeList]]:
    """Return the table rows and paragraphs to repeat, with the lists that they name."""
    named: dict[Element, list[MergeList]] = {}
    for paragraph in root.iter(tag("p")):
        known = [fields.find(mark.name) for mark in Text(paragraph).marks]
        if lists := [one[1] for one in known if one and one[1]]:
            named[paragraph] = lists
    found: dict[Element, list[MergeList]] = {}
    for paragraph, container in _find_containers(named).items():
        whole = found.setdefault(container, [])
        whole += [one for one in dict.fromkeys(named[paragraph]) if one not in whole]
    return found


def _find_containers(named: Iterable[Element]) -> dict[Element, Element]:
    """Return the element to repeat for each paragraph: the table row around it, or outside a table itself.

    Also itself if other text shares its cell, as with a recipient beside a signature, and no other cell has a field.
    """
    by_row: dict[Element, list[Element]] = {}
    found: dict[Element, Element] = {}
    for paragraph in named:
        row = next((one for one in paragraph.iterancestors() if one.tag in (tag("tr"), tag("txbxContent"))), None)
        found[paragraph] = paragraph
        if row is not None and row.tag == tag("tr"):
            by_row.setdefault(row, []).append(paragraph)
    for row, paragraphs in by_row.items():
        cells = {next(one for one in paragraph.iterancestors() if one.tag == tag("tc")) for paragraph in paragraphs}
        there = [one for cell in cells for one in cell.iter(tag("p")) if one not in found]
        if len(cells) > 1 or not any(Text(one).written.strip() for one in there):
            found |= dict.fromkeys(paragraphs, row)
    return found


def _repeat(container: Element, times: int) -> list[Element]:
    """Insert copies of an element after it. Return all of them, the original first."""
    clones = [container, *(deepcopy(container) for _ in range(times - 1))]
    for before, clone in pairwise(clones):
        clone.tail = None
        for one in list(clone.iter(*_ONCE)):
            one.getparent().remove(one)
        for one in clone.iter():
            for name in [str(name) for name in one.attrib if _NUMBERED.search(str(name))]:
                del one.attrib[name]
        before.addnext(clone)
    # The properties of a section belong to its last paragraph.
    ends = list(container.iter(tag("sectPr")))
    if times > 1 and ends and (form := clones[-1].find(tag("pPr"))) is not None:
        form.append(ends[0])
    return clones


def _end_list(last: Element) -> None:
    """End a list's last paragraph with a full stop instead of a semicolon, unless another item follows."""
    pieces = [one for one in last.iter(tag("t")) if (one.text or "").strip()]
    beside = last.getnext()
    follows = "".join(beside.itertext()).lstrip() if beside is not None and beside.tag == tag("p") else ""
    if last.tag == tag("p") and pieces and not follows.startswith(_ITEM_MARKS):
        text = str(pieces[-1].text)
        pieces[-1].text = re.sub(r";(?=\s*$)", ".", text)


def _frame(root: Element, notice: str) -> None:
    """Insert a framed paragraph at the top."""
    body, paragraph = root.find(tag("body")), etree.fromstring(_FRAMED)
    next(paragraph.iter(tag("t"))).text = notice
    if body is not None:
        body.insert(0, paragraph)
