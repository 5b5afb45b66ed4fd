"""`start --from`: stories of inherited places come with their history, and the old site gets the new address."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.history import keep_earlier
from plugins.editing.removing import remove
from plugins.preview.live.site import LiveSite
from plugins.starting import command
from plugins.starting.command import copy_engine
from plugins.starting.taking import OldSite, relink
from tests.conftest import VOCABULARY, Project, make_image
from tests.loading import load

pytestmark = pytest.mark.slow

REGISTER = """\
Mã;Tên mô hình;Loại;Xã;Lĩnh vực;Ngày đăng ký;Mẫu
DK-2020-001;Kênh;Tập thể;Ea T’ling;Kinh tế;2/4/2020;
DK-2020-002;Đường hoa;Tập thể;Nam Dong;Kinh tế;3/4/2020;
DK-2020-003;Vườn mẫu;Mô hình;Ea T’ling;Kinh tế;4/4/2020;có
"""
ACTS = """\
Mã;Việc;Ngày;Văn bản
DK-2020-001;công nhận;15/10/2020;Quyết định 04/QĐ-MTTQ
DK-2020-002;công nhận;15/10/2020;Quyết định 05/QĐ-MTTQ
"""
OFFICES = """\
- tên: Ủy ban MTTQ Việt Nam huyện Cư Jút
  tên gọn: MTTQ huyện Cư Jút
  cấp: huyện
  địa bàn: tỉnh Đắk Nông
  cơ quan chủ quản: Ủy ban MTTQ Việt Nam tỉnh Đắk Nông
  chịu trách nhiệm: Ban Thường trực
  đến ngày: 30/6/2025
- tên: "[điền tên]"
  tên gọn: "[điền tên gọn]"
  từ ngày: 1/7/2025
"""
LINKS = (
    "Kênh này [học Nam Dong]({filename}../duong-hoa/bai.md#cach-lam), xem [bài cùng nơi]({filename}../ao-ca/bai.md), "
    "[văn bản](/van-ban/huong-dan/) và [liên hệ]({filename}../../../trang/lien-he.md).\n"
)
ADDRESS = "https://cujut.example.gov.vn"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A district's project with stories of two communes that went to two."""
    project = Project(tmp_path / "cu")
    for name, text in VOCABULARY.items():
        project.write(f"content/danh-muc/{name}", text)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(command, "copy_engine", lambda *_: None)
    project.write("content/danh-muc/co-quan.yaml", OFFICES)
    project.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\nThư.\n")
    issued = "Cơ quan ban hành: Huyện\n"
    project.write("content/van-ban/huong-dan.md", f"---\nTiêu đề: Hướng dẫn\n{issued}---\nChữ.\n")
    photo = {"Ảnh": "kenh.jpg", "Mô tả ảnh": "Con kênh"}
    front = {"Tiêu đề": "Kênh Ea T’ling", "Xã": "Ea T’ling", "Đăng ký": "DK-2020-001", "Nhân rộng từ": "duong-hoa"}
    project.write_story("kenh", front=front | photo, body=LINKS)
    project.write("content/bai-viet/2020/kenh/kenh.jpg", make_image())
    project.write_story("ao-ca", front={"Tiêu đề": "Ao cá", "Xã": "Ea T’ling"})
    project.write_story("duong-hoa", front={"Tiêu đề": "Đường hoa", "Xã": "Nam Dong"})
    project.write_story("vuon", 2026, {"Tiêu đề": "Vườn", "Xã": "Cư Jút", "Trạng thái": "nháp"})
    project.write_story("hop", front={"Tiêu đề": "Họp báo", "Loại": None, "Xã": None, "Lĩnh vực": None})
    project.write("content/dang-ky/2020.csv", REGISTER)
    project.write("content/dang-ky/2020-viec.csv", ACTS)
    assert [str(problem) for problem in project.load().errors] == []
    return project


