"""A story that leaves its site: what it leads to there and is not taken along is led to where it stays. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.stories.reading import reference_slug
from plugins.editing.rewriting import read_fields, rewrite
from plugins.markdown.references import resolve_source
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from plugins.sources.schema import Key

_SOURCE = re.compile(r"(?:\{filename\}|\|filename\|)([^\s)>\"'#]+)(#[^\s)>\"']*)?")
# In a link, in what links refer to, in HTML.
_ADDRESS = re.compile(r"(?:(?<=\()|(?<=\]: )|(?<=href=[\"']))(/[^\s)#?\"']*)([#?][^\s)\"']*)?")
_LINK = r"(?<!!)\[([^\[\]]*)\]\(<?{target}>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"


@dataclass(frozen=True)
class Site:
    """The site that is left: where it is, "" while nobody knows; what stays there, by path and by story's name."""

    url: str
    left: Mapping[str, str]  # path of a source -> its site path
    names: Mapping[str, str]  # name of a story -> its site path
    kept: Container[str]  # site paths that the new site has as well


@dataclass(frozen=True)
class Relinked:
    """A story's text at its new site, and the addresses at the old one that it names.

    It leads to some now (`led`); where that is nowhere, links to it are gone (`lost`), or a person has to take them out
    (`stuck`).
    """

    text: str
    led: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()


def relink(text: str, path: str, keys: Sequence[Key], site: Site) -> Relinked:
    """Return a story's text with every link to what stays behind leading there, or without it where that is nowhere."""
    led: list[str] = []
    lost: list[str] = []

    def lead(found: re.Match[str], url: str) -> str:
        if site.url:
            led.append(url)
            return f"{site.url}{url}{found[2] or ''}"
        lost.append(url)
        return found[0]

    def lead_source(found: re.Match[str]) -> str:
        url = site.left.get(resolve_source(path, found[1]))
        return lead(found, url) if url else found[0]

    staying = {*site.left.values()}

    def lead_address(found: re.Match[str]) -> str:
        url = _as_address(found[1])
        return lead(found, url) if url in staying and url not in site.kept else found[0]

    made = _ADDRESS.sub(lead_address, _SOURCE.sub(lead_source, text))
    if not site.url and lost:
        made = _unlink(made, path, site)
    stuck = set(_find_left(made, path, site))
    made = _relead_origin(made, path, keys, site, led, lost)
    lost = [url for url in lost if url not in stuck]
    return Relinked(made, tuple(dict.fromkeys(led)), tuple(dict.fromkeys(lost)), tuple(sorted(stuck)))


def _find_left(text: str, path: str, site: Site) -> Iterator[str]:
    """Yield the addresses of what stays behind that a text still leads to as if it were here."""
    found = [site.left.get(resolve_source(path, link[1])) for link in _SOURCE.finditer(text)]
    found += [_as_address(link[1]) for link in _ADDRESS.finditer(text)]
    staying = {*site.left.values()}
    return (url for url in found if url in staying and url not in site.kept)


def _as_address(written: str) -> str:
    """Return an address on a site as its pages have it, without what leads into one."""
    return f"{re.split('[#?]', written, maxsplit=1)[0].rstrip('/')}/"


def _unlink(text: str, path: str, site: Site) -> str:
    """Return a text whose links to what stays behind are plain words."""

    def strip(found: re.Match[str]) -> str:
        source = _SOURCE.fullmatch(found[2])
        url = site.left.get(resolve_source(path, source[1])) if source else _as_address(found[2])
        stays = url in site.left.values() and url not in site.kept
        return found[1] if stays else found[0]

    return re.sub(_LINK.format(target=r"((?:\{filename\}|\|filename\||/)[^\s)>]*)"), strip, text)


def _relead_origin(text: str, path: str, keys: Sequence[Key], site: Site, led: list[str], lost: list[str]) -> str:
    """Return a story's text with the origin that it names, if that stays, named by its address."""
    matter = parse_front_matter(text, path)
    if isinstance(matter, Problem):
        return text
    named = read_fields(matter, keys).get("replicates", ())
    url = site.names.get(reference_slug(named[0])) if named else None
    if not url:
        return text
    (led if site.url else lost).append(url)
    return rewrite(text, keys, {"replicates": [f"{site.url}{url}"] if site.url else []}, matter.body)
