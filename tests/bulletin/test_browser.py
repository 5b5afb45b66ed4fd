"""Finding a browser on each system, and the message when it does not print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from plugins.bulletin import browser
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with nothing on its PATH and no browser anywhere."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in browser._WINDOWS_ROOTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(browser, "_MAC", (str(tmp_path / "Chrome.app"),))
    return tmp_path


def put(folder: Path, name: str, script: str = "") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8", newline="\n")
    file.chmod(0o755)
    return file


def test_a_bare_machine_has_none(bare: Path) -> None:
    assert browser.find_browser() is None


@pytest.mark.skipif(sys.platform == "win32", reason="stands for Linux")
def test_on_linux_it_is_found_by_its_name(bare: Path) -> None:
    edge = put(bare / "bin", "microsoft-edge")
    assert browser.find_browser() == edge
    assert browser.find_browser() != put(bare / "bin", "chromium")
    assert browser.find_browser() == bare / "bin/chromium"


def test_on_windows_edge_is_found_where_it_is_installed(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_WINDOWS", ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/chrome.exe"))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setenv("PROGRAMFILES(X86)", str(bare / "Program Files (x86)"))
    chrome = put(bare / "Program Files (x86)", "Google/Chrome/chrome.exe")
    assert browser.find_browser() == chrome
    edge = put(bare / "Program Files (x86)", "Microsoft/Edge/Application/msedge.exe")
    assert browser.find_browser() == edge


def test_on_a_mac_it_is_found_among_the_applications(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    chrome = put(bare, "Chrome.app")
    assert browser.find_browser() == chrome


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param("echo 'cannot open display' >&2; exit 3", r"không in ra tệp PDF \(mã 3: cannot open display\)"),
        pytest.param("exit 0", r"không in ra tệp PDF \(mã 0\)"),
        pytest.param("exec sleep 5", "in quá 1 giây chưa xong"),
    ],
)
def test_a_browser_that_prints_nothing_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
) -> None:
    monkeypatch.setattr(browser, "_SECONDS", 1)
    program = put(tmp_path, "chromium", script)
    page = put(tmp_path, "ban-in.html")
    with pytest.raises(Invalid, match=says):
        browser.print_page(program, page, tmp_path)


def test_a_browser_that_cannot_be_run_is_no_traceback(tmp_path: Path) -> None:
    page = put(tmp_path, "ban-in.html")
    with pytest.raises(Invalid, match="không chạy được"):
        browser.print_page(tmp_path / "khong-co", page, tmp_path)
