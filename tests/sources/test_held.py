"""Files held by another program: retried, then reported; folders with read-only entries are deleted."""

from __future__ import annotations

import ast
import errno
import os
import time
from pathlib import Path
from threading import current_thread
from typing import TYPE_CHECKING

import pytest

from plugins.sources import held
from plugins.sources.files import make_folder, write_whole
from plugins.sources.folders import list_folder, safe_stem
from plugins.sources.held import (
    explain_reading,
    explain_writing,
    find_held,
    insist,
    insist_on_reading,
    is_held,
    remove_tree,
)
from plugins.sources.problem import Problem
from plugins.sources.text import read_text
from tests.held import UNREAD, holding, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

PLUGINS = Path(__file__).parents[2] / "plugins"


def error(number: int, winerror: int | None = None) -> OSError:
    made = OSError(number, os.strerror(number), "bai.md")
    if winerror is not None:
        made.winerror = winerror  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize("refusals", [0, 1, 3, 4])
def test_a_reading_is_tried_four_times(tmp_path: Path, refusals: int) -> None:
    file = tmp_path / "bai.md"
    file.write_text("Chữ.\n", encoding="utf-8")
    with holding(file, times=refusals):
        read = read_text(file, "bai.md")
    if refusals < 4:
        assert read == "Chữ.\n"
    else:
        assert isinstance(read, Problem)
        assert read.passing
        assert UNREAD in read.message


def test_other_errors_are_not_retried() -> None:
    asked = []

    def read() -> None:
        asked.append(1)
        raise FileNotFoundError(errno.ENOENT, "không có")

    begun = time.monotonic()
    with pytest.raises(FileNotFoundError):
        insist_on_reading(read)
    with pytest.raises(FileNotFoundError):
        insist(read)
    assert len(asked) == 2
    assert time.monotonic() - begun < 0.05