def start(old: Project, target: Path, **more: str) -> int:
    given = {"level": "xã", "name": "Cư Jút", "area": "tỉnh Lâm Đồng", "from": str(old.path), "places": "xa-cu-jut"}
    places = target.parent / "thon.txt"
    places.write_text("Thôn 1\nThôn Ea T’ling\n", encoding="utf-8")
    return command.start_project(old.path.parent / "engine", str(target), given | {"places-file": str(places)} | more)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "engine").mkdir()
    return tmp_path / "xa moi"


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_stories_come_with_photos_history_and_deleted_files(old: Project, new: Path) -> None:
    path = "content/bai-viet/2020/ao-ca/bai.md"
    keep_earlier(old.path, path, b"bai truoc\n")
    old.write("content/bai-viet/2020/ao-ca/cu.jpg", make_image())
    removed = remove(old.path, "content/bai-viet/2020/ao-ca/cu.jpg", "cu.jpg")
    remove(old.path, "content/bai-viet/2020/hop", "Họp báo")
    before = files(old.path)
    assert start(old, new) == 0
    assert files(old.path) == before
    made, there = files(new), files(old.path)
    for name in (path, "content/bai-viet/2020/kenh/kenh.jpg", "content/bai-viet/2026/vuon/bai.md"):
        assert made[name] == there[name]
    kept = {name: data for name, data in there.items() if name.startswith(".history/bai-viet/2020/ao-ca/")}
    assert kept
    assert kept.items() <= made.items()
    assert made[f".history/da-xoa/{removed}/cu.jpg"] == make_image()
    assert json.loads(made[f".history/da-xoa/{removed}.json"])["path"].endswith("ao-ca/cu.jpg")
    stories = {name for name in made if name.startswith("content/bai-viet/") and name.endswith("bai.md")}
    assert {name.split("/")[3] for name in stories} == {"kenh", "ao-ca", "vuon"}


def test_the_new_site_has_the_lives_and_offices_that_the_stories_need(old: Project, new: Path) -> None:
    assert start(old, new, address=ADDRESS) == 0
    content = load(new)
    assert [str(problem) for problem in content.errors] == []
    vocabulary = content.vocabulary
    assert [one.id for one in vocabulary.communes] == ["ea-tling", "xa-cu-jut", "thon-1", "thon-ea-tling"]
    assert vocabulary.today(vocabulary.commune("ea-tling")).id == "xa-cu-jut"
    # A story of before means the town, not the hamlet of its name.
    assert {story.slug: story.commune.id for story in content.stories if story.commune} == {
        "kenh": "ea-tling",
        "ao-ca": "ea-tling",
        "vuon": "xa-cu-jut",
    }
    past, now = vocabulary.offices
    assert (past.level, past.until, now.since) == ("huyện", date(2025, 6, 30), date(2025, 7, 1))
    assert vocabulary.site_url(date(2020, 1, 1)) == ADDRESS
    assert [one.url for one in content.stories if one.slug == "kenh"] == ["/bai-viet/2020/kenh/"]


def test_registrations_of_the_places_go_along_with_their_acts(old: Project, new: Path) -> None:
    assert start(old, new) == 0
    assert sorted(load(new).registrations()) == ["DK-2020-001", "DK-2020-003"]
    assert load(new).registrations()["DK-2020-003"].sample
    acts = (new / "content/dang-ky/2020-viec.csv").read_text("utf-8-sig").splitlines()
    assert [line[:11] for line in acts[1:]] == ["DK-2020-001"]


def test_a_register_of_today_has_one_column_of_places_and_loses_none(old: Project, new: Path) -> None:
    head = "Mã;Tên mô hình;Loại;Xã;Thôn/buôn/tổ dân phố;Lĩnh vực;Ngày đăng ký\n"
    old.write("content/dang-ky/2026.csv", f"{head}DK-2026-001;Kênh;Tập thể;Cư Jút;thôn 9 cũ;Kinh tế;2/4/2026\n")
    assert start(old, new) == 0
    content = load(new)
    assert [str(problem) for problem in content.errors] == []
    assert content.registrations()["DK-2026-001"].commune.id == "xa-cu-jut"
    assert "thôn 9 cũ" in (new / "content/dang-ky/2026.csv").read_text("utf-8-sig")


