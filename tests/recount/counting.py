"""A second count of a year, from the files under content/ alone: nothing of plugins/ is asked.

What is stated is counted, each act by itself and from its day on; of one that both a register and a story state, once.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Numbers = dict[tuple[str, str, str], int]
STAGES = {
    "Bình xét công khai": {"bình xét"},
    "Công nhận": {"công nhận"},
    "Biểu dương, khen thưởng": {"biểu dương", "khen thưởng"},
    "Nhân rộng": {"nhân rộng"},
}
OLD = {
    "đã bình xét": "bình xét",
    "đã công nhận": "công nhận",
    "đã biểu dương": "biểu dương",
    "đã nhân rộng": "nhân rộng",
}
LEVELS = {"thôn": "Cấp thôn", "xã": "Cấp xã", "huyện": "Cấp huyện", "tỉnh": "Cấp tỉnh", "trung ương": "Cấp Trung ương"}
AWARD = re.compile(
    r"(giấy|bằng|thư) khen|huân chương|huy chương|kỷ niệm chương|danh hiệu|chiến sĩ|cờ thi đua", re.IGNORECASE
)


@dataclass(frozen=True)
class Place:
    """A commune in its time."""

    id: str
    name: str
    since: date | None
    until: date | None
    successor: str

    def existed(self, day: date) -> bool:
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True)
class Statement:
    """That something happened: of which kind, from which day on it is known, and where it was stated."""

    kind: str
    since: date
    form: str = ""
    level: str = ""
    bare: bool = False
    dated: bool = True


@dataclass
class Exemplar:
    """A story about an exemplar, or a registration; `year` is the one under which it is counted."""

    name: str
    kind: str
    field: str
    place: Place | None
    year: int
    day: date
    code: str = ""
    state: str = ""
    statements: list[Statement] = field(default_factory=list)
    copies: str = ""


@dataclass
class Content:
    """The facts in a project's files, as of a day."""

    day: date
    places: dict[str, Place]
    stories: dict[str, Exemplar]
    registrations: dict[str, Exemplar]
    registered_years: set[int]


def read_content(project: Path, day: date) -> Content:
    """Read a project as of a day."""
    root = project / "content"
    places = _read_places(root)
    fields = {name: str(one["tên"]) for one in _yaml(root / "danh-muc/linh-vuc.yaml") for name in _names(one)}
    stories = dict(_read_stories(root, places, fields))
    registrations: dict[str, Exemplar] = {}
    years = set()
    for file in sorted((root / "dang-ky").glob("????.csv")):
        years.add(int(file.stem))
        for row in _rows(file):
            one = _registration(row, places, fields)
            if one.day <= day:
                registrations[one.code] = one
        acts = file.with_name(f"{file.stem}-viec.csv")
        for row in _rows(acts) if acts.exists() else ():
            one, act = registrations.get(row["Mã"]), _act(row, int(file.stem))
            # An act stated twice, or before it was possible, is a mistake and not counted.
            if one and act not in one.statements and (not act.dated or act.since >= one.day):
                one.statements.append(act)
    content = Content(day, places, stories, registrations, years)
    _join(content)
    return content


def _join(content: Content) -> None:
    """Bring together what register and story state of one exemplar and what its copies tell, and forget the future."""
    for slug, story in content.stories.items():
        if story.code:
            story.year = int(story.code.split("-")[1])
        copied = [Statement("nhân rộng", other.day) for other in content.stories.values() if other.copies == slug]
        registration = content.registrations.get(story.code)
        if registration is None:
            story.statements += copied
            continue
        before = registration.statements
        told = [act for act in story.statements if not any(_same(act, row) for row in before)]
        registration.statements = [*before, *told, *copied]
        story.statements = registration.statements
    for one in {id(one): one for one in (*content.stories.values(), *content.registrations.values())}.values():
        stated = [
            act for act in one.statements if not (act.bare and any(_covers(other, act) for other in one.statements))
        ]
        ends = sorted((act for act in stated if act.kind in ("hoàn thành", "dừng")), key=lambda act: act.since)
        past = [act for act in ends if act.since <= content.day]
        if ends and one.state:
            one.state = past[-1].kind if past else "đang thực hiện"
        one.statements = [act for act in stated if act.since <= content.day]
    # Acts stated by a story count from their own day, even if it was posted later; the story itself does not.
    content.stories = {slug: story for slug, story in content.stories.items() if story.day <= content.day}


