"""A story that leaves its site: what it leads to there and is not taken along is led to where it stays. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.story_reading import reference_slug
from plugins.editing.rewriting import read_fields, rewrite
from plugins.markdown.references import resolve_source
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from plugins.sources.schema import Key

_SOURCE = re.compile(r"(?:\{filename\}|\|filename\|)([^\s)>\"'#]+)(#[^\s)>\"']*)?")
_ADDRESS = re.compile(r"(?<=\()(/[^\s)#?\"']*)([#?][^\s)\"']*)?")
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
    """A story's text at its new site, what now leads back to the old, and what had to be taken out, as written."""

    text: str
    led: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


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
        url = found[1] if found[1].endswith("/") else f"{found[1]}/"
        return lead(found, url) if url in staying and url not in site.kept else found[0]

    made = _ADDRESS.sub(lead_address, _SOURCE.sub(lead_source, text))
    if not site.url and lost:
        made = _unlink(made, path, site)
    made = _relead_origin(made, path, keys, site, led, lost)
    return Relinked(made, tuple(dict.fromkeys(led)), tuple(dict.fromkeys(lost)))


def _unlink(text: str, path: str, site: Site) -> str:
    """Return a text whose links to what stays behind are plain words."""

    def strip(found: re.Match[str]) -> str:
        source = _SOURCE.fullmatch(found[2])
        url = site.left.get(resolve_source(path, source[1])) if source else found[2].partition("#")[0]
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