def test_a_reading_takes_half_a_second_and_a_thousand_take_little_more(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(held, "_reading", held._Budget(3.0))

    def read() -> None:
        raise refuse("bai.md")

    with pytest.raises(PermissionError):
        insist_on_reading(read)
    assert 0.3 <= sum(slept) <= 0.7
    for _ in range(1_000):
        with pytest.raises(PermissionError):
            insist_on_reading(read)
    assert sum(slept) <= 3.5


@pytest.mark.parametrize("insist_on", [insist, insist_on_reading])
def test_ten_thousand_slow_refusals_are_hardly_waited_for(
    insist_on: Callable[[Callable[[], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share takes its time to say no, so that the budget is renewed several times."""
    clock, here, really_sleep = [0.0], current_thread(), time.sleep

    def sleep(seconds: float) -> None:
        # Threads that earlier tests have left sleep as before: they are no part of this clock.
        if current_thread() is here:
            clock[0] += seconds
        else:
            really_sleep(seconds)

    def refused() -> None:
        clock[0] += 0.02
        raise refuse("bai.md")

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(held, "_reading", held._Budget(3.0))
    monkeypatch.setattr(held, "_writing", held._Budget(10.0))
    for _ in range(10_000):
        with pytest.raises(PermissionError):
            insist_on(refused)
    assert 200 <= clock[0] <= 200 * (1.2 if insist_on is insist_on_reading else 1.65)


def test_a_move_takes_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(held, "_writing", held._Budget(10.0))

    def move() -> None:
        raise refuse("output")

    with pytest.raises(PermissionError):
        insist(move)
    assert 0.8 <= sum(slept) <= 1.2


@pytest.mark.parametrize(
    ("fault", "is_so"),
    [
        (error(errno.EACCES), True),
        (error(errno.EBUSY), True),
        (error(errno.EACCES, 5), True),
        (error(errno.EINVAL, 1224), True),
        (error(errno.ENOENT), False),
        (error(errno.ENOSPC), False),
        (error(errno.EINVAL), False),
    ],
)
def test_held_files_are_recognised_by_their_errors(fault: OSError, is_so: bool) -> None:
    assert is_held(fault) == is_so


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (refuse("bai.md"), "Chưa đọc được tệp: đang được chương trình khác mở; đóng tệp ở chương trình ấy"),
        (
            refuse("bai.md", None),
            "Không đọc được tệp: đang được chương trình khác mở, hoặc máy không cho đọc; đóng tệp",
        ),
        (error(errno.ENOENT), "Không đọc được tệp; kiểm tra quyền đọc tệp rồi thử lại"),
        (error(errno.EIO), "Không đọc được tệp; kiểm tra quyền đọc tệp rồi thử lại"),
    ],
)
def test_a_failed_read_has_a_fix(fault: OSError, said: str) -> None:
    told = explain_reading(fault)
    assert f"{told.message}; {told.fix}".startswith(said)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (refuse("x"), "Không ghi được bai.md: đang được chương trình khác mở, hoặc chỉ cho đọc; đóng chương trình ấy"),
        (error(errno.ENOSPC), "Không ghi được bai.md: ổ đĩa hết chỗ; xóa bớt tệp"),
        (error(errno.EINVAL, 112), "Không ghi được bai.md: ổ đĩa hết chỗ; xóa bớt tệp"),
        (error(errno.EROFS), "Không ghi được bai.md: ổ đĩa chỉ cho đọc; chép dự án"),
        (error(errno.EINVAL), "Không ghi được bai.md: máy không nhận tên ấy, hoặc tên quá dài; đặt tên khác"),
        (error(errno.ENOENT, 206), "Không ghi được bai.md: máy không nhận tên ấy, hoặc tên quá dài; đặt tên khác"),
        (FileExistsError(errno.EEXIST, "x"), "Đã có bai.md; đổi tên"),
        (error(errno.ENOENT), "Không ghi được bai.md: không có thư mục ấy, hoặc đường dẫn dài quá; xem lại tên"),
        (error(errno.EIO), f"Không ghi được bai.md ({os.strerror(errno.EIO)}); xem ổ đĩa còn chỗ không"),
    ],
)
def test_a_failed_write_has_a_fix(fault: OSError, said: str) -> None:
    told = explain_writing(fault, "bai.md")
    assert f"{told.message}; {told.fix}".startswith(said)


@pytest.mark.parametrize("winerror", [5, 32, None])
def test_an_unlistable_folder_is_reported_and_not_empty(tmp_path: Path, winerror: int | None) -> None:
    folder = tmp_path / "bai-viet"
    folder.mkdir()
    (folder / "a").touch()
    problems: list[Problem] = []
    with holding(folder, winerror=winerror):
        assert list_folder(folder, "content/bai-viet", problems) == []
    (problem,) = problems
    assert str(problem).startswith("content/bai-viet:1: ")
    assert "đọc được thư mục: đang được chương trình khác mở" in str(problem)
    assert problem.passing
    assert "xóa" not in str(problem)
    with holding(folder, times=2):
        assert [name for name, _ in list_folder(folder, "content/bai-viet", problems)] == ["a"]
    assert list_folder(tmp_path / "none", "none", problems) == []
    assert len(problems) == 1


def test_a_tree_with_read_only_entries_is_removed(tmp_path: Path) -> None:
    tree = tmp_path / "output"
    (tree / "a/b").mkdir(parents=True)
    (tree / "a/b/c.html").touch()
    (tree / "a/b/c.html").chmod(0o400)
    (tree / "a/b").chmod(0o500)
    (tree / "a").chmod(0o500)
    remove_tree(tree)
    assert not tree.exists()
    remove_tree(tree)


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="chỉ quản trị mới đổi được người dùng")
def test_so_it_does_for_an_ordinary_user(tmp_path: Path) -> None:
    """An administrator may delete whatever is marked."""
    tree = tmp_path / "output"
    (tree / "a/b").mkdir(parents=True)
    (tree / "a/b/c.html").touch()
    for path in (tree / "a/b", tree / "a", tree, tmp_path):
        os.chown(path, 65534, 65534)
        path.chmod(0o700 if path == tmp_path else 0o500)
    if not (child := os.fork()):
        try:
            # The folder above cannot be reached either; the working directory exists.
            os.chdir(tmp_path)
            os.setuid(65534)
            remove_tree(Path("output"))
        except BaseException:  # noqa: BLE001 - whatever it is, the other process only sees the code
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert not tree.exists()


def test_a_file_that_stays_held_is_named(tmp_path: Path) -> None:
    file = tmp_path / "output/bai-viet/index.html"
    write_whole(file, b"a")
    assert find_held(tmp_path) is None
    with holding(file):
        assert find_held(tmp_path / "output") == file.parent
    assert file.read_bytes() == b"a"


@pytest.mark.skipif(os.name == "nt", reason="Windows không có umask")
@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_a_folder_that_is_made_has_the_rights_of_any_other(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        made = make_folder(tmp_path, ".new-")
        write_whole(made / "a", b"a")
        (tmp_path / "other").mkdir()
        (tmp_path / "b").touch()
    finally:
        os.umask(before)
    assert made.stat().st_mode == (tmp_path / "other").stat().st_mode
    assert (made / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_nothing_that_stays_is_made_or_moved_in_any_other_way() -> None:
    """Folders of `tempfile` are private, and a move without retries fails while an indexer reads."""
    private = {"mkdtemp", "mkstemp", "NamedTemporaryFile"}
    moves = {"rename", "renames", "move", "rmtree"}
    found = set()
    for source in PLUGINS.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            names: set[str] = set()
            if isinstance(node, ast.ImportFrom) and node.module in ("os", "shutil", "tempfile"):
                names = {one.name for one in node.names}
            elif isinstance(node, ast.Attribute):
                names = {node.attr} & (private | moves)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace":
                # With one argument it is that of a path, with more that of a text.
                is_of_path = (len(node.args) == 1 and not node.keywords) or ast.unparse(node.func) == "os.replace"
                names = {"replace"} if is_of_path else set()
            found |= {
                (source.relative_to(PLUGINS).as_posix(), name) for name in names & (private | moves | {"replace"})
            }
    tried_otherwise = {("release/store.py", "replace"), ("sources/held.py", "rename"), ("sources/held.py", "rmtree")}
    assert found == {("sources/files.py", "replace"), *tried_otherwise}


@pytest.mark.parametrize(
    ("given", "stem"),
    [
        ("con", "anh-con"),
        ("CON", "anh-con"),
        ("aux.", "anh-aux"),
        ("nul ", "anh-nul"),
        ("com1", "anh-com1"),
        ("LPT9", "anh-lpt9"),
        ("a:b", "a-b"),
        ("Kênh. ", "kenh"),
        ("console", "console"),
        ("…", "anh"),
        ("Đắk D’rông", "dak-drong"),
    ],
)
def test_a_name_that_windows_has_for_itself_gets_another(given: str, stem: str) -> None:
    assert safe_stem(given, "anh") == stem
