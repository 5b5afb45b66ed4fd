"""Configuration files for web servers, written with each release from the one description in policy.py.

Each server has a module of pure functions; nothing here is read by the site itself.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

from plugins.release.manifest import list_files
from plugins.release.policy import is_served
from plugins.release.servers import apache, nginx, static_hosts
from plugins.release.servers.addresses import read_addresses


def write_server_files(
    site: Path, beside: Path, moved: Mapping[str, str], gone: Collection[str], site_url: str
) -> None:
    """Write `.htaccess`, `_headers`, `_redirects` into the site, and nginx's files beside it.

    `moved` maps old site paths to new ones, `gone` are withdrawn ones; the site has a page at each. Raises ValueError
    for an invalid path or address of the site.
    """
    addresses = read_addresses(site_url, moved, gone)
    paths = [f"/{path}" for path in list_files(site)]
    _write(beside / "nginx-http.conf", nginx.render_http(addresses))
    _write(beside / "nginx.conf", nginx.render_server(addresses))
    _write(beside / nginx.marker_name(addresses), "")
    _write(site / "_headers", static_hosts.render_headers(filter(is_served, paths)))
    _write(site / "_redirects", static_hosts.render_redirects(addresses))
    rules = [("/", apache.render_root(addresses))]
    rules += ((old, apache.render_moved(old, new)) for old, new in addresses.moved)
    rules += ((path, apache.render_gone(path)) for path in addresses.gone)
    by_folder: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in rules:
        by_folder[path.partition("?")[0].rpartition("/")[0]].append(text)
    for folder, texts in by_folder.items():
        _write(site / folder.lstrip("/") / ".htaccess", "".join(texts))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
