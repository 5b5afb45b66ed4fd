"""URLs and hosts: which file serves a URL, and hosts as computers and as people write them. Pure."""

import re

from plugins.vietnamese import nfc

_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def file_of_url(url: str) -> str:
    """Return the file of a site that serves a site path: bai-viet/index.html for /bai-viet/."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


def url_of_file(path: str) -> str:
    """Return the site path that a file of a site serves."""
    return f"/{path}".removesuffix("index.html")


def is_address(written: str) -> bool:
    """Return whether a text is a full web address."""
    return _SCHEME.match(written.strip()) is not None


def absolute_url(url: str, site_url: str) -> str:
    """Return a site path as a full address; a full address is returned unchanged."""
    return url if is_address(url) else site_url + url


def ascii_host(host: str) -> str:
    """Return a host in IDNA ASCII form, mặttrậnquêta.vn as xn--…; unchanged if it has none."""
    try:
        return nfc(host).encode("idna").decode()
    except UnicodeError:
        return host


def bare_host(host: str) -> str:
    """Return a host in ASCII and lower case without www., for comparison."""
    return ascii_host(host).lower().removeprefix("www.")


def host_of(address: str) -> str:
    """Return the host of a full address, normalised by `bare_host`."""
    return bare_host(address.partition("://")[2].partition("/")[0])


def readable_url(url: str) -> str:
    """Return a full address with its host in Unicode, xn--… as mặttrậnquêta.vn, to be read and typed."""
    scheme, slashes, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    try:
        return f"{scheme}{slashes}{nfc(host.encode('ascii').decode('idna'))}{slash}{path}"
    except UnicodeError:
        return url
