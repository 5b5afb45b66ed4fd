"""A body as it was read: the HTML of its page but for what another edition may have otherwise, photos and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from plugins.markdown.references import FILENAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.markdown.references import Reference
    from plugins.photos.photo import Photo

# How wide a photo stands in running text, as .prose and .wrap in the style sheets have it.
SIZES = "(min-width: 44rem) 40.5rem, calc(100vw - 2rem)"
# In cleaned HTML, in which every attribute is quoted, and holds nothing that ends it.
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
_LINK = r'<a(?: [\w-]+="[^"]*")*>|</a>'


def cut(html: str, mark: str) -> tuple[str, ...]:
    """Return cleaned HTML cut at its links and photos: every other part is one; at a photo stands its mark."""
    if not mark:
        return tuple(re.split(f"({_LINK})", html)) if "<a " in html else (html,)
    return tuple(re.split(f'({_LINK}|<img(?: (?!src)[\\w-]+="[^"]*")* src="{mark}[0-9]+"[^>]*>)', html))


@dataclass(frozen=True, eq=False)
class Body:
    """A body by its source, the parts of its HTML, the names of its photos, and what it points at."""

    source: str
    parts: tuple[str, ...]
    photos: tuple[str, ...]
    references: tuple[Reference, ...]

    def html(
        self,
        photos: Mapping[str, Photo],
        link: Callable[[str], str | None],
        follow: Callable[[str], str | None] = lambda href: href,
    ) -> str:
        """Return the HTML of a body; a link that leads nowhere becomes plain words.

        `link` gives the URL of a {filename} target, `follow` that to which any other address leads now; None when it is
        not on the site.
        """
        shown = list(self.parts)
        end = "</a>"
        for at in range(1, len(shown), 2):
            part = shown[at]
            if part == "</a>":
                shown[at], end = end, "</a>"
            elif part.startswith("<a"):
                shown[at], end = _lead(part, link, follow)
            else:
                shown[at] = self._show(part, photos)
        return "".join(shown)

    def _show(self, part: str, photos: Mapping[str, Photo]) -> str:
        given = dict(_ATTRIBUTE.findall(part))
        photo = photos.get(self.photos[int(given.pop("src").rpartition("-")[2])])
        if photo is None:
            return f"<img{_write(given)}>"
        # The markup of theme/templates/partials/picture.html.
        given |= {"decoding": "async", "loading": "lazy", "src": escape(photo.url)}
        given |= {"width": str(photo.width), "height": str(photo.height)}
        source = {"sizes": SIZES, "srcset": escape(photo.srcset()), "type": "image/webp"}
        return f"<picture><source{_write(source)}><img{_write(given)}></picture>"


def _write(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))


def _lead(tag: str, link: Callable[[str], str | None], follow: Callable[[str], str | None]) -> tuple[str, str]:
    """Return what a link begins and ends with."""
    written = dict(_ATTRIBUTE.findall(tag)).get("href", "#")
    if written.startswith("#"):
        return tag, "</a>"
    href = unescape(written)
    if href.startswith(FILENAME):
        # Left out of this edition (a draft, a sample): the words stay, the link goes.
        target, _, anchor = href[len(FILENAME[0]) :].partition("#")
        url = link(target)
        now, words = (f"{url}#{anchor}" if url and anchor else url), ("<span>", "</span>")
    else:
        now, words = follow(href), ("", "")
    if now is None:
        return words
    return (tag if now == href else tag.replace(f' href="{written}"', f' href="{escape(now)}"', 1)), "</a>"
