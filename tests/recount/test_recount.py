"""Every number that is printed or shown, held against a count that knows only the files under content/."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from plugins.vietnamese import today
from tests.recount.counting import STAGES, Content, Numbers, count_year, read_content
from tests.recount.made_up import YEAR, make_up_year
from tests.reports import documents
from tests.site import checkout
from tests.site.pages import Site, find, words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.site.conftest import Build

DAYS = (date(2020, 11, 3), date(2020, 12, 31), today())
MADE_UP_DAYS = (date(YEAR, 11, 3), date(YEAR, 12, 31), today())


class Case(NamedTuple):
    """A project, and a year of it as of a day."""

    project: Path
    year: int
    day: date

    @property
    def content(self) -> Content:
        return _read(self.project, self.day)

    def run(self, command: str, *options: str) -> checkout.Run:
        return _run(self.project, command, f"--year={self.year}", f"--date={written(self.day)}", *options)


# Two tests look at one report, and all at one content.
_run, _read = cache(checkout.run), cache(read_content)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout.copy_project(tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = checkout.copy_project(tmp_path_factory.mktemp("made-up"))
    make_up_year(project)
    return project


@pytest.fixture(
    params=[("shipped", 2020, day) for day in DAYS] + [("made_up", YEAR, day) for day in MADE_UP_DAYS],
    ids=lambda param: f"{param[0]}-{param[2]}",
)
def case(request: pytest.FixtureRequest) -> Case:
    name, year, day = request.param
    return Case(request.getfixturevalue(name), year, day)


def written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def bare(row: str) -> str:
    return re.sub(r"^Thị trấn ", "", row)


def inner(numbers: Iterable[tuple[str, str, str, str]]) -> Numbers:
    """Return the numbers of tables but for their totals and what is 0 or nobody's to count."""
    return {
        (title, bare(row), column): int(count.replace(".", ""))
        for title, row, column, count in numbers
        if "Tổng" not in (row, column) and count not in ("0", "–", "")
    }


def of_tables(tables: dict[str, list[list[str]]], known: set[str]) -> Numbers:
    cells = (
        (title, row[0], column, str(value))
        for title, (head, *rows) in tables.items()
        if title in known
        for row in rows
        for column, value in zip(head[1:], row[1:], strict=True)
    )
    return inner(cells)


def test_the_report_counts_what_the_files_state(case: Case) -> None:
    run = case.run("report")
    assert "Đã ghi" in run.stdout, run.stderr
    (stem,) = set(re.findall(r"(bao-cao/[\w-]+)\.docx", run.stdout))
    files = {suffix: (case.project / f"{stem}.{suffix}").read_bytes() for suffix in ("csv", "xlsx", "docx")}
    expected = count_year(case.content, case.year)
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))[1:]
    in_csv = inner((row[2], row[3], row[4], row[5]) for row in rows if row[2] != "Kết quả")
    titles = {title for title, _, _ in in_csv}
    assert len(titles) >= 6
    assert in_csv == {key: count for key, count in expected.items() if key[0] in titles}
    # Nothing is left out but where a table would repeat another, or have one row.
    for missing in {title for title, _, _ in expected} - titles:
        assert missing.endswith("xã hiện nay") or len({row for title, row, _ in expected if title == missing}) == 1
    book = {name: [[str(c) if c is not None else "" for c in row] for row in sheet if row[0]]
            for name, sheet in documents.read_workbook(files["xlsx"]).items()}  # fmt: skip
    assert of_tables(book, titles) == in_csv
    _, letter = documents.read_letter(files["docx"])
    in_letter = of_tables(letter, titles)
    assert in_letter == {key: count for key, count in in_csv.items() if key[0] in letter}
    assert len(titles - letter.keys()) <= 1


