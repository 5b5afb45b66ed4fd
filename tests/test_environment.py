"""The way from a bare Python to a prepared one. Nothing is downloaded: pip is a stand-in, but for one empty list."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import venv
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pip
import pytest

from plugins import environment

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).parents[1]
WITHOUT_VENV = "cài gói python3-venv" if sys.platform == "linux" else "cài lại Python từ python.org"
SCRIPTS = "Scripts/python.exe" if os.name == "nt" else "bin/python"


class Machine:
    """Calls to the machine, in order: "venv", "works?", "pip <list>"; `faults` by first word are raised."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.asked: list[str] = []
        self.commands: list[list[Any]] = []
        self.faults: dict[str, BaseException] = {}

    def create(self, folder: Path, **options: Any) -> None:
        assert folder == self.project / ".venv"
        assert options["with_pip"]
        assert options["clear"]
        self._ask("venv")
        (folder / SCRIPTS).parent.mkdir(parents=True, exist_ok=True)
        (folder / SCRIPTS).touch()

    def run(self, command: list[Any], **_: Any) -> Any:
        self.commands.append(command)
        if not Path(command[0]).exists():
            raise FileNotFoundError(command[0])
        self._ask("works?" if "--version" in command else f"pip {Path(command[-1]).name}")
        return SimpleNamespace(returncode=0)

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if fault := self.faults.get(what.split(maxsplit=1)[0]):
            raise fault

    def prepare(self, **options: Any) -> list[str]:
        """Prepare, and return the calls that this took."""
        self.asked.clear()
        assert environment.prepare(self.project, **options) == self.project / ".venv" / SCRIPTS
        return list(self.asked)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    project = tmp_path / "Dân vận khéo – Cư Jút"
    project.mkdir()
    (project / "requirements.txt").write_text("pelican==4.12 --hash=sha256:0\n", encoding="utf-8")
    (project / "requirements-dev.txt").write_text("pytest==9.2 --hash=sha256:0\n", encoding="utf-8")
    made = Machine(project)
    monkeypatch.setattr("venv.create", made.create)
    monkeypatch.setattr("subprocess.run", made.run)
    return made


def test_first_time_makes_and_installs_second_time_does_nothing(machine: Machine) -> None:
    assert machine.prepare() == ["venv", "pip requirements.txt"]
    assert "--require-hashes" in machine.commands[-1]
    assert machine.prepare() == []


