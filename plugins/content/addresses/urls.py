"""URLs and hosts, as computers and as people write them, and the addresses of stories on any site. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from plugins.content.addresses.sections import NEWS
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
_STORY = re.compile(rf"{NEWS.url}[0-9]{{4}}/[a-z0-9]+(?:-[a-z0-9]+)*/")


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


def story_address(written: str) -> str:
    """Return the normalised address of a story; Invalid if it is none."""
    text = nfc(written).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    host = ascii_host(parts.netloc).lower()
    path = unquote(parts.path).removesuffix("index.html").rstrip("/") + "/"
    if not (is_address(text) and _HOST.fullmatch(host) and _STORY.fullmatch(path)):
        fix = "mở bài gốc trên trang ấy rồi chép cả địa chỉ, dạng https://ten-mien/bai-viet/2026/ten-bai/"
        raise Invalid(f'"{written}" không phải địa chỉ một bài', fix)
    return f"{parts.scheme.lower()}://{host}{path}"


def slug_in(address: str) -> str:
    """Return the slug at the end of a story's address."""
    return address.rstrip("/").rpartition("/")[2]


def same_story(address: str) -> str:
    """Return a key that is equal for all addresses of a story: http or https, with or without www."""
    host, _, path = address.partition("://")[2].partition("/")
    return f"https://{host.removeprefix('www.')}/{path}"


def is_own_address(address: str, sites: Iterable[str]) -> bool:
    """Return whether an address is on one of these sites or on a local preview."""
    host = host_of(address)
    return host.partition(":")[0] in ("localhost", "127.0.0.1") or host in {host_of(site) for site in sites if site}
