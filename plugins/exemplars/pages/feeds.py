"""Stories -> Atom feeds, through feedgenerator."""

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from feedgenerator import Atom1Feed

from plugins.content.addresses.sections import NEWS
from plugins.content.addresses.urls import absolute_url
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.exemplars.model.index import Index, Stories
from plugins.exemplars.model.listing import feed_url

NEWEST = 30
_STORY = re.compile(rf"{NEWS.url}(\d{{4}})/([^/]+)/")
# Authority in the ids of stories posted before the site had an address.
_FIRST_AUTHORITY = "dan-van-kheo"
_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Feed:
    """A feed: its address, its title, the page it belongs to, and its newest stories."""

    url: str
    title: str
    page_url: str
    stories: Stories


def plan_feeds(index: Index, title: str) -> Iterator[Feed]:
    """Yield every feed that has stories; `title` is that of the feed of everything."""
    if index.everything:
        yield Feed(feed_url(), title, NEWS.url, index.everything[:NEWEST])
    for field in index.vocabulary.fields:
        if stories := index.by_field.get(field):
            yield Feed(feed_url(field), f"Dân vận khéo: {field.name}", field.url, stories[:NEWEST])
    for commune in index.vocabulary.communes:
        if stories := index.in_place(commune):
            place = ", ".join(filter(None, (commune.distinct_title, commune.parent)))
            newest = tuple(heapq.nsmallest(NEWEST, stories, key=lambda story: story.newest_first))
            yield Feed(feed_url(commune), f"Dân vận khéo: {place}", commune.url, newest)


def build_feed(feed: Feed, office: Office, vocabulary: Vocabulary, site_url: str) -> str:
    """Return a feed as Atom XML (RFC 4287). A story without an author is by the office of its day.

    Times are the start of the story's day in Vietnam, never the time of the build.
    """
    atom = Atom1Feed(
        title=feed.title,
        link=site_url + feed.page_url,
        feed_url=site_url + feed.url,
        description=None,
        language="vi",
        author_name=office.title,
    )
    for story in feed.stories:
        atom.add_item(
            title=story.title,
            link=absolute_url(story.url, site_url),
            unique_id=_entry_id(story, vocabulary),
            description=story.summary or None,
            author_name=_author(story, vocabulary),
            pubdate=_midnight(story.date),
            updateddate=_midnight(story.modified),
            categories=[field.name for field in story.fields],
        )
    return str(atom.writeString("utf-8"))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=_VIETNAM)


def _author(story: Listed, vocabulary: Vocabulary) -> str:
    if isinstance(story, Story):
        return story.author or (vocabulary.office_on(story.date) or Office()).title
    return story.site


def _entry_id(story: Listed, vocabulary: Vocabulary) -> str:
    """Return an entry's permanent id: a tag URI (RFC 4151) of a story's first address; elsewhere its address."""
    if not isinstance(story, Story):
        return story.url
    found = next(filter(None, map(_STORY.fullmatch, (*story.old_addresses, story.url))))
    authority = vocabulary.feed_authority(story.date)
    return f"tag:{authority}:{found[1]}/{found[2]}" if authority else f"tag:{_FIRST_AUTHORITY},{found[1]}:{found[2]}"
