"""Sharing a story: links, its share card, and the QR code on paper. Pure."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from plugins.content.addresses.sections import PLATES_URL
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Office
from plugins.exemplars.model.edition import Edition
from plugins.photos.cache import Cache
from plugins.photos.share_card import ShareCard
from plugins.plates.plate import Plate, choose_plate
from plugins.sources.problem import Level, Problem
from plugins.tokens import own_tokens

# The white margin around a code, in modules (ISO/IEC 18004).
QUIET = 4
# Increase with every change of the drawing below.
_RECIPE = 2
_version = lru_cache(version)
_RUN = re.compile(rb"\x00*\x01+")
# The Front's own red, for news without a field.
_NO_FIELD = own_tokens().light["accent"]


class _Steps(dict[bytes, str]):
    """How a line is drawn, by what it passes over and covers: light modules, and then dark ones."""

    def __missing__(self, run: bytes) -> str:
        dark = run.count(1)
        light = len(run) - dark
        self[run] = f"m{light} 0h{dark}" if light else f"h{dark}"
        return self[run]


_STEPS = _Steps()


class ShareLink(NamedTuple):
    """A service's name, and the address that opens it with the story filled in."""

    name: str
    url: str


def share_links(address: str, title: str) -> tuple[ShareLink, ...]:
    """Return the links for an absolute address. Nothing is loaded from them before a click."""
    # Zalo documents only its script; this is the page that the script opens.
    zalo = urlsafe_b64encode(f'{{"url": {json.dumps(address)}}}'.encode()).decode().replace("=", "%3D")
    # Usually only these two need quoting.
    here = quote(address, safe=":/").replace(":", "%3A").replace("/", "%2F")
    return (
        ShareLink("Zalo", f"https://button-share.zalo.me/share_external?d={zalo}"),
        ShareLink("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={here}"),
        # Mail programs take %20 for a space, and show a plus as a plus.
        ShareLink("Thư điện tử", f"mailto:?subject={quote(title, safe='')}&body={here}"),
    )


def find_plate(story: Story) -> Plate:
    """Return the plate that replaces a missing photo."""
    return choose_plate(PLATES_URL, story.slug, story.field, story.commune.id if story.commune else "")


def find_qr(address: str, cache: Cache) -> Markup:
    """Return `draw_qr` of an address, cached."""
    key = f"QR code {_RECIPE}, segno {_version('segno')}\n{address}"
    if (drawn := cache.read(key)) is None:
        drawn = draw_qr(address).encode()
        cache.write(key, drawn)
    # Markup of ours, without the address as text.
    return Markup(drawn.decode())  # noqa: S704


def draw_qr(address: str) -> str:
    """Return an <svg> element, black on white with its quiet zone, that decodes to the address."""
    # Any mask decodes; to let segno weigh all eight takes five times as long.
    matrix = _segno().make(address, error="l", micro=False, mask=3, boost_error=False).matrix
    side = len(matrix) + 2 * QUIET
    # A line for each run, from the end of the one before: few letters, and much the same ones, so that they pack well.
    rows = ("".join(map(_STEPS.__getitem__, _RUN.findall(row))) for row in matrix)
    runs = "".join(f"M{QUIET} {y}.5{row}" for y, row in enumerate(rows, QUIET))
    return (
        f'<svg class="paper__code" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="{runs}"/></svg>'
    )


@lru_cache(1)
def _segno() -> ModuleType:
    # Imported here: only a published site needs it.
    import segno
    from segno import encoder

    # Its own fills up to the next whole byte even where the text ends at one, as every address does: some readers
    # refuse such a code (https://github.com/heuer/segno/issues/148; segno 1.6.6).
    encoder.write_padding_bits = lambda bits, _, length: bits.extend([0] * (-length % 8))
    return segno


def build_share_card(story: Story, office: Office, fonts: Path) -> ShareCard | None:
    """Return a story's card without characters that no font has; None when no title is left."""
    card = _plan_card(story, office, fonts).without_lacking()
    return card if re.search(r"\w", card.title) else None


def tell_undrawn(edition: Edition, fonts: Path) -> Iterator[Problem]:
    """Yield a problem for each story whose card lacks characters that no font of the site has."""
    for story in edition.index.stories:
        office = edition.content.vocabulary.office_on(story.date) or Office()
        if signs := _plan_card(story, office, fonts).lacking:
            message = f"Ảnh chia sẻ không vẽ được “{signs}”, chỉ vẽ phần còn lại"
            fix = "gõ lại chữ ấy, hoặc bỏ khỏi tiêu đề nếu không cần"
            yield Problem(story.path, story.lines.get("title", 1), message, fix, Level.ADVICE)


def _plan_card(story: Story, office: Office, fonts: Path) -> ShareCard:
    return ShareCard(
        base_url=story.url,
        title=story.title,
        field=story.field.name if story.field else "Tin tức",
        color=story.field.color if story.field else _NO_FIELD,
        place=story.commune.distinct_title if story.commune else "",
        publisher=office.site_name,
        # Invented people must not be taken for real where only the picture is seen.
        mark="Bài nháp" if story.draft else "Bài mẫu" if story.sample else "",
        fonts=fonts,
        picture=story.photo or find_plate(story),
        picture_alt=story.photo_alt if story.photo else "",
    )