def _same(told: Statement, row: Statement) -> bool:
    return (
        told.kind == row.kind
        and (not told.form or not row.form or _fold(told.form) == _fold(row.form))
        and (not told.level or not row.level or told.level == row.level)
    )


def _covers(other: Statement, bare: Statement) -> bool:
    praises = STAGES["Biểu dương, khen thưởng"]
    return not other.bare and (other.kind == bare.kind or {other.kind, bare.kind} <= praises)


def _read_stories(root: Path, places: dict[str, Place], fields: dict[str, str]) -> Iterator[tuple[str, Exemplar]]:
    for file in sorted(root.glob("bai-viet/*/*/bai.md")):
        text = file.read_text(encoding="utf-8-sig")
        front = {key: value for key, value in _yaml_text(text.split("---")[1]).items() if value is not None}
        posted = _day(front["Ngày"])
        if _fold(str(front.get("Trạng thái", ""))) == "nhap" or "Gỡ" in front or not front.get("Loại"):
            continue
        written = front["Lĩnh vực"]
        first = written[0] if isinstance(written, list) else written
        statements = []
        for line in _lines(front.get("Biểu dương")):
            form, level, when = (part.strip() for part in line.split("|"))
            kind = "khen thưởng" if AWARD.match(form) else "biểu dương"
            statements.append(Statement(kind, _since(when, 0), form, level.lower()))
        recognised = (line.split("|")[0].strip() for line in _lines(front.get("Công nhận")))
        statements += [Statement("công nhận", _since(when, 0)) for when in recognised]
        yield (
            _slug(file.parent.name),
            Exemplar(
                name=str(front.get("Điển hình", front["Tiêu đề"])),
                kind=str(front["Loại"]),
                field=fields[_fold(first)],
                place=_find(places, str(front["Xã"]), posted),
                year=int(front.get("Năm", posted.year)),
                day=posted,
                code=str(front.get("Đăng ký", "")),
                statements=statements,
                copies=_slug(str(front.get("Nhân rộng từ", ""))),
            ),
        )


def _registration(row: dict[str, str], places: dict[str, Place], fields: dict[str, str]) -> Exemplar:
    day, status = _day(row["Ngày đăng ký"]), row["Trạng thái"]
    year = int(row["Mã"].split("-")[1])
    one = Exemplar(
        name=row["Tên mô hình"],
        kind=row["Loại"],
        field=fields[_fold(row["Lĩnh vực"])],
        place=None if _fold(row["Xã"]) == "co quan" else _find(places, row["Xã"], day),
        year=year,
        day=day,
        code=row["Mã"],
        state="đang thực hiện" if status in OLD else status or "đăng ký",
    )
    if status in OLD:
        one.statements.append(Statement(OLD[status], date(year, 12, 31), bare=True, dated=False))
    return one


def _act(row: dict[str, str], year: int) -> Statement:
    return Statement(
        row["Việc"],
        _since(row["Ngày"], year),
        row["Hình thức"],
        row["Cấp"],
        bare=not any(row[name] for name in ("Ngày", "Văn bản", "Hình thức", "Cấp", "Nơi làm theo")),
        dated=bool(row["Ngày"]),
    )


