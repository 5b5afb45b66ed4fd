"""Sites of three levels, read page by page: no word of another level, and every place has its page."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from plugins.content.content import as_of_its_day
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.exemplars.model.edition import select_edition
from plugins.newsroom.consent_form import render_form
from plugins.official.issuer import find_issuer
from plugins.preview.addresses import PROGRESS_URL
from plugins.preview.staff.pages import render_progress
from plugins.registers.progress import build_progress
from plugins.registers.reminder import write_reminder
from plugins.registers.template import render_papers, render_template
from plugins.reports.document import render_document
from plugins.reports.report import make_report
from plugins.reports.workbook import render_workbook
from tests.site.checkout import run
from tests.site.levels import LEVELS, Level, create

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.content import Content
    from plugins.content.vocabulary.terms import Commune

# Words of another level, within any text. A column or key of open data keeps its name: Xã, Mã xã.
FOREIGN = {
    "huyện": r"phường|đặc khu|khu dân cư|địa phương|Lâm Đồng|Cư Jút|Nam Dong|dak wil",
    "xã": r"huyện|thị trấn|phường|đặc khu|xã (?:thôn|buôn|bon|tổ)|(?:các|từng|mỗi|theo|một) xã|xã hiện nay(?! \|)|"
    r"địa phương|Lâm Đồng|Cư Jút|Nam Dong|dak wil",
    "tỉnh": r"huyện|thị trấn|khu dân cư|(?:các|từng|mỗi|theo|một) xã(?!, phường)|xã hiện nay(?! \|)|"
    r"Lâm Đồng|Cư Jút|Nam Dong|dak wil",
}
# As open data names its columns, on its page and in its files.
COLUMNS = re.compile(r"\b(?:Mã )?[Xx]ã(?: gốc)?(?: hiện nay)?(?=$|[\",])")


class Built(NamedTuple):
    """A project of a level, built."""

    name: str
    level: Level
    project: Path
    content: Content


@pytest.fixture(scope="module", params=LEVELS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    level = LEVELS[request.param]()
    project = create(tmp_path_factory.mktemp("cap"), level).path
    done = run(project, "build")
    assert done.code == 0, done.stdout + done.stderr
    return Built(request.param, level, project, load_content(project, date(level.year, 11, 20), installed(project)))


def foreign_to(site: Built) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{FOREIGN[site.name]})\b", re.IGNORECASE)


def spoken(page: bytes) -> list[str]:
    """Return the texts of a page, with those of attributes such as placeholders."""
    tree = html.fromstring(page)
    for part in tree.xpath("//script[not(@type='application/ld+json')] | //style"):
        part.drop_tree()
    said = [*tree.xpath("//body//text()"), *tree.xpath("//title/text()"), *tree.xpath("//script/text()")]
    return [*said, *tree.xpath("//@alt | //@title | //@placeholder | //@aria-label | //meta/@content")]


def docx_text(data: bytes) -> str:
    body = Document(BytesIO(data)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter("{*}t")) for p in body.iter("{*}p"))


def sheet_text(data: bytes) -> str:
    return "\n".join(str(cell.value) for sheet in load_workbook(BytesIO(data)) for row in sheet for cell in row)


def test_no_page_says_a_word_of_another_level(site: Built) -> None:
    pages = sorted((site.project / "output").rglob("*.html"))
    assert len(pages) > 3 * len(site.level.places)  # each place, and it with each field
    foreign = foreign_to(site)
    found = set()
    for page in pages:
        for text in spoken(page.read_bytes()):
            if foreign.search(COLUMNS.sub("", " ".join(text.split()))):
                found.add((page.relative_to(site.project).as_posix(), text))
    assert not found


def test_every_place_has_its_page_in_the_segment_that_never_changes(site: Built) -> None:
    folder = site.project / "output/dan-van-kheo/xa"
    assert {one.id for one in site.level.places} == {page.name for page in folder.iterdir() if page.is_dir()}
    listed = html.fromstring((site.project / "output/so-do-trang/index.html").read_bytes())
    titles = [link.text_content() for link in listed.xpath("//a[starts-with(@href, '/dan-van-kheo/xa/')]")]
    assert len(titles) >= len(site.level.places)
    if site.name == "xã":
        assert [title for title in titles if re.match(r"Thôn \d", title)] == [
            f"Thôn {number}" for number in range(1, 31)
        ]


def papers(site: Built, commune: Commune | None) -> str:
    """Return the texts of the year's letter, of the office or of a place."""
    content = as_of_its_day(site.content)
    edition = select_edition(content, drafts=False, samples=True)
    report = make_report(content, edition.index, site.level.year, commune)
    prose = content.proses.find(site.level.year, commune)
    issuer = find_issuer(content.vocabulary, commune.id if commune else "", site.level.year, content.day)
    return docx_text(render_document(report, prose, issuer, content.day, edition.html))


