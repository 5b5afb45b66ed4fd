"""Which pages the site has beside its stories, pages and documents: one Sheet each, in the order of the site map.

A sheet says what a page lists and where it stands; how it looks is the template's affair. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins.content import terms
from plugins.content.terms import KINDS, Commune, Field
from plugins.exemplars import open_data
from plugins.exemplars.feeds import feed_url
from plugins.exemplars.index import OWN_ANCHOR
from plugins.exemplars.replication import CHAINS_PER_PAGE, Replication
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from plugins.content.page import Document, Page
    from plugins.content.story import Story
    from plugins.exemplars.edition import Edition
    from plugins.exemplars.index import Index, Stories

NEWS_URL = "/bai-viet/"
DOCUMENTS_URL = "/van-ban/"
BY_NAME_URL = f"{terms.INDEX_URL}theo-ten/"
CORRECTIONS_URL = "/dinh-chinh/"
SITEMAP_URL = "/so-do-trang/"
SEARCH_URL = "/tim-kiem/"

# A phone shows some six cards a screen. A hundred cards are some 20 KB compressed; the index fetches its other pages
# when a facet is first used.
PER_PAGE = 24
INDEX_PER_PAGE = 100
# A commune's page shows the newest of each part and links to the rest.
PER_PART = 12


class Crumb(NamedTuple):
    """A step of the trail from the home page."""

    title: str
    url: str


@dataclass(frozen=True)
class Group:
    """A part of a list under its own heading: its stories, its anchor, and the page that lists all of them."""

    title: str
    stories: Stories
    anchor: str = ""
    url: str = ""
    count: int = 0

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.stories)


@dataclass(frozen=True)
class Sheet:
    """A page: address, template, heading, trail, and the stories that it lists, `per_page` at a time (0: all)."""

    url: str
    template: str
    title: str
    description: str
    crumbs: tuple[Crumb, ...] = ()
    groups: tuple[Group, ...] = ()
    per_page: int = PER_PAGE
    feed: str = ""
    about: Any = None
    more: dict[str, Any] = field(default_factory=dict)
    number: int = 1
    pages: int = 1

    @cached_property
    def stories(self) -> Stories:
        return tuple(story for group in self.groups for story in group.stories)

    @property
    def count(self) -> int:
        """How many stories the list has on all its pages together."""
        return sum(group.count for group in self.groups)

    @property
    def updated(self) -> date | None:
        days = [story.modified for story in self.stories] + [entry.day for entry in self.more.get("entries", ())]
        return max(days, default=None)

    @property
    def full_title(self) -> str:
        return f"{self.title} (trang {self.number})" if self.number > 1 else self.title

    @property
    def file(self) -> str:
        """The file that it is written to, under the output folder."""
        return self.url.lstrip("/") + ("index.html" if self.url.endswith("/") else "")

    @property
    def near_pages(self) -> list[int]:
        """The numbers of the pages that this one leads to: the first, the last, and those about itself."""
        around = range(max(1, self.number - 2), min(self.number + 2, self.pages) + 1)
        return sorted({1, *around, self.pages})

    def page_url(self, number: int) -> str:
        """Return the address of one page of the list."""
        first = self.url.removesuffix(f"trang/{self.number}/") if self.number > 1 else self.url
        return first if number == 1 else f"{first}trang/{number}/"


def paginate(sheet: Sheet) -> Iterator[Sheet]:
    """Yield the pages of a sheet, at least one; groups continue across pages and keep their full counts."""
    groups = tuple(replace(group, count=group.count or len(group.stories)) for group in sheet.groups)
    total = sum(len(group.stories) for group in groups)
    size = sheet.per_page or max(total, 1)
    pages = max(1, -(-total // size))
    for number in range(1, pages + 1):
        cut = tuple(_cut(groups, (number - 1) * size, number * size))
        page = replace(sheet, groups=cut if pages > 1 else groups, pages=pages)
        # Set last: until then page_url counts from the first page's address.
        yield replace(page, url=sheet.page_url(number), number=number)


def _cut(groups: tuple[Group, ...], start: int, end: int) -> Iterator[Group]:
    position = 0
    for group in groups:
        stories = group.stories[max(0, start - position) : max(0, end - position)]
        position += len(group.stories)
        # An empty part stays where it belongs: links lead to its heading.
        if stories or (not group.stories and start <= position < end):
            yield replace(group, stories=stories)


def plan_sheets(edition: Edition) -> Iterator[Sheet]:
    """Yield every sheet of an edition, unpaginated."""
    index = edition.index
    replication = Replication(index)
    publisher = edition.content.vocabulary.publisher
    home = Crumb("Trang chủ", "/")
    yield Sheet(
        "/", "home.html", publisher.short, _home_description(index), per_page=0, more=_home_parts(index, replication)
    )
    yield Sheet(
        NEWS_URL,
        "news.html",
        "Tin tức",
        "Tin, bài mới về các điển hình “Dân vận khéo” ở Cư Jút.",
        (home, Crumb("Tin tức", NEWS_URL)),
        (Group("", index.stories),),
        feed=feed_url() if index.stories else "",
    )
    yield from _exemplar_sheets(index, replication, home)
    yield from _replication_sheets(replication, (home, Crumb("Dân vận khéo", terms.INDEX_URL)))
    yield from _movement_sheets(index, home)
    yield Sheet(
        DOCUMENTS_URL,
        "documents.html",
        "Văn bản",
        "Văn bản về phong trào thi đua “Dân vận khéo” và việc sắp xếp các xã ở Cư Jút, tóm tắt dễ đọc.",
        (home, Crumb("Văn bản", DOCUMENTS_URL)),
        more={"documents": sorted(edition.content.documents, key=lambda document: document.newest_first)},
    )
    yield Sheet(
        open_data.URL,
        "data.html",
        "Dữ liệu mở",
        "Danh mục điển hình và việc nhân rộng dưới dạng CSV, JSON, dùng lại tự do.",
        (home, Crumb("Dữ liệu mở", open_data.URL)),
        more={"open_data": open_data},
    )
    yield Sheet(
        CORRECTIONS_URL,
        "corrections.html",
        "Đính chính",
        "Những chỗ sai đã sửa trong các bài, và những bài đã gỡ, kèm ngày và lý do.",
        (home, Crumb("Đính chính", CORRECTIONS_URL)),
        more={"entries": _corrections(edition)},
    )
    yield Sheet(
        SITEMAP_URL,
        "site_map.html",
        "Sơ đồ trang",
        "Mọi mục của trang trên một trang.",
        (home, Crumb("Sơ đồ trang", SITEMAP_URL)),
        more={"pages": edition.content.pages, "documents": edition.content.documents},
    )
    yield Sheet("/404.html", "not_found.html", "Không tìm thấy trang", "Địa chỉ này không có trên trang.")


@dataclass(frozen=True)
class Entry:
    """A line of the page of corrections; one without a story tells that a story was taken down, and not which."""

    day: date
    text: str
    story: Story | None = None


def _corrections(edition: Edition) -> list[Entry]:
    """Return every correction and every withdrawal, newest first."""
    entries = [Entry(change.day, change.text, story) for story in edition.index.stories for change in story.corrections]
    # By its first address alone; in an order that does not tell by name which it was.
    gone = [one for url, one in edition.gone.items() if url not in one.former]
    entries += sorted((Entry(one.day, one.reason) for one in gone), key=lambda entry: entry.text)
    return sorted(entries, key=lambda entry: -entry.day.toordinal())


def _home_description(index: Index) -> str:
    count = len(index.exemplars)
    fields = len(index.vocabulary.fields)
    return f"{count} điển hình “Dân vận khéo” ở các xã, thị trấn của Cư Jút, theo {fields} lĩnh vực."


def _home_parts(index: Index, replication: Replication) -> dict[str, Any]:
    """Choose what the home page shows: of the newest exemplars, one with a photo leads."""
    newest = index.exemplars[:6] or index.stories[:6]
    lead = next((story for story in newest if story.photo), newest[0] if newest else None)
    latest = tuple(story for story in newest if story is not lead)[:4]
    shown = {lead, *latest}
    news = tuple(story for story in index.news[:8] if story not in shown)[:3]
    chains = [replication.beside(chain.story) for chain in index.chains[:2]]
    return {"lead": lead, "latest": latest, "news": news, "chains": chains}


def _exemplar_sheets(index: Index, replication: Replication, home: Crumb) -> Iterator[Sheet]:
    root = Crumb("Dân vận khéo", terms.INDEX_URL)
    title = "Danh mục điển hình “Dân vận khéo”"
    yield Sheet(
        terms.INDEX_URL,
        "index.html",
        title,
        f"{len(index.exemplars)} điển hình theo lĩnh vực, xã, loại và năm.",
        (home, root),
        (Group("", index.exemplars),),
        per_page=INDEX_PER_PAGE,
        feed=feed_url() if index.stories else "",
    )
    yield Sheet(
        BY_NAME_URL,
        "facet.html",
        "Điển hình xếp theo tên",
        "Mọi điển hình, xếp theo tên từ A đến Y.",
        (home, root, Crumb("Theo tên", BY_NAME_URL)),
        (Group("", index.by_name),),
        more={"order": "theo tên, từ A đến Y"},
    )
    trail = (home, root)
    for dimension in (
        _Dimension(terms.FIELDS_URL, "Lĩnh vực", "Điển hình theo lĩnh vực", index.by_field),
        _Dimension(terms.KINDS_URL, "Loại", "Điển hình theo loại", {kind: index.by_kind[kind] for kind in KINDS}),
        _Dimension(terms.YEARS_URL, "Năm", "Điển hình theo năm", index.by_year),
    ):
        yield dimension.sheet(trail)
        for term, stories in dimension.stories.items():
            also = index.also_in_field.get(term, ()) if isinstance(term, Field) else ()
            yield Sheet(
                term.url,
                "facet.html",
                term.title,
                getattr(term, "description", "") or f"{len(stories)} điển hình: {term.title}.",
                (*trail, Crumb(dimension.name, dimension.url), Crumb(term.name, term.url)),
                (Group("", stories),),
                feed=feed_url(term) if isinstance(term, Field) and stories else "",
                about=term,
                more={"also": also[:PER_PART]},
            )
    yield from _commune_sheets(index, replication, trail)


@dataclass(frozen=True)
class _Dimension:
    """A way of dividing the index: its own page lists its terms with their counts."""

    url: str
    name: str
    title: str
    stories: dict[Any, Stories]

    def sheet(self, trail: tuple[Crumb, ...]) -> Sheet:
        terms_and_counts = [(term, len(stories)) for term, stories in self.stories.items()]
        names = ", ".join(term.name for term in self.stories)
        crumbs = (*trail, Crumb(self.name, self.url))
        return Sheet(
            self.url, "terms.html", self.title, f"{self.title}: {names}.", crumbs, more={"terms": terms_and_counts}
        )


def _commune_sheets(index: Index, replication: Replication, trail: tuple[Crumb, ...]) -> Iterator[Sheet]:
    root = Crumb("Xã, thị trấn", terms.COMMUNES_URL)
    yield Sheet(
        terms.COMMUNES_URL,
        "communes.html",
        "Điển hình theo xã, thị trấn",
        "Điển hình của từng xã, thị trấn: trước và sau khi sắp xếp đơn vị hành chính.",
        (*trail, root),
    )
    for commune in (*index.communes_then, *index.communes_now):
        crumbs = (*trail, root, Crumb(commune.short, commune.url))
        stories = index.in_place(commune)
        title = _dated_title(commune)
        yield Sheet(
            commune.url,
            "commune.html",
            title,
            f"{len(stories)} điển hình “Dân vận khéo” của {commune.full_name}, {commune.parent}.",
            crumbs,
            tuple(_commune_groups(index, commune)),
            per_page=0,
            feed=feed_url(commune) if stories else "",
            about=commune,
            more={"chains": _chains_at(index, replication, stories), "fields": _field_counts(index, commune)},
        )
        for term in index.vocabulary.fields:
            pair = index.by_predecessor(commune, term)
            count = sum(len(part) for _, part in pair)
            yield Sheet(
                commune.pair_url(term),
                "facet.html",
                f"{title}: {term.name}",
                f"{count} điển hình {term.name} của {commune.full_name}, {commune.parent}.",
                (*crumbs, Crumb(term.short, commune.pair_url(term))),
                tuple(_parts(pair)),
                about=term,
                more={"commune": commune},
            )


def _dated_title(commune: Commune) -> str:
    # Two communes may bear one name; only the new one needs to say since when.
    return f"{commune.title} (từ {format_date(commune.since)})" if commune.since else commune.title


def _commune_groups(index: Index, commune: Commune) -> Iterator[Group]:
    """Divide a commune's exemplars: by its predecessors where it has any, else by field."""
    if index.vocabulary.predecessors(commune):
        yield from (_shortened(group) for group in _parts(index.by_predecessor(commune)))
        return
    for term in index.vocabulary.fields:
        if stories := index.by_pair.get((commune, term)):
            yield _shortened(Group(term.name, stories, term.id, commune.pair_url(term)))


