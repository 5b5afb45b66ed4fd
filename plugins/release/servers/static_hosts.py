"""`_headers` and `_redirects` for Cloudflare Pages, Netlify and similar hosts. Pure.

These hosts join the values of a header that two rules set for a path, so no two rules do. Cloudflare reads at most 100
rules of headers and 2,000 redirects, and no other status: a withdrawn page is served with 200. Netlify prefers a file
to a redirect: an old address shows the page that is there.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from plugins.release.policy import HTML, IMMUTABLE, STRICT_TRANSPORT, build_headers, cache_rule, content_type
from plugins.release.servers.addresses import Addresses, encode, join_lines

_HEAD = "# Tệp này do lệnh publish sinh ra: đừng sửa."
MOST_RULES = 100
MOST_REDIRECTS = 2_000


def render_headers(paths: Iterable[str]) -> str:
    """Return `_headers` for the paths of a site, such as /theme/css/site.0a1b2c3d.css.

    One rule for all, then one for each sort of file (top folder and suffix) of one type and lifetime. Pages are left to
    the default of the host, which is to revalidate.
    """
    rules = {"/*": {**build_headers(), STRICT_TRANSPORT[0]: STRICT_TRANSPORT[1]}}
    sorts: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for path in paths:
        kind, rule = content_type(path), cache_rule(path)
        _, top, *below = path.split("/")
        sort = f"/{top}/*{posixpath.splitext(path)[1]}" if below else path
        own = {} if kind == HTML else {"Content-Type": kind}
        sorts[sort].append(own | ({"Cache-Control": rule} if rule == IMMUTABLE else {}))
    for sort, headers in sorted(sorts.items()):
        agreed = {name: value for name, value in headers[0].items() if all(h.get(name) == value for h in headers)}
        if agreed:
            rules[sort] = agreed
    lines = [_HEAD]
    for pattern, values in islice(rules.items(), MOST_RULES):
        lines += (pattern, *(f"  {name}: {value}" for name, value in values.items()))
    return join_lines(*lines)


def render_redirects(addresses: Addresses) -> str:
    """Return `_redirects`, one line per old address; those with a query are left out, as not all hosts read them."""
    lines = [f"{encode(old)} {encode(new)} 301" for old, new in addresses.moved if "?" not in old]
    return join_lines(_HEAD, *lines)
