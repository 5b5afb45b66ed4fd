"""What people write for a report: content/bao-cao/<year>.md, or <year>-<commune>.md for a commune's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.content.body_checks import check_body
from plugins.content.folders import REPORTS
from plugins.content.page import Page
from plugins.markdown.excess import find_excess
from plugins.markdown.reading import read_body
from plugins.markdown.references import CONTENT
from plugins.sources import values
from plugins.sources.folders import list_folder
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem
from plugins.sources.schema import Key, Record, parse_record
from plugins.sources.text import read_text
from plugins.vietnamese import squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from plugins.content.terms import Commune
    from plugins.sources.front_matter import FrontMatter

FOLDER = f"{CONTENT}/{REPORTS}"
SECTIONS = ("Công tác chỉ đạo", "Kết quả", "Hạn chế, nguyên nhân", "Phương hướng")

PROSE_KEYS = (
    Key("number", "Số", values.text, "Số và ký hiệu; bỏ trống thì để chỗ điền tay", example="45/BC-MTTQ-BTT"),
    Key("post", "Chức vụ", values.text, "Chức vụ người ký; bỏ trống là Chủ tịch", example="Phó Chủ tịch"),
    Key("signer", "Người ký", values.text, "Họ tên người ký"),
    Key("recipients", "Nơi nhận", values.texts, "Danh sách nơi nhận, mỗi dòng một nơi"),
    Key("sample", "Mẫu", values.yes_or_no, "có: lời minh họa, ghi rõ và không xuất bản", example="có"),
)

_NUMERAL = re.compile(r"^[IVX]+[.)]\s*")


@dataclass(frozen=True)
class Prose:
    """The written part of a report. `sections` holds those of SECTIONS that were written, each as a page's body."""

    path: str = ""
    number: str = ""
    post: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()
    sample: bool = False
    sections: Mapping[str, Page] = field(default_factory=dict)


@dataclass(frozen=True)
class Proses:
    """Every written part, by the name of its file: 2020, 2020-nam-dong."""

    by_name: Mapping[str, Prose] = field(default_factory=dict)

    def find(self, year: int, commune: Commune | None = None) -> Prose:
        """Return what was written for a report, with nothing in it where nothing was; the year's is no commune's."""
        name = f"{year}-{commune.id}" if commune else str(year)
        return self.by_name.get(name) or Prose(f"{FOLDER}/{name}.md")

    def shown(self, *, samples: bool) -> Proses:
        """Return what an edition shows: illustrative words only with its samples."""
        return self if samples else Proses({name: prose for name, prose in self.by_name.items() if not prose.sample})


def load_proses(project: Path, communes: Iterable[Commune]) -> tuple[Proses, list[Problem]]:
    """Read every file of content/bao-cao. A file with an error is left out, and its problems returned."""
    known = "|".join(re.escape(commune.id) for commune in communes)
    found: dict[str, Prose] = {}
    problems: list[Problem] = []
    for name, file in list_folder(project / FOLDER, FOLDER, problems):
        path = f"{FOLDER}/{name}"
        if not re.fullmatch(rf"\d{{4}}(-({known}))?\.md", name):
            fix = "đặt tên <năm>.md, hoặc <năm>-<mã xã>.md cho báo cáo của một xã, ví dụ 2020.md, 2020-nam-dong.md"
            problems.append(Problem(path, 1, f'Tên "{name}" không phải của một báo cáo', fix))
            continue
        text = read_text(file, path)
        matter = text if isinstance(text, Problem) else parse_front_matter(text, path)
        if isinstance(matter, Problem):
            problems.append(matter)
            continue
        prose, record = parse_prose(matter, path)
        problems += record.problems
        if prose:
            found[name.removesuffix(".md")] = prose
    return Proses(found), problems


def parse_prose(matter: FrontMatter, path: str) -> tuple[Prose | None, Record]:
    """Read one file: None with the record's problems when it cannot be used."""
    record = parse_record(PROSE_KEYS, matter.mapping, path)
    if excess := find_excess(matter.body, path, matter.body_line):
        record.problems.append(excess)
        return None, record
    sections: dict[str, Page] = {}
    expected = ", ".join(f"## {name}" for name in SECTIONS)
    for title, line, source in read_body(matter.body, matter.body_line).sections(2):
        body = read_body(source.strip("\n"), line + 1)
        name = _find_section(title)
        if not title:
            if body.words:
                message, fix = "Có lời viết trước đề mục đầu tiên", f"đặt dưới một trong: {expected}"
                record.problems.append(Problem(path, line, message, fix))
        elif name is None:
            message = f'Báo cáo không có phần "{title}"'
            record.problems.append(Problem(path, line, message, f"các phần là {expected}; ý nhỏ hơn thì viết ### …"))
        elif name in sections:
            record.problems.append(Problem(path, line, f'Phần "{name}" được viết hai lần', "gộp lại làm một"))
        elif body.words:
            record.problems += check_body(path, body)
            sections[name] = Page(path, "", body, name)
    if record.problems:
        return None, record
    return Prose(path, sections=sections, **record.values), record


def _find_section(title: str) -> str | None:
    """Return the section that a heading means: its number may stand before it, and more words after it."""
    written = squash(_NUMERAL.sub("", title))
    return next((name for name in SECTIONS if written.startswith(squash(name.split(",")[0]))), None)
