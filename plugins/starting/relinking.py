"""Links of a story that moves to another site: those to pages left behind lead to the old site. Pure."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plugins.content.stories.reading import reference_slug
from plugins.editing.rewriting import read_fields, rewrite
from plugins.markdown.references import resolve_source
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem
from plugins.sources.schema import Key

_SOURCE = r"(?:\{filename\}|\|filename\|)(?P<source>[^\s)>\"'#]+)(?P<anchor>#[^\s)>\"']*)?"
# An address counts in a Markdown link, a link definition and HTML.
_ADDRESS = r"(?:(?<=\()|(?<=\]: )|(?<=href=[\"']))(?P<address>/[^\s)#?\"']*)(?P<rest>[#?][^\s)\"']*)?"
_TARGET = re.compile(f"{_SOURCE}|{_ADDRESS}")
_LINK = re.compile(
    rf"(?<!!)\[(?P<words>[^\[\]]*)\]\(<?(?:{_SOURCE}|(?P<address>/[^\s)>#?]*)[^\s)>]*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)


@dataclass(frozen=True)
class OldSite:
    """The site that a story leaves: its address, "" if unknown, and the pages that stay there."""

    url: str
    left: Mapping[str, str]  # path of a source -> its site path
    names: Mapping[str, str]  # name of a story -> its site path
    kept: Container[str]  # site paths that the new site has as well

    @cached_property
    def _staying(self) -> frozenset[str]:
        return frozenset(self.left.values())

    def find(self, target: re.Match[str], path: str) -> str | None:
        """Return the site path that a link in a source leads to, if it stays at the old site alone."""
        if source := target["source"]:
            url = self.left.get(resolve_source(path, source))
        else:
            url = f"{target['address'].rstrip('/')}/"
        return url if url in self._staying and url not in self.kept else None


@dataclass(frozen=True)
class Relinked:
    """A story's text at its new site, and its old paths: `led` to the old site, `lost`, or `stuck` for a person."""

    text: str
    led: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()


def relink(text: str, path: str, keys: Sequence[Key], site: OldSite) -> Relinked:
    """Return a story's text with links to pages left behind leading to the old site, or removed if it is unknown."""
    led: list[str] = []
    lost: list[str] = []

    def lead(target: re.Match[str]) -> str:
        if not (url := site.find(target, path)):
            return target[0]
        (led if site.url else lost).append(url)
        return f"{site.url}{url}{target['anchor'] or target['rest'] or ''}" if site.url else target[0]

    def unlink(link: re.Match[str]) -> str:
        return link["words"] if site.find(link, path) else link[0]

    made = _TARGET.sub(lead, text)
    if lost:
        made = _LINK.sub(unlink, made)
    stuck = {url for target in _TARGET.finditer(made) if (url := site.find(target, path))}
    made = _relink_origin(made, path, keys, site, led, lost)
    lost = [url for url in lost if url not in stuck]
    return Relinked(made, tuple(dict.fromkeys(led)), tuple(dict.fromkeys(lost)), tuple(sorted(stuck)))


def _relink_origin(text: str, path: str, keys: Sequence[Key], site: OldSite, led: list[str], lost: list[str]) -> str:
    """Return a story's text with its origin, if that stays behind, given by its address."""
    matter = parse_front_matter(text, path)
    if isinstance(matter, Problem):
        return text
    named = read_fields(matter, keys).get("replicates", ())
    url = site.names.get(reference_slug(named[0])) if named else None
    if not url:
        return text
    (led if site.url else lost).append(url)
    return rewrite(text, keys, {"replicates": [f"{site.url}{url}"] if site.url else []}, matter.body)
