"""Every number of a report, in the Word file, the workbook, the CSV and on the page, is counted here a second time.

From the open data and the register alone, as anybody could who has downloaded them: nothing of plugins/ is asked.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.reports import documents
from tests.site import checkout
from tests.site.pages import find, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.site.conftest import Build
    from tests.site.pages import Site

KINDS = ("Tập thể", "Cá nhân", "Mô hình")
FIELDS = {
    "Kinh tế": "Kinh tế",
    "Văn hóa – xã hội": "Văn hóa – xã hội",
    "Quốc phòng – an ninh": "Quốc phòng – an ninh",
    "Xây dựng hệ thống chính trị": "Hệ thống chính trị",
}
LEVELS = ("trung ương", "tỉnh", "huyện", "xã", "thôn")
AWARDS = ("Giấy khen", "Bằng khen", "Thư khen")
STAGES = ("Đăng ký", "Bình xét công khai", "Công nhận", "Biểu dương, khen thưởng", "Nhân rộng", "Đăng tin, bài")
VIEWS = ("Điển hình", "Biểu dương, khen thưởng", "Nhân rộng từ nơi khác", "Đã được nhân rộng")
DIVIDED = (
    "Điển hình theo lĩnh vực",
    "Điển hình theo xã, thị trấn",
    "Điển hình theo xã hiện nay",
    "Đăng ký theo tiến độ thực hiện",
    "Biểu dương, khen thưởng các cấp",
)
TOTALS = "Tổng hợp kết quả theo nội dung và đơn vị tính"
SINCE = " (từ 1/7/2025)"
Numbers = dict[tuple[str, str, str], Decimal]


def read_csv(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def test_the_description_of_a_report_is_its_beginning(built: Build) -> None:
    """Of a year with a register, how far that has come; of others, how many exemplars there are."""
    registered = {path.stem for path in (built.project / "content/dang-ky").glob("*.csv")}
    for year in range(2018, 2027):
        page = built.site[f"/bao-cao/{year}/"]
        told = page.first("meta", name="description").get("content", "")
        leads = [words(lead) for lead in page.find("p", "sheet__lead")]
        if str(year) in registered:
            assert told == leads[0]
            assert told.startswith(f"Năm {year}, đã đăng ký ")
        else:
            (count,) = re.findall(r"^Đã đăng tin, bài về (\d+) điển hình", leads[0])
            assert told.startswith(f"{count} điển hình năm {year} ")


def read(site: Site, url: str) -> str:
    return (site.root / url.lstrip("/")).read_bytes().decode()


def bare(name: str) -> str:
    """Return the name of a commune as a report has it: without its type, and without cũ or mới."""
    return re.sub(r"^(xã|thị trấn) | (cũ|mới)$", "", name, flags=re.IGNORECASE)


def add_totals(counts: Numbers, table: str, *, across: bool) -> None:
    # One column is its own total.
    across = across and len({column for of, _, column in counts if of == table}) > 1
    for (of, row, column), count in list(counts.items()):
        if of == table:
            for cell in ((row, "Tổng"), ("Tổng", "Tổng")) if across else ():
                counts[table, *cell] = counts.get((table, *cell), Decimal()) + count
            counts[table, "Tổng", column] = counts.get((table, "Tổng", column), Decimal()) + count


def recount(site: Site, project: Path, year: int) -> Numbers:
    """Count a year from the open data and its register: every number but 0, by table, row and column."""
    rows = [row for row in read_csv(read(site, "/du-lieu/dien-hinh.csv")) if row["Năm"] == str(year)]
    codes = told(project)
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        field = FIELDS[row["Lĩnh vực"]]
        counts["Điển hình theo lĩnh vực", row["Lĩnh vực"], row["Loại"]] += 1
        since = SINCE if row["Mã xã"].startswith("xa-") else ""
        counts["Điển hình theo xã, thị trấn", bare(row["Xã"]) + since, field] += 1
        counts["Điển hình theo xã hiện nay", bare(row["Xã hiện nay"]) + SINCE, field] += 1
        views = (True, row["Biểu dương"], row["Nhân rộng từ"], int(row["Số nơi làm theo"]))
        for view, holds in zip(VIEWS, views, strict=True):
            counts["Điển hình theo loại", row["Loại"], view] += bool(holds)
        if row["Mã bài"] not in codes.values():
            for praise in filter(None, row["Biểu dương"].split("; ")):
                level = next(level for level in LEVELS if re.search(rf" {level}(, |$)", praise))
                counts["Biểu dương, khen thưởng các cấp", *praised(praise, level)] += 1
    copied = {row["Mã bài"] for row in rows if int(row["Số nơi làm theo"])}
    acts = what_happened(project, year)
    for row in registered(project, year):
        state, field = row["Trạng thái"], row["Lĩnh vực"]
        place = row["Xã"] + (SINCE if year > 2025 else "")
        counts["Đăng ký theo tiến độ thực hiện", state[:1].upper() + state[1:], row["Loại"]] += 1
        done = {act["Việc"] for act in acts if act["Mã"] == row["Mã"]}
        has = (
            True,
            "bình xét" in done,
            "công nhận" in done,
            done & {"biểu dương", "khen thưởng"},
            codes.get(row["Mã"]) in copied,
            row["Mã"] in codes,
        )
        for stage, holds in zip(STAGES, has, strict=True):
            counts["Đăng ký theo lĩnh vực", field, stage] += bool(holds)
            counts["Đăng ký theo xã, thị trấn", place, stage] += bool(holds)
            counts["Đăng ký theo xã hiện nay", TODAY.get(place, row["Xã"]) + SINCE, stage] += bool(holds)
    for act in acts:
        if act["Việc"] in ("biểu dương", "khen thưởng"):
            counts["Biểu dương, khen thưởng các cấp", *praised(act["Hình thức"], act["Cấp"])] += 1
    numbers = {key: Decimal(count) for key, count in counts.items() if count}
    for table in {table for table, _, _ in numbers}:
        add_totals(numbers, table, across=table in DIVIDED)
    return numbers


def praised(form: str, level: str) -> tuple[str, str]:
    name = "Cấp Trung ương" if level == "trung ương" else f"Cấp {level}"
    return name, "Khen thưởng" if form.startswith(AWARDS) else "Biểu dương"


TODAY = {
    "Ea T’ling": "Cư Jút", "Tâm Thắng": "Cư Jút", "Trúc Sơn": "Cư Jút", "Cư K’nia": "Cư Jút",
    "Nam Dong": "Nam Dong", "Đắk D’rông": "Nam Dong", "Đắk Wil": "Đắk Wil", "Ea Pô": "Đắk Wil",
}  # fmt: skip


def registered(project: Path, year: int) -> list[dict[str, str]]:
    return read_register(project / f"content/dang-ky/{year}.csv")


def what_happened(project: Path, year: int) -> list[dict[str, str]]:
    """Return the acts of a year's registrations, all of which have a day and are past."""
    acts = read_register(project / f"content/dang-ky/{year}-viec.csv")
    assert all(act["Ngày"] for act in acts)
    return acts


