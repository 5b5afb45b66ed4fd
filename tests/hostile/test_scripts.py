"""Every script that we know, in every field: pages hold what innocent pages hold, and no more."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

import html5lib
import pytest

from plugins.bulletin.layout import build_bulletin, render_bulletin
from plugins.bulletin.period import Period
from plugins.exemplars.model.edition import select_edition
from plugins.preview.live.site import LiveSite
from plugins.preview.serving.routes import Request, answer
from plugins.release.policy import COPIES
from plugins.sources import values
from plugins.tokens import band_for_print
from tests.hostile.corpus_site import evil, innocent, write_site
from tests.hostile.markup import BODY, read_markup
from tests.hostile.mutation import FORMULAS
from tests.loading import load
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Elements that Markdown or a longer text may add: a line is wrapped in no more than these.
OWN_PAGES = (
    *("/_ban-bien-tap/", "/_ban-bien-tap/tien-do/2020/", "/_xem-thu/dien-thoai"),
    *(
        f"/_xem-thu/sua?tep=content/{path}"
        for path in ("bai-viet/2020/kenh/bai.md", "danh-muc/xa.yaml", "trang/lien-he.md")
    ),
)


PUBLIC = "releases/0001/site"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The projects of both sites, published."""
    projects = []
    for say in (innocent, evil):
        project = checkout.copy_project(tmp_path_factory.mktemp(say.__name__))
        shutil.rmtree(project / "content")
        projects.append(write_site(project, say))
    for run in checkout.run_in_all(projects, "publish"):
        assert run.code == 0, run.stdout + run.stderr
    return projects[0], projects[1]