def test_links_lead_to_pages_left_behind(old: Project, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(old, new, **{"old-address": "https://huyen.example.vn"}) == 0
    text = (new / "content/bai-viet/2020/kenh/bai.md").read_text("utf-8")
    assert "[học Nam Dong](https://huyen.example.vn/bai-viet/2020/duong-hoa/#cach-lam)" in text
    assert "[bài cùng nơi]({filename}../ao-ca/bai.md)" in text
    assert "[văn bản](https://huyen.example.vn/van-ban/huong-dan/)" in text
    assert "({filename}../../../trang/lien-he.md)" in text
    assert "Nhân rộng từ: https://huyen.example.vn/bai-viet/2020/duong-hoa/\n" in text
    assert [str(problem) for problem in load(new).errors] == []
    # The text as it came lies in the history.
    (earlier,) = (new / ".history/bai-viet/2020/kenh/bai.md").iterdir()
    assert earlier.read_bytes() == (old.path / "content/bai-viet/2020/kenh/bai.md").read_bytes()
    said = capsys.readouterr().out
    for words in ("3 bài của xã Cư Jút", "1 tin không ghi nơi nào", "1 văn bản", "năm 2020: 2 dòng, 1 việc"):
        assert words in said


def test_where_the_old_site_is_unknown_links_become_words_and_are_named(
    old: Project, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(old, new) == 0
    text = (new / "content/bai-viet/2020/kenh/bai.md").read_text("utf-8")
    assert "Kênh này học Nam Dong, xem [bài cùng nơi]" in text
    assert ", văn bản và [liên hệ]" in text
    assert "Nhân rộng từ:\n" in text
    assert "dẫn tới /bai-viet/2020/duong-hoa/ ở trang cũ" in capsys.readouterr().out


def test_the_old_site_is_changed_only_on_request(old: Project, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = old.path / "content/danh-muc/xa.yaml"
    before = file.read_bytes()
    assert start(old, new, address=ADDRESS) == 0
    assert file.read_bytes() == before
    assert f"“mã: xa-cu-jut”, thêm dòng\n  trang riêng: {ADDRESS}\n" in capsys.readouterr().out


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_telling_the_old_site_adds_one_line_and_keeps_the_text_before(old: Project, new: Path, end: str) -> None:
    file = old.path / "content/danh-muc/xa.yaml"
    before = file.read_text("utf-8").replace("\n", end).encode()
    file.write_bytes(before)
    given = {"level": "xã", "name": "Cư Jút", "from": str(old.path), "places": "Cư Jút", "address": ADDRESS}
    assert command.start_project(old.path.parent / "engine", str(new), given, tell_old=True) == 0
    line = f"  trang riêng: {ADDRESS}{end}".encode()
    assert file.read_bytes().replace(line, b"", 1) == before
    (kept,) = (old.path / ".history/danh-muc/xa.yaml").iterdir()
    assert kept.read_bytes() == before
    vocabulary = old.load().vocabulary
    told = vocabulary.with_own_site(vocabulary.commune("ea-tling"))
    assert told is vocabulary.commune("xa-cu-jut")
    assert vocabulary.with_own_site(vocabulary.commune("nam-dong")) is None
    # Its own site's address is not taken over.
    assert load(new).vocabulary.commune("xa-cu-jut").own_site == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"places": ""}, "chọn trong: xa-cu-jut, xa-nam-dong-2025"),
        ({"places": "Cu Juut"}, "không có trong danh mục"),
        ({"from": "khong-co"}, "Không thấy content/"),
        ({"from": ""}, "chưa có dự án cũ"),
        ({"old-address": "trang cu"}, "không hợp lệ"),
    ],
)
def test_an_impossible_inheritance_is_reported_in_one_line(
    old: Project, new: Path, capsys: pytest.CaptureFixture[str], more: dict[str, str], said: str
) -> None:
    assert start(old, new, **more) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not new.exists()


