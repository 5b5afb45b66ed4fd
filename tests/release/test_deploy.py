"""Deploys to real servers on this machine: order, foreign files, lost connections, and messages."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from plugins import progress
from plugins.release import deploy as deploying
from plugins.release import rclone as rclones
from plugins.release.deploy import deploy
from plugins.release.deploy_plan import NOTES, Note, is_fingerprinted
from plugins.release.manifest import FileEntry, load_manifest
from plugins.release.rclone import Rclone, is_folder, read_target
from plugins.site.build import clean_project
from tests.release.hosts import PROTOCOLS, Host, need_rclone, replaces_whole, serve
from tests.release.made_release import find_broken_pages, find_torn_files, make_files, make_release, read_folder
from tests.site.checkout import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREIGN = {"cua-nguoi-khac.html": b"<img src=/khong-co.png>", "bai-viet/2020/bai-1/Ghi chú.txt": b"khach"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two releases; the second, which is current, has other pages, and lacks some of the first."""
    folder = tmp_path / "Dân vận khéo"
    for number in (1, 2):
        make_release(folder, number, make_files(number))
    return folder


@pytest.fixture(params=["new"])
def rclone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The rclone that deploys."""
    program = need_rclone(request.param)
    monkeypatch.setenv("PATH", f"{Path(program).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "rclone.conf"))
    # A third of the work of so short a run is to collect garbage.
    monkeypatch.setenv("GOGC", "off")
    found = find_rclone(program)
    monkeypatch.setattr(rclones, "find_rclone", lambda: found)
    return request.param


@cache
def find_rclone(program: str) -> Rclone:
    """Return what a deploy finds first in the PATH, asked once for its version."""
    found = rclones.find_rclone()
    assert found.program == program
    return found


@pytest.fixture
def host(
    request: pytest.FixtureRequest, rclone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Host]:
    with serve(request.param, tmp_path / "may-chu", monkeypatch.setenv) as serving:
        yield serving


def put_first_release(project: Path, root: Path) -> None:
    """Write at a target the files that a deploy of the first release leaves there, and foreign ones."""
    site = project / "releases/0001/site"
    files = {path: (site / path).read_bytes() for path in make_files(1)}
    entries = {path: load_entry(project, path) for path in files}
    note = Note("0001", entries, whole=True, replaced={})
    for path, data in {**files, **FOREIGN, f"{NOTES}/{note.name}": note.render()}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def load_entry(project: Path, path: str) -> FileEntry:
    return load_manifest(project / "releases/0001")[path]


def checksums(files: dict[str, bytes]) -> dict[str, str]:
    return {path: sha256(data).hexdigest() for path, data in sorted(files.items())}


class Watcher:
    """Looks, as often as it can, whether a page lacks a file, until the block ends."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ended = Event()
        self._thread = Thread(target=self._watch)
        self.broken: set[str] = set()
        self.looks = 0

    def _watch(self) -> None:
        while not self._ended.is_set():
            self.broken.update(broken(self._root))
            self.looks += 1
            self._ended.wait(0.04)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


