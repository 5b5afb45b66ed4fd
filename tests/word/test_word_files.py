"""Files that are not what their name says, or more than a story needs: each a right result or a right sentence."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.sources.packing import pack
from plugins.sources.problem import Invalid
from plugins.word.document import load_document
from tests.word.made_documents import with_parts
from tests.word.small_documents import Read, drawing, paragraph, picture, png, quarters, run, small

HERE = Path(__file__).parent
PAGE = "<html><head><meta charset={}><style>p {{}}</style></head><body>{}</body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_of_html_that_is_called_doc(encoding: str, tmp_path: Path) -> None:
    body = (
        "<p class=MsoTitle>Thôn Hai làm kênh</p>Chữ rời<div>Bà con <b>góp đất</b><br>và góp công</div>"
        "<!--[if gte mso 9]><xml>x</xml><![endif]--><p><![if !supportLists]>1.<![endif]> Đo đất</p>"
        "<p><span style='display:none'>kín</span>hở <del>bỏ</del><img src='a.jpg'></p>"
        "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    read = Read(tmp_path, PAGE.format(encoding, body).encode(encoding), "bai.doc")
    assert read.markdown == (
        "# Thôn Hai làm kênh\n\nChữ rời\n\nBà con **góp đất** và góp công\n\n1\\. Đo đất\n\nhở\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |"
    )
    assert "1 chỗ chữ ẩn trong Word" in read.said
    assert "1 ảnh của trang web" in read.said
    assert "trang web ghi tên .doc" in read.said


def test_a_page_saved_by_word_is_read_like_pasted_text(tmp_path: Path) -> None:
    """Its lists are paragraphs with a mark of their own, its old fonts named by style."""
    mark = "<span style='mso-list:Ignore'>{}<span>&nbsp;</span></span>"
    item = f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{mark}{{}}</p>"
    body = item.format("1.", "Đo đất") + item.format("2.", "Góp công") + "<p style='font-family:.VnTime'>Bµ con</p>"
    read = Read(tmp_path, PAGE.format("utf-8", body).encode(), "bai.doc")
    assert read.markdown == "1. Đo đất\n2. Góp công\n\nBà con"


def test_a_page_saved_whole_that_is_called_doc(tmp_path: Path) -> None:
    page = PAGE.format("utf-8", "<p>Bà con góp đất.</p>")
    data = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{page}\n--b--\n"
    )
    assert Read(tmp_path, data.encode(), "bai.doc").markdown == "Bà con góp đất."


def locked() -> bytes:
    """Return an old document as Word marks one whose text is under a password."""
    data = bytearray((HERE / "files/tcvn3.doc").read_bytes())
    head = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    data[head + 11] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("~$bai.docx", b"\x05Bao" + b" " * 158, "là tệp tạm mà Word tự đặt"),
        ("bai.doc", locked(), "Tệp có mật khẩu"),
        ("bai.docx", b"%PDF-1.7", "Tệp là PDF"),
        ("bai.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook" * 100, "Tệp không phải văn bản Word"),
        ("bai.doc", b"la la la", "Tệp hỏng"),
    ],
)
def test_files_that_are_no_documents_are_named(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=message) as refused:
        Read(tmp_path, data, name)
    assert refused.value.fix


@pytest.mark.parametrize(
    ("part", "kind"),
    [("xl/workbook.xml", "bảng Excel"), ("ppt/slides/slide1.xml", "PowerPoint"), ("Index/Document.iwa", "Pages")],
)
def test_another_kind_of_document_is_called_by_its_name(part: str, kind: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=f"Tệp là .*{kind}"):
        Read(tmp_path, pack({part: b"<x/>"}), "bai.docx")


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Đây là thư mục"):
        load_document(tmp_path, lambda _: "")


def test_a_picture_that_is_broken_costs_no_words(tmp_path: Path) -> None:
    data = small(paragraph("Đầu.") + paragraph(drawing(picture())), media={"i1": png(quarters())})
    at = data.index(b"IHDR") if b"IHDR" in data else data.index(b"i1.png") + 20
    read = Read(tmp_path, data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :])
    assert read.markdown == "Đầu."
    assert "ảnh" in read.said


def test_names_of_parts_differ_in_case(tmp_path: Path) -> None:
    data = small(paragraph("Đầu.") + paragraph(drawing(picture())), media={"i1": png(quarters())})
    assert len(Read(tmp_path, with_parts(data, lambda _, content: content)).pictures) == 1
    shouted = data.replace(b"word/media/i1.png", b"word/media/I1.PNG")
    assert len(Read(tmp_path, shouted).pictures) == 1


PEAK = """
import re, sys
from pathlib import Path
from plugins.photos import pixels
from plugins.sources.problem import Invalid
from plugins.word.document import load_document
try:
    load_document(Path(sys.argv[1]), lambda p: pixels.keep(p.data, 2560, p.crop, p.turn) and "a.jpg")
except Invalid as invalid:
    assert invalid.fix
# Of this program alone: what getrusage says begins with what started it.
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def heavy_table() -> bytes:
    cell = f"<w:tc>{paragraph(run('đất ', '<w:b/><w:sz w:val=' + chr(34) + '28' + chr(34) + '/>') * 60)}</w:tc>"
    return small(f"<w:tbl>{f'<w:tr>{cell * 5}</w:tr>' * 110}</w:tbl>")


def with_photo(mode: str, size: tuple[int, int], kind: str = "PNG", cut: str = "", **save: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 77).save(out, kind, **save)
    return small(paragraph("Chữ.") + paragraph(drawing(picture(cut=cut))), media={"i1": out.getvalue()})


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux alone")
@pytest.mark.parametrize(
    "make",
    [
        heavy_table,
        lambda: small(paragraph("x") + f'<w:bookmarkStart w:name="{"k" * 9_000}"/>' * 4_000),
        lambda: with_photo("RGB", (7_000, 7_000)),
        lambda: with_photo("RGB", (4_000, 4_000), cut='l="1000"'),
        lambda: with_photo("RGB", (8_000, 6_000), "JPEG", progressive=True),
        lambda: with_photo("RGB", (11_000, 9_000), "JPEG", cut='l="90000"'),
    ],
    ids=["table", "attributes", "png", "cut", "passes", "cut jpeg"],
)
def test_no_file_takes_more_than_200_mb(make: object, tmp_path: Path) -> None:
    file = tmp_path / "bai.docx"
    file.write_bytes(make())  # type: ignore[operator]
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(file)], capture_output=True, text=True, check=True, cwd=HERE.parents[1]
    )
    assert int(done.stdout) < 200


@pytest.mark.parametrize(("mode", "size"), [("RGB", (4_000, 4_300)), ("RGBA", (3_000, 3_000))])
def test_a_photo_too_large_to_open_is_named(mode: str, size: tuple[int, int], tmp_path: Path) -> None:
    assert "ảnh quá lớn" in Read(tmp_path, with_photo(mode, size)).said
