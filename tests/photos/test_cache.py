"""The cache returns the stored bytes, or nothing."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from plugins.photos.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def entry(folder: Path) -> Path:
    (file,) = [path for path in folder.rglob("*") if path.is_file()]
    return file


def test_an_entry_is_read_only_by_its_own_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "chua" / "co")
    assert cache.read("a") is None
    cache.write("a", b"mot")
    cache.write("b", b"")
    assert (cache.read("a"), cache.read("b"), cache.read("c")) == (b"mot", b"", None)
    cache.write("a", b"hai")
    assert Cache(tmp_path / "chua" / "co").read("a") == b"hai"


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-1]), id="cut"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:7]), id="cut to a stump"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes() + b"x"), id="longer"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-1] + b"x"), id="changed"),
        pytest.param(lambda file: file.write_bytes(b"anh khac han"), id="foreign"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), id="a folder"),
    ],
)
def test_a_spoilt_entry_is_as_good_as_none(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    cache = Cache(tmp_path)
    cache.write("a", b"mot anh")
    spoil(entry(tmp_path))
    assert cache.read("a") is None


def test_the_entry_of_another_key_under_this_name_is_not_read(tmp_path: Path) -> None:
    one, other = Cache(tmp_path / "1"), Cache(tmp_path / "2")
    one.write("a", b"mot")
    other.write("b", b"hai")
    entry(tmp_path / "1").write_bytes(entry(tmp_path / "2").read_bytes())
    assert one.read("a") is None


def test_a_disk_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("không phải thư mục", encoding="utf-8")
    cache = Cache(tmp_path / "cache")
    cache.write("a", b"mot")
    assert cache.read("a") is None


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("a", b"mot")
    file = entry(tmp_path)
    file.unlink()
    file.mkdir()
    cache.write("a", b"hai")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_unused_entries_are_pruned_and_used_ones_stay(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key, days in (("new", 1), ("asked for", 59), ("forgotten", 61)):
        cache.write(key, key.encode())
        (file,) = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes().endswith(key.encode())]
        long_ago = time.time() - days * 86_400
        os.utime(file, (long_ago, long_ago))
    assert cache.read("asked for") == b"asked for"
    cache.prune()
    assert [cache.read(key) for key in ("new", "asked for", "forgotten")] == [b"new", b"asked for", None]
    newest = max(path.stat().st_mtime for path in tmp_path.rglob("*") if path.is_file())
    assert time.time() - newest < 3_600


def test_a_read_only_entry_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.write("a", b"mot")
    os.utime(entry(tmp_path), (0, 0))

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", refuse)
    assert cache.read("a") == b"mot"
