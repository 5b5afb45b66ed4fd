"""`.htaccess` for Apache, for hosts that give out a folder only: of the web root and of each old address. Pure.

Apache reads only the files of the folders above a request, so ten thousand old addresses cost the other pages nothing.
"""

import re

from plugins.content.addresses.sections import NOT_FOUND_URL
from plugins.release import policy
from plugins.release.servers.addresses import HEAD, Addresses, encode, join_lines, quoted

_HTTPS = "%{HTTPS} == 'on' || req_novary('X-Forwarded-Proto') == 'https'"


def render_root(addresses: Addresses) -> str:
    """Return the .htaccess of the web root; needs AllowOverride All."""
    copies = "|".join(re.escape(suffix) for suffix in policy.COPIES)
    lasting = "|".join(policy.FINGERPRINTED)
    own = "|".join(re.escape(file) for file in policy.SERVER_FILES)
    hidden = "|".join(re.escape(suffix) for suffix in policy.HIDDEN_SUFFIXES if suffix not in policy.COPIES)
    headers = {**policy.build_headers(), "Cache-Control": policy.REVALIDATED}
    cached = f"%{{REQUEST_STATUS}} in {{'200', '206', '304'}} && %{{REQUEST_URI}} =~ m#^(?:{lasting})(?:{copies})?$#"
    return join_lines(
        HEAD,
        *("Options -Indexes", "DirectoryIndex index.html", "DirectorySlash On"),
        *("ServerSignature Off", "FileETag MTime Size", "AddDefaultCharset Off"),
        *(f"ErrorDocument {code} {NOT_FOUND_URL}" for code in (403, 404)),
        *(f'AddType "{kind}" {suffix}' for suffix, kind in policy.TYPES.items() if suffix.count(".") == 1),
        *(
            f'<FilesMatch "{re.escape(suffix)}(?:{copies})?$">\n    ForceType "{kind}"\n</FilesMatch>'
            for suffix, kind in policy.TYPES.items()
            if suffix.count(".") > 1
        ),
        *(
            line
            for suffix, coding in policy.COPIES.items()
            for line in (f"RemoveType {suffix}", f"RemoveLanguage {suffix}", f"AddEncoding {coding} {suffix}")
        ),
        *(f'Header always set {name} "{value}"' for name, value in headers.items()),
        f'Header always set Cache-Control "{policy.IMMUTABLE}" "expr={cached}"',
        f'Header always set {policy.STRICT_TRANSPORT[0]} "{policy.STRICT_TRANSPORT[1]}" "expr={_HTTPS}"',
        "Header always unset X-Powered-By",
        "RewriteEngine On",
        "RewriteBase /",
        f'RewriteCond expr "!({_HTTPS})"',
        f"RewriteRule ^ https://{addresses.host}%{{REQUEST_URI}} [R=301,L]",
        f"RewriteCond %{{REQUEST_METHOD}} !^({'|'.join(policy.METHODS)})$",
        "RewriteRule ^ - [R=405,L]",
        rf"RewriteRule (?:^|/)\.(?!{policy.OPEN_DOT_FOLDER[1:]}(?:/|$)) - [R=404,L]",
        f"RewriteRule ^(?:{own})$ - [R=404,L]",
        f"RewriteRule (?:{hidden})$ - [R=404,L]",
        "# Bản nén chỉ thay cho tệp gốc, không ai xin thẳng được.",
        "RewriteCond %{ENV:REDIRECT_STATUS} ^$",
        f"RewriteRule (?:{copies})$ - [R=404,L]",
        *(line for suffix, coding in policy.COPIES.items() for line in _serve_copy(suffix, coding)),
        "Header onsuccess unset Vary",
        f"Header always set Vary Accept-Encoding \"expr=-f '%{{REQUEST_FILENAME}}{next(iter(policy.COPIES))}'"
        f' || %{{REQUEST_FILENAME}} =~ m#(?:{copies})$#"',
    )


def render_moved(old: str, new: str) -> str:
    """Return the rule for a moved address. Apache encodes the target itself."""
    target = quoted(new.replace("$", r"\$"))
    return _asked(old, f"RedirectMatch 301 ^ {target}") or f"RedirectMatch 301 {_pattern(old)} {target}\n"


def render_gone(path: str) -> str:
    """Return the rule for a withdrawn address, which shows the page at that address."""
    if asked := _asked(path, "RedirectMatch 410 ^"):
        return asked
    page = f"ErrorDocument 410 {encode(path)}index.html\n" if path.endswith("/") else ""
    return f"RedirectMatch 410 {_pattern(path)}\n{page}"


def _asked(address: str, rule: str) -> str:
    """Return the rule for an address with a query; "" for one without."""
    path, mark, query = address.partition("?")
    test = f"%{{REQUEST_URI}} == '{path}' && %{{QUERY_STRING}} == '{query}'"
    return f'<If "{test}">\n    {rule}\n</If>\n' if mark else ""


def _pattern(path: str) -> str:
    return quoted(f"^{re.escape(path)}$")


def _serve_copy(suffix: str, coding: str) -> tuple[str, str, str]:
    wanted = rf"(?:^|[\ ,]){coding}(?:$|[\ ,]|;\ *q=(?:1|0\.0*[1-9]))"
    return (
        f"RewriteCond %{{HTTP:Accept-Encoding}} {wanted}",
        f"RewriteCond %{{REQUEST_FILENAME}}{suffix} -f",
        f"RewriteRule ^(.+)$ $1{suffix} [L]",
    )
