"""The gather command from end to end: saved data, reported faults, and unchanged members."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from plugins.content.members.members import Member, Replica, read_gathered
from plugins.gathering import command, visiting
from plugins.gathering.command import gather_members
from plugins.gathering.fetching import Fetcher, FetchError, Timeouts
from plugins.gathering.visiting import read_archive
from plugins.sources.files import write_whole
from plugins.sources.held import is_held
from tests.gathering.made_data import as_bytes, make_data, make_first_version, make_row
from tests.gathering.server import Server, publish, trust_of_tests
from tests.held import refuse

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.gathering.visiting import MemberVisit
    from tests.conftest import Project

pytestmark = pytest.mark.slow

LIMITS = Timeouts(10, 10, 20)


def gather(project: Path, *members: Member) -> list[MemberVisit]:
    return [*gather_members(project, members, Fetcher(trust_of_tests(), LIMITS))]


def list_files(project: Path) -> dict[str, tuple[bytes, int]]:
    folder = project / "content/thu-ve"
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def member(server: Server) -> Member:
    return Member("xa-a", "Xã A", server.origin("a.example.test"), line=7)


def test_the_copy_is_byte_by_byte_with_whence_and_when(server: Server, member: Member, tmp_path: Path) -> None:
    data = as_bytes(make_data(member.address))
    publish(server, "a.example.test", dien_hinh=data)
    (outcome,) = gather(tmp_path, member)
    assert (outcome.result, outcome.count) == ("changed", 1)
    files = list_files(tmp_path)
    assert list(files) == ["xa-a/dien-hinh.json", "xa-a/nguon.json"]
    assert files["xa-a/dien-hinh.json"][0] == data
    about = json.loads(files["xa-a/nguon.json"][0])
    assert (about["address"], about["schema"]) == (member.address, 2)
    assert about["sha256"] == sha256(data).hexdigest()
    assert about["day"] == outcome.day


def test_unchanged_data_changes_no_byte(server: Server, member: Member, tmp_path: Path) -> None:
    data = as_bytes(make_data(member.address))
    publish(server, "a.example.test", dien_hinh=data)
    gather(tmp_path, member)
    before = list_files(tmp_path)
    server.asked.clear()
    (outcome,) = gather(tmp_path, member)
    assert (outcome.result, outcome.count) == ("unchanged", None)
    assert "If-None-Match" in server.asked[0][2]
    # A server without seals sends all of it again.
    server.sites["a.example.test"] = lambda request: request.give(data, ETag='"another"')
    assert [one.result for one in gather(tmp_path, member)] == ["unchanged"]
    assert list_files(tmp_path) == before


def test_a_withdrawn_exemplar_is_gone_at_the_next_gather(server: Server, member: Member, tmp_path: Path) -> None:
    rows = [make_row(member.address, 1), make_row(member.address, 2)]
    publish(server, "a.example.test", dien_hinh=as_bytes(make_data(member.address, rows)))
    gather(tmp_path, member)
    publish(server, "a.example.test", dien_hinh=as_bytes(make_data(member.address, rows[1:])))
    gather(tmp_path, member)
    (site,) = read_gathered(tmp_path, [member], [])
    assert [row.id for row in site.rows] == ["kenh-so-2"]


@pytest.mark.parametrize("kind", ["down", "html", "broken", "newer", "stranger"])
def test_a_member_that_is_down_or_wrong_keeps_its_last_good_copy(
    server: Server, member: Member, tmp_path: Path, kind: str
) -> None:
    publish(server, "a.example.test", dien_hinh=as_bytes(make_data(member.address)))
    gather(tmp_path, member)
    before = list_files(tmp_path)
    wrong = {
        "broken": make_data(member.address, [make_row(member.address), make_row(member.address, 2, year="x")]),
        "newer": make_data(member.address, version=3),
        "stranger": make_data("https://evil.example.test"),
    }
    if kind in wrong:
        publish(server, "a.example.test", dien_hinh=as_bytes(wrong[kind]))
    elif kind == "html":
        server.sites["a.example.test"] = lambda request: request.give(b"<p>", kind="text/html")
    else:
        server.sites["a.example.test"] = lambda request: request.give(b"", 503)
    (outcome,) = gather(tmp_path, member)
    assert outcome.result == "failed"
    assert list_files(tmp_path) == before
    problem = str(outcome.problem)
    assert problem.startswith("content/danh-muc/nguon.yaml:7: Chưa lấy được số liệu của Xã A: ")
    assert "giữ bản thu ngày" in problem
    assert ("cập nhật chương trình" in problem) == (kind == "newer")
    assert len(read_gathered(tmp_path, [member], [])) == 1


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space"), refuse("x")])
def test_wherever_the_writing_ends_the_last_good_copy_stays(
    server: Server, member: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException
) -> None:
    """By the person at the keyboard, a full disk, a held file: at each of the files of a member in turn."""
    copy = Replica("https://b.example.vn/bai-viet/2026/b/", "B", "Xã B", "B")._asdict()
    for name in ("A", "B"):
        told = make_data(member.address, [make_row(member.address, name=name)], replications="x")
        copies = {"origins": [{"url": f"{member.address}/bai-viet/2020/a/", "name": name, "copies": [copy]}]}
        publish(server, "a.example.test", dien_hinh=as_bytes(told), nhan_rong=as_bytes(copies))
        if name == "A":
            gather(tmp_path, member)
    written: list[Path] = []

    def write(file: Path, data: bytes) -> None:
        written.append(file)
        if len(written) == number:
            raise error
        write_whole(file, data)

    with monkeypatch.context() as patch:
        patch.setattr(visiting, "write_whole", write)
        if is_held(error):
            other = Member("xa-b", "Xã B", folder="khong-co")
            assert [one.result for one in gather(tmp_path, member, other)] == ["failed", "failed"]
        else:
            with pytest.raises(type(error)):
                gather(tmp_path, member)
    problems: list[Any] = []
    (site,) = read_gathered(tmp_path, [member], problems)
    assert problems == []
    assert site.rows[0].name in ("A", "B")
    assert site.replications
    (tmp_path / "content/thu-ve/xa-a/.new-0000abcd").write_bytes(b"half")
    gather(tmp_path, member)
    (site,) = read_gathered(tmp_path, [member], problems)
    assert site.rows[0].name == "B"
    assert [*site.replications.values()] == [(Replica(**copy),)]
    assert number > 3 or [path for path in list_files(tmp_path) if ".new-" in path] == []
    assert [one.result for one in gather(tmp_path, member)] == ["unchanged"]


def test_one_that_fails_keeps_nothing_of_the_others_back(server: Server, member: Member, tmp_path: Path) -> None:
    publish(server, "a.example.test", dien_hinh=as_bytes(make_data(member.address)))
    down = Member("xa-b", "Xã B", server.origin("nobody.example.test"))
    outcomes = gather(tmp_path, down, member)
    assert [one.result for one in outcomes] == ["failed", "changed"]
    assert "chưa có bản nào" in str(outcomes[0].problem)
    assert not (tmp_path / "content/thu-ve/xa-b").exists()


def test_copies_across_sites_come_back(server: Server, member: Member, tmp_path: Path) -> None:
    origin = "https://xa-goc.example.vn/bai-viet/2020/goc/"
    copy = Replica("https://noi-khac.example.vn/bai-viet/2026/lam-theo/", "Làm theo", "Xã Đắk Wil", "Trang Đắk Wil")
    copies = {"origins": [{"url": origin, "name": "Gốc", "copies": [copy._asdict()]}]}
    told = make_data(member.address, replications=f"{member.address}/du-lieu/nhan-rong.json")
    publish(server, "a.example.test", dien_hinh=as_bytes(told), nhan_rong=as_bytes(copies))
    gather(tmp_path, member)
    (site,) = read_gathered(tmp_path, [member], [])
    assert site.replications == {origin: (copy,)}
    before = list_files(tmp_path)
    assert [one.result for one in gather(tmp_path, member)] == ["unchanged"]
    assert list_files(tmp_path) == before
    # Those alone are new.
    copies["origins"][0]["copies"].append({**copy._asdict(), "name": "Nơi nữa"})
    publish(server, "a.example.test", dien_hinh=as_bytes(told), nhan_rong=as_bytes(copies))
    assert [one.result for one in gather(tmp_path, member)] == ["changed"]
    assert len(read_gathered(tmp_path, [member], [])[0].replications[origin]) == 2
    # Only the changed file is fetched again.
    last = {path: data for path, (data, _) in list_files(tmp_path).items()}
    (tmp_path / "content/thu-ve/xa-a/nhan-rong.json").write_bytes(b"{}")
    assert [one.result for one in gather(tmp_path, member)] == ["changed"]
    assert {path: data for path, (data, _) in list_files(tmp_path).items()} == last
    # A member that offers none any more has none here.
    publish(server, "a.example.test", dien_hinh=as_bytes(make_data(member.address)))
    gather(tmp_path, member)
    assert "xa-a/nhan-rong.json" not in list_files(tmp_path)
    assert read_gathered(tmp_path, [member], [])[0].replications == {}


@pytest.mark.parametrize("changes", [{"url": "javascript:x"}, {"name": "Bà \u202eaoH"}, {"place": 7}])
def test_copies_that_break_the_schema_keep_the_last_good_ones(
    server: Server, member: Member, tmp_path: Path, changes: dict[str, Any]
) -> None:
    copy = {"url": "https://b.example.vn/bai-viet/2026/b/", "name": "B", "place": "Xã B", "site": "B"}
    origin = {"url": "https://a.example.vn/bai-viet/2020/a/", "name": "", "copies": [copy | changes]}
    told = make_data(member.address, replications="x")
    publish(server, "a.example.test", dien_hinh=as_bytes(told), nhan_rong=as_bytes({"origins": [origin]}))
    (outcome,) = gather(tmp_path, member)
    assert "nơi làm theo điển hình gốc thứ 1 không đúng dạng" in outcome.fault


def write_release(folder: Path, data: bytes) -> None:
    """Make as much of a project as has a current release, and a newer output/ that nobody has published."""
    for path in ("releases/0003/site/du-lieu/dien-hinh.json", "output/du-lieu/dien-hinh.json", "content/x"):
        (folder / path).parent.mkdir(parents=True)
    (folder / "releases/current").write_text("0003\n", encoding="utf-8")
    (folder / "releases/0003/site/du-lieu/dien-hinh.json").write_bytes(data)
    (folder / "output/du-lieu/dien-hinh.json").write_bytes(b"{}")


@pytest.mark.parametrize("kind", ["project", "site", "unpacked", "zip"])
def test_members_on_this_machine_are_read_where_they_publish(tmp_path: Path, kind: str) -> None:
    data = as_bytes(make_first_version("https://a.example.vn", [make_row("https://a.example.vn")]))
    place = tmp_path / "a"
    if kind == "project":
        write_release(place, data)
    elif kind == "zip":
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
            made.writestr("trang/du-lieu/dien-hinh.json", data)
    else:
        file = place / ("trang" if kind == "unpacked" else ".") / "du-lieu/dien-hinh.json"
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
    member = Member("a", "Xã A", archive="a.zip") if kind == "zip" else Member("a", "Xã A", folder="../du-an/../a")
    project = tmp_path if kind == "zip" else tmp_path / "du-an"
    project.mkdir(exist_ok=True)
    assert [(one.result, one.count) for one in gather(project, member)] == [("changed", 1)]
    assert [one.result for one in gather(project, member)] == ["unchanged"]
    (site,) = read_gathered(project, [member], [])
    assert (site.version, site.rows[0].url) == (1, "https://a.example.vn/bai-viet/2026/kenh-so-1/")


def test_a_source_without_open_data_is_reported(tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    (tmp_path / "du-an/content").mkdir(parents=True)
    (tmp_path / "hong.zip").write_bytes(b"PK\x05\x06")
    with zipfile.ZipFile(tmp_path / "lap.zip", "w") as made:
        made.writestr("trang/du-lieu/dien-hinh.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("trang/du-lieu/dien-hinh.json", b"{}")
    with zipfile.ZipFile(tmp_path / "bom.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("trang/du-lieu/dien-hinh.json", b" " * 30_000_000)
    folders = [Member(name, name, folder=name) for name in ("trong", "khong-co", "du-an")]
    zips = [Member(name, name, archive=f"{name}.zip") for name in ("khong-co-zip", "hong", "lap", "bom")]
    told = [outcome.fault for outcome in gather(tmp_path, *folders, *zips)]
    expected = [
        "không có số liệu mở",
        "không có thư mục khong-co",
        "chưa có bản xuất bản nào",
        "không có tệp khong-co-zip.zip",
        "tệp hong.zip hỏng",
        "hai tệp cùng tên",
        "nặng quá 20 MB",
    ]
    for fault, words in zip(told, expected, strict=True):
        assert words in fault
    assert not (tmp_path / "content").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="không có ống trên hệ này")
def test_a_pipe_instead_of_a_file_blocks_nothing(tmp_path: Path) -> None:
    for path in ("a/du-lieu/dien-hinh.json", "b.zip"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(tmp_path / path)
    members = [Member("a", "Xã A", folder="a"), Member("b", "Xã B", archive="b.zip")]
    assert ["không có" in one.fault for one in gather(tmp_path, *members)] == [True, True]


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_is_reported_wherever_the_damage(tmp_path: Path, packing: int) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", packing) as made:
        made.writestr("trang/du-lieu/dien-hinh.json", b"{" + bytes(range(150)) + b"}")
    data, told = file.read_bytes(), set[str]()
    for at in range(len(data)):
        file.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            read = read_archive(file)("du-lieu/dien-hinh.json")
        except FetchError as unreached:
            told.add(str(unreached))
        else:
            assert read is None or read.startswith(b"{")
    assert {"tệp a.zip hỏng, không mở được", "tệp zip nén kiểu khác kiểu của lệnh archive"} <= told


def test_a_changed_snapshot_is_reported_and_fetched_again(server: Server, member: Member, tmp_path: Path) -> None:
    publish(server, "a.example.test", dien_hinh=as_bytes(make_data(member.address)))
    gather(tmp_path, member)
    before = list_files(tmp_path)["xa-a/dien-hinh.json"][0]
    file = tmp_path / "content/thu-ve/xa-a/dien-hinh.json"
    file.write_bytes(before.replace("Kênh".encode(), "Cầu".encode()))
    problems: list[Any] = []
    assert read_gathered(tmp_path, [member], problems) == ()
    assert ["khác với lúc thu về" in str(problem) for problem in problems] == [True]
    assert [one.result for one in gather(tmp_path, member)] == ["changed"]
    assert file.read_bytes() == before


def test_data_of_an_unlisted_member_stays_and_is_not_counted(server: Server, member: Member, tmp_path: Path) -> None:
    publish(server, "a.example.test", dien_hinh=as_bytes(make_data(member.address)))
    gather(tmp_path, member)
    other = Member("xa-b", "Xã B", folder="../b", line=9)
    problems: list[Any] = []
    assert read_gathered(tmp_path, [other], problems) == ()
    assert [str(problem).partition(";")[0] for problem in problems] == [
        "content/danh-muc/nguon.yaml:9: Chưa thu số liệu của Xã B",
        "content/thu-ve/xa-a:1: Nơi này không còn trong nguon.yaml nên không được tính",
    ]
    assert list_files(tmp_path)


@pytest.mark.parametrize(("allowed", "code"), [("", 1), ("1", 0), ("0", 1), ("x", 1)])
def test_the_command_reports_new_data_and_counts_failures(
    project: Project, capsys: pytest.CaptureFixture[str], allowed: str, code: int
) -> None:
    project.write("a/du-lieu/dien-hinh.json", as_bytes(make_data("https://a.example.vn")))
    project.write(
        "content/danh-muc/nguon.yaml",
        "- mã: a\n  tên: Xã A\n  thư mục: a\n- mã: b\n  tên: Xã B\n  tệp: khong-co.zip\n",
    )
    assert command.gather(project.path, allowed) == code
    out, err = capsys.readouterr()
    if allowed == "x":
        assert err == 'Số trang được phép lỗi "x" không phải một số; viết như 5\n'
        return
    assert out == ("Xã A: 1 điển hình.\nĐã xem 2 trang thành viên: 1 có số liệu mới, 0 không đổi, 1 chưa lấy được.\n")
    assert err == (
        "content/danh-muc/nguon.yaml:4: Chưa lấy được số liệu của Xã B: không có tệp khong-co.zip; "
        "chưa có bản nào để dùng; xem lại trang ấy rồi chạy lại lệnh gather\n"
    )
    assert command.gather(project.path, allowed, as_json=True) == code
    told = json.loads(capsys.readouterr().out)["members"]
    assert [(one["id"], one["result"], one["exemplars"]) for one in told] == [
        ("a", "unchanged", None),
        ("b", "failed", None),
    ]


def test_without_members_there_is_nothing_to_gather(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.gather(project.path) == 1
    assert "Chưa có trang thành viên nào" in capsys.readouterr().err
    project.write("content/danh-muc/nguon.yaml", "- mã: a\n  tên: Xã A\n  địa chỉ: http://a.example.vn\n")
    assert command.gather(project.path) == 1
    assert "không phải https" in capsys.readouterr().err
