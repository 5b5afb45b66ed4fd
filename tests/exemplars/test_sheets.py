"""The pages beside the stories: each at an address of its own, each count equal to the list that it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content.addresses.sections import HOME, NEWS
from plugins.exemplars.model.listing import PER_PAGE, PER_PART, Group, Listing, list_all
from plugins.exemplars.pages.feeds import plan_feeds
from plugins.exemplars.pages.plan import CommuneSheet, NewsSheet, TermsSheet
from plugins.exemplars.pages.sheet import ListSheet
from tests.loading import make_renderer

if TYPE_CHECKING:
    from plugins.content.stories.story import Story
    from plugins.exemplars.model.edition import Edition
    from plugins.exemplars.model.matrix import Matrix
    from plugins.exemplars.pages.sheet import Sheet
    from tests.conftest import Project


def plan(edition: Edition) -> dict[str, Sheet]:
    """Return every page by its address."""
    return {page.url: page for page in make_renderer(edition)}


@pytest.fixture
def edition(district: Project) -> Edition:
    return district.edition()


@pytest.fixture
def pages(edition: Edition) -> dict[str, Sheet]:
    return plan(edition)


def listed(pages: dict[str, Sheet], url: str) -> tuple[int, list[Story]]:
    """Return the count and the stories of a page, or of one group on it."""
    address, _, anchor = url.partition("#")
    page = pages[address]
    assert isinstance(page, ListSheet)
    groups = [group for group in page.groups if not anchor or group.anchor == anchor]
    return sum(group.count for group in groups), [story for group in groups for story in group.stories]


def lists(pages: dict[str, Sheet]) -> dict[str, ListSheet]:
    """Return the pages that list stories."""
    return {url: page for url, page in pages.items() if isinstance(page, ListSheet)}


def slugs(sheet: Sheet) -> list[str]:
    assert isinstance(sheet, ListSheet)
    return [story.slug for story in sheet.stories]


def test_the_addresses_of_the_site(pages: dict[str, Sheet]) -> None:
    communes = ("dak-drong", "ea-tling", "nam-dong", "xa-cu-jut", "xa-nam-dong-2025")
    index = "/dan-van-kheo/"
    assert set(pages) == {
        *("/", "/404.html", "/bai-viet/", "/van-ban/", "/du-lieu/", "/so-do-trang/", "/dinh-chinh/"),
        *("/nhan-rong/", "/nhan-rong/chua-nhan-rong/"),
        *("/phong-trao/", "/phong-trao/hang-viet/", "/phong-trao/an-ninh-to-quoc/"),
        *(index + part for part in ("", "theo-ten/", "linh-vuc/", "loai/", "nam/", "xa/")),
        *(f"{index}linh-vuc/{field}/" for field in ("kinh-te", "van-hoa-xa-hoi")),
        *(f"{index}loai/{kind}/" for kind in ("tap-the", "ca-nhan", "mo-hinh")),
        *(f"{index}nam/{year}/" for year in (2019, 2020, 2021, 2025, 2026)),
        *(f"{index}xa/{commune}/{part}" for commune in communes for part in ("", "kinh-te/", "van-hoa-xa-hoi/")),
    }


def test_each_page_is_one_file_and_is_found_by_it(edition: Edition) -> None:
    pages = list(make_renderer(edition))
    for values in ([page.url for page in pages], [page.file for page in pages]):
        assert len(set(values)) == len(values)
    sheets = make_renderer(edition)
    assert [sheets.find_sheet(page.file) for page in pages] == pages
    missing = ("", "bai-viet", "bai-viet/", "bai-viet/trang/1/index.html", "bai-viet/trang/99/index.html", "x.html")
    assert [file for file in missing if sheets.find_sheet(file)] == []
    assert {page.file for page in pages if not page.file.endswith("index.html")} == {"404.html"}


def test_every_trail_runs_from_home_over_real_pages_to_the_page_itself(pages: dict[str, Sheet]) -> None:
    for page in pages.values():
        if page.url in {"/", "/404.html"}:
            continue
        assert page.crumbs[0].url == "/"
        assert page.crumbs[-1].url == page.url
        assert {crumb.url for crumb in page.crumbs} <= set(pages)


def test_every_cell_of_both_matrices_counts_the_list_that_it_leads_to(
    edition: Edition, pages: dict[str, Sheet]
) -> None:
    vocabulary = edition.content.vocabulary

    def check(matrix: Matrix, *, today: bool) -> int:
        for row in matrix.rows:
            for cell in row.cells:
                count, stories = listed(pages, cell.url)
                assert (cell.count, cell.count) == (count, len(stories)), cell.url
                for story in stories:
                    assert story.commune
                    place = vocabulary.today(story.commune) if today else story.commune
                    assert (place, story.field) == (row.commune, cell.field)
            assert row.total == listed(pages, row.url)[0] == sum(cell.count for cell in row.cells)
        return matrix.total

    assert check(edition.index.matrix_then, today=False) == check(edition.index.matrix_now, today=True) == 7


def test_every_term_counts_the_list_of_its_page(pages: dict[str, Sheet]) -> None:
    divided = [page for page in pages.values() if isinstance(page, TermsSheet)]
    assert len(divided) == 4
    for page in divided:
        for term, count in page.terms:
            listing = lists(pages)[term.url]
            assert (count, count) == (listing.count, len(listing.stories)), term.url


def test_each_facet_divides_the_index(edition: Edition, pages: dict[str, Sheet]) -> None:
    everything = sorted(story.slug for story in edition.index.exemplars)
    for facet in ("linh-vuc", "loai", "nam"):
        terms = [page for url, page in lists(pages).items() if url.startswith(f"/dan-van-kheo/{facet}/")]
        assert sorted(slug for page in terms for slug in slugs(page)) == everything
    assert sorted(slugs(pages["/dan-van-kheo/"])) == sorted(slugs(pages["/dan-van-kheo/theo-ten/"])) == everything


def test_the_page_of_an_old_commune_stays_and_the_new_one_gathers(pages: dict[str, Sheet]) -> None:
    old, new = (pages[f"/dan-van-kheo/xa/{commune}/"] for commune in ("nam-dong", "xa-nam-dong-2025"))
    assert isinstance(old, CommuneSheet)
    assert isinstance(new, CommuneSheet)
    assert (old.commune.dated_title, new.commune.dated_title) == ("Xã Nam Dong cũ", "Xã Nam Dong (từ 1/7/2025)")
    assert [(group.title, group.url, slugs_of(group)) for group in old.groups] == [
        ("Kinh tế", "/dan-van-kheo/xa/nam-dong/kinh-te/", ["kenh"]),
        ("Văn hóa – xã hội", "/dan-van-kheo/xa/nam-dong/van-hoa-xa-hoi/", ["chieng", "hu-gao"]),
    ]
    assert [(group.title, group.url, slugs_of(group)) for group in new.groups] == [
        ("Từ 1/7/2025", "", ["kenh-moi", "hop-thu"]),
        ("Xã Đắk D’rông trước đây", "/dan-van-kheo/xa/dak-drong/", ["kenh-dak-drong"]),
        ("Xã Nam Dong trước đây", "/dan-van-kheo/xa/nam-dong/", ["chieng", "hu-gao", "kenh"]),
    ]
    assert [chain.story.slug for chain in new.chains] == ["kenh"]
    assert [(field.id, count) for field, count in new.fields] == [("kinh-te", 3), ("van-hoa-xa-hoi", 3)]


def slugs_of(group: Group) -> list[str]:
    return [story.slug for story in group.stories]


def test_the_feeds_that_pages_name_are_the_feeds_that_are_written(edition: Edition, pages: dict[str, Sheet]) -> None:
    written = {feed.url for feed in plan_feeds(edition.index, "")}
    assert {page.feed for page in lists(pages).values() if page.feed} == written


def test_a_site_without_stories_is_whole(project: Project) -> None:
    pages = plan(project.edition())
    assert {"/", "/bai-viet/", "/dan-van-kheo/", "/dan-van-kheo/xa/nam-dong/kinh-te/", "/phong-trao/hang-viet/"} <= set(
        pages
    )
    assert {page.count for page in lists(pages).values()} == {0}
    assert {page.feed for page in lists(pages).values()} == {""}


def each_page(listing: Listing) -> list[ListSheet]:
    pages = NewsSheet((HOME, NEWS), listing).each_page()
    return [page for page in pages if isinstance(page, ListSheet)]


@pytest.mark.parametrize(
    ("stories", "per_page", "sizes"),
    [(0, 24, [0]), (24, 24, [24]), (25, 24, [24, 1]), (60, 24, [24, 24, 12]), (60, 0, [60])],
)
def test_pages_of_a_list(stories: int, per_page: int, sizes: list[int]) -> None:
    # Numbers instead of stories: cutting a list needs nothing of its items.
    pages = each_page(list_all(tuple(range(stories)), per_page))  # type: ignore[arg-type]
    assert [len(page.stories) for page in pages] == sizes
    assert {page.count for page in pages} == {stories}
    assert [page.url for page in pages] == ["/bai-viet/", "/bai-viet/trang/2/", "/bai-viet/trang/3/"][: len(sizes)]
    titles = ["Tin tức", "Tin tức (trang 2)", "Tin tức (trang 3)"]
    assert [page.numbered("Tin tức") for page in pages] == titles[: len(sizes)]
    for page in pages:
        assert [page.page_url(number) for number in range(1, len(pages) + 1)] == [each.url for each in pages]


@pytest.mark.parametrize(
    ("number", "pages", "near"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (1, 9, [1, 2, 3, 9]),
        (2, 4, [1, 2, 3, 4]),
        (5, 9, [1, 3, 4, 5, 6, 7, 9]),
        (417, 417, [1, 415, 416, 417]),
    ],
)
def test_a_page_leads_to_its_neighbours_and_both_ends(number: int, pages: int, near: list[int]) -> None:
    listing = list_all(tuple(range(pages)), 1)  # type: ignore[arg-type]
    assert each_page(listing)[number - 1].near_pages == near


@given(st.integers(0, 9), st.lists(st.integers(1, 9), max_size=4), st.integers(1, 7))
def test_pages_lose_and_repeat_nothing(own: int, before: list[int], per_page: int) -> None:
    """A new commune's own part comes first, and links lead to its heading even when nothing is in it yet."""
    sizes = [own, *before]
    groups = tuple(Group(str(part), tuple((part, i) for i in range(size))) for part, size in enumerate(sizes))  # type: ignore[misc]
    pages = each_page(Listing(groups, per_page))
    assert [story for page in pages for story in page.stories] == [story for group in groups for story in group.stories]
    for page in pages:
        assert len(page.stories) <= per_page
        assert page.count == sum(sizes)
        assert all(group.count == sizes[int(group.title)] for group in page.groups)
    assert {group.title for page in pages for group in page.groups} == set(map(str, range(len(sizes))))


