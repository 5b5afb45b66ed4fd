"""The current release is switched while readers read: the short form of `python -m tests.release.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.release import load
from tests.release.load import ONLY, make_releases, measure, switch
from tests.release.servers.conftest import ask
from tests.release.servers.machines import find, readable_folder, run_nginx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.release.servers.machines import Machine
    from tests.site.conftest import Build


@pytest.fixture(scope="module")
def two(built: Build) -> Iterator[Path]:
    """A folder with two releases."""
    with readable_folder() as folder:
        make_releases(built.site.root, folder / "releases", few=True)
        yield folder / "releases"


@pytest.fixture(scope="module")
def server(two: Path) -> Iterator[Machine]:
    find("nginx", "openssl", "wrk")
    with readable_folder() as work, run_nginx(two, work) as machine:
        yield machine


def test_every_answer_is_whole_and_of_one_release(server: Machine, two: Path) -> None:
    figures, seen = measure(server, two, 32, load.STORY, seconds=2, switches=10)
    assert figures.errors == []
    assert figures.per_second > 0
    assert seen.faults == []
    assert min(seen.pages.values()) > 0
    assert seen.files > 100


def test_a_wrong_response_is_detected(server: Machine, two: Path) -> None:
    """A page changed behind the reader's back, and an asset that is not there."""
    page = two / "0001/site/index.html"
    copies = [page.with_name("index.html.br"), page]
    before = [copy.read_bytes() for copy in copies]
    switch(two, "0001")
    try:
        copies[0].unlink()
        copies[1].write_bytes(before[1].replace(b"</body>", b"<link href='/theme/x.01234567.css'></body>"))
        one = load.Reader(server.https, two, ["/"])
        one.start()
        one.join(timeout=0.5)
        assert any("/theme/x.01234567.css: 404" in fault for fault in one.end().faults)
    finally:
        for copy, data in zip(copies, before, strict=True):
            copy.write_bytes(data)


def test_old_addresses_of_another_release_lead_nowhere_wrong(server: Machine, two: Path) -> None:
    """nginx has loaded the first release: the page that the second has moved back is a page there, not a loop."""
    switch(two, "0001")
    assert ask(server.https, ONLY[0]).status == 200
    assert ask(server.https, ONLY[1]).headers["location"] == ONLY[0]
    switch(two, "0002")
    answers = {path: ask(server.https, path) for path in ONLY}
    assert {answer.status for answer in answers.values()} == {200}
    assert "Ở đây" in answers[ONLY[1]].body.decode()
    assert "Đã chuyển" in answers[ONLY[0]].body.decode()


def test_after_going_back_the_newer_style_is_still_there_and_nothing_else(server: Machine, two: Path) -> None:
    switch(two, "0001")
    newer = two / "0002/site"
    older = {file.name for file in (two / "0001/site/theme/css").iterdir()}
    (style,) = (file for file in (newer / "theme/css").glob("*.css") if file.name not in older)
    answer = ask(server.https, f"/theme/css/{style.name}")
    assert (answer.status, answer.body) == (200, style.read_bytes())
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    index = next((newer / "tim-kiem/chi-muc").rglob("muc-luc.json")).relative_to(newer).as_posix()
    assert ask(server.https, f"/{index}").status == 404


def test_an_open_search_reloads_itself_after_a_switch(browser: Browser, server: Machine, two: Path) -> None:
    switch(two, "0001")
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"https://127.0.0.1:{server.https}/tim-kiem/")
    assert "Bản hai" not in page.inner_text("main")
    switch(two, "0002")
    page.fill("#cau-tim", "hu gao")
    page.wait_for_selector(".results-list li")
    assert "Bản hai" in page.inner_text("main")
    assert page.input_value("#cau-tim") == "hu gao"
    assert "q=hu+gao" in page.url
    context.close()


def test_a_search_without_its_index_reloads_once_and_reports_it(browser: Browser, server: Machine, two: Path) -> None:
    switch(two, "0001")
    index = two / "0001/site/tim-kiem/chi-muc"
    index.rename(index.with_name("mat"))
    try:
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        opened: list[str] = []
        page.on("load", lambda loaded: opened.append(loaded.url))
        page.goto(f"https://127.0.0.1:{server.https}/tim-kiem/?q=hu+gao")
        page.get_by_text("Chưa tải được dữ liệu tìm kiếm").wait_for()
        assert len(opened) == 1
        context.close()
    finally:
        index.with_name("mat").rename(index)
