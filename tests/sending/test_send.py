"""Sending stories: article, photos, cover note and log; and stories that are refused."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.table import Table as WordTable
from PIL import Image

from plugins.content.sent import SENT_FILE
from plugins.sending.command import note_use, send
from plugins.sending.photos import tells_position
from tests.conftest import make_image
from tests.loading import load
from tests.reports.documents import read_letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Project

pytestmark = pytest.mark.slow

BODY = """\
Bà con **buôn Ea T’ling** góp *công*[^1].

## Việc đã làm

> Nước về, lúa xanh.
>
> Ai cũng mừng.

- đào 3 km;
- lát đá:
    1. đoạn trên;
    2. đoạn dưới.

![Kênh mới](kenh-moi.png "Kênh mới, ảnh của thôn")

| Nhà | Ngày công |
|---|---|
| Ông Y Thử | 12 |

Hết.

[^1]: Theo sổ của thôn.
"""
DAY = "1/10/2020"
FOLDER = "gui-bai/2020-10-01-kenh"


def with_position(file_format: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (12.0, 36.0, 0.0)
    exif[0x0112] = 6
    return make_image(file_format, exif=exif)


@pytest.fixture
def story(project: Project) -> Project:
    folder = "content/bai-viet/2020/kenh"
    front: dict[str, str | None] = {
        "Tác giả": "Hà Vi",
        "Tóm tắt": "Con kênh dài ba cây số.",
        "Ảnh": "dau-kenh.jpg",
        "Mô tả ảnh": "Đầu kênh",
        "Ảnh khác": "[cuoi-kenh.jpg | Cuối kênh | Cuối kênh buổi chiều]",
    }
    project.write_story(front=front, body=BODY)
    project.write(f"{folder}/dau-kenh.jpg", make_image())
    project.write(f"{folder}/kenh-moi.png", make_image("PNG"))
    project.write(f"{folder}/cuoi-kenh.jpg", with_position())
    return project


def lines(data: bytes) -> list[str]:
    """Return the text of a Word file, a table row as its cells, and bold, italic and superscript as marks."""
    found = []
    for block in Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, WordTable):
            found += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
            continue
        marks = [
            ("*" * bool(run.bold) + "/" * bool(run.italic) + "^" * bool(run.font.superscript), run)
            for run in block.runs
        ]
        found.append("".join(f"{mark}{run.text}{mark[::-1]}" for mark, run in marks))
    return [line for line in found if line]


def tree(project: Project) -> dict[str, bytes]:
    home = project.path / "gui-bai"
    return {file.relative_to(home).as_posix(): file.read_bytes() for file in sorted(home.rglob("*")) if file.is_file()}


def test_the_article_has_text_and_marks_for_photos(story: Project) -> None:
    assert send(story.path, ["kenh"], date=DAY) == 0
    assert lines((story.path / FOLDER / "kenh.docx").read_bytes()) == [
        "*Kênh về thôn 3*",
        "/Tác giả: Hà Vi/",
        "*Con kênh dài ba cây số.*",
        "/[Ảnh 1: tệp anh-1.jpg – Đầu kênh]/",
        "Bà con *buôn Ea T’ling* góp /công/^1^.",
        "*Việc đã làm*",
        "/Nước về, lúa xanh./",
        "/Ai cũng mừng./",
        "– đào 3 km;",
        "– lát đá: ",
        "1. đoạn trên;",
        "2. đoạn dưới.",
        "/[Ảnh 2: tệp anh-2.png – Kênh mới, ảnh của thôn]/",
        "Nhà | Ngày công",
        "Ông Y Thử | 12",
        "Hết.",
        "*Chú thích*",
        "[1] Theo sổ của thôn. ",
        "/[Ảnh 3: tệp anh-3.jpg – Cuối kênh buổi chiều]/",
        "/Bài đăng ngày 19/8/2020 trên trang thông tin của Ủy ban MTTQ Việt Nam huyện Cư Jút./",
    ]


def test_photos_are_sent_as_they_are_kept_but_for_where_they_were_taken(
    story: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send(story.path, ["kenh"], date=DAY) == 0
    kept = story.path / "content/bai-viet/2020/kenh"
    sent = story.path / FOLDER
    assert (sent / "anh-1.jpg").read_bytes() == (kept / "dau-kenh.jpg").read_bytes()
    assert (sent / "anh-2.png").read_bytes() == (kept / "kenh-moi.png").read_bytes()
    assert tells_position((kept / "cuoi-kenh.jpg").read_bytes())
    with Image.open(sent / "anh-3.jpg") as made:
        # Upright, as large as it was.
        assert (made.size, dict(made.getexif())) == ((20, 40), {})
    assert "anh-3.jpg có ghi vị trí chụp" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (make_image, False),
        (lambda: make_image("PNG"), False),
        (with_position, True),
        (lambda: with_position(file_format="PNG"), True),
        (lambda: with_position(file_format="WEBP"), True),
        (lambda: make_image("JPEG", xmp=b'<x:xmpmeta><a exif:GPSLatitude="12,3N"/></x:xmpmeta>'), True),
        (lambda: make_image("JPEG", exif=Image.Exif()), False),
    ],
)
def test_a_position_is_found_in_any_kind_of_photo(make: Callable[[], bytes], told: bool) -> None:
    assert tells_position(make()) is told


def test_the_note_names_issuer_recipient_articles_and_contact(story: Project) -> None:
    story.write_story("gao", front={"Tiêu đề": "Hũ gạo"})
    assert send(story.path, ["kenh", "gao"], date=DAY) == 0
    assert sorted(tree(story)) == [
        *(f"2020-10-01-kenh-va-1-bai/bai-1/{name}" for name in ("anh-1.jpg", "anh-2.png", "anh-3.jpg", "kenh.docx")),
        "2020-10-01-kenh-va-1-bai/bai-2/gao.docx",
        "2020-10-01-kenh-va-1-bai/phieu-gui.docx",
    ]
    note = (story.path / "gui-bai/2020-10-01-kenh-va-1-bai/phieu-gui.docx").read_bytes()
    text = "\n".join(lines(note))
    assert "Cư Jút, ngày 01 tháng 10 năm 2020" in text
    assert "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Đắk Nông" in text
    assert "gửi 2 tin, bài kèm ảnh sau đây" in text
    assert "1 | Kênh về thôn 3 | Hà Vi | bai-1 | 3" in text
    assert "2 | Hũ gạo | ………………………… | bai-2 | 0" in text
    assert "Chịu trách nhiệm nội dung: Ban Thường trực\nNgười liên hệ: …………………………\nĐiện thoại: 0261 000 000" in text


def test_a_commune_sends_to_the_district_before_and_to_the_province_today(
    story: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send(story.path, ["kenh"], date=DAY, commune="Nam Dong") == 0
    assert send(story.path, ["kenh"], date="1/10/2025", commune="Nam Dong") == 0
    out = capsys.readouterr().out
    assert re.findall("Gửi tới: (.*)", out) == [
        "Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút.",
        "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng.",
    ]
    (letterhead, *_) = lines((story.path / FOLDER / "phieu-gui.docx").read_bytes())
    assert "HUYỆN CƯ JÚT\nỦY BAN MTTQ VIỆT NAM\nXÃ NAM DONG" in letterhead
    # Its own telephone is not known.
    assert "Điện thoại: …" in "\n".join(lines((story.path / FOLDER / "phieu-gui.docx").read_bytes()))
    assert send(story.path, ["kenh"], date=DAY, commune="Ea T’ling") == 1
    assert "Không phải bài về thị trấn Ea T’ling: kenh" in capsys.readouterr().err


def test_sent_again_the_same_changes_nothing_and_something_else_stands_beside_it(story: Project) -> None:
    assert send(story.path, ["kenh"], date=DAY) == 0
    before, log = tree(story), (story.path / SENT_FILE).read_bytes()
    assert send(story.path, ["kenh"], date=DAY) == 0
    assert (tree(story), (story.path / SENT_FILE).read_bytes()) == (before, log)
    file = story.path / FOLDER / "kenh.docx"
    file.write_bytes(b"edited")
    assert send(story.path, ["kenh"], date=DAY) == 0
    after = tree(story)
    assert after["2020-10-01-kenh/kenh.docx"] == b"edited"
    assert after["2020-10-01-kenh-lan-2/kenh.docx"] == before["2020-10-01-kenh/kenh.docx"]
    assert (story.path / SENT_FILE).read_bytes() == log


def test_a_zip_holds_the_same(story: Project) -> None:
    assert send(story.path, ["kenh"], date=DAY) == 0
    assert send(story.path, ["kenh"], date=DAY, zipped=True) == 0
    with zipfile.ZipFile(story.path / f"{FOLDER}.zip") as packed:
        found = {f"2020-10-01-kenh/{name}": packed.read(name) for name in packed.namelist()}
    assert found == {name: data for name, data in tree(story).items() if not name.endswith(".zip")}


def test_all_stories_that_cannot_be_sent_are_reported_and_nothing_is_written(
    story: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    story.write_story("nhap", front={"Trạng thái": "nháp"})
    story.write_story("hong", front={"Lĩnh vực": "Không có"})
    story.write_story("sau", front={"Ngày": "2/10/2020"})
    story.write_story("go", front={"Gỡ": "1/9/2020, xin rút"})
    assert send(story.path, ["kenh", "nhap", "hong", "sau", "go", "kenhh"], date=DAY) == 1
    told = capsys.readouterr().err.splitlines()
    wanted = ("còn là nháp; ", "“hong” có lỗi: Lĩnh vực", "“go” đã gỡ; ", "Không có bài “kenhh”; ", "đề ngày 2/10/2020")
    assert len(told) == len(wanted) + 1
    assert all(why in line for why, line in zip(wanted, told, strict=False)), told
    assert told[-1] == "Chưa bài nào được gửi."
    assert not (story.path / "gui-bai").exists()
    assert not (story.path / SENT_FILE).exists()


def test_nothing_is_sent_on_a_day_to_come(story: Project, capsys: pytest.CaptureFixture[str]) -> None:
    story.write_story("sau", front={"Ngày": "2/1/2100"})
    assert send(story.path, ["sau"], date="3/1/2100") == 1
    assert "Ngày gửi 3/1/2100 còn ở phía trước" in capsys.readouterr().err
    assert not (story.path / SENT_FILE).exists()


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("hai-thon-chung-tay-be-tong-hoa-kenh-muong", "hai-thon-chung-tay-be-tong-hoa-kenh"),
        ("hai-thon-chung-tay-be-tong-hoa-kenh-muon", "hai-thon-chung-tay-be-tong-hoa-kenh-muon"),
        ("k" * 45, "k" * 40),
    ],
)
def test_a_long_name_ends_with_a_whole_word(
    story: Project, capsys: pytest.CaptureFixture[str], slug: str, name: str
) -> None:
    story.write_story(slug)
    assert send(story.path, [slug], date=DAY) == 0
    assert f"Đã ghi 1 tin, bài không kèm ảnh vào gui-bai/2020-10-01-{name}.\n" in capsys.readouterr().out


def test_a_sample_is_marked_on_every_paper_and_in_the_log(story: Project) -> None:
    story.write_story("mau", front={"Tiêu đề": "Mẫu", "Mẫu": "có"})
    assert send(story.path, ["mau"], date=DAY) == 0
    sent = story.path / "gui-bai/2020-10-01-mau"
    assert lines((sent / "mau.docx").read_bytes())[0] == "*BÀI MẪU, chỉ để minh họa. Không dùng làm tin, bài thật.*"
    assert "PHIẾU MINH HỌA" in "\n".join(lines((sent / "phieu-gui.docx").read_bytes()))
    assert (story.path / SENT_FILE).read_text("utf-8-sig").splitlines()[1].endswith(";bài mẫu")


def test_without_a_committee_above_it_says_so(story: Project, capsys: pytest.CaptureFixture[str]) -> None:
    offices = (story.path / "content/danh-muc/co-quan.yaml").read_text("utf-8")
    text = re.sub("cơ quan chủ quản: .*", 'cơ quan chủ quản: "[điền]"', offices)
    story.write("content/danh-muc/co-quan.yaml", text)
    assert send(story.path, ["kenh"], date=DAY) == 1
    assert "Chưa rõ cơ quan cấp trên để gửi; thêm --to" in capsys.readouterr().err
    assert send(story.path, ["kenh"], to="Báo Đắk D’rông", date=DAY) == 0


def rows(project: Project) -> list[str]:
    return (project.path / SENT_FILE).read_text("utf-8-sig").splitlines()[1:]


def test_use_is_noted_at_the_last_sending_and_a_second_place_has_its_own_row(story: Project) -> None:
    # Other lines keep their bytes.
    theirs = 'Bài,Đã gửi tới,Ngày gửi,Được dùng ở đâu,Ngày dùng,Ghi chú,Của tôi\n kenh ,"Tỉnh, phòng A",1/9/2020,,,,x\n'
    story.write(SENT_FILE, theirs)
    assert send(story.path, ["kenh"], to="Báo B", date=DAY) == 0
    assert note_use(story.path, "kenh", "Trang B", "3/10/2020") == 0
    assert note_use(story.path, "kenh", "Trang B", "3/10/2020") == 0
    assert note_use(story.path, "kenh", "Số 9", "5/9/2020") == 0
    assert note_use(story.path, "kenh", "Đài C", "4/10/2020") == 0
    assert rows(story) == [
        ' kenh ,"Tỉnh, phòng A",1/9/2020,Số 9,5/9/2020,,x',
        "kenh,Báo B,1/10/2020,Trang B,3/10/2020,,",
        "kenh,Báo B,1/10/2020,Đài C,4/10/2020,,",
    ]
    assert load(story.path, date(2020, 12, 1)).errors == []
    # The earlier file is in the history.
    assert theirs.encode() in [one.read_bytes() for one in (story.path / ".history").rglob("*.csv") if one.is_file()]


@pytest.mark.parametrize(
    ("slug", "where", "day", "told"),
    [
        ("kenh", "Báo", "30/9/2020", "đã gửi từ ngày 30/9/2020 trở về trước"),
        ("gao", "Báo", "2/10/2020", "không ghi bài “gao” đã gửi"),
        ("kenh", " ", "2/10/2020", "Chưa nói bài được dùng ở đâu"),
        ("kenh", "Báo", "31/9/2020", "không có thật"),
        ("kenh", "Báo", "1/1/2100", "còn ở phía trước"),
    ],
)
def test_use_that_cannot_be_is_refused(
    story: Project, capsys: pytest.CaptureFixture[str], slug: str, where: str, day: str, told: str
) -> None:
    assert send(story.path, ["kenh"], date=DAY) == 0
    log = (story.path / SENT_FILE).read_bytes()
    assert note_use(story.path, slug, where, day) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert (story.path / SENT_FILE).read_bytes() == log


def test_a_log_that_cannot_be_read_is_left_alone(story: Project, capsys: pytest.CaptureFixture[str]) -> None:
    story.write(SENT_FILE, "không;phải;sổ\n")
    assert send(story.path, ["kenh"], date=DAY) == 1
    assert SENT_FILE in capsys.readouterr().err
    assert (story.path / SENT_FILE).read_text("utf-8") == "không;phải;sổ\n"


def test_the_note_is_set_as_official_documents_are(story: Project) -> None:
    assert send(story.path, ["kenh"], date=DAY) == 0
    data = (story.path / FOLDER / "phieu-gui.docx").read_bytes()
    word = Document(BytesIO(data))
    section = word.sections[0]
    sides = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [side.cm for side in sides if side] == pytest.approx([2, 2, 3, 2], abs=0.01)
    font = word.styles["Normal"].font
    assert (font.name, font.size.pt if font.size else 0) == ("Times New Roman", 14)
    paragraphs, _ = read_letter(data)
    assert "PHIẾU GỬI TIN, BÀI" in paragraphs
