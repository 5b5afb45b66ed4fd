"""`_headers` and `_redirects`, as Cloudflare Pages, Netlify and their like read them from the site. Pure.

Where rules for one path name one header twice, these hosts join the values: no two rules here do. Limits that they
state: Cloudflare takes 100 rules of headers and the first 2,000 redirects, and no status but redirects, so that a
withdrawn page stays an ordinary page there; Netlify shows a file where there is one, so that an old address shows the
small page that stands at it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from plugins.release.policy import HTML, IMMUTABLE, STRICT_TRANSPORT, build_headers, cache_rule, content_type
from plugins.release.servers.addresses import encode, join_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.release.servers.addresses import Addresses

_HEAD = "# Tệp này do lệnh publish sinh ra: đừng sửa."
MOST_RULES = 100
MOST_REDIRECTS = 2_000


def render_headers(paths: Iterable[str]) -> str:
    """Return `_headers` for a site of these paths, such as /theme/css/site.0a1b2c3d.css.

    One rule for all; then one for each sort of file (top folder and ending) that is all of one type and of one
    lifetime. What is left to the host is its default: a page is revalidated.
    """
    rules = {"/*": {**build_headers(), STRICT_TRANSPORT[0]: STRICT_TRANSPORT[1]}}
    sorts: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for path in paths:
        sorts[_sort(path)].append(_own_headers(path))
    for sort, headers in sorted(sorts.items()):
        agreed = {name: value for name, value in headers[0].items() if all(h.get(name) == value for h in headers)}
        if agreed:
            rules[sort] = agreed
    return join_lines(_HEAD, *_render(dict(list(rules.items())[:MOST_RULES])))


def render_redirects(addresses: Addresses) -> str:
    """Return `_redirects`, one line an old address. Not all of these hosts know a query."""
    lines = [f"{encode(old)} {encode(new)} 301" for old, new in addresses.moved if "?" not in old]
    return join_lines(_HEAD, *lines)


def _sort(path: str) -> str:
    parts = PurePosixPath(path)
    return path if len(parts.parts) == 2 else f"/{parts.parts[1]}/*{parts.suffix}"


def _own_headers(path: str) -> dict[str, str]:
    kind, rule = content_type(path), cache_rule(path)
    return ({} if kind == HTML else {"Content-Type": kind}) | ({"Cache-Control": rule} if rule == IMMUTABLE else {})


def _render(rules: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    for pattern, headers in rules.items():
        yield pattern
        yield from (f"  {name}: {value}" for name, value in headers.items())