def test_the_sentences_of_a_report_count_what_the_files_state(case: Case) -> None:
    said = case.run("report").stdout.splitlines()
    registered = [one for one in case.content.registrations.values() if one.year == case.year]
    told = {story.code for story in case.content.stories.values()}
    sentence = next(line for line in said if "đăng ký" in line and "nội dung, mô hình" in line)
    assert number(r"đăng ký ([\d.]+) nội dung", sentence) == len(registered)
    verbs = {"bình xét công khai": "Bình xét công khai", "công nhận": "Công nhận", "nhân rộng": "Nhân rộng"}
    verbs |= {"biểu dương, khen thưởng": "Biểu dương, khen thưởng"}
    for verb, stage in verbs.items():
        count = sum(any(act.kind in STAGES[stage] for act in one.statements) for one in registered)
        assert number(rf"([\d.]+) được {verb}(?=[;.])", sentence) == count, verb
    assert number(r"([\d.]+) được đăng tin, bài", sentence) == sum(one.code in told for one in registered)
    posted = next(line for line in said if line.startswith("Đã đăng tin, bài về"))
    assert number(r"về ([\d.]+) điển hình", posted) == sum(
        story.year == case.year for story in case.content.stories.values()
    )


def number(pattern: str, text: str) -> int:
    """Return the number that a sentence gives; 0 where it does not speak of it."""
    found = re.search(pattern, text)
    return int(found[1].replace(".", "")) if found else 0


def test_progress_and_its_letters_count_what_the_files_state(case: Case) -> None:
    run = case.run("progress", "--json")
    told = json.loads(run.stdout)
    registered = [one for one in case.content.registrations.values() if one.year == case.year]
    posted = {story.code for story in case.content.stories.values()}
    groups = {commune["id"]: commune for commune in told["communes"]} | {"": told["own"], "total": told["total"]}
    for place, group in groups.items():
        ours = [one for one in registered if place in ("total", one.place.id if one.place else "")]
        expected = {
            "registered": len(ours),
            "under_way": sum(one.state == "đang thực hiện" for one in ours),
            "stopped": sum(one.state == "dừng" for one in ours),
            "recognised": sum(any(act.kind == "công nhận" for act in one.statements) for one in ours),
            "replicated": sum(any(act.kind == "nhân rộng" for act in one.statements) for one in ours),
            "with_story": sum(one.code in posted for one in ours),
        }
        assert {name: group[name] for name in expected} == expected, place
        if message := group.get("message"):
            assert number(r"đã đăng ký ([\d.]+) điển hình", message) == len(ours), place
            assert number(r"trong đó ([\d.]+) đã được công nhận", message) == expected["recognised"], place


def check_page(site: Site, content: Content, year: int) -> None:
    expected = count_year(content, year)
    page = site[f"/bao-cao/{year}/"]
    tables = {words(find(table, "caption")[0]): cells(table) for table in find(page.root, "table", "counts")}
    titles = {title for title, _, _ in expected} & tables.keys()
    assert of_tables(tables, titles) == {key: count for key, count in expected.items() if key[0] in titles}, year
    assert titles, year


def test_the_page_of_a_year_counts_what_the_files_state(case: Case) -> None:
    run = checkout.run(case.project, "build", f"--date={written(case.day)}")
    assert "Đã dựng xong" in run.stdout, run.stdout + run.stderr
    check_page(Site(case.project / "output"), case.content, case.year)


def test_pages_and_open_data_count_what_the_files_state(built: Build) -> None:
    content = read_content(built.project, today())
    for year in {story.year for story in content.stories.values()}:
        check_page(built.site, content, year)
    rows = list(csv.DictReader(io.StringIO((built.site.root / "du-lieu/dien-hinh.csv").read_text("utf-8-sig"))))
    assert {row["Mã bài"] for row in rows} == content.stories.keys()
    for row in rows:
        story = content.stories[row["Mã bài"]]
        assert int(row["Năm"]) == story.year
        assert (row["Được công nhận"] == "có") == any(act.kind == "công nhận" for act in story.statements), row[
            "Mã bài"
        ]
        praises = [act for act in story.statements if act.kind in STAGES["Biểu dương, khen thưởng"]]
        assert len([praise for praise in row["Biểu dương"].split("; ") if praise]) >= len(praises), row["Mã bài"]


def cells(table: object) -> list[list[str]]:
    rows = find(table, "tr")  # type: ignore[arg-type]
    return [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in rows]
