"""`_headers` and `_redirects`, read back as the hosts that know them read them."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from plugins.release.policy import HTML, IMMUTABLE, STRICT_TRANSPORT, build_headers, cache_rule, content_type
from plugins.release.servers import write_server_files
from plugins.release.servers.static_hosts import MOST_REDIRECTS, MOST_RULES, render_headers
from tests.release.servers.conftest import GONE, MOVED, SITE_URL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Build


@pytest.fixture(scope="module")
def site(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hosts") / "site"
    shutil.copytree(built.site.root, root)
    write_server_files(root, root.parent, MOVED, GONE, SITE_URL)
    return root


def read_headers(text: str) -> list[tuple[str, dict[str, str]]]:
    rules: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in rules[-1][1]
            rules[-1][1][name] = value
        elif not line.startswith("#"):
            assert line.count("*") <= 1
            rules.append((line, {}))
    return rules


def headers_of(path: str, rules: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """Join the headers of every rule that matches, and their values where they have one name."""
    joined: dict[str, str] = {}
    for pattern, headers in rules:
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for name, value in headers.items():
                joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def test_every_file_gets_the_headers_of_the_policy(site: Path) -> None:
    text = (site / "_headers").read_text(encoding="utf-8")
    rules = read_headers(text)
    assert len(rules) <= MOST_RULES == 100
    assert max(map(len, text.splitlines())) <= 2_000
    paths = [f"/{file.relative_to(site).as_posix()}" for file in site.rglob("*") if file.suffix not in (".br", ".gz")]
    checked = [path for path in paths if (site / path[1:]).is_file() and "/." not in path and not path.startswith("/_")]
    assert len(checked) > 400
    for path in checked:
        lasts, kind = cache_rule(path) == IMMUTABLE, content_type(path)
        assert headers_of(path, rules) == {
            **build_headers(),
            STRICT_TRANSPORT[0]: STRICT_TRANSPORT[1],
            **({"Cache-Control": IMMUTABLE} if lasts else {}),
            **({} if kind == HTML else {"Content-Type": kind}),
        }, path
    for page in ("/", "/bai-viet/", "/khong-co/"):
        assert headers_of(page, rules) == build_headers() | dict([STRICT_TRANSPORT])


def test_every_old_address_is_one_line(site: Path) -> None:
    lines = (site / "_redirects").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    read = [line.split(" ") for line in lines[1:]]
    assert {unquote(old): unquote(new) for old, new, _ in read} == {
        old: new for old, new in MOVED.items() if "?" not in old
    }
    assert {status for _, _, status in read} == {"301"}
    assert all(line.isascii() for line in lines[1:])
    # Cloudflare's limits; it takes the first of more.
    assert len(read) <= MOST_REDIRECTS == 2_000


def test_a_sort_of_files_that_do_not_agree_is_left_to_the_host() -> None:
    text = render_headers(["/theme/a.01234567.png", "/theme/b.png"])
    assert read_headers(text)[1:] == [("/theme/*.png", {"Content-Type": "image/png"})]
