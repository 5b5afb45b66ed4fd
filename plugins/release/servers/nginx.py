"""For nginx: what stands at the level of `http` (maps), and what a `server` includes. Pure.

`$release` is set by the machine's own file: the folder that is current. Nothing here names a release, so that a switch
needs no reload; only the maps are those of the last reload, and count only while the current release has the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.content.sections import NOT_FOUND_URL
from plugins.release.policy import (
    FINGERPRINTED,
    FOR_EVER,
    HIDDEN_SUFFIXES,
    HTML,
    METHODS,
    OPEN_DOT_FOLDER,
    REVALIDATED,
    SERVER_FILES,
    SHARED,
    STRICT_TRANSPORT,
    THEME,
    TYPES,
    UNKNOWN_TYPE,
    build_headers,
)
from plugins.release.servers.addresses import encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.release.servers.addresses import Addresses

_HEAD = "# Tệp này do lệnh publish sinh ra: đừng sửa. Cách dùng: README, mục “Máy chủ”."


def marker_name(addresses: Addresses) -> str:
    """Return the name of the empty file beside the site by which a release is known to have these redirects."""
    return f"redirects-{addresses.digest}"


def render_http(addresses: Addresses) -> str:
    """Return the maps, for the level of `http`; their names bear the host, so that one nginx may hold several sites."""
    name = _name(addresses)
    lasting = "|".join(FINGERPRINTED)
    hsts = _quoted(STRICT_TRANSPORT[1])
    return _lines(
        _HEAD,
        *_map("$uri", f"$moved_{name}", ((old, encode(new)) for old, new in addresses.moved)),
        *_map("$uri", f"$gone_{name}", ((path, "1") for path in addresses.gone)),
        *_map(
            '"$status $uri"',
            f"$cache_{name}",
            [("default", REVALIDATED), (f"~^(?:200|206|304) (?:{lasting})$", FOR_EVER)],
        ),
        "# Đã là HTTPS: ở đây, hay ở máy đứng trước.",
        f'map "$scheme $http_x_forwarded_proto" $hsts_{name} {{',
        f'    "~^https|https$" {hsts};',
        "}",
        *_map("$status", f"$allow_{name}", [("405", ", ".join(METHODS))]),
    )


def render_server(addresses: Addresses) -> str:
    """Return what the `server` includes after it has set `$release`."""
    name = _name(addresses)
    suffixes = "|".join(re.escape(suffix) for suffix in HIDDEN_SUFFIXES)
    hidden = rf"/\.(?!{OPEN_DOT_FOLDER[1:]}(?:/|$))|(?:{suffixes})$"
    headers = {
        **{header: _quoted(value) for header, value in build_headers().items()},
        STRICT_TRANSPORT[0]: f"$hsts_{name}",
        "Cache-Control": f"$cache_{name}",
        "Allow": f"$allow_{name}",
    }
    return _lines(
        _HEAD,
        "root $release/site;",
        "index index.html;",
        "autoindex off;",
        "server_tokens off;",
        "absolute_redirect off;",
        "# Không nhớ tệp đã mở: nhớ thì trang của bản trước lẫn với bản sau. `current` là một liên kết.",
        "open_file_cache off;",
        "disable_symlinks off;",
        "etag on;",
        "if_modified_since exact;",
        "gzip off;",
        "gzip_static on;",
        "gzip_vary on;",
        "charset off;",
        f"default_type {UNKNOWN_TYPE};",
        "types {",
        *(f"    {_quoted(kind)} {suffix[1:]};" for suffix, kind in TYPES.items() if suffix.count(".") == 1),
        "}",
        *(f"add_header {header} {value} always;" for header, value in headers.items()),
        f'if ($hsts_{name} = "") {{',
        f"    return 301 https://{addresses.host}$request_uri;",
        "}",
        f"if ($request_method !~ ^({'|'.join(METHODS)})$) {{",
        "    return 405;",
        "}",
        f"set $target $moved_{name};",
        f"set $lost $gone_{name};",
        "# Các địa chỉ cũ đã nạp chỉ đúng với bản có cùng danh sách; bản khác thì trang nhỏ ở địa chỉ ấy trả lời.",
        f"if (!-f $release/{marker_name(addresses)}) {{",
        '    set $target "";',
        '    set $lost "";',
        "}",
        "if ($target) {",
        "    return 301 $target;",
        "}",
        "if ($lost) {",
        "    return 410;",
        "}",
        f"error_page 403 404 =404 {NOT_FOUND_URL};",
        "error_page 410 @gone;",
        "location @gone {",
        f"    default_type {_quoted(HTML)};",
        "    try_files $uri ${uri}index.html =410;",
        "}",
        f"location ~ {_quoted(hidden)} {{",
        "    return 404;",
        "}",
        "# Trang mở trước khi đổi bản, tới hay lui, vẫn còn kiểu chữ và mã của nó.",
        f"location ~ {_quoted(f'^{THEME}$')} {{",
        "    error_page 404 = @shared;",
        "    recursive_error_pages on;",
        "}",
        "location @shared {",
        f"    root $release/../{SHARED};",
        "}",
        *(f"location = /{file} {{ return 404; }}" for file in SERVER_FILES),
        *(
            f"location ~ {_quoted(re.escape(suffix) + '$')} {{ types {{ }} default_type {_quoted(kind)}; }}"
            for suffix, kind in TYPES.items()
            if suffix.count(".") > 1
        ),
    )


def _name(addresses: Addresses) -> str:
    return re.sub(r"\W", "_", addresses.host, flags=re.ASCII)


def _map(source: str, target: str, entries: Iterable[tuple[str, str]]) -> Iterable[str]:
    yield f"map {source} {target} {{"
    for key, value in entries:
        yield f"    {_quoted(key)} {_quoted(value)};"
    yield "}"


def _quoted(text: str) -> str:
    """Return a string as nginx reads it between quotes. Its backslashes, of regular expressions alone, are kept."""
    return '"' + text.replace('"', '\\"') + '"'


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"
