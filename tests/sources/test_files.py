"""A file is there whole or not at all, new or not at all, and known again as long as it is the same."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

import pytest

from plugins.sources.files import identify, is_settled, open_new, write_whole

POSIX = pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_new_and_again(tmp_path: Path) -> None:
    file = tmp_path / "chua/co/bai.md"
    write_whole(file, b"mot\r\n")
    write_whole(file, b"hai\n", flush=True)
    assert file.read_bytes() == b"hai\n"
    assert names(file.parent) == ["bai.md"]


def test_the_longest_name_that_a_disk_takes(tmp_path: Path) -> None:
    file = tmp_path / ("a" * 255)
    write_whole(file, b"mot")
    assert file.read_bytes() == b"mot"


@POSIX
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~umask


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"mot")
    file.chmod(mode)
    write_whole(file, b"hai")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"hai", mode)


@POSIX
def test_a_link_is_replaced_and_its_target_stays(tmp_path: Path) -> None:
    (tmp_path / "thu-muc").mkdir()
    (tmp_path / "current").symlink_to("thu-muc", target_is_directory=True)
    write_whole(tmp_path / "current", b"0002\n")
    assert not (tmp_path / "current").is_symlink()
    assert not (tmp_path / "current").stat().st_mode & 0o111
    assert names(tmp_path / "thu-muc") == []


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
def test_a_failure_at_any_step_leaves_only_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = tmp_path / "bai.md"
    file.write_bytes(b"mot")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "hết chỗ", str(tmp_path / ".new-tam"))

    class Full:
        """A file on a full disk."""

        def __init__(self, made: Path) -> None:
            self._made = made.open("x+b")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self._made.close()

        write = refuse

    if step == "open":
        monkeypatch.setattr(Path, "open", refuse)
    elif step == "write":
        opened = Path.open
        monkeypatch.setattr(Path, "open", lambda made, mode: Full(made) if mode == "xb" else opened(made, mode))
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", refuse)
    else:
        monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="hết chỗ") as fault:
        write_whole(file, b"hai", flush=True)
    assert (fault.value.errno, fault.value.filename, fault.value.filename2) == (errno.ENOSPC, str(file), None)
    monkeypatch.undo()
    assert file.read_bytes() == b"mot"
    assert names(tmp_path) == ["bai.md"]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", b"mot")
    assert names(tmp_path) == []


def test_bytes_are_on_the_disk_before_they_are_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("fsync"), fsync(handle)))
    monkeypatch.setattr(Path, "replace", lambda made, file: (steps.append("replace"), replace(made, file)))
    write_whole(tmp_path / "a", b"mot", flush=True)
    write_whole(tmp_path / "b", b"mot")
    assert steps == ["fsync", "replace", "replace"]


@pytest.mark.parametrize("refusals", [0, 1, 2, 3])
def test_held_files_are_retried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int) -> None:
    replace, asked = Path.replace, []

    def held(made: Path, file: Path) -> Path:
        asked.append(made)
        if len(asked) <= refusals:
            raise PermissionError(errno.EACCES, "đang mở", str(made), None, str(file))
        return replace(made, file)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("plugins.sources.held.WAITS", (0.001, 0.001))
    if refusals < 3:
        write_whole(tmp_path / "a", b"mot")
        assert names(tmp_path) == ["a"]
    else:
        with pytest.raises(PermissionError) as fault:
            write_whole(tmp_path / "a", b"mot")
        assert fault.value.filename == str(tmp_path / "a")
        assert names(tmp_path) == []
    assert len(asked) == min(refusals + 1, 3)


def test_a_new_file_never_overwrites(tmp_path: Path) -> None:
    with open_new(tmp_path / "a") as out:
        out.write(b"mot")
    with pytest.raises(FileExistsError), open_new(tmp_path / "a") as out:
        out.write(b"hai")
    assert (tmp_path / "a").read_bytes() == b"mot"


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "hết chỗ"), KeyboardInterrupt(), ValueError()], ids=repr)
def test_no_half_of_a_new_file_is_left(tmp_path: Path, fault: BaseException) -> None:
    def fail() -> None:
        with open_new(tmp_path / "a") as out:
            out.write(b"mot")
            raise fault

    with pytest.raises(type(fault)):
        fail()
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows tells when a file was made, not when it was last changed")
def test_a_file_is_the_same_until_it_is_written_again(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"mot")
    before = file.stat()
    assert identify(file.stat()) == identify(before)
    time.sleep(0.02)
    # Of the same length and time of change: the system's own clock tells.
    file.write_bytes(b"hai")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert identify(file.stat()) != identify(before)


@POSIX
def test_another_file_under_the_same_name_is_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mot")
    before = identify((tmp_path / "a").stat())
    write_whole(tmp_path / "a", b"mot")
    assert identify((tmp_path / "a").stat())[3] != before[3]


@pytest.mark.parametrize(
    ("modified", "changed", "now", "settled"),
    [
        pytest.param(5_000_000_001, 5_000_000_001, 5_100_000_000, False, id="within a tick"),
        pytest.param(5_000_000_001, 5_000_000_001, 5_100_000_001, True, id="a tick later"),
        pytest.param(1, 5_000_000_001, 5_050_000_000, False, id="moved just now"),
        pytest.param(5_000_000_001, 1, 5_050_000_000, False, id="written just now"),
        pytest.param(4_000_000_000, 4_000_000_000, 5_999_999_999, False, id="whole seconds: FAT counts two"),
        pytest.param(4_000_000_000, 4_500_000_001, 6_000_000_000, False, id="FAT on Windows, made a while before"),
        pytest.param(4_000_000_000, 4_000_000_000, 6_000_000_000, True, id="two seconds later"),
        pytest.param(0, 0, 5, False, id="of the first moment"),
    ],
)
def test_settled(modified: int, changed: int, now: int, settled: bool) -> None:
    assert is_settled([3, modified, changed, 7], now) is settled