def test_changed_list_installs_again_into_the_same_environment(machine: Machine) -> None:
    machine.prepare()
    with (machine.project / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("pillow==13.0 --hash=sha256:0\n")
    assert machine.prepare() == ["works?", "pip requirements.txt"]
    assert machine.prepare() == []


def test_another_python_installs_again(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.prepare()
    # One for which every machine has wheels.
    monkeypatch.setattr(sys, "version_info", (3, 12 if sys.version_info[:2] != (3, 12) else 13, 0))
    assert machine.prepare() == ["works?", "pip requirements.txt"]


def test_developers_list_serves_staff_but_not_the_other_way(machine: Machine) -> None:
    machine.prepare()
    assert machine.prepare(developer=True) == ["works?", "pip requirements-dev.txt"]
    (machine.project / ".venv/.requirements.txt.installed").unlink()
    assert machine.prepare() == []
    assert machine.prepare(developer=True) == []


def test_half_made_environment_is_made_again(machine: Machine) -> None:
    (machine.project / ".venv").mkdir()
    assert machine.prepare() == ["venv", "pip requirements.txt"]


def test_failed_install_is_tried_again(machine: Machine) -> None:
    machine.faults["pip"] = subprocess.CalledProcessError(1, "pip")
    with pytest.raises(subprocess.CalledProcessError):
        machine.prepare()
    machine.faults.clear()
    assert machine.prepare() == ["works?", "pip requirements.txt"]


@pytest.mark.parametrize(
    ("at", "fault", "said"),
    [
        ("pip", subprocess.CalledProcessError(1, "pip"), "Kiểm tra mạng và chỗ trống trên đĩa rồi chạy lại."),
        ("venv", OSError("No space left"), "Kiểm tra mạng và chỗ trống trên đĩa rồi chạy lại."),
        ("venv", subprocess.CalledProcessError(1, "ensurepip"), f"{WITHOUT_VENV} rồi chạy lại."),
        ("pip", KeyboardInterrupt(), "Đã dừng. Chạy lại lệnh để cài tiếp."),
    ],
)
def test_a_failure_is_reported_without_a_traceback(machine: Machine, at: str, fault: BaseException, said: str) -> None:
    machine.faults[at] = fault
    with pytest.raises(SystemExit) as left:
        environment.enter(machine.project / "tasks.py", ["build"])
    assert str(left.value).endswith(said)


def test_an_old_python_is_refused_with_the_needed_version(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"Cần Python 3\.11 trở lên"):
        environment.enter(machine.project / "tasks.py", ["build"])
    assert machine.asked == []


@pytest.mark.parametrize(
    ("task", "wanted"),
    [("build", "requirements.txt"), ("preview", "requirements.txt"), ("test", "requirements-dev.txt")],
)
def test_task_runs_inside_and_its_exit_code_comes_out(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, task: str, wanted: str
) -> None:
    run: Callable[..., Any] = machine.run
    tasks_file = machine.project / "tasks.py"
    (machine.project / "tests").mkdir()

    def run_task(command: list[Any], **options: Any) -> Any:
        if tasks_file not in command:
            return run(command, **options)
        assert command == [machine.project / ".venv" / SCRIPTS, tasks_file, task, "--port", "8080"]
        assert options["env"]["PYTHONUTF8"] == "1"
        return SimpleNamespace(returncode=3)

    monkeypatch.setattr("subprocess.run", run_task)
    with pytest.raises(SystemExit) as left:
        environment.enter(tasks_file, [task, "--port", "8080"])
    assert left.value.code == 3
    assert machine.asked == ["venv", f"pip {wanted}"]


@pytest.mark.parametrize("task", ["test", "bench", "audit"])
def test_an_offices_copy_without_tests_refuses_and_installs_nothing(machine: Machine, task: str) -> None:
    with pytest.raises(SystemExit) as left:
        environment.enter(machine.project / "tasks.py", [task, "--only", "kenh"])
    assert left.value.code == f"Lệnh {task} chỉ có ở bản đầy đủ của dự án, không có trong bản chép cho từng cơ quan."
    assert machine.asked == []


def test_inside_already_it_returns(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.prepare()
    monkeypatch.setattr(sys, "prefix", str(machine.project / ".venv"))
    environment.enter(machine.project / "tasks.py", ["build"])


def test_really_works_in_a_path_with_spaces_and_vietnamese_letters(tmp_path: Path) -> None:
    """With a true venv and a true pip, for a list that asks for nothing."""
    project = tmp_path / "Dân vận khéo – huyện Cư Jút"
    # Putting pip into a venv takes most of the time; here it is found on the path.
    venv.create(project / ".venv", with_pip=False, symlinks=os.name != "nt")
    search = os.pathsep.join([str(REPOSITORY), str(Path(pip.__file__).parents[1])])
    (project / "requirements.txt").write_text("# không cần gì\n", encoding="utf-8")
    (project / "requirements-dev.txt").touch()
    (project / "tasks.py").write_text(
        "import sys\nfrom pathlib import Path\nfrom plugins import environment\n"
        "environment.enter(Path(__file__).resolve(), sys.argv[1:])\nprint('chạy trong', sys.prefix)\n",
        encoding="utf-8",
    )

    def run_task() -> str:
        command = [sys.executable, "-X", "utf8", str(project / "tasks.py"), "build"]
        with_path = os.environ | {"PYTHONPATH": search}
        return subprocess.run(command, env=with_path, capture_output=True, check=True, encoding="utf-8").stdout

    inside = f"chạy trong {project / '.venv'}\n"
    assert run_task() == f"Đang cài các thư viện trong requirements.txt…\n{inside}"
    assert run_task() == inside


@pytest.mark.parametrize("code", [130, -signal.SIGINT, 3221225786, -1073741510])
@pytest.mark.parametrize(("task", "wanted"), [("preview", 0), ("publish", 130)])
def test_ctrl_c_is_how_the_preview_ends(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, task: str, wanted: int, code: int
) -> None:
    machine.prepare()
    monkeypatch.setattr("subprocess.run", lambda *_, **__: SimpleNamespace(returncode=code))
    with pytest.raises(SystemExit) as left:
        environment.enter(machine.project / "tasks.py", [task])
    assert left.value.code == wanted


_TIDYING = """
import signal, sys, time
from pathlib import Path
try:
    print("sẵn sàng", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.7)
    Path(sys.argv[1]).touch()
    raise SystemExit(5)
"""
_LAUNCHING = """
import signal, sys
from plugins import environment
signal.signal(signal.SIGINT, signal.default_int_handler)
environment._PATIENCE = float(sys.argv[3])
sys.exit(environment._run([sys.executable, "-X", "utf8", "-c", sys.argv[1], sys.argv[2]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows không gửi Ctrl+C cho một tiến trình")
@pytest.mark.parametrize(
    ("to_all", "patience", "code"), [(True, "30", 5), (False, "0.3", 130)], ids=["a window", "the launcher alone"]
)
def test_a_task_has_time_to_tidy_up(tmp_path: Path, to_all: bool, patience: str, code: int) -> None:
    tidied = tmp_path / "xong"
    command = [sys.executable, "-X", "utf8", "-c", _LAUNCHING, _TIDYING, str(tidied), patience]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0)
    assert process.stdout
    assert process.stdout.readline().decode() == "sẵn sàng\n"
    os.killpg(process.pid, signal.SIGINT) if to_all else process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (code, b"")
    assert tidied.exists() == to_all


def test_a_closed_pipe_does_not_stop_the_installation(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("builtins.print", closed)
    assert machine.prepare() == ["venv", "pip requirements.txt"]
