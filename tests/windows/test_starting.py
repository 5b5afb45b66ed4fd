"""The start of a bundle: content/ is made once, a newer engine takes over whole, files that people made stay."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.engine import BUNDLE
from plugins.machine import DEEPEST_PAGE
from plugins.windows import starting
from plugins.windows.contents import KEPT, SAMPLE, USED, look_at, read_name
from tests.release.small_project import create_project
from tests.site import checkout, forked
from tests.windows.bundles import STORY, engine_at, make_engine, unpack, write_bundle

if TYPE_CHECKING:
    from collections.abc import Sequence


class Place:
    """A folder with an unpacked bundle; `handed` are the arguments passed on to another engine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.top = folder / "Dân vận khéo (1)"
        self.handed: list[tuple[str, list[str]]] = []
        self.name = self.unpack(make_engine())

    def unpack(self, engine: dict[str, bytes]) -> str:
        name = write_bundle(self.folder / "bo.zip", engine)
        unpack(self.folder / "bo.zip", self.top)
        return name

    def engine(self, name: str = "") -> Path:
        return engine_at(self.top, name or self.name)

    @property
    def used(self) -> str:
        return read_name(self.top / BUNDLE / USED)

    def start(self, name: str = "") -> None:
        starting.start(self.engine(name), ["preview"])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(tmp_path)

    def run_task(tasks: Sequence[str | Path], arguments: Sequence[str]) -> int:
        assert "utf8" in tasks
        made.handed.append((Path(tasks[-1]).parent.name, list(arguments)))
        return 7

    monkeypatch.setattr(starting, "run_task", run_task)
    return made


