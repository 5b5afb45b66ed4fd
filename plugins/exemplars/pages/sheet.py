"""Pages made of the index, beside stories, standing pages and documents: a small class and a template each. Pure."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar

from plugins.content.addresses.sections import Crumb
from plugins.content.addresses.urls import file_of_url
from plugins.exemplars.model.index import Index, Stories
from plugins.exemplars.model.listing import Group, Listing, number_title, page_url

# A later page of a list repeats the list of all places only while there are so few.
MOST_PLACES = 200


@dataclass(frozen=True)
class Sheet:
    """A page with its breadcrumbs, the last of which is the page itself."""

    template: ClassVar[str]
    crumbs: tuple[Crumb, ...]

    def __init_subclass__(cls, *, template: str = "") -> None:
        cls.template = template

    @property
    def url(self) -> str:
        return self.crumbs[-1].url

    @property
    def file(self) -> str:
        """Its file under the output folder."""
        return file_of_url(self.url)

    @property
    def updated(self) -> date | None:
        """The day of the last change to anything on it, if known."""
        return None

    def each_page(self) -> "Iterator[Sheet]":
        """Yield this page and those that continue it."""
        yield self


@dataclass(frozen=True)
class ListSheet(Sheet):
    """A paginated list of stories, whose first page is planned; `each_page` yields all."""

    listing: Listing
    _: KW_ONLY
    feed: str = ""
    number: int = 1

    @property
    def url(self) -> str:
        return self.page_url(self.number)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return self.listing.cut(self.number)

    @cached_property
    def stories(self) -> Stories:
        return tuple(story for group in self.groups for story in group.stories)

    @property
    def count(self) -> int:
        """How many stories the list has on all its pages together."""
        return self.listing.count

    @property
    def updated(self) -> date | None:
        return max((story.modified for story in self.stories), default=None)

    @property
    def near_pages(self) -> list[int]:
        """The numbers of the pages linked from this one: the first, the last, and its neighbours."""
        around = range(max(1, self.number - 2), min(self.number + 2, self.listing.pages) + 1)
        return sorted({1, *around, self.listing.pages})

    def shows_places(self, index: Index) -> bool:
        """Tell whether the page lists all places: on later pages a country's would be most of the page."""
        return self.number == 1 or len(index.vocabulary.communes) <= MOST_PLACES

    def page_url(self, number: int) -> str:
        """Return the address of one page of the list."""
        return page_url(self.crumbs[-1].url, number)

    def numbered(self, title: str) -> str:
        """Return the title of this page of the list of that title."""
        return number_title(title, self.number)

    def each_page(self) -> Iterator[Sheet]:
        """Yield every page of the list, at least one."""
        yield self
        for number in range(2, self.listing.pages + 1):
            yield replace(self, number=number)
