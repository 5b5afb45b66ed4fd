"""Requests of the form: trying and saving text, adding photos and documents; refused without the token."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from plugins.preview.addresses import FORM_URL
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer
from tests.conftest import make_image
from tests.site import checkout
from tests.site.checkout import PHONE_STORY, PHONE_URL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.preview.live.site import LiveSite
    from plugins.preview.serving.exchange import Response
    from tests.preview.shared_site import SharedSite

WORD = Path(__file__).parents[1] / "word/files"
STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"
FORM_ROUTES = ("anh", "bai-moi", "khoi-phuc", "luu", "thu", "tu-word")
_SCRIPT = re.compile(rb"<script [^>]*src=[^>]*></script>")


@pytest.fixture
def live(shared: SharedSite) -> Iterator[LiveSite]:
    with shared.lend() as lent:
        yield lent


@pytest.fixture
def project(live: LiveSite) -> Path:
    return live.project


def show(live: LiveSite, path: str) -> str:
    return unescape(answer("GET", Request(live, FORM_URL, {"tep": path})).body.decode())


def post(
    live: LiveSite, what: str, body: object, query: Mapping[str, str] | None = None, token: str = TOKEN
) -> tuple[int, dict[str, Any]]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    got: Response = answer("POST", Request(live, f"{FORM_URL}/{what}", query or {}, data, token))
    return got.status.value, json.loads(got.body)


def version_of(page: str) -> str:
    found = re.search(r'data-version="(\w+)"', page)
    assert found
    return found[1]


def asking(live: LiveSite, path: str = STORY, body: str = "Thân bài.", **values: list[str]) -> dict[str, Any]:
    return {"path": path, "version": version_of(show(live, path)), "body": body, "values": values}


def read(project: Path, path: str = STORY) -> str:
    return (project / path).read_text(encoding="utf-8")


def test_the_form_has_every_key_with_its_value(live: LiveSite) -> None:
    page = show(live, STORY)
    for name in ("Tiêu đề", "Ngày", "Lĩnh vực", "Đồng ý", "Bỏ nhắc", "Tóm tắt tiếng Ê Đê"):
        assert f">{name}" in page
    assert 'value="Sang Nam Dong xem kênh, Ea Pô mang về một cuốn sổ"' in page
    assert "<option selected>Ea Pô</option>" in page
    assert 'value="do 58 hộ góp theo diện tích ruộng"' in page
    assert "thôn nào cần thì đến chép.</textarea>" in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_a_tried_text_is_shown_as_after_saving(live: LiveSite, project: Path) -> None:
    for path, url in ((PHONE_STORY, PHONE_URL), (STORY, "/bai-viet/2020/ea-po-hoc-cach-lam-kenh/")):
        asked = asking(live, path, "Đoạn *mới*.\n\n## Đề mục", title=["Tên khác"], field=["Kinh tế"])
        status, tried = post(live, "thu", asked)
        assert status == 200
        assert "Tên khác" not in read(project, path)
        assert post(live, "luu", asked)[0] == 200
        live.update({project / path})
        assert tried["page"].encode() == _SCRIPT.sub(b"", live.get(url).body)
        assert "<em>mới</em>" in tried["page"]


def test_a_problem_is_named_at_its_key_and_a_line_of_the_body_as_its_writer_counts(live: LiveSite) -> None:
    asked = asking(
        live, body="Đoạn một.\n\nHai  dấu cách, ![](khong-co.jpg)", date=["31/2/2020"], kind=["Cá nhân"], consent=[]
    )
    problems = post(live, "thu", asked)[1]["problems"]
    places = {(problem["attribute"], problem["line"], problem["level"]) for problem in problems}
    assert ("body", 3, "error") in places
    assert ("body", 3, "advice") in places
    said = {problem["attribute"]: problem["message"] for problem in problems}
    assert said["date"].startswith('Ngày "31/2/2020" không có thật')
    assert said["consent"] == 'Bài về cá nhân mà thiếu mục "Đồng ý"'


def test_problems_across_files_are_reported(live: LiveSite) -> None:
    problems = post(live, "thu", asking(live, replicates=["khong-co-bai-nay"]))[1]["problems"]
    assert [problem["attribute"] for problem in problems if problem["level"] == "error"] == ["replicates"]


def test_saving_changes_only_edited_values(live: LiveSite, project: Path) -> None:
    before = read(project)
    body = before.partition("\n---\n")[2].strip("\n")
    status, said = post(live, "luu", asking(live, body=body, author=["Thôn Tân Sơn"]))
    assert status == 200
    assert read(project) == before.replace("Tác giả: Ủy ban MTTQ Việt Nam xã Ea Pô", "Tác giả: Thôn Tân Sơn")
    [kept] = said["earlier"]
    assert kept["what"] == "Tác giả"
    shown = answer("GET", Request(live, f"{FORM_URL}/ban-truoc", {"tep": STORY, "ban": kept["name"]}))
    assert f">\n{before}</textarea>" in unescape(shown.body.decode())
    asked = {"path": STORY, "version": said["version"], "earlier": kept["name"]}
    assert post(live, "khoi-phuc", asked)[0] == 200
    assert read(project) == before


def test_a_concurrent_edit_is_not_overwritten(live: LiveSite, project: Path) -> None:
    asked = asking(live, title=["Tôi sửa"])
    other = read(project).replace("Tác giả: ", "Tác giả: Người khác, ")
    checkout.write(project, STORY, other)
    status, said = post(live, "luu", asked)
    assert (status, said["message"]) == (409, "Tệp đã được sửa ở nơi khác từ lúc mở nên chưa lưu")
    assert read(project) == other
    assert "Tiêu đề: Tôi sửa" in next((project / ".history").rglob("bai.md/*")).read_text(encoding="utf-8")


def test_a_photo_lies_in_the_folder_upright_small_and_without_its_secrets(live: LiveSite, project: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x8825] = 6, {1: "N", 2: (12.0, 34.0, 0.0)}
    data = make_image(size=(4000, 3000), exif=exif)
    query = {"tep": STORY, "ten": "Ảnh chụp (1).JPEG"}
    assert post(live, "anh", data, query) == (200, {"name": "anh-chup-1.jpg"})
    photo = (project / STORY).parent / "anh-chup-1.jpg"
    with Image.open(BytesIO(photo.read_bytes())) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (1920, 2560), {})
    assert post(live, "anh", data, query)[1] == {"name": "anh-chup-1.jpg"}
    assert post(live, "anh", make_image(size=(9, 9)), query)[1] == {"name": "anh-chup-1-2.jpg"}
    status, said = post(live, "anh", b"khong phai anh", {"tep": STORY, "ten": "../../x.jpg"})
    assert status == 422
    assert "ảnh" in said["message"].lower()
    assert sorted(file.name for file in photo.parent.iterdir()) == ["anh-chup-1-2.jpg", "anh-chup-1.jpg", "bai.md"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("con.jpg", "anh-con.jpg"),
        ("NUL.png", "anh-nul.jpg"),
        ("Aux .jpg", "anh-aux.jpg"),
        ("com1", "anh-com1.jpg"),
        ("lpt9.tar.jpg", "lpt9-tar.jpg"),
        ("kênh: thôn 3?.jpg", "kenh-thon-3.jpg"),
        ("kenh. .jpg", "kenh.jpg"),
        (f"{'a' * 240}.jpg", f"{'a' * 60}.jpg"),
    ],
)
def test_a_photo_gets_a_name_that_every_system_takes(live: LiveSite, project: Path, given: str, name: str) -> None:
    status, said = post(live, "anh", make_image(size=(9, 9)), {"tep": STORY, "ten": given})
    assert (status, said) == (200, {"name": name})
    assert not any("Windows" in problem.message for problem in live.problems)
    assert (project / STORY).with_name(name).is_file()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(22, "Invalid argument"), ("máy không nhận tên ấy, hoặc tên quá dài", "đặt tên khác, ngắn hơn")),
        (OSError(28, "No space left on device"), ("ổ đĩa hết chỗ", "xóa bớt tệp không dùng rồi làm lại")),
        (PermissionError(13, "Permission denied"), ("đang được chương trình khác mở, hoặc chỉ cho đọc", "đóng chương")),
    ],
)
def test_a_photo_that_cannot_be_written_says_why(
    live: LiveSite, monkeypatch: pytest.MonkeyPatch, fault: OSError, said: tuple[str, str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("plugins.editing.saving.write_whole", refuse)
    status, told = post(live, "anh", make_image(size=(9, 9)), {"tep": STORY, "ten": "kenh.jpg"})
    assert (status, told["message"]) == (422, f"Không ghi được kenh.jpg: {said[0]}")
    assert told["fix"].startswith(said[1])


def test_a_photo_that_is_only_typed_yet_is_shown(live: LiveSite) -> None:
    post(live, "anh", make_image(size=(900, 600)), {"tep": STORY, "ten": "a.jpg"})
    page = post(live, "thu", asking(live, photo=["a.jpg"], photo_alt=["Mô tả"]))[1]["page"]
    address = re.search(r'src="(/bai-viet/2020/[^"]+\.jpg)"', page)
    assert address
    assert live.get(address[1]).body.startswith(b"\xff\xd8")


def test_a_story_begins_with_a_title_and_can_be_tried_before_anyone_has_seen_the_folder(
    live: LiveSite, project: Path
) -> None:
    status, said = post(live, "bai-moi", {"title": "  Hũ gạo  tình thương: thôn 9 "})
    assert (status, said["path"].rpartition("/")[0].rpartition("/")[2]) == (200, "hu-gao-tinh-thuong-thon-9")
    assert 'Tiêu đề: "Hũ gạo tình thương: thôn 9"\n' in read(project, said["path"])
    assert "Trạng thái: nháp\n" in read(project, said["path"])
    tried = post(live, "thu", asking(live, said["path"], title=["Hũ gạo"]))[1]
    assert "Hũ gạo" in tried["page"]
    assert post(live, "bai-moi", {"title": " !? "})[0] == 422
    assert post(live, "bai-moi", {"title": ""})[0] == 422


def test_a_word_file_becomes_a_draft_with_its_guesses_to_confirm(live: LiveSite, project: Path) -> None:
    data = (WORD / "tcvn3.docx").read_bytes()
    status, said = post(live, "tu-word", data, {"ten": "Bài xã gửi.docx"})
    assert status == 200
    page = show(live, said["path"])
    assert page.count("Máy đoán: ") == read(project, said["path"]).count("\n# đoán: ") > 0
    asked = asking(live, said["path"], "Thân.") | {"confirmed": ["title"]}
    assert post(live, "luu", asked)[0] == 200
    assert show(live, said["path"]).count("Máy đoán: ") == page.count("Máy đoán: ") - 1
    status, said = post(live, "tu-word", b"khong phai Word", {"ten": "bai.docx"})
    assert status == 422
    assert "bai.docx" in said["message"]


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        (STORY, "---\nTiêu đề: [\n---\nThân.\n", "Sửa xong chỗ ấy rồi tải lại trang"),
        (STORY, "Chưa có gì\n", "tệp không có phần khai báo"),
        (STORY, "---\nTiêu đề: Một\nTiêu đề: Hai\n---\nThân.\n", "được khai hai lần"),
        ("content/trang/gioi-thieu.md", None, ""),
        ("content/danh-muc/xa.yaml", None, ""),
    ],
)
def test_files_without_fields_are_edited_as_one_text(
    live: LiveSite, project: Path, path: str, text: str | None, why: str
) -> None:
    if text is not None:
        checkout.write(project, path, text)
    before = read(project, path)
    page = show(live, path)
    assert ("data-whole" in page, why in page) == (True, True)
    assert before.rstrip("\n") in page
    asked = {"path": path, "version": version_of(page), "body": before + "# thêm\r\n"}
    assert post(live, "thu", asked)[0] == 200
    assert post(live, "luu", asked)[0] == 200
    assert read(project, path) == before + "# thêm\n"


def test_a_file_that_cannot_be_edited_is_answered_in_words(live: LiveSite, project: Path) -> None:
    checkout.write(project, STORY, "Tiêu đề".encode("utf-16"))
    for path, what in ((STORY, "không ở mã UTF-8"), ("tasks.py", "không phải tệp sửa được"), ("", "")):
        got = answer("GET", Request(live, FORM_URL, {"tep": path}))
        assert got.status == 404
        assert what in unescape(got.body.decode())


# The token is another one in every process: a name that it stood in would be, too.
@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], "đ"], ids=["none", "another", "cut short", "not ASCII"])
def test_without_the_token_nothing_is_done(live: LiveSite, project: Path, token: str) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    query, asked = {"tep": STORY, "ten": "a.jpg"}, asking(live, title=["Khác"])
    for route in FORM_ROUTES:
        status, said = post(live, route, asked, query, token)
        assert status == 403, route
        assert "tải lại trang" in said["fix"], route
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b'{"path": 1}',
        json.dumps({"path": STORY, "version": "", "body": "x", "values": {"title": 5}}).encode(),
        json.dumps({"path": STORY, "version": "", "body": None, "values": []}).encode(),
        b"[" * 100_000,
    ],
)
def test_rubbish_is_refused_in_words(live: LiveSite, project: Path, rubbish: bytes) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    for route in FORM_ROUTES:
        status, said = post(live, route, rubbish)
        assert status in (409, 422)
        assert said["message"]
        assert said["fix"]
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before
