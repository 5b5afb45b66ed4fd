"""Real commands run from the desk, one at a time, which outlive the tab and the preview."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from invoke import Task

import tasks
from plugins.preview.addresses import JOBS_URL
from plugins.preview.jobs import job as jobs
from plugins.preview.jobs.boxes import WrongValues, read_arguments
from plugins.preview.jobs.commands import BY_NAME, COMMANDS
from plugins.preview.jobs.runner import CRASH, LOCK
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer
from plugins.preview.serving.server import TOKEN_HEADER
from plugins.release.rclone import remember_target
from plugins.release.store import read_current
from tests.preview.preview_process import Answer, previewing
from tests.release.conftest import _published_once, small  # noqa: F401 - fixtures
from tests.release.hosts import need_rclone
from tests.release.small_project import STORY, write_story
from tests.site.checkout import PROJECT, program

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.preview.serving.exchange import Response
    from tests.conftest import Project

PATIENCE = 40.0
# A command controlled by files of its project.
TASKS = '''\
"""Những lệnh để thử."""
import subprocess, sys, time
from pathlib import Path
from invoke import task
HERE = Path(__file__).parent

@task(help={"privacy": "kể tên"})
def check(context, privacy=False):
    """Đọc mọi tệp."""
    print("Dòng đầu: Cư K’nia")
    print("Dòng lỗi", file=sys.stderr)
    if (HERE / "hong").exists():
        raise RuntimeError("hỏng rồi")
    if (HERE / "con").exists():
        other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        (HERE / "con").write_text(str(other.pid))
    from plugins import progress
    with progress.showing(0):
        progress.tell("Đọc bài", 3, 7)
        while not (HERE / "xong").exists():
            time.sleep(0.02)
    print("Dòng cuối")

@task
def archive(context, file=""):
    """Gói lại."""
'''


@pytest.fixture(autouse=True)
def _with_our_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(program()))


@pytest.fixture
def slow(tmp_path: Path) -> LiveSite:
    """The preview of a project whose check runs until a file appears."""
    (tmp_path / "tasks.py").write_text(TASKS, encoding="utf-8")
    return LiveSite(tmp_path)


@pytest.fixture
def live(small: Project) -> LiveSite:  # noqa: F811 - the fixture
    """The preview of a project that has been published once, with the real commands."""
    shutil.copy(PROJECT / "tasks.py", small.path)
    made = LiveSite(small.path)
    made.update(())
    return made


def get(live: LiveSite, url: str) -> Response:
    parts = urlsplit(url)
    return answer("GET", Request(live, parts.path, dict(parse_qsl(parts.query))))


def post(live: LiveSite, what: str, asked: object, token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    got = answer("POST", Request(live, f"{JOBS_URL}{what}", body=json.dumps(asked).encode(), token=token))
    return got.status, json.loads(got.body)


def begin(live: LiveSite, command: str, **values: str) -> int:
    typed = {name.replace("_", "-"): value for name, value in values.items()}
    status, said = post(live, "chay", {"command": command, "values": typed})
    assert status == 200, said
    number = said["number"]
    assert isinstance(number, int)
    return number


def state(live: LiveSite, number: int | str = "") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(get(live, f"{JOBS_URL}tin?viec={number}").body)
    return told


def wait(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.03)


def run(live: LiveSite, command: str, **values: str) -> dict[str, Any]:
    number = begin(live, command, **values)
    wait(lambda: state(live, number)["state"] != "running")
    return state(live, number)


def page(live: LiveSite) -> str:
    return unescape(get(live, JOBS_URL).body.decode())


def test_papers_are_made_and_handed_out_as_they_are(live: LiveSite) -> None:
    made = {}
    for command, values in (
        ("consent-form", {"file": "Phiếu của bà Hoa"}),
        ("register-template", {"year": "2026", "papers": "x"}),
        ("report", {"year": "2020", "date": "3/11/2020", "commune": "nam-dong"}),
    ):
        told = run(live, command, **values)
        assert told["state"] == "done", told
        made[command] = [file["name"] for file in told["files"]]
        for file in told["files"]:
            got = get(live, file["url"])
            assert got.stream is not None
            data = b"".join(got.stream)
            assert data == next(live.project.rglob(file["name"])).read_bytes()
            assert (got.name, got.length) == (file["name"], len(data))
    assert made["consent-form"] == ["Phiếu của bà Hoa.docx"]
    assert made["register-template"] == ["mau-theo-doi-2026.xlsx"]
    assert [name.rpartition(".")[2] for name in made["report"]] == ["docx", "xlsx", "csv"]
    # Written once, and offered again.
    again = run(live, "report", year="2020", date="3/11/2020", commune="nam-dong")
    assert [file["name"] for file in again["files"]] == made["report"]
    assert "Phiếu của bà Hoa.docx" in page(live)


def test_problems_found_by_check_are_shown(live: LiveSite) -> None:
    assert run(live, "check")["text"] == "Đã đọc 8 tệp: không có lỗi nào.\n"
    (live.project / "content/bai-viet/2020/hu-gao/bai.md").write_text("---\nTiêu đề: a\n---\n", encoding="utf-8")
    told = run(live, "check")
    assert told["state"] == "refused"
    assert 'Thiếu mục "Ngày"' in told["text"]


def test_from_a_change_to_a_release_and_back(live: LiveSite, small: Project) -> None:  # noqa: F811 - the fixture
    write_story(small, "Nước về tận ruộng.")
    small.write_story("duong-hoa", front={"Tiêu đề": "Đường hoa & hàng rào"})
    shutil.rmtree(small.path / "content/bai-viet/2020/hu-gao")
    small.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\nXem [trang chủ](/) nhé.\n")
    live.update({live.project / "content"})
    said = page(live)
    new = '<li><a href="/bai-viet/2020/duong-hoa/">Đường hoa & hàng rào</a></li>'
    assert f'Trang sẽ thêm: 1</p>\n<ul class="changes">\n{new}' in said
    assert "Trang đã sửa: 2</p>" in said
    assert 'Trang sẽ bỏ: 1</p>\n<ul class="changes">\n<li>Hũ gạo thôn 5</li>' in said
    told = run(live, "publish", drop_addresses="x")
    assert told["state"] == "done", told["text"]
    assert "Bản 0002 đã sẵn sàng" in told["text"]
    said = page(live)
    assert "Từ đó đến nay chưa có bài, trang nào thêm, sửa hay bỏ." in said
    last = said.partition("Bản đang dùng khác bản 0001")[2]
    assert f'Trang đã sửa: 2</p>\n<ul class="changes">\n<li><a href="{STORY}">Kênh về thôn 3</a></li>' in last
    assert new in last
    assert "<li>Hũ gạo thôn 5</li>" in last
    assert run(live, "rollback", number="0001")["state"] == "done"
    assert read_current(live.project / "releases") == "0001"
    assert run(live, "archive")["files"][0]["name"] == "luu-tru-0001.zip"


def test_a_deploy_is_prepared_then_done_and_its_target_stays(
    live: LiveSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{Path(need_rclone('new')).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "rclone.conf"))
    there = tmp_path / "Máy chủ  của xã"
    assert "Nếu chạy thật" in run(live, "deploy", target=str(there), dry_run="x")["text"]
    assert not there.exists()
    assert run(live, "deploy", target=str(there))["state"] == "done"
    assert (there / "index.html").is_file()
    assert f'value="{there}"' in page(live)
    assert f"{there} đã là bản 0001" in run(live, "deploy")["text"]


def test_a_release_with_withdrawn_stories_needs_a_confirmation(live: LiveSite) -> None:
    releases = live.project / "releases"
    shutil.copytree(releases / "0001", releases / "0002", symlinks=True)
    (releases / "0002/gone.txt").write_text(f"{STORY}\n", encoding="utf-8")
    (releases / "current").unlink()
    (releases / "current").symlink_to("0002")
    with pytest.raises(WrongValues) as wrong:
        read_arguments(BY_NAME["rollback"], {"number": "0001"}, live.project, live.content)
    assert wrong.value.problems["number"].startswith(f"Bản 0001 còn bài đã gỡ ({STORY})")
    for unclear in ({}, {"back": "x"}):
        with pytest.raises(WrongValues):
            read_arguments(BY_NAME["rollback"], unclear, live.project, live.content)
    asked = {"number": "0001", "back": "x"}
    assert read_arguments(BY_NAME["rollback"], asked, live.project, live.content) == ["--number=0001"]


def test_a_publish_that_is_refused_says_why_and_changes_nothing(live: LiveSite) -> None:
    vocabulary = live.project / "content/danh-muc/xa.yaml"
    vocabulary.write_text("- mã: [", encoding="utf-8")
    live.update({live.project / "content"})
    assert 'nên chưa xuất bản được:</strong></p>\n<ul class="problems">\n<li><code>content/danh-muc/xa.yaml:1' in page(
        live
    )
    told = run(live, "publish")
    assert told["state"] == "refused"
    assert "content/danh-muc/xa.yaml:1" in told["text"]
    assert "Chưa xuất bản được" in told["text"]
    assert read_current(live.project / "releases") == "0001"


FILLED = "binh-xet/2020/ket-qua-binh-xet-2020.xlsx"


@pytest.mark.parametrize(
    ("command", "typed", "box", "said"),
    [
        ("bulletin", {"from": "1/7/2020"}, "to", "Ô “Đến ngày” còn trống; điền rồi bấm lại"),
        ("bulletin", {"from": "31/2/2020", "to": "1/3/2020"}, "from", "không có thật"),
        ("bulletin", {"from": "1/7/2020", "to": "30/6/2020"}, "to", "đứng trước ngày đầu 1/7/2020"),
        ("bulletin", {"from": "1/7/2020", "to": "2/7/2020", "size": "A3"}, "size", "Không có “A3” để chọn"),
        ("bulletin", {"from": "1/7/2020", "to": "2/7/2020", "output": "../a"}, "output", "không dùng làm tên tệp"),
        ("report", {"year": "20"}, "year", "viết bốn chữ số"),
        ("report", {"commune": "--date=1/1/2020"}, "commune", "Không có “--date=1/1/2020” để chọn"),
        ("consent-form", {"file": "tasks.docx/"}, "file", "không dùng làm tên tệp"),
        ("consent-form", {"file": "-x"}, "file", "không dùng làm tên tệp"),
        ("consent-form", {"file": "da-co.docx"}, "file", "Đã có tệp da-co.docx, không ghi đè"),
        ("rollback", {"number": "7"}, "number", "Không có “7” để chọn"),
        ("review-result", {"code": "DK-2020-001", "day": "3/11/2020"}, "votes", "Chưa có số phiếu"),
        ("review-result", {"file": "../kq.xlsx"}, "file", "Không có “../kq.xlsx” để chọn"),
        ("review-result", {"file": FILLED, "votes": "4/5"}, "file", "Đã chọn tệp thì để trống các ô dưới"),
        ("decision", {"codes": "DK-2020-001"}, "day", "Ô “Ngày quyết định” còn trống"),
        ("decision", {"codes": "DK-2020-001", "day": "3/11/2020", "kind": "dừng"}, "kind", "Không có “dừng” để chọn"),
        ("deploy", {}, "target", "Lần đầu cần ghi nơi đến"),
        ("deploy", {"target": "--config=x:y"}, "target", "không bắt đầu bằng dấu gạch"),
        ("deploy", {"target": "{project}/output"}, "target", "phải là một thư mục riêng"),
    ],
)
def test_a_wrong_value_is_passed_at_its_box(
    tmp_path: Path, command: str, typed: dict[str, str], box: str, said: str
) -> None:
    (tmp_path / "da-co.docx").touch()
    (tmp_path / FILLED).parent.mkdir(parents=True)
    (tmp_path / FILLED).touch()
    typed = {name: value.format(project=tmp_path) for name, value in typed.items()}
    status, told = post(LiveSite(tmp_path), "chay", {"command": command, "values": typed})
    assert status == 422
    assert list(told["problems"]) == [box]
    assert said in told["problems"][box]
    assert not (tmp_path / jobs.FOLDER).exists()


def test_typed_values_become_arguments_and_never_options(tmp_path: Path) -> None:
    def words(command: str, **typed: str) -> list[str]:
        return read_arguments(BY_NAME[command], {n.replace("_", "-"): v for n, v in typed.items()}, tmp_path, None)

    assert words("bulletin", **{"from": " 1/7/2020", "to": "30-9-2020", "size": "19x27", "output": "Quý III"}) == [
        "--from=2020-07-01",
        "--to=2020-09-30",
        "--size=19x27",
        "--output=Quý III.pdf",
    ]
    assert words("publish") == []
    target = "may-chu:web --replace"
    assert words("deploy", target=target, dry_run="x") == [f"--target={target}", "--dry-run"]
    (tmp_path / "releases").mkdir()
    remember_target(tmp_path, "may-chu:web")
    assert words("deploy", replace="x") == ["--replace"]


def test_every_option_is_one_that_the_command_has() -> None:
    for command in COMMANDS:
        task = next(t for t in _tasks() if t.name.replace("_", "-") == command.name)
        known = {name.rstrip("_").replace("_", "-") for name in task.argspec(task.body).parameters} | {"no-samples"}
        assert {option.name for option in command.options if option.is_passed} <= known
        assert command.description
        assert all(command.help_of(option) for option in command.options), command


def _tasks() -> list[Any]:
    return [found for found in vars(tasks).values() if isinstance(found, Task)]


def test_one_at_a_time_and_its_lines_as_they_come(slow: LiveSite) -> None:
    number = begin(slow, "check")
    wait(lambda: state(slow)["progress"])
    told = state(slow)
    assert told["progress"] == {"what": "Đọc bài", "done": 3, "total": 7}
    assert told["text"] == "Dòng đầu: Cư K’nia\nDòng lỗi\n"
    status, refused = post(slow, "chay", {"command": "archive", "values": {}})
    assert status == 409
    assert refused["message"].startswith("Đang chạy việc “Kiểm tra” từ ")
    (slow.project / "xong").touch()
    wait(lambda: state(slow)["state"] == "done")
    rest = json.loads(get(slow, f"{JOBS_URL}tin?viec={number}&tu={told['end']}").body)
    assert (rest["text"], rest["progress"]) == ("Dòng cuối\n", None)
    assert run(slow, "archive")["number"] == number + 1


def test_another_preview_is_refused_too(slow: LiveSite) -> None:
    begin(slow, "check")
    wait(lambda: state(slow)["progress"])
    assert post(LiveSite(slow.project), "chay", {"command": "archive", "values": {}})[0] == 409
    (slow.project / "xong").touch()
    wait(lambda: state(slow)["state"] == "done")


def test_stopping_a_job_ends_its_child_processes(slow: LiveSite) -> None:
    child = slow.project / "con"
    child.touch()
    number = begin(slow, "check")
    wait(lambda: state(slow)["progress"])
    assert post(slow, "dung", {"number": number})[0] == 200
    wait(lambda: state(slow)["state"] == "stopped")
    assert "Traceback" not in state(slow)["text"]
    assert "gửi tệp" not in state(slow)["text"]
    assert not _is_alive(int(child.read_text(encoding="utf-8")))
    child.unlink()
    (slow.project / "xong").touch()
    assert run(slow, "check")["state"] == "done"


def _is_alive(process: int) -> bool:
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()[:1] not in ("", "Z")


def test_an_engineers_words_are_kept_from_staff(slow: LiveSite) -> None:
    (slow.project / "hong").touch()
    told = run(slow, "check")
    file = f"{jobs.FOLDER}/{told['number']}/{CRASH}"
    assert told["state"] == "refused"
    assert told["text"] == (
        "Dòng đầu: Cư K’nia\nDòng lỗi\n"
        f"Chương trình gặp lỗi ngoài dự kiến; gửi tệp {file} cho người phụ trách kỹ thuật.\n"
    )
    assert "RuntimeError: hỏng rồi" in (slow.project / file).read_text(encoding="utf-8")


def test_a_job_that_was_cut_off_is_called_so(slow: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_TO_BEGIN", 0)
    begin(slow, "check")
    wait(lambda: state(slow)["progress"])
    jobs._started[-1].kill()
    (slow.project / "xong").touch()
    wait(lambda: state(slow)["state"] == "interrupted")
    assert "cần thì chạy lại" in state(slow)["said"]
    assert "Dòng đầu" in state(slow)["text"]


def test_few_are_remembered(slow: LiveSite) -> None:
    for number in range(1, jobs.KEPT + 1):
        (slow.project / jobs.FOLDER / str(number)).mkdir(parents=True)
    run(slow, "archive")
    assert [job.number for job in jobs.list_jobs(slow.project)] == list(range(jobs.KEPT + 1, 1, -1))
    assert (slow.project / jobs.FOLDER / LOCK).is_file()


def test_the_token_is_required_and_only_files_made_are_sent(slow: LiveSite) -> None:
    for what in ("chay", "dung"):
        assert post(slow, what, {"command": "archive", "values": {}, "number": 1}, token="")[0] == 403
    assert not (slow.project / jobs.FOLDER).exists()
    for asked in ({}, {"command": "clean", "values": {}}, {"command": "check", "values": []}, []):
        assert post(slow, "chay", asked)[0] == 422
    number = run(slow, "archive")["number"]
    folder = slow.project / jobs.FOLDER / str(number)
    (slow.project / "bi-mat.docx").touch()
    (folder / "da-lam.txt").write_text("tasks.py\n../a.docx\nmat.docx\n", encoding="utf-8")
    for path in ("bi-mat.docx", "tasks.py", "../a.docx", "mat.docx", "", f"{jobs.FOLDER}/{number}/viec.json"):
        assert get(slow, f"{JOBS_URL}tep?viec={number}&tep={path}").status == 404
    assert get(slow, f"{JOBS_URL}tep?viec=99&tep=bi-mat.docx").status == 404


def test_a_job_outlives_the_preview(small: Project) -> None:  # noqa: F811 - the fixture
    (small.path / "tasks.py").write_text(TASKS, encoding="utf-8")
    url = f"{JOBS_URL}tin"

    def told(port: int) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(Answer(port, url).body)
        return said

    with previewing(small.path) as running:
        token = running.get(JOBS_URL).text.partition('data-token="')[2].partition('"')[0]
        asked = json.dumps({"command": "check", "values": {}}).encode()
        connection = HTTPConnection("127.0.0.1", running.port)
        connection.request("POST", f"{JOBS_URL}chay", asked, {TOKEN_HEADER: token, "Origin": running.home})
        assert connection.getresponse().status == 200
        wait(lambda: told(running.port)["progress"])
    # The preview is killed; another one follows the job.
    with previewing(small.path) as running:
        assert told(running.port)["state"] == "running"
    (small.path / "xong").touch()
    late = LiveSite(small.path)
    wait(lambda: state(late)["state"] == "done")
    assert state(late)["text"] == "Dòng đầu: Cư K’nia\nDòng lỗi\nDòng cuối\n"