def _shortened(group: Group) -> Group:
    # What has no page of its own to continue on is shown whole.
    stories = group.stories[:PER_PART] if group.url else group.stories
    return replace(group, stories=stories, count=len(group.stories))


def _parts(by_predecessor: list[tuple[Commune, Stories]]) -> Iterator[Group]:
    """Give each predecessor its part; a commune without any has one part without a heading."""
    (commune, own), *before = by_predecessor
    if not before:
        yield Group("", own)
        return
    since = f"Từ {format_date(commune.since)}" if commune.since else commune.title
    yield Group(since, own, OWN_ANCHOR)
    for place, stories in before:
        if stories:
            yield Group(f"{place.title} trước đây", stories, place.id, place.url)


def _replication_sheets(replication: Replication, trail: tuple[Crumb, ...]) -> Iterator[Sheet]:
    root = Crumb("Nhân rộng", terms.REPLICATION_URL)
    chains = replication.by_field
    yield Sheet(
        terms.REPLICATION_URL,
        "replication.html",
        "Nhân rộng điển hình",
        "Cách làm nào đã đi từ xã này sang xã khác, và cách làm nào còn chờ được nhân rộng.",
        (*trail, root),
        # One story a chain, its origin: that is what the pages of the sheet are cut by.
        tuple(Group(term.name, tuple(chain.story for chain in found), term.id) for term, found in chains.items()),
        per_page=CHAINS_PER_PAGE,
    )
    yield Sheet(
        terms.WAITING_URL,
        "waiting.html",
        "Chưa được nhân rộng",
        f"{len(replication.waiting)} điển hình đã được biểu dương mà chưa nơi nào làm theo.",
        (*trail, root, Crumb("Chưa được nhân rộng", terms.WAITING_URL)),
        tuple(Group(term.name, stories, term.id) for term, stories in replication.waiting_by_field.items()),
    )


