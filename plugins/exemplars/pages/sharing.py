"""Sharing a story: links, its share card, and the QR code on paper. Pure."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
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

_version = lru_cache(version)
_DARK = re.compile(rb"\x00+")
# The Front's own red, for news without a field.
_NO_FIELD = own_tokens().light["accent"]


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
    key = f"QR code, zxing-cpp {_version('zxing-cpp')}\n{address}"
    if (drawn := cache.read(key)) is None:
        drawn = draw_qr(address).encode()
        cache.write(key, drawn)
    # Markup of ours, without the address as text.
    return Markup(drawn.decode())  # noqa: S704


def draw_qr(address: str) -> str:
    """Return an <svg> element, black on white with its quiet zone, that decodes to the address."""
    # Imported here: only a published site needs it.
    import zxingcpp

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    # A byte a module, row by row; its type hides that it is a buffer.
    modules: Any = zxingcpp.write_barcode_to_image(code)
    side, pixels = modules.shape[1], bytes(modules)
    starts = _starts(side)
    # One line a run: a square a module, as the library's own SVG has it, takes several times the bytes.
    runs = "".join([f"{starts[start]}{end - start}" for start, end in map(re.Match.span, _DARK.finditer(pixels))])
    return (
        f'<svg class="paper__code" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="{runs}"/></svg>'
    )


@lru_cache(8)
def _starts(side: int) -> list[str]:
    """Return how a line from each module of a code begins."""
    return [f"M{x} {y}.5h" for y in range(side) for x in range(side)]


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