def test_the_first_start_makes_content_and_the_next_is_silent(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert not (place.top / "content").exists()
    place.start()
    assert (place.top / STORY).read_text(encoding="utf-8") == "Kênh về Cư K’nia\n"
    assert "Đã tạo thư mục content/" in capsys.readouterr().out
    assert place.used == place.name
    (place.top / STORY).write_text("Của người viết\n", encoding="utf-8")
    place.start()
    assert (place.top / STORY).read_text(encoding="utf-8") == "Của người viết\n"
    assert capsys.readouterr() == ("", "")


def test_existing_content_is_used(place: Place) -> None:
    (place.top / "content").mkdir()
    (place.top / "content/bai.md").write_text("Bài cũ", encoding="utf-8")
    place.start()
    assert [path.name for path in (place.top / "content").rglob("*")] == ["bai.md"]


def test_content_is_made_whole_or_not_at_all(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(sample: Path, making: Path, **_: object) -> None:
        making.mkdir()
        (making / "nua").touch()
        raise OSError(28, "No space left", str(making))

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copytree", fail)
        with pytest.raises(SystemExit, match=r"Chưa mở được: không ghi được .*ổ đĩa hết chỗ; xóa bớt"):
            place.start()
    assert not (place.top / "content").exists()
    place.start()
    assert sorted(path.name for path in (place.top / "content").iterdir()) == ["bai-viet"]


def test_a_bundle_without_content_asks_for_it(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.name = place.unpack({path: data for path, data in make_engine().items() if not path.startswith(SAMPLE)})
    with pytest.raises(SystemExit, match="chép thư mục ấy vào cạnh xem-thu"):
        place.start()


@pytest.mark.parametrize("fault", ["missing", "changed", "no list"])
def test_a_bundle_that_was_not_unpacked_whole_is_not_begun_with(place: Place, fault: str) -> None:
    if fault == "missing":
        (place.engine() / "python/python313.dll").unlink()
    elif fault == "changed":
        (place.engine() / "python/python313.dll").write_bytes(bytes(2047))
    else:
        (place.engine() / "manifest.json").write_bytes(b"{}")
    with pytest.raises(SystemExit, match=r"thiếu hoặc hỏng 1 tệp \(.*\); giải nén lại"):
        place.start()
    assert place.used == ""
    assert not (place.top / "content").exists()


def test_a_read_only_folder_is_reported(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "touch", refuse)
        with pytest.raises(SystemExit, match=r"chỉ đọc được.*chép cả thư mục vào ổ đĩa của máy này"):
            place.start()
    place.start()
    assert not [path.name for path in place.top.iterdir() if path.name.startswith(".thu-ghi")]


def test_a_path_too_long_for_windows_is_reported_with_the_limit(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = place.top.parent / "/".join(["mot-thu-muc-ten-rat-dai-de-cho-sau-them"] * 5) / "bo"
    deep.parent.mkdir(parents=True)
    shutil.copytree(place.top, deep)
    assert starting.tell_depth(deep, engine_at(deep, place.name)) == ""
    monkeypatch.setattr("sysconfig.get_platform", lambda: "win-amd64")
    said = starting.tell_depth(deep, engine_at(deep, place.name))
    assert f"dài {len(str(deep))} ký tự, Windows chỉ cho tới {259 - DEEPEST_PAGE - 1};" in said
    deeper = dict.fromkeys(["lib/" + "a" * 190], b"")
    name = write_bundle(place.folder / "bo.zip", make_engine() | deeper)
    unpack(place.folder / "bo.zip", deep)
    assert f"chỉ cho tới {259 - len(f'/{BUNDLE}/{name}/lib/') - 190};" in starting.tell_depth(
        deep, engine_at(deep, name)
    )
    assert starting.tell_depth(Path("D:/bo"), Path("D:/bo/may/x")) == ""


@pytest.mark.parametrize(
    ("folder", "told"), [("OneDrive - Cơ quan/bo", True), ("onedrive/bo", True), ("bo/One", False)]
)
def test_a_onedrive_folder_is_warned_of_once(
    place: Place, capsys: pytest.CaptureFixture[str], folder: str, told: bool
) -> None:
    place.top = shutil.copytree(place.top, place.folder / folder)
    for _ in range(2):
        place.start()
    assert capsys.readouterr().out.count("nằm trong OneDrive") == told


@pytest.mark.parametrize("task", ["test", "bench", "bundle-windows"])
def test_developers_commands_are_refused(place: Place, task: str) -> None:
    with pytest.raises(SystemExit, match=f"Lệnh {task} chỉ có ở bản đầy đủ"):
        starting.start(place.engine(), [task])


def test_a_newer_zip_unpacked_over_it_takes_over_and_leaves_content(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.start()
    (place.top / STORY).write_text("Của người viết\n", encoding="utf-8")
    (place.top / "releases/0001").mkdir(parents=True)
    newer = place.unpack(make_engine(plugins__a__py=b""))
    assert newer != place.name
    with pytest.raises(SystemExit) as left:
        place.start()
    assert left.value.code == 7
    assert place.handed == [(newer, ["preview"])]
    assert place.used == newer
    assert "content/ giữ nguyên" in capsys.readouterr().out
    # The new one, when it starts, clears away the old one.
    place.start(newer)
    assert not place.engine().exists()
    assert (place.top / STORY).read_text(encoding="utf-8") == "Của người viết\n"
    assert (place.top / "releases/0001").is_dir()
    assert not (place.top / KEPT).exists()


def test_manual_changes_are_saved_and_named(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.start()
    (place.engine() / "theme/templates/base.html").write_text("<p>Cư Jút</p>", encoding="utf-8")
    (place.engine() / "plugins/rieng.py").write_text("B = 2", encoding="utf-8")
    (place.engine() / "plugins/__pycache__").mkdir()
    (place.engine() / "plugins/__pycache__/a.pyc").write_bytes(b"x")
    newer = place.unpack(make_engine(plugins__a__py=b""))
    with pytest.raises(SystemExit):
        place.start()
    said = capsys.readouterr().out
    assert f"(plugins/rieng.py, theme/templates/base.html), nay cất ở {KEPT}/{place.name}/" in said
    place.start(newer)
    kept = place.top / KEPT / place.name
    found = {path.relative_to(kept).as_posix(): path.read_text() for path in kept.rglob("*") if path.is_file()}
    assert found == {"plugins/rieng.py": "B = 2", "theme/templates/base.html": "<p>Cư Jút</p>"}
    assert not place.engine().exists()


def test_new_manual_changes_in_a_reused_engine_are_saved_again(place: Place) -> None:
    place.start()
    newer = place.unpack(make_engine(plugins__a__py=b""))
    with pytest.raises(SystemExit):
        place.start()
    assert place.unpack(make_engine()) == place.name
    with pytest.raises(SystemExit):
        place.start(newer)
    assert place.used == place.name
    (place.engine() / "tasks.py").write_text("# tay", encoding="utf-8")
    place.unpack(make_engine(plugins__a__py=b""))
    with pytest.raises(SystemExit):
        place.start()
    place.start(newer)
    assert not place.engine().exists()
    assert (place.top / KEPT / place.name / "tasks.py").read_text(encoding="utf-8") == "# tay"


def test_a_partly_unpacked_newer_zip_is_reported_and_the_old_engine_runs(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.start()
    newer = place.unpack(make_engine(plugins__a__py=b""))
    # As long as before: a power cut leaves files like that.
    (place.engine(newer) / "python/python313.dll").write_bytes(bytes(2048))
    capsys.readouterr()
    place.start()
    said = capsys.readouterr().out
    assert "thiếu hoặc hỏng 1 tệp, vẫn mở bản cũ" in said
    assert place.used == place.name
    assert place.engine(newer).is_dir()
    # Unpacked again, whole.
    assert place.unpack(make_engine(plugins__a__py=b"")) == newer
    with pytest.raises(SystemExit):
        place.start()
    assert place.used == newer


def test_an_older_zip_unpacked_over_it_is_reported_and_the_newer_engine_runs(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.start()
    older = place.unpack(make_engine("0.9.12"))
    place.start()
    assert f"Bản vừa giải nén ({older}) cũ hơn bản đang dùng" in capsys.readouterr().out
    assert place.used == place.name
    assert place.handed == []


def test_an_engine_that_is_in_use_stays_whole(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.start()
    newer = place.unpack(make_engine(plugins__a__py=b""))
    with pytest.raises(SystemExit):
        place.start()

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "used by another process", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        place.start(newer)
    assert look_at(place.engine()) == ([], [])
    place.start(newer)
    assert not place.engine().exists()


def test_a_second_double_click_waits_for_the_first(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """Both at once, as impatient people do it: content/ is made once and nothing is torn."""
    code = (
        "import sys; from pathlib import Path; from plugins.windows.starting import start; start(Path(sys.argv[1]), [])"
    )
    command = [sys.executable, "-X", "utf8", "-c", code, str(place.engine())]
    both = [subprocess.Popen(command, cwd=checkout.PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("Đã tạo thư mục content/" in words for words in said) == 1
    assert (place.top / STORY).is_file()


IMPORT_AS_EMBEDDED = """
import importlib, sys

LACKING = {"ensurepip", "idlelib", "tkinter", "_tkinter", "turtle", "turtledemo", "venv"}

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in LACKING:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_every_module_works_with_the_embeddable_python() -> None:
    sources = sorted((checkout.PROJECT / "plugins").rglob("*.py"))
    names = [".".join(one.relative_to(checkout.PROJECT).with_suffix("").parts) for one in sources]
    command = [sys.executable, "-c", IMPORT_AS_EMBEDDED, *(name.removesuffix(".__init__") for name in names)]
    done = subprocess.run(command, cwd=checkout.program(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_engine_apart_from_content_makes_the_same_site(tmp_path: Path) -> None:
    """The commands as the bundle runs them, with everything that the project has but Windows' own Python."""
    own, top = tmp_path / "du-an", tmp_path / "bo"
    engine = top / BUNDLE / "0a1b2c3d"
    own.mkdir()
    create_project(own)
    for name in ("plugins", "tasks.py"):
        copy = shutil.copytree if (checkout.program() / name).is_dir() else shutil.copy
        copy(checkout.program() / name, own / name)
    shutil.copytree(own, engine)
    (engine / "content").rename(top / "content")
    (engine / "manifest.json").write_text("{}\n", encoding="utf-8")
    tasks = "import sys, runpy; sys.argv[0] = 'tasks.py'; import tasks as t; "
    tasks += "t.StaffProgram(namespace=t.Collection.from_module(t), name='tasks.py').run()"
    for folder, words in ((own, ["build"]), (top, ["build"]), (own, ["publish"]), (top, ["publish"])):
        code = own if folder == own else engine
        (done,) = forked.run([forked.Wanted(code, tasks, words)], timeout=200)
        assert done.code == 0, done.stdout + done.stderr
        told = done.stdout.splitlines()[-1]
        assert ("may\\lenh" if folder == top else "tasks.py") in told
    for made in ("output", "releases/0001/site"):
        assert checkout.read_tree(top / made) == checkout.read_tree(own / made)
    assert not (engine / "output").exists()
    assert (top / ".cache").is_dir()
    assert not (engine / ".cache").exists()
