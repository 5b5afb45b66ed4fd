"""Which release is online is one name, read and replaced in one place, with a link or without."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.release import publishing, store
from plugins.release.manifest import (
    FileEntry,
    NoRelease,
    build_manifest,
    find_damage,
    load_current,
    load_manifest,
    render_manifest,
)
from plugins.release.releases import list_releases, rollback
from tests.held import holding, refuse

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    for name in ("0001", "0002", "0010", "10000"):
        (tmp_path / name).mkdir()
    (tmp_path / "0003").write_text("no folder", encoding="utf-8")
    (tmp_path / "ghi-chu").mkdir()
    return tmp_path


needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


def test_releases_go_by_their_number(releases: Path) -> None:
    assert store.list_names(releases) == ["0001", "0002", "0010", "10000"]
    assert store.list_names(releases / "none") == []


def test_one_is_online(releases: Path) -> None:
    assert store.read_current(releases) is None
    for name in ("0002", "0010", "0001"):
        store.write_current(releases, name)
        assert store.read_current(releases) == name
    if os.name != "nt":
        assert (releases / "current").resolve() == (releases / "0001").resolve()


def _refuse(*_: object, **__: object) -> None:
    raise OSError("no links here")


def _say_so(*_: object, **__: object) -> None:
    """Make nothing, as Wine does."""


@pytest.mark.parametrize("make_link", [_refuse, _say_so])
def test_where_no_link_can_be_made_a_file_holds_the_name(
    releases: Path, monkeypatch: pytest.MonkeyPatch, make_link: Callable[..., None]
) -> None:
    monkeypatch.setattr("pathlib.Path.symlink_to", make_link)
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
    new = store.make_release_folder(releases)
    (new / "site/a.html").write_text("a", encoding="utf-8")
    assert new.name.startswith(".new-")
    assert store.add_release(releases, new) == "10001"
    assert (releases / "10001/site/a.html").read_text(encoding="utf-8") == "a"
    assert not new.exists()
    assert store.add_release(releases / "ghi-chu", store.make_release_folder(releases / "ghi-chu")) == "0001"


@needs_links
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
    assert manifest["a.html"] == FileEntry(sha256(b"a.html").hexdigest(), 6)
    assert find_damage(tmp_path) == []
    (site / "a.html").write_text("A.html", encoding="utf-8")
    (site / "b.html").unlink()
    (site / "d.html").write_text("d", encoding="utf-8")
    assert find_damage(tmp_path) == ["a.html", "b.html", "d.html"]
    for broken in ("", "[]", '{"a.html": 1}', '{"a.html": {"sha256": "0"}}'):
        (tmp_path / "manifest.json").write_text(broken, encoding="utf-8")
        assert find_damage(tmp_path) == ["manifest.json"]


def _as_on_windows(patch: pytest.MonkeyPatch) -> None:
    """Let nothing take the place of a link, nor a link that of anything."""
    replace = os.replace

    def refuse(made: Path, file: Path) -> None:
        if os.path.lexists(file) and (Path(made).is_symlink() or Path(file).is_symlink()):
            raise PermissionError(13, "Access is denied", str(made), 5, str(file))
        replace(made, file)

    patch.setattr(os, "replace", refuse)


@needs_links
@pytest.mark.parametrize("rights", [(True, True), (False, False), (True, False, True), (False, True, False, False)])
def test_one_is_online_with_the_right_to_make_links_and_without(
    releases: Path, monkeypatch: pytest.MonkeyPatch, rights: tuple[bool, ...]
) -> None:
    _as_on_windows(monkeypatch)
    link = Path.symlink_to

    def make_link(*given: object, **how: bool) -> None:
        if not may:
            raise OSError(0, "A required privilege is not held by the client", None, 1314)
        link(*given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "symlink_to", make_link)
    for name in ("0002", "0010"):
        for may in rights:
            store.write_current(releases, name)
            assert store.read_current(releases) == name
            assert (releases / "current").is_symlink() == may
            assert not [*releases.glob(".*")]


@needs_links
@pytest.mark.parametrize("step", [1, 2, 3])
def test_an_interruption_leaves_one_release_current(releases: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    store.write_current(releases, "0001")
    steps = []

    def count(function: Callable[..., None]) -> Callable[..., None]:
        def counted(*given: Any, **how: Any) -> None:
            steps.append(1)
            if len(steps) >= step:
                raise KeyboardInterrupt
            function(*given, **how)

        return counted

    with monkeypatch.context() as cut:
        _as_on_windows(cut)
        # As a power cut: nothing that should follow happens.
        cut.setattr(store, "put_in_place", count(store.put_in_place))
        cut.setattr(Path, "unlink", count(Path.unlink))
        with pytest.raises(KeyboardInterrupt):
            store.write_current(releases, "0002")
        assert store.read_current(releases) in ("0001", "0002")
    store.sweep(releases)
    assert store.read_current(releases) in ("0001", "0002")
    _as_on_windows(monkeypatch)
    store.write_current(releases, "0010")
    assert store.read_current(releases) == "0010"
    assert not [*releases.glob(".*")]


def test_a_release_is_moved_once_an_indexer_lets_go_of_it(releases: Path) -> None:
    new = store.make_release_folder(releases)
    (new / "site/a.html").write_text("a", encoding="utf-8")
    with holding(new, times=4) as refused:
        name = store.add_release(releases, new)
    assert (name, len(refused)) == ("10001", 4)
    with holding(releases / "current", times=2):
        store.write_current(releases, name)
        assert store.read_current(releases) == name


@pytest.mark.skipif(os.name == "nt", reason="Windows không có umask")
def test_a_colleague_may_read_a_release_and_publish_the_next(releases: Path) -> None:
    before = os.umask(0o002)
    try:
        name = store.add_release(releases, store.make_release_folder(releases))
        with store.locked(releases / store.LOCK):
            pass
    finally:
        os.umask(before)
    assert (releases / name).stat().st_mode & 0o777 == 0o775
    assert (releases / name / "site").stat().st_mode & 0o777 == 0o775
    assert (releases / store.LOCK).stat().st_mode & 0o777 == 0o664


def test_a_current_release_in_use_is_not_taken_for_none(releases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, current = releases.parent / "trang", releases.parent / "trang/releases/current"
    current.parent.mkdir(parents=True)
    for name in ("0001", "0002"):
        (current.parent / name).mkdir()
    current.write_text("0002\n", encoding="utf-8")
    with holding(current):
        assert store.read_current(current.parent) is None
        with pytest.raises(PermissionError):
            store.read_current(current.parent, surely=True)
        assert store.prune(current.parent, 1) == []
        for run in (publishing.publish, rollback, list_releases):
            assert run(project) == 1
            said = capsys.readouterr().err
            assert "releases/current: đang được chương trình khác mở" in said, run
        with pytest.raises(NoRelease, match=r"^chưa rõ bản nào đang dùng: .*releases/current: đang được"):
            load_current(project)
    assert store.list_names(current.parent) == ["0001", "0002"]
    assert store.read_current(current.parent, surely=True) == "0002"


def test_a_file_that_cannot_be_replaced_is_named(releases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "symlink_to", _refuse)
    store.write_current(releases, "0001")

    def replace(made: Path, _: object) -> None:
        raise refuse(made)

    monkeypatch.setattr(store, "put_in_place", replace)
    with pytest.raises(PermissionError) as refused:
        store.write_current(releases, "0002")
    assert refused.value.filename == str(releases / "current")
    assert store.read_current(releases) == "0001"
    assert not [*releases.glob(".*")]
