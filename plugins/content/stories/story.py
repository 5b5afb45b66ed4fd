"""A story as its writer meant it: the value that pages are made of."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.content.addresses.old import readable_url
from plugins.content.addresses.sections import EXEMPLARS, HOME, NEWS, Crumb
from plugins.content.stories.languages import LANGUAGES, Language
from plugins.content.stories.listed import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from plugins.content.registers.act import Act
    from plugins.content.stories.history import Revision
    from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement, Year
    from plugins.markdown.body import Body
    from plugins.photos.photo import Photo

    Day = date  # which in a story is its own


@dataclass(frozen=True)
class Result:
    """A key figure: what, and how much of it as written (3,2 km), or "" where no quantity was given."""

    quantity: str
    label: str


@dataclass(frozen=True)
class GalleryPhoto:
    """One of a story's further photos: its file's name, its alternative text, and its caption with the credit."""

    name: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Consent:
    """A signed form of consent by its reference alone, and whose it is; "" is whom the story is about."""

    reference: str
    name: str = ""


# Each story is one object for a whole build: compared and hashed as that, not by its thirty fields.
@dataclass(frozen=True, eq=False)
class Story(Listed):
    """One story as its writer meant it. `kind` is None for plain news; `field` and `commune` are then optional."""

    path: str
    slug: str
    folder_year: str
    body: Body
    title: str
    date: date
    year: Year
    fields: tuple[Field, ...] = ()
    commune: Commune | None = None
    kind: ExemplarKind | None = None
    exemplar: str = ""
    summary: str = ""
    summary_rad: str = ""
    summary_cmo: str = ""
    summary_hmn: str = ""
    photo_name: str = ""
    photo_alt: str = ""
    photo_caption: str = ""
    gallery: tuple[GalleryPhoto, ...] = ()
    author: str = ""
    source: str = ""
    results: tuple[Result, ...] = ()
    recognition: tuple[Act, ...] = ()
    commendations: tuple[Act, ...] = ()
    movements: tuple[Movement, ...] = ()
    replicates: str = ""
    registration: str = ""
    consents: tuple[Consent, ...] = ()
    muted: frozenset[str] = frozenset()
    draft: bool = False
    updates: tuple[Revision, ...] = ()
    corrections: tuple[Revision, ...] = ()
    old_addresses: tuple[str, ...] = ()  # site paths
    sample: bool = False
    # What has happened to the exemplar by the day of the content, whether its register or a story says so.
    acts: tuple[Act, ...] = ()
    undated: tuple[Act, ...] = ()
    photos: Mapping[str, Photo] = dataclasses.field(default_factory=dict)
    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)  # where each key stands, by attribute

    # It stands here, and is told of its commune.
    site = place = ""

    @property
    def anchor(self) -> str:
        return self.slug

    @property
    def origin_site(self) -> str:
        """The host of the site of what it replicates, as people write it; "" where that is here."""
        return readable_url(self.replicates).split("/")[2] if self.is_from_elsewhere else ""

    @property
    def url(self) -> str:
        return story_url(self.folder_year, self.slug)

    @property
    def photo(self) -> Photo | None:
        """The lead photo."""
        return self.photos.get(self.photo_name)

    @property
    def summaries(self) -> tuple[tuple[Language, str], ...]:
        """The summaries in other languages than Vietnamese."""
        return tuple((language, text) for language in LANGUAGES if (text := getattr(self, language.attribute)))

    @property
    def reading_minutes(self) -> int:
        """Minutes to read the text, at 220 syllables a minute and never under one."""
        return max(1, round(len(self.body.source.split()) / 220))

    @cached_property
    def changes(self) -> tuple[Revision, ...]:
        """Its updates and corrections, newest first."""
        return tuple(sorted((*self.corrections, *self.updates), key=lambda change: -change.day.toordinal()))

    @cached_property
    def modified(self) -> Day:
        """The day on which it last said something new."""
        return max((self.date, *(change.day for change in self.changes)))

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """The trail from the home page: through the index for an exemplar, else through the news."""
        here = Crumb(self.title, self.url)
        if self.is_exemplar and self.field:
            return HOME, EXEMPLARS, Crumb(self.field.short, self.field.url), here
        return HOME, NEWS, here


def story_url(folder_year: str, slug: str) -> str:
    """Return the address of a story."""
    return f"{NEWS.url}{folder_year}/{slug}/"