LETTERS = {
    "huyện": (
        ("ỦY BAN MTTQ VIỆT NAM\nTỈNH TÂN SƠN\nỦY BAN MTTQ VIỆT NAM\nHUYỆN KRÔNG BÌNH", "Ban Dân vận Huyện ủy"),
        ("ỦY BAN MTTQ VIỆT NAM\nHUYỆN KRÔNG BÌNH\nỦY BAN MTTQ VIỆT NAM\nTHỊ TRẤN ĐỒNG XUÂN", "UBND thị trấn Đồng Xuân"),
        "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam thị trấn Đồng Xuân",
    ),
    "xã": (
        ("ỦY BAN MTTQ VIỆT NAM\nTỈNH TÂN SƠN\nỦY BAN MTTQ VIỆT NAM\nXÃ KRÔNG BÌNH", "các thôn, buôn, bon, tổ dân phố;"),
        ("ỦY BAN MTTQ VIỆT NAM\nXÃ KRÔNG BÌNH\nBAN CÔNG TÁC MẶT TRẬN\nTHÔN 2", "TRƯỞNG BAN"),
        "Kính gửi: Ban Công tác Mặt trận thôn 2",
    ),
    "tỉnh": (
        ("ỦY BAN TRUNG ƯƠNG MTTQ VIỆT NAM\nỦY BAN MTTQ VIỆT NAM\nTỈNH TÂN SƠN", "các xã, phường, đặc khu;"),
        ("ỦY BAN MTTQ VIỆT NAM\nTỈNH TÂN SƠN\nỦY BAN MTTQ VIỆT NAM\nXÃ ĐỒNG XUÂN 1", "UBND xã Đồng Xuân 1"),
        "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam xã Đồng Xuân 1",
    ),
}


def test_letters_are_headed_addressed_and_sent_as_the_level_has_it(site: Built) -> None:
    own, of_place, addressed = LETTERS[site.name]
    vocabulary, foreign = site.content.vocabulary, foreign_to(site)
    (place,) = vocabulary.find_communes(site.level.told[0])
    for expected, text in ((own, papers(site, None)), (of_place, papers(site, place))):
        assert text.startswith(expected[0])
        assert expected[1] in text
        assert not foreign.search(text)
    progress = build_progress(as_of_its_day(site.content), site.level.year)
    office = vocabulary.signing_office(site.content.day)
    letters = {one.commune.id: write_reminder(progress, one, office) for one in progress.communes}
    assert letters[place.id].startswith(f"{addressed}\n")
    assert not foreign.search("\n".join(letters.values()))
    # Everybody is asked, but for who was not there yet.
    assert len(letters) == sum(one.existed_on(site.content.day) for one in vocabulary.communes)


def test_a_workbook_names_its_sheets_by_the_kind_of_places(site: Built) -> None:
    content = as_of_its_day(site.content)
    report = make_report(content, select_edition(content, drafts=False, samples=True).index, site.level.year, None)
    issuer = find_issuer(content.vocabulary, "", site.level.year, content.day)
    book = load_workbook(BytesIO(render_workbook(report, issuer, content.day, "https://example.vn")))
    shown = {"huyện": "xã, thị trấn", "xã": "thôn, buôn", "tỉnh": "xã, phường"}[site.name]
    assert any(name.startswith(f"Điển hình theo {shown}") for name in book.sheetnames)
    assert not [name for name in book.sheetnames if foreign_to(site).search(name)]


def test_forms_and_templates_have_the_words_of_the_level(site: Built) -> None:
    vocabulary, year = site.content.vocabulary, site.level.year
    foreign = foreign_to(site)
    template = sheet_text(render_template(vocabulary, year, site.content.schedules.get(year)))
    headings = {"huyện": "Xã\nThôn/buôn/tổ dân phố", "xã": "Thôn, buôn, bon, tổ dân phố\nLĩnh vực"}
    assert headings.get(site.name, "Xã, phường, đặc khu\nThôn/buôn/bon/tổ dân phố") in template
    form = docx_text(render_form(vocabulary.signing_office(site.content.day), vocabulary.words_on(site.content.day)))
    nearest = {"huyện": "Thôn, buôn, tổ dân phố; xã:", "xã": "Thôn, buôn, bon, tổ dân phố:"}
    assert nearest.get(site.name, "Thôn, buôn, bon, tổ dân phố; xã, phường, đặc khu:") in form
    progress = render_progress(f"{PROGRESS_URL}{year}/", site.content)
    assert progress
    for text in (template, sheet_text(render_papers(vocabulary, year)), form, *spoken(progress)):
        assert not foreign.search(text), text


def test_nothing_but_empty_columns_is_said_of_the_content(site: Built) -> None:
    """A key and a column named by the kind of place are read: nothing is refused, and all is counted."""
    assert [str(one) for one in site.content.problems if "Thiếu cột" not in one.message] == []
    assert len(site.content.registers[site.level.year].registrations) == 3
    assert all(story.commune for story in site.content.stories)