def test_a_broken_story_is_never_left_behind_unseen(
    old: Project, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old.write_story("hong", front={"Xã": "Ea T’linh", "Tiêu đề": "Hỏng"})
    assert start(old, new) == 1
    assert "content/bai-viet/2020/hong/bai.md:" in capsys.readouterr().err
    assert not new.exists()


def test_only_an_old_place_may_be_inherited(old: Project, new: Path) -> None:
    assert start(old, new, places="nam-dong") == 0
    content = load(new)
    assert [str(problem) for problem in content.errors] == []
    assert [story.slug for story in content.stories] == ["duong-hoa"]
    assert {"nam-dong", "xa-nam-dong-2025"} <= {one.id for one in content.vocabulary.communes}


def test_every_form_of_link_is_relinked_and_nothing_else() -> None:
    site = OldSite("https://cu.vn", {"content/bai-viet/2020/x/bai.md": "/bai-viet/2020/x/"}, {}, set())
    path = "content/bai-viet/2020/y/bai.md"
    links = "[a]({filename}/bai-viet/2020/x/bai.md) [b](|filename|../x/bai.md 'n') [c]: /x\n\n[c](/bai-viet/2020/x) {x}"
    text = f"---\nTiêu đề: Y\n---\n{links}\n"
    made = relink(text, path, story_keys(Vocabulary()), site)
    assert made.text == (
        "---\nTiêu đề: Y\n---\n[a](https://cu.vn/bai-viet/2020/x/) [b](https://cu.vn/bai-viet/2020/x/ 'n') [c]: /x\n\n"
        "[c](https://cu.vn/bai-viet/2020/x/) {x}\n"
    )
    assert made.led == ("/bai-viet/2020/x/",)
    unknown = relink(f'{text}\n[d]: /bai-viet/2020/x\n<a href="/bai-viet/2020/x/">', path, (), replace(site, url=""))
    assert "---\na b [c]: /x\n\nc {x}\n" in unknown.text
    assert (unknown.lost, unknown.stuck) == ((), ("/bai-viet/2020/x/",))
    assert relink(text.replace("2020/x", "2020/z").replace("../x", "../z"), path, (), site).led == ()


def test_the_old_site_says_where_the_stories_go_on(old: Project) -> None:
    file = old.path / "content/danh-muc/xa.yaml"
    told = f"tên: Cư Jút\n  trang riêng: {ADDRESS}/\n"
    file.write_text(file.read_text("utf-8").replace("tên: Cư Jút\n", told), encoding="utf-8")
    copy_engine(Path(__file__).parents[2], old.path)
    site = LiveSite(old.path)
    site.update(())
    words = (
        '<p class="notice">Từ ngày <strong><time datetime="2025-07-01">1/7/2025</time></strong>, chuyện ở xã Cư Jút '
        f'được kể tiếp tại <a href="{ADDRESS}/">{ADDRESS}</a>.</p>'
    )
    for address, is_told in (
        ("/dan-van-kheo/xa/xa-cu-jut/", True),
        ("/dan-van-kheo/xa/ea-tling/", True),
        ("/bai-viet/2020/kenh/", True),
        ("/dan-van-kheo/xa/nam-dong/", False),
        ("/bai-viet/2020/duong-hoa/", False),
        ("/bai-viet/2020/hop/", False),
    ):
        page = site.get(address)
        assert page.status == 200
        assert (words in page.body.decode()) is is_told, address
    file.write_text(file.read_text("utf-8").replace(ADDRESS, "cujut"), encoding="utf-8")
    assert 'Địa chỉ trang "cujut" không hợp lệ' in "".join(map(str, old.load().errors))