@pytest.mark.parametrize(
    ("rclone", "host"), [("new", "sftp"), *(("debian", protocol) for protocol in PROTOCOLS)], indirect=True
)
def test_a_target_becomes_the_release_and_no_reader_lacks_anything(
    project: Path, host: Host, rclone: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put_first_release(project, host.root)
    with Watcher(host.root) as watcher:
        assert deploy(project, host.target) == 0, capsys.readouterr().err
    assert watcher.broken == set()
    assert watcher.looks > 3
    assert read_folder(host.root) == make_files(2) | FOREIGN
    assert len([*(host.root / NOTES).iterdir()]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"Đã đưa bản 0002 lên {host.target}: ")
    assert ("nên cài bản 1.63" in said) == (rclone == "debian")


# Bytes to carry before the connection is cut. FTP opens one for each file, which is not cut.
CUTS = {"sftp": (150_000,), "webdav": (9_000, 150_000), "s3": (9_000, 150_000), "ftp": (4_000, 20_000)}


@pytest.mark.parametrize(("host", "protocol", "cuts"), [(name, name, CUTS[name]) for name in CUTS], indirect=["host"])
def test_a_lost_connection_leaves_whole_pages_and_the_next_deploy_resumes(
    project: Path,
    host: Host,
    protocol: str,
    cuts: tuple[int, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_first_release(project, host.root)
    there = set()
    monkeypatch.setattr(deploying, "PAUSES", ())
    for count in cuts:
        host.line.cut_after(count)
        code = deploy(project, host.target)
        said = capsys.readouterr()
        assert (code, said.out) == (1, "")
        was_cut = "mạng bị ngắt, hoặc không tới được máy chủ;"
        is_held = "máy chủ nơi đến đang trục trặc; đợi một lát rồi"
        # A WebDAV server may still hold the file that the first cut broke off.
        whys = (was_cut, is_held) if protocol == "webdav" and count != cuts[0] else (was_cut,)
        keeps = "chạy lại lệnh này, phần đã đưa lên được giữ"
        assert said.err in [f"Chưa đưa trang lên được: {why} {keeps}.\n" for why in whys]
        assert broken(host.root) == []
        if replaces_whole("new", protocol):
            assert find_torn_files(host.root, make_files(1), make_files(2)) == []
        # Files that are there stay there: photos and style go first, and are not carried twice.
        there = {path for path, data in read_folder(host.root).items() if make_files(2).get(path) == data}
    host.line.mend()
    monkeypatch.setattr(deploying, "PAUSES", (0.5, 0.5))
    assert deploy(project, host.target) == 0, capsys.readouterr().err
    assert read_folder(host.root) == make_files(2) | FOREIGN
    carried = re.search(r": (\d+) tệp mới hoặc đổi", capsys.readouterr().out)
    assert carried
    # Pages of one length in both releases cannot be distinguished: they are carried again.
    alike = sum(not is_fingerprinted(path) for path in there)
    assert 0 <= int(carried[1]) - len(make_files(2).keys() - there) <= alike


@pytest.mark.parametrize("host", ["webdav"], indirect=True)
def test_a_short_cut_is_waited_for(project: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deploying, "PAUSES", (0,))
    # The clock of this module alone: subprocess sleeps between looks whether a process has ended.
    monkeypatch.setattr(deploying, "time", SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: host.line.mend()))
    put_first_release(project, host.root)
    host.line.cut_after(60_000)
    assert deploy(project, host.target) == 0
    assert read_folder(host.root) == make_files(2) | FOREIGN


def broken(root: Path) -> list[str]:
    """Return every page of ours that lacks something that it needs."""
    return [line for line in find_broken_pages(root) if not line.startswith("cua-nguoi-khac")]


def fetch(deployed: int, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the output of a deploy, given its exit code; a refusal is one line."""
    said = capsys.readouterr()
    assert bool(said.err) == bool(deployed)
    assert said.err.count("\n") == deployed
    return said.err or said.out


@pytest.fixture
def folder(rclone: str, tmp_path: Path) -> Path:
    """A folder to deploy to."""
    return tmp_path / "Ổ USB, của cô Hoa"


def test_a_dry_run_prints_the_plan_and_changes_nothing(
    project: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_first_release(project, folder)
    before = read_tree(folder)
    said = fetch(deploy(project, str(folder), dry_run=True), capsys)
    assert read_tree(folder) == before
    assert re.match(rf"Nếu chạy thật, {folder} sẽ thành bản 0002: đưa lên 27 tệp \(\d+ KB\), xóa 12 tệp cũ\.", said)
    assert "  Thay trang: index.html\n" in said
    assert "  Xóa: bai-viet/2020/bai-1/index.html\n" in said
    fetch(deploy(project, str(folder)), capsys)
    assert read_folder(folder) == make_files(2) | FOREIGN


def test_foreign_files_are_replaced_only_if_allowed(
    project: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = {"index.html": b"It works!", **FOREIGN}
    for path, data in foreign.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    said = fetch(deploy(project, str(folder)), capsys)
    assert said.startswith("Chưa đưa trang lên được: nơi đến đã có index.html không phải do lệnh này đưa lên; ")
    assert read_tree(folder) == checksums(foreign)
    assert "--replace" in fetch(deploy(project, str(folder), dry_run=True), capsys)
    fetch(deploy(project, str(folder), replace=True), capsys)
    assert read_folder(folder) == make_files(2) | FOREIGN


def test_an_up_to_date_target_is_reported(project: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fetch(deploy(project, str(folder)), capsys)
    before = read_tree(folder)
    assert fetch(deploy(project, str(folder)), capsys) == f"{folder} đã là bản 0002: không có gì phải đưa lên.\n"
    assert read_tree(folder) == before
    # A file lost there meanwhile comes back.
    (folder / "index.html").unlink()
    assert ": 1 tệp mới hoặc đổi" in fetch(deploy(project, str(folder)), capsys)
    assert read_tree(folder) == before


def test_empty_folders_go_and_files_changed_at_the_target_stay(
    project: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_first_release(project, folder)
    gone = next(path for path in sorted(make_files(1).keys() - make_files(2).keys()) if "tim-kiem/" in path)
    (folder / gone).write_bytes(b"somebody has written here")
    (folder / "index.html.0a1b2c3d.partial").write_bytes(b"<html")
    said = fetch(deploy(project, str(folder)), capsys)
    assert f"Để nguyên vì có người đã sửa ở nơi đến: {gone}." in said
    assert read_folder(folder) == make_files(2) | FOREIGN | {gone: b"somebody has written here"}
    assert [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())] == []


def test_a_host_that_hides_names_with_a_dot(
    project: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Rclone.run

    def hide(self: Rclone, *words: str, **options: object) -> bytes:
        said = run(self, *words, **options)
        if words[0] != "lsjson":
            return said
        return json.dumps([entry for entry in json.loads(said) if not entry["Path"].startswith(".")]).encode()

    monkeypatch.setattr(Rclone, "run", hide)
    put_first_release(project, folder)
    assert "27 tệp mới hoặc đổi, xóa 12 tệp cũ" in fetch(deploy(project, str(folder)), capsys)
    assert read_folder(folder) == make_files(2) | FOREIGN
    assert len([*(folder / NOTES).iterdir()]) == 1


def test_a_release_that_is_not_whole_goes_nowhere(
    project: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = project / "releases/0002/site"
    (site / "index.html").write_bytes((site / "index.html").read_bytes().replace(b"B", b"X"))
    assert "bản 0002 không còn nguyên: tệp index.html" in fetch(deploy(project, str(folder)), capsys)
    assert read_folder(folder) == {}
    shutil.rmtree(project / "releases")
    assert "chưa có bản phát hành nào; chạy publish trước" in fetch(deploy(project, str(folder)), capsys)


def test_the_next_deploy_goes_where_the_last_one_went(
    project: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deploy(project, str(folder), dry_run=True) == 0
    assert "cần ghi nơi đến" in fetch(deploy(project), capsys)
    assert deploy(project, str(folder)) == 0
    capsys.readouterr()
    assert deploy(project) == 0
    assert f"Nơi đến như lần trước: {folder}\n{folder} đã là bản 0002" in capsys.readouterr().out
    # A target that refuses is not remembered, nor one that may hold a password.
    other = tmp_path / "khac"
    other.mkdir()
    (other / "index.html").write_bytes(b"khach")
    assert deploy(project, str(other)) == 1
    assert deploy(project, f":local,nounc=true:{tmp_path}/ba") == 0
    assert clean_project(project) == 0
    assert read_target(project) == str(folder)


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("", "cần ghi nơi đến"),
        ("--config=x:web", "không bắt đầu bằng dấu gạch"),
        ("{project}", "phải là một thư mục riêng"),
        ("{project}/output", "phải là một thư mục riêng"),
        ("{project}/..", "phải là một thư mục riêng"),
        (
            "khong-co:web",
            'rclone chưa biết nơi nào tên "khong-co"; tạo nơi ấy bằng lệnh rclone config; hiện có: da-co:',
        ),
        ("da-co:web", "mạng bị ngắt, hoặc không tới được máy chủ"),
    ],
)
def test_an_impossible_target_is_refused_in_one_sentence(
    target: str,
    sentence: str,
    project: Path,
    rclone: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deploying, "PAUSES", ())
    at = "type = webdav\nurl = http://127.0.0.1:9\nvendor = other\n"
    Path(os.environ["RCLONE_CONFIG"]).write_text(f"[da-co]\n{at}", encoding="utf-8")
    assert sentence in fetch(deploy(project, target.format(project=project)), capsys)


@pytest.mark.parametrize("host", ["sftp", "s3"], indirect=True)
def test_a_refused_login_is_reported(project: Path, host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    config = Path(os.environ["RCLONE_CONFIG"])
    said = re.sub(
        "^(user|access_key_id) = .*", r"\1 = nguoi-la", config.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    config.write_text(said, encoding="utf-8")
    assert "từ chối đăng nhập" in fetch(deploy(project, host.target), capsys)


def test_the_bar_counts_files(project: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(progress, "tell", lambda *words: told.append(words))
    put_first_release(project, folder)
    assert deploy(project, str(folder)) == 0
    assert told[-1] == ("Xóa tệp cũ", 39, 39)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert {label for label, _, _ in told} >= {"Tải lên ảnh, kiểu chữ", "Thay trang"}


@pytest.mark.parametrize(
    ("target", "windows", "expected"),
    [
        ("may-chu:web", False, False),
        (r"D:\web", True, True),
        ("D:", True, True),
        ("D:", False, False),
        ("/srv/web:2", False, True),
        ("web", True, True),
        (":sftp,host=may.chu:web", True, False),
    ],
)
def test_folders_and_remotes_are_distinguished(target: str, windows: bool, expected: bool) -> None:
    assert is_folder(target, windows=windows) == expected
