"""The bulletin as one web page to be printed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from plugins.bulletin.period import Period
from plugins.content.addresses.urls import readable_url
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Office, is_placeholder
from plugins.exemplars.model.edition import Edition
from plugins.photos.pixels import keep
from plugins.photos.recipe import ROOM
from plugins.sources.held import insist_on_reading
from plugins.templates import open_templates
from plugins.tokens import band_for_print, style_for_print

# Luật Báo chí 2016, Điều 34: a bulletin is at most 19 × 27 cm.
PAPERS = {"A4": "A4", "19x27": "190mm 270mm"}
_KIND = "Bản tin"
_GAP = "." * 24
PAGE = "ban-in.html"
_PAGES = Path(__file__).resolve().parent / "pages"
_LONGEST = 1100  # pixels of the longer side: 330 dpi in a column of 84 mm


@dataclass(frozen=True)
class Part:
    """A part of the bulletin: a field with its exemplars, or the news; oldest first."""

    title: str
    field_id: str
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class Bulletin:
    """The stories of a period in parts, with the edition that they are from."""

    period: Period
    parts: tuple[Part, ...]
    edition: Edition
    office: Office  # of the last day
    paper: str = "A4"

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(story for part in self.parts for story in part.stories)

    @property
    def name(self) -> str:
        """The name that the office gave it, without “Bản tin”, which the masthead adds."""
        office = self.office.on_paper
        named = office.bulletin or office.short
        return named.removeprefix(_KIND).strip() or named

    @property
    def title(self) -> str:
        return f"{_KIND} {self.name}"


def build_bulletin(edition: Edition, period: Period, paper: str = "A4") -> Bulletin:
    """Return the stories of a period, exemplars by main field, then news; Invalid without an office on its last day."""
    office = edition.content.vocabulary.signing_office(period.last)
    chosen = [story for story in reversed(edition.index.stories) if story.date in period]
    parts = [
        Part(term.name, term.id, tuple(story for story in chosen if story.is_exemplar and story.field == term))
        for term in edition.index.vocabulary.fields
    ]
    parts.append(Part("Tin tức", "", tuple(story for story in chosen if not story.is_exemplar)))
    return Bulletin(period, tuple(part for part in parts if part.stories), edition, office, paper)


def write_photos(bulletin: Bulletin, folder: Path) -> None:
    """Write a copy of each photo into a folder, upright, without metadata; OSError or Invalid when unreadable."""
    for story in bulletin.stories:
        for photo in story.photos.values():
            file = folder / photo.url.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(keep(insist_on_reading(photo.file.read_bytes), _LONGEST, room=ROOM))


def render_bulletin(bulletin: Bulletin, folder: Path, numbers: Mapping[str, int]) -> str:
    """Return the bulletin as HTML, with photos from a folder and `numbers`, the page of each story by slug."""
    edition = bulletin.edition
    vocabulary = edition.content.vocabulary
    period, office = bulletin.period, bulletin.office
    # Bodies need absolute addresses of photos, see markdown/body.py.
    base = folder.as_uri().removeprefix("file://")

    def body(story: Story) -> Markup:
        photos = {name: replace(photo, stem=base + photo.stem) for name, photo in story.photos.items()}
        # Cleaned when it was read.
        return Markup(story.body.on_paper(photos, edition.resolve))  # noqa: S704

    environment = open_templates(_PAGES)
    environment.filters["css_text"] = _css_text
    return environment.get_template(PAGE).render(
        bulletin=bulletin,
        publisher=office.on_paper,
        # Offices that ended within the period.
        before=[
            one for one in vocabulary.offices if one.name and one.until and period.first <= one.until < period.last
        ],
        facts=[fact for fact in build_imprint(bulletin) if not is_placeholder(fact[1])],
        size=PAPERS[bulletin.paper],
        printing=[(name, _GAP if is_placeholder(value) else value) for name, value in build_printing(bulletin)],
        site_url=readable_url(edition.content.site_url),
        index=edition.index,
        vocabulary=vocabulary,
        style=Markup(style_for_print(_PAGES / "ban-in.css")),  # noqa: S704 - a file of this package
        band_image=band_for_print(),
        base=base,
        numbers=numbers,
        body=body,
    )


def build_imprint(bulletin: Bulletin) -> list[tuple[str, str]]:
    """Return the lines of the imprint, some perhaps not filled in."""
    office = bulletin.office
    return [
        ("Cơ quan chủ quản", office.governing_body),
        ("Chịu trách nhiệm nội dung", office.responsible),
        ("Địa chỉ", office.address),
        ("Điện thoại", office.phone),
        ("Thư điện tử", office.email),
        ("Địa chỉ trang", readable_url(bulletin.edition.content.site_url)),
    ]


def build_printing(bulletin: Bulletin) -> list[tuple[str, str]]:
    """Return the lines on licence and printing, some perhaps not filled in."""
    office = bulletin.office
    return [
        ("Giấy phép xuất bản bản tin", office.licence),
        ("Chịu trách nhiệm xuất bản", office.bulletin_head),
        ("Nơi in", office.printer),
        ("Số lượng in", office.print_run),
        ("Kỳ hạn xuất bản", office.frequency),
    ]


def _css_text(text: str) -> Markup:
    """Return a text as a CSS string that is safe within <style>."""
    return Markup('"' + re.sub(r"[^\w ]", lambda found: f"\\{ord(found[0]):x} ", text) + '"')  # noqa: S704
