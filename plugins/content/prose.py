"""The written parts of reports: content/bao-cao/<year>.md, or <year>-<commune>.md for a commune."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.content.cross_checks import check_body
from plugins.content.folders import REPORTS
from plugins.content.page import Page
from plugins.content.vocabulary.files import NO_OVERRIDES
from plugins.content.vocabulary.terms import Commune
from plugins.markdown.excess import find_excess
from plugins.markdown.reading import read_body
from plugins.markdown.references import CONTENT
from plugins.sources import values
from plugins.sources.folders import list_folder
from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.problem import Problem
from plugins.sources.schema import Key, Record, parse_record
from plugins.sources.text import read_text
from plugins.vietnamese import squash

FOLDER = f"{CONTENT}/{REPORTS}"
DIRECTION, RESULTS, ASSESSMENT, PLANS, PROPOSALS = SECTIONS = (
    "Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện",
    "Kết quả",
    "Đánh giá chung",
    "Phương hướng, nhiệm vụ",
    "Đề xuất, kiến nghị",
)
# How headings of each section may begin, including those of reports before 2026.
_BEGINNINGS = {
    DIRECTION: ("công tác lãnh đạo", "công tác chỉ đạo", "công tác tổ chức"),
    RESULTS: ("kết quả",),
    ASSESSMENT: ("đánh giá",),
    PLANS: ("phương hướng", "nhiệm vụ"),
    PROPOSALS: ("đề xuất", "kiến nghị"),
}
# Parts of a section that may be written as sections: their headings move down a level.
_PARTS = {ASSESSMENT: ("ưu điểm", "hạn chế", "tồn tại")}

PROSE_KEYS = (
    Key("number", "Số", values.text, "Số và ký hiệu; bỏ trống thì để chỗ điền tay", example="45/BC-MTTQ-BTT"),
    Key("post", "Chức vụ", values.text, "Chức vụ người ký; bỏ trống là Chủ tịch", example="Phó Chủ tịch"),
    Key("signer", "Người ký", values.text, "Họ tên người ký"),
    Key("recipients", "Nơi nhận", values.texts, "Danh sách nơi nhận, mỗi dòng một nơi"),
    Key("sample", "Mẫu", values.yes_or_no, "có: lời minh họa, ghi rõ và không xuất bản", example="có"),
)

_NUMERAL = re.compile(r"^([IVX]+|\d+)[.)]\s*")


@dataclass(frozen=True)
class Prose:
    """The written part of a report; `sections` has the written ones of SECTIONS, as pages."""

    path: str = ""
    number: str = ""
    post: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()
    sample: bool = False
    sections: Mapping[str, Page] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required sections that are not written."""
        return tuple(name for name in (DIRECTION, ASSESSMENT, PLANS) if name not in self.sections)


@dataclass(frozen=True)
class Proses:
    """The written parts by file name: 2020, 2020-dong-xuan."""

    by_name: Mapping[str, Prose] = field(default_factory=dict)

    def find(self, year: int, commune: Commune | None = None) -> Prose:
        """Return the written part of a report of a year or, with a commune, of that commune; empty if there is none."""
        name = f"{year}-{commune.id}" if commune else str(year)
        return self.by_name.get(name) or Prose(f"{FOLDER}/{name}.md")

    def shown(self, *, samples: bool) -> "Proses":
        """Return the parts that an edition with or without samples shows."""
        return self if samples else Proses({name: prose for name, prose in self.by_name.items() if not prose.sample})


def load_proses(
    project: Path, communes: Iterable[Commune], overrides: Mapping[str, str] = NO_OVERRIDES
) -> tuple[Proses, list[Problem]]:
    """Read the files of content/bao-cao; those with errors are left out."""
    known = "|".join(re.escape(commune.id) for commune in communes)
    found: dict[str, Prose] = {}
    problems: list[Problem] = []
    for name, file in list_folder(project / FOLDER, FOLDER, problems):
        path = f"{FOLDER}/{name}"
        if not re.fullmatch(rf"\d{{4}}(-({known}))?\.md", name):
            fix = "đặt tên <năm>.md, hoặc <năm>-<mã địa bàn>.md cho báo cáo của một địa bàn, ví dụ 2020.md"
            problems.append(Problem(path, 1, f'Tên "{name}" không phải của một báo cáo', fix))
            continue
        text = read_text(file, path, overrides)
        matter = text if isinstance(text, Problem) else parse_front_matter(text, path)
        if isinstance(matter, Problem):
            problems.append(matter)
            continue
        if prose := _parse(matter, path, problems):
            found[name.removesuffix(".md")] = prose
    return Proses(found), problems


def _parse(matter: FrontMatter, path: str, problems: list[Problem]) -> Prose | None:
    record = parse_record(PROSE_KEYS, matter.mapping, path)
    if excess := find_excess(matter.body, path, matter.body_line):
        record.problems.append(excess)
    sections: dict[str, Page] = {}
    for name, (line, source) in ({} if excess else _divide(matter, record)).items():
        text = source.strip("\n")
        body = read_body(text, line + source.index(text))
        if body.words:
            record.problems += check_body(path, body)
            sections[name] = Page(path, "", body, name)
    problems += record.problems
    return None if record.problems else Prose(path, sections=sections, **record.values)


def _divide(matter: FrontMatter, record: Record) -> dict[str, tuple[int, str]]:
    """Return the first line and the source of each section; report text outside of sections to the record."""
    sources: dict[str, tuple[int, str]] = {}
    expected = ", ".join(f"## {name}" for name in SECTIONS)
    for title, line, source in read_body(matter.body, matter.body_line).sections(2):
        begins = squash(_NUMERAL.sub("", title))
        name = _find(begins, _BEGINNINGS)
        message = fix = ""
        if not title:
            if read_body(source, line).words:
                message, fix = "Có lời viết trước đề mục đầu tiên", f"đặt dưới một trong: {expected}"
        elif not name and (part := _find(begins, _PARTS)):
            first, above = sources.get(part, (line, ""))
            # Keep line numbers, so that problems point to the right line.
            gap = "\n" * (line - first - above.count("\n"))
            sources[part] = first, f"{above}{gap}### {_NUMERAL.sub('', title)}{source}"
        elif name is None:
            message, fix = f'Báo cáo không có phần "{title}"', f"các phần là {expected}; ý nhỏ hơn thì viết ### …"
        elif name in sources:
            message, fix = f'Phần "{name}" được viết hai lần', "gộp lại làm một"
        else:
            sources[name] = line, source
        if message:
            record.problems.append(Problem(record.path, line, message, fix))
    return sources


def _find(written: str, beginnings: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the section of a heading by its beginning."""
    return next((name for name, begins in beginnings.items() if written.startswith(tuple(map(squash, begins)))), None)