def read_register(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    text = file.read_text(encoding="utf-8-sig")
    return read_csv(text[text.index("Mã;") :], ";")


def told(project: Path) -> dict[str, str]:
    """Return by its code the story of each registration that has one."""
    stories = {file.parent.name: file.read_text("utf-8") for file in (project / "content/bai-viet").rglob("bai.md")}
    return {code: slug for slug, text in stories.items() for code in re.findall(r"^Đăng ký: (\S+)", text, re.MULTILINE)}


def recount_result(site: Site, year: int, label: str, unit: str) -> Decimal:
    """Add every result of a year that says this: “3,2 km kênh mương” is 3.2 of km and kênh mương."""
    total = Decimal()
    for row in read_csv(read(site, "/du-lieu/dien-hinh.csv")):
        for line in row["Kết quả"].split("; ") if row["Năm"] == str(year) else ():
            verb, _, rest = label.partition(" ")
            gift = re.fullmatch(rf"([\d.,]+) (\S+) {re.escape(verb)} ([\d.,]+) (\S+) {re.escape(rest)}", line)
            plain = re.fullmatch(rf"([\d.,]+) ?{re.escape(unit)} {re.escape(label)}", line, re.IGNORECASE)
            pairs = [gift.groups()[:2], gift.groups()[2:]] if gift else [(plain[1], unit)] if plain else []
            total += sum((vietnamese(number) for number, of in pairs if of == unit), Decimal())
    return total


def vietnamese(number: str) -> Decimal:
    return Decimal(number.replace(".", "").replace(",", "."))


def page_tables(root: Element) -> Iterator[tuple[str, list[list[str]]]]:
    for table in find(root, "table", "counts"):
        (caption,) = find(table, "caption")
        cells = [[cell for cell in row if cell.tag in ("th", "td")] for row in find(table, "tr")]
        yield words(caption), [[words(cell) for cell in row] for row in cells]


def flatten(title: str, rows: list[list[str]]) -> Numbers:
    """Return the numbers of a table but 0, by row and column; of communes, by their bare names."""
    head, *body = rows
    return {
        (title, bare(row[0]), column): number
        for row in body
        for column, value in zip(head[1:], row[1:], strict=True)
        if (number := vietnamese(str(value)))
    }


def years(site: Site) -> list[int]:
    return sorted({int(row["Năm"]) for row in read_csv(read(site, "/du-lieu/dien-hinh.csv"))})


def test_every_number_of_every_page_and_csv_is_that_of_the_open_data(built: Build) -> None:
    assert len(years(built.site)) >= 8
    for year in years(built.site):
        expected = recount(built.site, built.project, year)
        shown: Numbers = {}
        for title, rows in page_tables(built.site[f"/bao-cao/{year}/"].root):
            if title == TOTALS:
                for label, number, unit, _ in rows[1:]:
                    lowered = label[:1].lower() + label[1:]
                    assert vietnamese(number) == recount_result(built.site, year, lowered, unit), (year, label)
            else:
                assert len(rows) > 3, "a table of one row says nothing"
                shown |= flatten(title, rows)
        titles = {key[0] for key in shown}
        assert shown == {key: number for key, number in expected.items() if key[0] in titles}
        # Today's communes are shown only where an exemplar's own has ended, and no table of one row is.
        for title in {key[0] for key in expected} - titles:
            assert title in TODAY_ONLY or len({row for of, row, _ in expected if of == title} - {"Tổng"}) == 1, title
        table: Numbers = {}
        for row in read_csv(read(built.site, f"/bao-cao/{year}/bao-cao-{year}.csv")):
            if row["Bảng"] == "Kết quả":
                if row["Cột"] == "Tổng":
                    again = recount_result(built.site, year, row["Dòng"], row["Đơn vị"])
                    assert Decimal(row["Số"]) == again, (year, row["Dòng"])
            elif row["Số"] != "0":
                table[row["Bảng"], bare(row["Dòng"]), row["Cột"]] = Decimal(row["Số"])
        assert table == shown


def test_each_result_has_its_exemplar_and_no_single_one_is_a_total(built: Build) -> None:
    rows = {row["Mã bài"]: row for row in read_csv(read(built.site, "/du-lieu/dien-hinh.csv"))}
    for year in years(built.site):
        csv_rows = read_csv(read(built.site, f"/bao-cao/{year}/bao-cao-{year}.csv"))
        figures = [row for row in csv_rows if row["Bảng"] == "Kết quả" and row["Cột"] != "Tổng"]
        assert figures
        for row in figures:
            assert row["Số"].replace(".", ",") in rows[row["Cột"]]["Kết quả"].replace(".", "")
        added = Counter((row["Dòng"], row["Đơn vị"]) for row in figures)
        totals = [row for row in csv_rows if row["Bảng"] == "Kết quả" and row["Cột"] == "Tổng"]
        assert all(added[row["Dòng"], row["Đơn vị"]] > 1 for row in totals)
        assert not any("%" in row["Đơn vị"] or "mỗi người" in row["Dòng"] for row in totals)
        page = words(built.site[f"/bao-cao/{year}/"].main)
        for row in rows.values():
            if row["Năm"] == str(year) and row["Kết quả"]:
                assert f": {row['Kết quả']}." in page, row["Mã bài"]


TODAY_ONLY = ("Đăng ký theo xã hiện nay", "Điển hình theo xã hiện nay")


def test_the_years_side_by_side_are_those_of_the_open_data(built: Build) -> None:
    rows = read_csv(read(built.site, "/du-lieu/dien-hinh.csv"))
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        year = f"Năm {row['Năm']}"
        counts["Các năm, theo lĩnh vực", year, FIELDS[row["Lĩnh vực"]]] += 1
        counts["Các năm, theo loại", year, row["Loại"]] += 1
    expected = {key: Decimal(count) for key, count in counts.items()}
    for title in ("Các năm, theo lĩnh vực", "Các năm, theo loại"):
        add_totals(expected, title, across=True)
    tables = dict(page_tables(built.site["/bao-cao/"].root))
    shown = [flatten(title, tables[title]) for title in ("Các năm, theo lĩnh vực", "Các năm, theo loại")]
    assert shown[0] | shown[1] == expected


@pytest.mark.parametrize("year", [2020, 2022, 2026])
def test_every_number_of_the_files_is_that_of_the_open_data(built: Build, tmp_path: Path, year: int) -> None:
    project = checkout.copy_project(tmp_path)
    checkout.add_stories(project)
    run = checkout.run(project, "report", f"--year={year}")
    assert run.code == 0, run.stderr
    expected = recount(built.site, built.project, year)
    folder = project / "bao-cao"
    _, letter = documents.read_letter((folder / f"bao-cao-{year}.docx").read_bytes())
    book = documents.read_workbook((folder / f"bao-cao-{year}.xlsx").read_bytes())
    in_letter: Numbers = {}
    in_book: Numbers = {}
    titles = {table for table, _, _ in expected}
    for title in titles & letter.keys():
        in_letter |= flatten(title, letter[title])
        in_book |= flatten(title, [[str(cell) for cell in row] for row in book[title]])
    assert in_letter == in_book == {key: number for key, number in expected.items() if key[0] in letter}
    assert {"Điển hình theo lĩnh vực", "Điển hình theo loại"} <= titles & letter.keys()
    for _, label, number, unit, _ in letter.get(TOTALS, [])[1:]:
        assert vietnamese(number) == recount_result(built.site, year, label[:1].lower() + label[1:], unit), label
    site_csv = read(built.site, f"/bao-cao/{year}/bao-cao-{year}.csv")
    assert (folder / f"bao-cao-{year}.csv").read_bytes().decode() == site_csv


def test_zero_is_written_in_words(built: Build) -> None:
    for url in built.site.pages:
        if re.fullmatch(r"/bao-cao/\d{4}/", url):
            assert not re.search(r"(?<!\d[.,])\b0 (?:được|học|có)", words(built.site[url].main)), url
    assert "được nhân rộng" not in words(built.site["/bao-cao/2026/"].main).split("đăng tin, bài.")[0]


def test_a_publish_shows_no_illustrative_words_or_registrations(published: Build) -> None:
    for file in published.site.root.glob("bao-cao/**/*.html"):
        text = file.read_text(encoding="utf-8")
        assert "MINH HỌA" not in text
        assert "đăng ký trong sổ" not in text


def test_before_the_first_exemplar_there_is_a_page_that_says_so(empty: Build) -> None:
    page = empty.site["/bao-cao/"]
    assert find(page.root, css_class="empty")
    assert not find(page.root, "table")


def test_written_parts_are_under_their_section(built: Build) -> None:
    main = built.site["/bao-cao/2020/"].main
    headings = [(one.tag, words(one)) for one in main.iter() if one.tag in ("h2", "h3", "h4")]
    at = headings.index(("h2", "Đánh giá chung"))
    assert headings[at + 1 : at + 4] == [
        ("h3", "Ưu điểm"),
        ("h3", "Hạn chế, nguyên nhân"),
        ("h2", "Phương hướng, nhiệm vụ"),
    ]
