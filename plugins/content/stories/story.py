"""A story of this site."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plugins.content.addresses.sections import EXEMPLARS, HOME, NEWS, Crumb
from plugins.content.addresses.urls import readable_url
from plugins.content.registers.act import Act
from plugins.content.stories.history import Revision
from plugins.content.stories.languages import LANGUAGES, Language
from plugins.content.stories.listed import Listed
from plugins.markdown.body import Body
from plugins.photos.photo import Photo

Day = date  # `date` is a field of a story


@dataclass(frozen=True)
class GalleryPhoto:
    """A further photo of a story: file name, alternative text, and caption with credit."""

    name: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Consent:
    """The reference of a signed consent form, and its signer; "" is the person the story is about."""

    reference: str
    name: str = ""


@dataclass(frozen=True, eq=False)
class Story(Listed):
    """A story as its front matter and body state it; `lines` has the line of each key, by attribute."""

    path: str
    folder_year: str
    body: Body
    summary_rad: str = ""
    summary_cmo: str = ""
    summary_hmn: str = ""
    photo_name: str = ""
    photo_alt: str = ""
    photo_caption: str = ""
    gallery: tuple[GalleryPhoto, ...] = ()
    author: str = ""
    source: str = ""
    recognition: tuple[Act, ...] = ()
    commendations: tuple[Act, ...] = ()
    consents: tuple[Consent, ...] = ()
    muted: frozenset[str] = frozenset()
    updates: tuple[Revision, ...] = ()
    corrections: tuple[Revision, ...] = ()
    old_addresses: tuple[str, ...] = ()  # site paths
    photos: Mapping[str, Photo] = dataclasses.field(default_factory=dict)
    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)

    @property
    def origin_site(self) -> str:
        """The host of the origin's site in readable form; "" for this site."""
        return readable_url(self.replicates).split("/")[2] if self.is_from_elsewhere else ""

    @property
    def url(self) -> str:
        return story_url(self.folder_year, self.slug)

    @property
    def photo(self) -> Photo | None:
        return self.photos.get(self.photo_name)

    @property
    def summaries(self) -> tuple[tuple[Language, str], ...]:
        """The summaries in languages other than Vietnamese."""
        return tuple((language, text) for language in LANGUAGES if (text := getattr(self, language.attribute)))

    @property
    def reading_minutes(self) -> int:
        """Minutes of reading, at 220 syllables a minute, at least 1."""
        return max(1, round(len(self.body.source.split()) / 220))

    @cached_property
    def changes(self) -> tuple[Revision, ...]:
        """Its updates and corrections, newest first."""
        return tuple(sorted((*self.corrections, *self.updates), key=lambda change: -change.day.toordinal()))

    @cached_property
    def modified(self) -> Day:
        """The day of its publication or last revision."""
        return max((self.date, *(change.day for change in self.changes)))

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """The breadcrumbs: through the index for an exemplar, else through the news."""
        here = Crumb(self.title, self.url)
        if self.is_exemplar and self.field:
            return HOME, EXEMPLARS, Crumb(self.field.short, self.field.url), here
        return HOME, NEWS, here


def story_url(folder_year: str, slug: str) -> str:
    """Return the address of a story."""
    return f"{NEWS.url}{folder_year}/{slug}/"
