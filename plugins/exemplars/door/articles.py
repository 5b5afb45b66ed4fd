"""Stories and standing pages as Pelican's articles and pages, for its generators and third-party plugins.

The body is rendered when it is read: ten thousand of Pelican's own `Article` take a minute and a gigabyte.
"""

from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.contents import Article, Page
from pelican.urlwrappers import Author, Category, Tag

from plugins.content.content import Source
from plugins.content.page import OfficialDocument
from plugins.content.stories.story import Story
from plugins.vietnamese import format_date

# Name and slug of the category of stories without a field.
NEWS = ("Tin tức", "tin-tuc")


class FromSource:
    """A source's title, address and body under Pelican's names. Templates read `source`."""

    def __init__(self, source: Any, context: dict[str, Any], settings: dict[str, Any], **metadata: Any) -> None:
        self.source, self.settings, self._context = source, settings, context
        self._changed: str | None = None
        url = source.url.lstrip("/")
        self.override_url, self.override_save_as = url, f"{url}index.html"
        self.source_path = str(context["edition"].content.project / source.path)
        self.relative_source_path = source.path.partition("/")[2]
        self.title, self.slug, self.status, self.lang = source.title, source.slug, "published", settings["DEFAULT_LANG"]
        self.in_default_lang = True
        self.translations: list[Any] = []
        self.metadata = {"title": source.title, "slug": source.slug, "summary": source.summary} | metadata
        self.__dict__.update(metadata)
        signals.content_object_init.send(self)

    @property
    def _content(self) -> str:
        return str(self._context["html"](self.source)) if self._changed is None else self._changed

    @_content.setter
    def _content(self, html: str) -> None:
        # Plugins assign to `_content` to change the body.
        self._changed = html

    @property
    def content(self) -> str:
        return self._content

    @property
    def summary(self) -> str:
        return str(self.metadata["summary"])

    @summary.setter
    def summary(self, summary: str) -> None:
        self.metadata["summary"] = summary

    def refresh_metadata_intersite_links(self) -> None:
        """Do nothing: links are resolved when a body is rendered."""


class StoryArticle(FromSource, Article):  # type: ignore[misc]
    """A story."""

    template = "article"

    def __init__(self, story: Story, context: dict[str, Any], settings: dict[str, Any], terms: "Terms") -> None:
        self.locale_date = format_date(story.date)
        names = [*(field.name for field in story.fields), *(movement.name for movement in story.movements)]
        metadata = {
            "date": terms.moment(story.date),
            "modified": terms.moment(story.modified),
            "category": terms.category(story),
            "tags": [terms.make(Tag, name) for name in names],
        }
        if story.author:
            metadata["author"] = terms.make(Author, story.author)
            metadata["authors"] = [metadata["author"]]
        super().__init__(story, context, settings, **metadata)


class StandingPage(FromSource, Page):  # type: ignore[misc]
    """A standing page or an official document."""

    def __init__(self, source: Source, context: dict[str, Any], settings: dict[str, Any]) -> None:
        self.template = "document" if isinstance(source, OfficialDocument) else "page"
        super().__init__(source, context, settings)


class Terms:
    """Pelican's categories, tags and authors, each made once for a build."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._zone = ZoneInfo(settings["TIMEZONE"])
        # The tag, category or author of a name.
        self.make = cache(lambda kind, name: kind(name, settings))

    def category(self, story: Story) -> Category:
        """Return the category of a story: its main field."""
        name, slug = (story.field.name, story.field.id) if story.field else NEWS
        category = self.make(Category, name)
        category.slug = slug
        return category

    def moment(self, day: date) -> datetime:
        """Return the beginning of a day."""
        return datetime.combine(day, time(), self._zone)
