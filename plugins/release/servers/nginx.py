"""Configuration for nginx: maps for the `http` level, and directives to include in a `server`. Pure.

The machine's own file sets `$release` to the current release's folder. No release is named here, so that a switch
needs no reload. The maps are those of the last reload, and apply only while the current release has the same ones.
"""

import re
from collections.abc import Iterable

from plugins.content.addresses.sections import NOT_FOUND_URL
from plugins.release import policy
from plugins.release.servers.addresses import HEAD, Addresses, encode, join_lines, quoted


def marker_name(addresses: Addresses) -> str:
    """Return the name of the empty file beside the site that marks a release as having these redirects."""
    return f"redirects-{addresses.digest}"


def render_http(addresses: Addresses) -> str:
    """Return the maps. Their names contain the host, so that one nginx may serve several sites."""
    name = _name(addresses)
    lasting = "|".join(policy.FINGERPRINTED)
    return join_lines(
        HEAD,
        *_map_addresses(f"moved_{name}", ((old, encode(new)) for old, new in addresses.moved)),
        *_map_addresses(f"gone_{name}", ((path, "1") for path in addresses.gone)),
        *_map(
            '"$status $uri"',
            f"$cache_{name}",
            [("default", policy.REVALIDATED), (f"~^(?:200|206|304) (?:{lasting})$", policy.IMMUTABLE)],
        ),
        "# Đã là HTTPS: ở đây, hay ở máy đứng trước.",
        *_map('"$scheme $http_x_forwarded_proto"', f"$hsts_{name}", [("~^https|https$", policy.STRICT_TRANSPORT[1])]),
        *_map("$status", f"$allow_{name}", [("405", ", ".join(policy.METHODS))]),
    )


def render_server(addresses: Addresses) -> str:
    """Return the directives to include in the `server`, after `$release` is set."""
    name, types = _name(addresses), policy.TYPES.items()
    suffixes = "|".join(re.escape(suffix) for suffix in policy.HIDDEN_SUFFIXES)
    hidden = rf"/\.(?!{policy.OPEN_DOT_FOLDER[1:]}(?:/|$))|(?:{suffixes})$"
    headers = {
        **{header: quoted(value) for header, value in policy.build_headers().items()},
        policy.STRICT_TRANSPORT[0]: f"$hsts_{name}",
        "Cache-Control": f"$cache_{name}",
        "Allow": f"$allow_{name}",
    }
    return join_lines(
        HEAD,
        "root $release/site;",
        *("index index.html;", "autoindex off;", "server_tokens off;", "absolute_redirect off;"),
        "# Không nhớ tệp đã mở: nhớ thì trang của bản trước lẫn với bản sau. `current` là một liên kết.",
        *("open_file_cache off;", "disable_symlinks off;", "etag on;", "if_modified_since exact;"),
        *("gzip off;", "gzip_static on;", "gzip_vary on;", "charset off;"),
        f"default_type {policy.UNKNOWN_TYPE};",
        *_block("types", *(f"{quoted(kind)} {suffix[1:]};" for suffix, kind in types if suffix.count(".") == 1)),
        *(f"add_header {header} {value} always;" for header, value in headers.items()),
        *_block(f'if ($hsts_{name} = "")', f"return 301 https://{addresses.host}$request_uri;"),
        *_block(f"if ($request_method !~ ^({'|'.join(policy.METHODS)})$)", "return 405;"),
        f"set $target $moved_{name};",
        f"set $lost $gone_{name};",
        "# Các địa chỉ cũ đã nạp chỉ đúng với bản có cùng danh sách; bản khác thì ở đó hiện trang báo đã chuyển.",
        *_block(f"if (!-f $release/{marker_name(addresses)})", 'set $target "";', 'set $lost "";'),
        *_block("if ($target)", "return 301 $target;"),
        *_block("if ($lost)", "return 410;"),
        f"error_page 403 404 =404 {NOT_FOUND_URL};",
        "error_page 410 @gone;",
        *_block("location @gone", f"default_type {quoted(policy.HTML)};", "try_files $uri ${uri}index.html =410;"),
        *_block(f"location ~ {quoted(hidden)}", "return 404;"),
        "# Trang mở trước khi đổi bản, tới hay lui, vẫn còn kiểu chữ và mã của nó.",
        *_block(f"location ~ {quoted(f'^{policy.THEME}$')}", "error_page 404 = @shared;", "recursive_error_pages on;"),
        *_block("location @shared", f"root $release/../{policy.SHARED};"),
        *(f"location = /{file} {{ return 404; }}" for file in policy.SERVER_FILES),
        *(
            f"location ~ {quoted(re.escape(suffix) + '$')} {{ types {{ }} default_type {quoted(kind)}; }}"
            for suffix, kind in types
            if suffix.count(".") > 1
        ),
    )


def _name(addresses: Addresses) -> str:
    return re.sub(r"\W", "_", addresses.host, flags=re.ASCII)


def _map_addresses(target: str, entries: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Map by path and query where an address has a query, else by path alone."""
    entries = list(entries)
    plain, asked = ([one for one in entries if ("?" in one[0]) is has] for has in (False, True))
    if not asked:
        return _map("$uri", f"${target}", plain)
    by_path = f"$path_{target}"
    return *_map("$uri", by_path, plain), *_map('"$uri?$args"', f"${target}", [("default", by_path), *asked])


def _map(source: str, target: str, entries: Iterable[tuple[str, str]]) -> Iterable[str]:
    return _block(f"map {source} {target}", *(f"{quoted(key)} {quoted(value)};" for key, value in entries))


def _block(head: str, *lines: str) -> Iterable[str]:
    return f"{head} {{", *(f"    {line}" for line in lines), "}"
