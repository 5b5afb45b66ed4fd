"""The page of the search: every title from A to Y, and its place among the site's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.addresses.sections import DOCUMENTS, OPEN_DATA, SEARCH
from plugins.exemplars.pages.sheet import ListSheet
from plugins.search import SearchCapability
from plugins.search.page import PER_PAGE, plan_search
from tests.loading import make_renderer

if TYPE_CHECKING:
    from tests.conftest import Project


def test_every_title_is_under_its_letter_in_vietnamese_order(project: Project) -> None:
    for number, title in enumerate(("Đường hoa", "Ấm lòng", "Dòng kênh", "2 km đường", "An cư", "đèn ngõ")):
        project.write_story(f"bai-{number}", front={"Tiêu đề": title})
    (sheet,) = plan_search(project.edition())
    assert isinstance(sheet, ListSheet)
    assert [(group.title, group.anchor, [story.title for story in group.stories]) for group in sheet.groups] == [
        ("0–9", "chu-so", ["2 km đường"]),
        ("A", "chu-a", ["An cư"]),
        ("Â", "chu-â", ["Ấm lòng"]),
        ("D", "chu-d", ["Dòng kênh"]),
        ("Đ", "chu-đ", ["đèn ngõ", "Đường hoa"]),
    ]


def test_letters_of_other_languages_stand_with_the_plain_ones(project: Project) -> None:
    titles = ("Bà con", "Ƀuôr Krông", "Buôn Buôr", "Ŏ Krông", "Ong mật", "½ sào vườn", "Ⅳ", "中文", "Ĕa Pô", "Em bé")
    for number, title in enumerate(titles):
        project.write_story(f"bai-{number}", front={"Tiêu đề": title})
    (sheet,) = plan_search(project.edition())
    assert isinstance(sheet, ListSheet)
    assert [(group.anchor, [story.title for story in group.stories]) for group in sheet.groups] == [
        ("chu-so", ["½ sào vườn"]),
        ("chu-b", ["Bà con", "Buôn Buôr", "Ƀuôr Krông"]),
        ("chu-e", ["Ĕa Pô", "Em bé"]),
        ("chu-i", ["Ⅳ"]),
        ("chu-o", ["Ŏ Krông", "Ong mật"]),
        ("chu-khac", ["中文"]),
    ]


def test_it_follows_the_documents_and_is_found_page_by_page(project: Project) -> None:
    for number in range(PER_PAGE + 1):
        project.write_story(f"bai-{number}", front={"Tiêu đề": f"Bài {number}"})
    edition = project.edition()
    sheets = make_renderer(edition, (SearchCapability,))
    urls = [page.url for page in sheets]
    here = urls.index(SEARCH.url)
    assert urls[here - 1 : here + 3] == [DOCUMENTS.url, SEARCH.url, f"{SEARCH.url}trang/2/", OPEN_DATA.url]
    second = sheets.find_sheet("tim-kiem/trang/2/index.html")
    assert isinstance(second, ListSheet)
    assert len(second.stories) == 1
    assert sheets.find_sheet("tim-kiem/trang/3/index.html") is None