def test_a_long_part_of_a_commune_shows_its_newest_and_leads_to_the_rest(project: Project) -> None:
    for number in range(PER_PAGE + 1):
        project.write_story(f"bai-{number}", front={"Tiêu đề": f"Bài {number}", "Ngày": f"{number + 1}/8/2020"})
    pages = plan(project.edition())
    (group,) = lists(pages)["/dan-van-kheo/xa/nam-dong/"].groups
    assert (len(group.stories), group.count, group.is_cut) == (PER_PART, PER_PAGE + 1, True)
    assert group.stories[0].title == "Bài 24"
    assert lists(pages)[group.url].count == PER_PAGE + 1
    assert slugs(pages[f"{group.url}trang/2/"]) == ["bai-0"]


def test_the_trail_of_a_story(edition: Edition) -> None:
    trails = {slug: [crumb.url for crumb in edition.index.by_slug[slug].crumbs] for slug in ("kenh", "tin")}
    assert trails == {
        "kenh": ["/", "/dan-van-kheo/", "/dan-van-kheo/linh-vuc/kinh-te/", "/bai-viet/2019/kenh/"],
        "tin": ["/", "/bai-viet/", "/bai-viet/2021/tin/"],
    }


def test_the_trail_of_a_page_and_of_a_document(project: Project) -> None:
    project.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\n")
    project.write("content/van-ban/ke-hoach.md", "---\nTiêu đề: Kế hoạch\nCơ quan ban hành: Huyện ủy\n---\n")
    library = project.load()
    (page,), (document,) = library.pages, library.documents
    assert [crumb.url for crumb in page.crumbs] == ["/", "/lien-he/"]
    assert [crumb.url for crumb in document.crumbs] == ["/", "/van-ban/", "/van-ban/ke-hoach/"]
