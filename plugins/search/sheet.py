"""The page of the search: complete without JavaScript, since every title stands on it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from plugins.exemplars.sheets import SEARCH_URL, Crumb, Group, Sheet
from plugins.vietnamese import initial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.exemplars.edition import Edition
    from plugins.exemplars.index import Index

# Titles alone are light; the page of the search must stay so.
TITLES_PER_PAGE = 100


def plan_search(edition: Edition) -> Iterator[Sheet]:
    """Yield the page of the search."""
    yield Sheet(
        SEARCH_URL,
        "search.html",
        "Tìm kiếm",
        "Tìm trong mọi bài viết, điển hình và văn bản; gõ không dấu cũng được. Kèm danh sách mọi bài từ A đến Y.",
        (Crumb("Trang chủ", "/"), Crumb("Tìm kiếm", SEARCH_URL)),
        tuple(_by_letter(edition.index)),
        per_page=TITLES_PER_PAGE,
        more={"documents": edition.content.documents, "pages": edition.content.pages},
    )


def _by_letter(index: Index) -> Iterator[Group]:
    """Yield every story by its title, one group a letter, in Vietnamese order."""
    ordered = sorted(index.stories, key=lambda story: story.by_title)
    for letter, stories in groupby(ordered, key=lambda story: initial(story.title)):
        yield Group(letter, tuple(stories), f"chu-{letter.lower()}" if letter.isalpha() else "chu-so")
