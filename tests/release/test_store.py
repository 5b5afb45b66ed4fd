"""Which release is online is one name, read and replaced in one place, with a link or without."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from plugins.release import store
from plugins.release.manifest import Entry, build_manifest, find_damage, load_manifest, render_manifest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    for name in ("0001", "0002", "0010", "10000"):
        (tmp_path / name).mkdir()
    (tmp_path / "0003").write_text("no folder", encoding="utf-8")
    (tmp_path / "ghi-chu").mkdir()
    return tmp_path


def test_releases_go_by_their_number(releases: Path) -> None:
    assert store.list_names(releases) == ["0001", "0002", "0010", "10000"]
    assert store.list_names(releases / "none") == []


def test_one_is_online(releases: Path) -> None:
    assert store.read_current(releases) is None
    for name in ("0002", "0010", "0001"):
        store.write_current(releases, name)
        assert store.read_current(releases) == name
    assert (releases / "current").resolve() == (releases / "0001").resolve()


def test_where_no_link_can_be_made_a_file_holds_the_name(releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    for name in ("0002", "0010"):
        store.write_current(releases, name)
        assert (releases / "current").read_text(encoding="utf-8") == f"{name}\n"
        assert store.read_current(releases) == name
    assert not list(releases.glob(".next-*"))


@pytest.mark.parametrize("written", ["9999", "../0001", "", "0001/site", "\udc80"])
def test_a_name_that_leads_nowhere_is_none(releases: Path, written: str) -> None:
    (releases / "current").write_bytes(written.encode("utf-8", "surrogateescape"))
    assert store.read_current(releases) is None


def test_a_new_release_gets_the_next_number(releases: Path) -> None:
    new = store.open_new(releases)
    (new / "site/a.html").write_text("a", encoding="utf-8")
    assert new.name.startswith(".new-")
    assert store.put_in_place(releases, new) == "10001"
    assert (releases / "10001/site/a.html").read_text(encoding="utf-8") == "a"
    assert not new.exists()
    assert store.put_in_place(releases / "ghi-chu", store.open_new(releases / "ghi-chu")) == "0001"


def test_only_leftovers_are_swept(releases: Path) -> None:
    kept = {entry.name for entry in releases.iterdir()}
    for name in (".new-abc123", ".old-x_1"):
        (releases / name / "site").mkdir(parents=True)
    (releases / ".next-q").write_text("0001", encoding="utf-8")
    (releases / ".next-r").symlink_to("ghi-chu", target_is_directory=True)
    for name in (".newest", ".lock", "new-a", ".old"):
        (releases / name).write_text("mine", encoding="utf-8")
        kept.add(name)
    store.sweep(releases)
    assert {entry.name for entry in releases.iterdir()} == kept
    store.sweep(releases / "none")


def test_damage_is_named(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "xã").mkdir(parents=True)
    for path in ("a.html", "b.html", "xã/c.html"):
        (site / path).write_text(path, encoding="utf-8")
    manifest = build_manifest(site)
    assert list(manifest) == ["a.html", "b.html", "xã/c.html"]
    (tmp_path / "manifest.json").write_text(render_manifest(manifest), encoding="utf-8")
    assert load_manifest(tmp_path) == manifest
    assert manifest["a.html"] == Entry(sha256(b"a.html").hexdigest(), 6)
    assert find_damage(tmp_path) == []
    (site / "a.html").write_text("A.html", encoding="utf-8")
    (site / "b.html").unlink()
    (site / "d.html").write_text("d", encoding="utf-8")
    assert find_damage(tmp_path) == ["a.html", "b.html", "d.html"]
    for broken in ("", "[]", '{"a.html": 1}', '{"a.html": {"sha256": "0"}}'):
        (tmp_path / "manifest.json").write_text(broken, encoding="utf-8")
        assert find_damage(tmp_path) == ["manifest.json"]