def count_year(content: Content, year: int) -> Numbers:
    """Count a year: every number but 0, by the title of its table, its row and its column."""
    counts: Counter[tuple[str, str, str]] = Counter()
    told = {story.code for story in content.stories.values() if story.code}
    registered = [one for one in content.registrations.values() if one.year == year]
    stories = [one for one in content.stories.values() if one.year == year]
    for one in registered:
        counts["Đăng ký theo tiến độ thực hiện", _capital(one.state), one.kind] += 1
        stages = {"Đăng ký": True, "Đăng tin, bài": one.code in told}
        stages |= {name: any(act.kind in kinds for act in one.statements) for name, kinds in STAGES.items()}
        for stage, holds in stages.items():
            counts["Đăng ký theo lĩnh vực", one.field, stage] += holds
            counts["Đăng ký theo xã, thị trấn", _shown(one.place), stage] += holds
            counts["Đăng ký theo xã hiện nay", _shown(_today(content, one.place)), stage] += holds
    for story in stories:
        honored = any(act.kind in STAGES["Biểu dương, khen thưởng"] for act in story.statements)
        copied = any(act.kind == "nhân rộng" for act in story.statements)
        views = {
            "Điển hình": True,
            "Biểu dương, khen thưởng": honored,
            "Nhân rộng từ nơi khác": story.copies in content.stories,
            "Đã được nhân rộng": copied,
        }
        for view, holds in views.items():
            counts["Điển hình theo loại", story.kind, view] += holds
        short = {"Xây dựng hệ thống chính trị": "Hệ thống chính trị"}.get(story.field, story.field)
        counts["Điển hình theo lĩnh vực", story.field, story.kind] += 1
        counts["Điển hình theo xã, thị trấn", _shown(story.place), short] += 1
        counts["Điển hình theo xã hiện nay", _shown(_today(content, story.place)), short] += 1
    known = {one.code for one in registered}
    for one in (*registered, *(story for story in stories if story.code not in known)):
        for act in one.statements:
            if act.kind in STAGES["Biểu dương, khen thưởng"]:
                row = LEVELS.get(act.level, "Chưa ghi cấp")
                counts["Biểu dương, khen thưởng các cấp", row, _capital(act.kind)] += 1
    return {key: count for key, count in counts.items() if count}


def _today(content: Content, place: Place | None) -> Place | None:
    while place and place.successor:
        later = content.places[place.successor]
        if later.since and later.since > content.day:
            return place
        place = later
    return place


def _shown(place: Place | None) -> str:
    """Return a place as the first column of a table has it, without its type."""
    if place is None:
        return "Cơ quan, đơn vị"
    return f"{place.name} (từ {place.since.day}/{place.since.month}/{place.since.year})" if place.since else place.name


def _read_places(root: Path) -> dict[str, Place]:
    return {
        one["mã"]: Place(
            one["mã"],
            one["tên"],
            _day(one["từ ngày"]) if "từ ngày" in one else None,
            _day(one["đến ngày"]) if "đến ngày" in one else None,
            one.get("nay thuộc", ""),
        )
        for one in _yaml(root / "danh-muc/xa.yaml")
    }


def _find(places: dict[str, Place], name: str, day: date) -> Place:
    if name in places:
        return places[name]
    bare = re.sub(r"^(xa|thi tran) ", "", _fold(name))
    named = [place for place in places.values() if _fold(place.name) == bare]
    return next((place for place in named if place.existed(day)), named[0])


def _names(term: dict[str, Any]) -> list[str]:
    return [_fold(name) for name in (term["mã"], term["tên"], term["tên gọn"], *term.get("tên khác", ()))]


def _rows(file: Path) -> list[dict[str, str]]:
    text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8-sig"))
    return list(csv.DictReader(io.StringIO(text[text.index("Mã;") :], newline=""), delimiter=";"))


def _since(written: str, year: int) -> date:
    """Return the first day on which something is known to have happened: with a year alone, its last."""
    if not written or written.isdecimal():
        return date(int(written or year), 12, 31)
    return _day(written)


def _day(written: object) -> date:
    if isinstance(written, date):
        return written
    day, month, year = str(written).split("/")
    return date(int(year), int(month), int(day))


def _lines(value: Any) -> list[str]:
    return [] if value is None else [str(line) for line in value] if isinstance(value, list) else [str(value)]


def _yaml(file: Path) -> Any:
    return _yaml_text(file.read_text(encoding="utf-8"))


def _yaml_text(text: str) -> Any:
    return yaml.load(unicodedata.normalize("NFC", text), Loader=yaml.BaseLoader)  # noqa: S506 - text alone comes out


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _fold(name)).strip("-")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fold(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("’", "'").replace("–", "-")