def _chains_at(index: Index, replication: Replication, stories: Stories) -> list[Any]:
    roots: dict[Story, None] = {}
    for story in stories:
        root = index.root(story)
        if root.slug in index.copies:
            roots.setdefault(root)
    return [replication.beside(root) for root in sorted(roots, key=lambda story: story.by_name)]


def _field_counts(index: Index, commune: Commune) -> list[tuple[Field, int]]:
    return [
        (term, sum(len(stories) for _, stories in index.by_predecessor(commune, term)))
        for term in index.vocabulary.fields
    ]


def _movement_sheets(index: Index, home: Crumb) -> Iterator[Sheet]:
    root = Crumb("Phong trào", terms.MOVEMENTS_URL)
    yield Sheet(
        terms.MOVEMENTS_URL,
        "terms.html",
        "Cuộc vận động và phong trào",
        "Các cuộc vận động, phong trào mà điển hình “Dân vận khéo” ở Cư Jút góp phần.",
        (home, root),
        more={"terms": [(term, len(stories)) for term, stories in index.by_movement.items()]},
    )
    for term, stories in index.by_movement.items():
        yield Sheet(
            term.url,
            "facet.html",
            term.title,
            term.description,
            (home, root, Crumb(term.short, term.url)),
            (Group("", stories),),
            about=term,
            more={"noun": "tin, bài"},
        )


def story_crumbs(story: Story) -> tuple[Crumb, ...]:
    """Return the trail of a story: through the index when it is an exemplar, else through the news."""
    home = Crumb("Trang chủ", "/")
    here = Crumb(story.title, story.url)
    if story.is_exemplar and story.field:
        middle = (Crumb("Dân vận khéo", terms.INDEX_URL), Crumb(story.field.short, story.field.url))
        return (home, *middle, here)
    return home, Crumb("Tin tức", NEWS_URL), here


def page_crumbs(page: Page | Document) -> tuple[Crumb, ...]:
    """Return the trail of a standing page or a document."""
    middle = (Crumb("Văn bản", DOCUMENTS_URL),) if page.url.startswith(DOCUMENTS_URL) else ()
    return (Crumb("Trang chủ", "/"), *middle, Crumb(page.title, page.url))