def shapes(html: str) -> set[tuple[str, tuple[str, ...]]]:
    """Return every kind of element with the names of its attributes, as a browser builds them."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {(element.tag, tuple(sorted(element.attrib))) for element in tree.iter() if isinstance(element.tag, str)}


def without_bodies(html: str) -> str:
    """Return a page without what its writer may shape: the running text."""
    return re.sub(r'<div class="prose[^>]*>.*?(?=<footer|<aside|</main)', "", html, flags=re.DOTALL)


def check_alike(was: str, now: str, where: str) -> None:
    innocent_markup, markup = read_markup(was), read_markup(now)
    assert [fault for fault in markup.faults if fault not in innocent_markup.faults] == [], where
    assert markup.shapes <= innocent_markup.shapes | BODY, where
    # A longer text may take more lines, never another kind of element.
    more = shapes(without_bodies(now)) - shapes(without_bodies(was))
    assert {shape for shape in more if (shape[0], "") not in BODY} == set(), where


def test_both_sites_have_the_same_files(sites: tuple[Path, Path]) -> None:
    names = [
        {
            re.sub(r"[.-][0-9a-f]{8,}", "", file.relative_to(site).as_posix())
            for file in (site / PUBLIC).rglob("*")
            if "tim-kiem/" not in file.as_posix() and file.suffix not in COPIES
        }
        for site in sites
    ]
    assert names[0] == names[1]
    assert len(names[0]) > 60


def test_no_page_holds_what_its_innocent_twin_does_not(sites: tuple[Path, Path]) -> None:
    pages = sorted((sites[1] / PUBLIC).rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        name = page.relative_to(sites[1]).as_posix()
        check_alike((sites[0] / name).read_text(encoding="utf-8"), page.read_text(encoding="utf-8"), name)


def test_data_feeds_and_drawings_are_whole(sites: tuple[Path, Path]) -> None:
    kinds = Counter()
    for file in sorted((sites[1] / PUBLIC).rglob("*")):
        kinds[file.suffix] += 1
        twin = sites[0] / file.relative_to(sites[1])
        if file.suffix in (".json", ".webmanifest"):
            assert type(json.loads(file.read_text(encoding="utf-8"))) in (dict, list)
        elif file.suffix in (".xml", ".svg") and twin.exists():
            now, was = (Counter(element.tag for element in ET.parse(path).getroot().iter()) for path in (file, twin))
            assert now == was, file
            for element in ET.parse(file).getroot().iter():
                for name, value in element.attrib.items():
                    assert not name.startswith("on"), file
                    assert not re.match(r"\s*(javascript|data):", value, re.IGNORECASE), file
    assert kinds[".json"] >= 1
    assert kinds[".xml"] >= 3


def test_no_cell_of_a_csv_is_a_formula(sites: tuple[Path, Path]) -> None:
    files = sorted((sites[1] / PUBLIC).rglob("*.csv"))
    assert len(files) >= 4
    for file in files:
        for delimiter in ",;\t":
            for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""), delimiter=delimiter):
                for cell in row:
                    assert (
                        re.fullmatch(r"[-+]?\d+([.,]\d+)?", cell) or cell[:1] not in "=+-@\t\r＝＋－＠" or not cell
                    ), (file, cell)


def test_the_previews_own_pages_hold_no_more(sites: tuple[Path, Path]) -> None:
    live = [LiveSite(site) for site in sites]
    for one in live:
        one.update(())
    for address in OWN_PAGES:
        path, _, query = address.partition("?")
        given = dict([query.split("=", 1)]) if query else {}
        was, now = (answer("GET", Request(one, path, given)).body.decode() for one in live)
        check_alike(was, now, address)
    for tried in (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "//evil.example",
    ):
        for address, name in (("/_xem-thu/sua", "tep"), ("/_xem-thu/dien-thoai", "trang")):
            was, now = (answer("GET", Request(live[0], address, {name: said})).body.decode() for said in ("x", tried))
            check_alike(was, now, address + quote(tried))
        check_alike(live[0].get("/khong-co/").body.decode(), live[0].get(f"/{tried}/").body.decode(), tried)


def test_the_bulletin_holds_no_more(sites: tuple[Path, Path], tmp_path: Path) -> None:
    pages = []
    for site in sites:
        edition = select_edition(load(site), drafts=False, samples=True)
        bulletin = build_bulletin(edition, Period(values.day("1/8/2020"), values.day("31/8/2020")))
        pages.append(render_bulletin(bulletin, tmp_path, dict.fromkeys((story.slug for story in bulletin.stories), 1)))
    # The woven band stands in the page itself, in the colours of the tokens.
    shown = [page.replace("file://", "").replace(str(tmp_path), "") for page in pages]
    shown = [page.replace(band_for_print(), "/band.svg") for page in shown]
    assert read_markup(shown[1]).shapes <= read_markup(shown[0]).shapes | BODY
    assert read_markup(shown[1]).faults == []


def test_numbers_stay_numbers_and_formulas_become_text() -> None:
    from plugins.exemplars.open_data.csv_tables import write_csv

    rows = [[cell] for cell in ("-5", "+3,2", "-1.5", -5, *FORMULAS, "a;=1", "a; -b", "x=1", "1-2")]
    said = [row[0] for row in csv.reader(io.StringIO(write_csv(["Cột"], rows).lstrip("\ufeff"), newline=""))][1:]
    assert said[:4] == ["-5", "+3,2", "-1.5", "-5"]
    assert said[-4:] == ["a;'=1", "a; -b", "x=1", "1-2"]
    assert said[4:6] == ["'=1+1", "+1"]
    assert [cell[:1] for cell in said[6:9]] == ["'"] * 3


def test_no_cell_of_the_template_is_a_formula(sites: tuple[Path, Path]) -> None:
    import openpyxl

    from plugins.registers.template import render_template

    project = sites[1].with_name("cong-thuc")
    shutil.copytree(sites[0] / "content", project / "content")
    vocabulary = project / "content/danh-muc/linh-vuc.yaml"
    vocabulary.write_text(
        vocabulary.read_text(encoding="utf-8").replace('"Kinh tế"', '"=HYPERLINK(1)"'), encoding="utf-8"
    )
    library = load(project)
    book = openpyxl.load_workbook(io.BytesIO(render_template(library.vocabulary, 2020)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    data = render_template(library.vocabulary, 2020)
    assert b"<f>" not in b"".join(_parts(data))


def _parts(data: bytes) -> Iterator[bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield from (package.read(name) for name in package.namelist() if name.startswith("xl/worksheets"))
