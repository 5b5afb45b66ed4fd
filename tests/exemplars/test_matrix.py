"""The matrix: the same steps in every table, and rows in parts that a phone can hold."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest
from jinja2 import Environment, FileSystemLoader

from plugins.content.addresses import sections
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.terms import Commune, Field
from plugins.exemplars.model.matrix import LEADING, LEGEND, MOST_ROWS, Matrix, build_matrix, find_step
from plugins.exemplars.pages.template_values import CLOTH, FILTERS, lighten
from plugins.vietnamese import sort_key
from tests.reading.test_contrast import COLORS, PROJECT, contrast

FIELDS = (
    Field("kinh-te", "Kinh tế", "Kinh tế", "#8a5a00", "#e5b567", ""),
    Field("an-ninh", "An ninh", "An ninh", "#3d6b21", "#a3cf7d", ""),
)
MERGER = date(2025, 7, 1)


def place(name: str, kind: str = "xã", **facts: date) -> Commune:
    return Commune(f"{kind} {name}", name, kind, "", "", **facts)


def matrix(*times: list[Commune], none: tuple[str, ...] = ()) -> Matrix:
    """Return a matrix in which the n-th place has n exemplars of the first field, and those named have none."""
    filed = {
        (commune, FIELDS[0]): [None] * number
        for communes in times
        for number, commune in enumerate(communes, 1)
        if commune.name not in none
    }
    ordered = [sorted(communes, key=lambda commune: sort_key(commune.name)) for communes in times]
    return build_matrix(FIELDS, ordered, filed, lambda _, url: url)  # type: ignore[arg-type]


def titles(made: Matrix) -> list[tuple[str, int]]:
    return [(group.title, len(group.rows)) for group in made.groups]


@pytest.mark.parametrize(
    ("count", "step"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 4), (128, 4), (4000, 4)]
)
def test_a_count_has_the_same_step_in_every_matrix(count: int, step: int) -> None:
    assert find_step(count) == step


def test_the_legend_has_the_counts_of_each_step() -> None:
    assert LEGEND == ("1", "2", "3–4", "5 trở lên")


def test_the_most_of_a_table_makes_no_other_cell_paler() -> None:
    few, many = matrix([place("A"), place("B")]), matrix([place(letter) for letter in "ABCDEGHIK"])
    assert [row.cells[0].step for row in few.rows] == [row.cells[0].step for row in many.rows][:2] == [1, 2]


def test_a_short_matrix_has_a_part_for_each_time() -> None:
    then = [place("Nam Dong", until=date(2025, 6, 30)), place("Ea Pô", until=date(2025, 6, 30))]
    assert titles(matrix(then, [place("Nam Dong", since=MERGER)])) == [("Đến 30/6/2025", 2), ("Từ 1/7/2025", 1)]
    assert titles(matrix(then)) == [("", 2)]


def test_a_place_without_exemplars_has_no_row_of_zeros_and_is_not_forgotten() -> None:
    made = matrix([place("A"), place("B"), place("C")], none=("B",))
    assert [row.commune.name for group in made.groups for row in group.rows] == ["A", "C"]
    assert [row.commune.name for row in made.empty] == ["B"]
    assert len(made.rows) == 3
    assert matrix([place("A")], none=("A",)).groups == ()


def test_124_places_are_grouped_by_kind_and_letters() -> None:
    names = [f"{letter}{end}" for letter in "BCDĐGHKLMNPQRST" for end in ("an", "e", "i", "o", "u", "y")][:88]
    communes = [place(name) for name in names]
    wards = [place(f"{number} Bảo Lộc", "phường") for number in range(1, 36)]
    made = matrix([*communes, *wards, place("Phú Quý", "đặc khu")])
    assert titles(made) == [
        ("Xã B–Đ", 24),
        ("Xã G–L", 24),
        ("Xã M–Q", 24),
        ("Xã R–T", 16),
        ("Phường 1 Bảo Lộc – 17 Bảo Lộc", 17),
        ("Phường 18 Bảo Lộc – 35 Bảo Lộc", 18),
        ("Đặc khu", 1),
    ]
    assert made.is_long
    assert max(len(group.rows) for group in made.groups) <= MOST_ROWS
    placed = [row for group in made.groups for row in group.rows]
    assert len(placed) == len(set(map(id, placed))) == len(made.filled) == 124


def test_50_hamlets_are_grouped_by_kind_in_the_order_of_their_numbers() -> None:
    hamlets = [place(str(number), "thôn") for number in range(1, 31)]
    made = matrix(
        [
            *hamlets,
            *(place(name, "buôn") for name in ("Nui", "Trum", "Buôr")),
            *(place(str(n), "tổ dân phố") for n in range(1, 18)),
        ]
    )
    assert titles(made) == [("Thôn 1–15", 15), ("Thôn 16–30", 15), ("Buôn", 3), ("Tổ dân phố", 17)]


def test_a_long_matrix_begins_with_the_places_that_have_the_most() -> None:
    made = matrix([place(f"Đắk {number}") for number in range(1, 31)])
    assert [row.total for row in made.leading] == list(range(30, 30 - LEADING, -1))
    assert [row.total for row in made.ranked] == list(range(30, 0, -1))
    assert not matrix([place(str(number)) for number in range(MOST_ROWS)]).is_long


def drawn(made: Matrix, *, brief: bool) -> Element:
    """Return a matrix rendered by the theme."""
    templates = Environment(
        loader=FileSystemLoader(PROJECT / "theme/templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters |= FILTERS
    values = {"matrix": made, "caption": "Số điển hình", "brief": brief, "legend": LEGEND, "sections": sections}
    return fromstring(f"<main>{templates.get_template('partials/matrix.html').render(values)}</main>")  # noqa: S314 - ours


def test_a_long_matrix_is_in_folds_that_need_no_script() -> None:
    made = matrix([place(f"Đắk {number}") for number in range(1, 125)], none=("Đắk 1", "Đắk 2"))
    page = drawn(made, brief=False)
    folds = page.findall("details")
    assert ["".join(fold.find("summary").itertext()) for fold in folds][1] == "Xã Đắk 3 – Đắk 22 20 nơi, 250 điển hình"  # type: ignore[union-attr]
    assert [len(fold.findall(".//tbody/tr")) for fold in folds] == [0, 20, 20, 21, 20, 20, 21]
    assert len(folds[0].findall("ol/li")) == 122
    assert [link.text for link in page.findall(".//ul[@class='matrix__names']//a")] == ["Đắk 1", "Đắk 2"]
    tables = page.findall(".//table")
    assert len({"".join(table.find("caption").itertext()) for table in tables}) == len(tables) == 7  # type: ignore[union-attr]
    for head in page.iter("th"):
        assert head.get("scope") in ("col", "row")


def test_the_home_page_shows_of_a_long_matrix_the_most_and_the_sums() -> None:
    made = matrix([place(f"Đắk {number}") for number in range(1, 125)])
    page = drawn(made, brief=True)
    assert page.findall(".//details") == []
    assert len(page.findall(".//tbody/tr")) == LEADING
    assert ["".join(cell.itertext()) for cell in page.findall(".//tfoot//th")] == ["Cả 124 nơi"]
    assert next((cell.find("a").text or "") for cell in page.findall(".//tfoot//td")) == "7.750"  # type: ignore[union-attr]


@pytest.mark.parametrize("color", ["#000000", "#0f5e8c", "#5b5b00", "#ffffff"])
def test_any_colour_can_be_read_on_the_cloth(color: str) -> None:
    assert contrast(lighten(color), CLOTH) >= 4.5


def test_a_number_can_be_read_upon_its_motif_and_a_head_upon_the_cloth() -> None:
    vocabulary, _ = load_vocabulary(PROJECT)
    assert COLORS["light"]["cloth"] == COLORS["dark"]["cloth"] == CLOTH
    for field in vocabulary.fields:
        assert lighten(field.dark_color) == field.dark_color.lower()
        assert contrast(lighten(field.dark_color), CLOTH) >= 7, field.name
