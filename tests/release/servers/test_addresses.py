"""Invalid addresses are written into no server's file; thousands of valid ones are."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from plugins.release.servers import nginx, write_server_files
from plugins.release.servers.addresses import encode, read_addresses
from tests.release.servers.machines import find, readable_folder, run_nginx

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "bai-viet/",
        "//evil.example/",
        "/a//b/",
        "/../a/",
        "/a/./b/",
        "/a/..",
        "/a\nHeader set X y/",
        "/a\0/",
        "/a\x7f/",
        "/a\\b/",
        "/a?b",
        "/a#b",
    ],
)
def test_no_address(path: str, tmp_path: Path) -> None:
    for moved, gone in (({path: "/a/"}, ()), ({"/a/": path}, ()), ({}, (path,))):
        with pytest.raises(ValueError, match="no path of a site"):
            write_server_files(tmp_path, tmp_path, moved, gone, "https://example.vn")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["", "example.vn", "https://", 'https://exa"mple.vn', "https://example.vn; x", "https://a..vn"]
)
def test_no_address_of_a_site(url: str) -> None:
    with pytest.raises(ValueError, match="no host"):
        read_addresses(url, {}, ())


def test_addresses_travel_as_ascii_and_moved_goes_before_gone() -> None:
    assert encode("/xa/đắk d’rông/50%/") == "/xa/%C4%91%E1%BA%AFk%20d%E2%80%99r%C3%B4ng/50%25/"
    addresses = read_addresses("https://example.vn:8443/", {"/b/": "/c/", "/a/": "/c/"}, ["/a/", "/z/", "/z/"])
    assert addresses.host == "example.vn:8443"
    assert read_addresses("https://cưjút.vn/", {}, ()).host == "xn--cjt-9na22g.vn"
    assert addresses.moved == (("/a/", "/c/"), ("/b/", "/c/"))
    assert addresses.gone == ("/z/",)


def test_the_same_addresses_give_the_same_bytes_and_others_another_mark(tmp_path: Path) -> None:
    moved = {f"/cu-{number}/": "/moi/" for number in range(5)}
    texts = []
    for name, order in (("a", moved), ("b", dict(reversed(moved.items()))), ("c", moved | {"/cu-0/": "/khac/"})):
        site = tmp_path / name / "site"
        site.mkdir(parents=True)
        write_server_files(site, site.parent, order, {"/x/", "/y/"}, "https://example.vn")
        files = sorted(file for file in site.parent.rglob("*") if file.is_file())
        texts.append({file.relative_to(site.parent).as_posix(): file.read_bytes() for file in files})
    assert texts[0] == texts[1]
    assert [name for name in texts[0] if name.startswith("redirects-")] != [
        name for name in texts[2] if name.startswith("redirects-")
    ]
    assert {"site/.htaccess", "site/_headers", "site/_redirects", "site/cu-0/.htaccess", "nginx.conf"} <= texts[
        0
    ].keys()


def test_nginx_takes_tens_of_thousands() -> None:
    find("nginx", "openssl")
    with readable_folder() as folder:
        site = folder / "releases/0001/site"
        site.mkdir(parents=True)
        (site / "index.html").write_text("x", encoding="utf-8")
        (folder / "releases/current").symlink_to("0001")
        moved = {f"/bai-viet/{number % 30}/{'bai-dai-' * (number % 20)}{number}/": "/" for number in range(20_000)}
        # No folder for each: that is Apache's.
        addresses = read_addresses("https://example.vn", moved, [f"/da-go/{number}/" for number in range(5_000)])
        (site.parent / "nginx-http.conf").write_text(nginx.render_http(addresses), encoding="utf-8")
        (site.parent / "nginx.conf").write_text(nginx.render_server(addresses), encoding="utf-8")
        with run_nginx(folder / "releases", folder):
            command = ["nginx", "-t", "-e", f"{folder}/error.log", "-p", str(folder), "-c", str(folder / "nginx.conf")]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "warn" not in done.stderr
