"""Documents as communes send them, each with the Markdown that it becomes and the report on it.

What is expected of each stands in expected/: the Markdown, a line ---, the report. The files in files/ are what
LibreOffice made of the same documents, as .odt, .docx and .doc, and one with a password.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.photos import pixels
from plugins.sources.problem import Invalid
from plugins.word.document import Conversion, load_document
from plugins.word.pictures import EmbeddedPicture, written_alt
from tests.conftest import make_image
from tests.word import made_documents
from tests.word.legacy_typing import type_tcvn3, type_vni

HERE = Path(__file__).parent
EXPECTED = sorted((HERE / "expected").glob("*.md"))
FROM_LIBREOFFICE = sorted(file for file in (HERE / "files").iterdir() if file.suffix in (".odt", ".docx"))
BROKEN = "Tệp hỏng, không mở được trọn vẹn"
HOSTILE = "Tệp phình quá lớn khi mở ra (nghi là tệp phá hoại)"
LOCKED = "Tệp có mật khẩu nên không đọc được"


class Kept:
    """The pictures of a document."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []

    def keep(self, picture: EmbeddedPicture) -> str:
        self.pictures.append(pixels.keep(picture.data, 2560, picture.crop))
        return f"anh-{len(self.pictures)}.jpg"


def read(file: Path) -> Conversion:
    return load_document(file, Kept().keep)


def read_bytes(folder: Path, data: bytes, name: str = "bai.docx") -> Conversion:
    file = folder / name
    file.write_bytes(data)
    return read(file)


def markdown(document: Conversion) -> str:
    return "\n\n".join(block.markdown for block in document.blocks)


def expected(name: str) -> str:
    return (HERE / f"expected/{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", [file.stem for file in EXPECTED])
def test_a_word_file_becomes_this(name: str, tmp_path: Path) -> None:
    document = read_bytes(tmp_path, getattr(made_documents, name)())
    written = "\n".join([markdown(document), "---", *document.report.lines(), ""])
    assert written == expected(name)


@pytest.mark.parametrize("file", FROM_LIBREOFFICE, ids=lambda file: file.name)
def test_the_same_document_saved_by_libreoffice_reads_the_same(file: Path) -> None:
    if file.name == "mat-khau.docx":
        with pytest.raises(Invalid, match=LOCKED):
            read(file)
        return
    assert markdown(read(file)) == expected(file.stem).split("\n---\n")[0]


def test_there_are_enough_of_them() -> None:
    assert len(EXPECTED) >= 15
    assert len(FROM_LIBREOFFICE) >= 10


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("truncated", BROKEN),
        ("corrupted", BROKEN),
        ("bomb", HOSTILE),
        ("real_bomb", HOSTILE),
        ("entities", HOSTILE),
        ("not_word", "Tệp không phải văn bản Word"),
    ],
)
def test_broken_and_hostile_files_are_refused_in_a_sentence(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        read_bytes(tmp_path, getattr(made_documents, name)())
    assert refused.value.message == message
    assert refused.value.fix


@pytest.mark.parametrize("cut", [1, 100, 5_000, 20_000, 30_000])
@pytest.mark.parametrize("name", ["tcvn3.odt", "tcvn3.docx", "tcvn3.doc", "mat-khau.docx"])
def test_a_file_cut_anywhere_never_ends_in_a_traceback(
    name: str, cut: int, tmp_path: Path, no_libreoffice: None
) -> None:
    with pytest.raises(Invalid):
        read_bytes(tmp_path, (HERE / "files" / name).read_bytes()[:-cut], name)


@pytest.fixture
def no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.word.document._find_libreoffice", lambda: None)


@pytest.mark.usefixtures("no_libreoffice")
@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("bai.doc", (HERE / "files/tcvn3.doc").read_bytes(), "Tệp .doc là dạng cũ, máy này không đọc được"),
        # Renamed, as people do who were told to send a .docx.
        ("bai.docx", (HERE / "files/tcvn3.doc").read_bytes(), "Tệp .doc là dạng cũ, máy này không đọc được"),
        ("bai.rtf", b"{\\rtf1 x}", "Tệp .rtf là dạng cũ, máy này không đọc được"),
        ("bai.docx", b"", "Tệp trống (0 byte)"),
        ("bai.docx", b"<html>", BROKEN),
        ("anh.jpg", make_image(), "Chỉ nhận tệp .docx, .odt, .txt (và .doc nếu máy có LibreOffice)"),
        ("bai.txt", b"a\0b", "Tệp không phải tệp chữ"),
    ],
)
def test_unreadable_parts_are_named(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        read_bytes(tmp_path, data, name)
    assert refused.value.message == message


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Không có tệp này"):
        read(tmp_path / "khong-co.docx")


@pytest.mark.usefixtures("convert")  # that LibreOffice is here
def test_an_old_word_file_is_read_where_libreoffice_is() -> None:
    assert markdown(read(HERE / "files/tcvn3.doc")) == expected("tcvn3").split("\n---\n")[0]


STORY = "Bà con xã Nam Dong đã góp đất làm đường.\nNước về ruộng sớm hơn mười ngày, ai cũng mừng."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (STORY.encode(), ""),
        (STORY.encode("utf-8-sig"), ""),
        (STORY.encode("utf-16"), ""),
        ("".join(typed for typed, _ in type_tcvn3(STORY)).encode("latin-1"), "TCVN3"),
        (type_vni(STORY).encode("cp1252"), "VNI"),
        # Pasted from an old font into Notepad, and saved as Unicode.
        (type_vni(STORY).encode(), "VNI"),
    ],
)
def test_a_text_file_in_any_encoding(data: bytes, encoding: str, tmp_path: Path) -> None:
    document = read_bytes(tmp_path, data, "bai.txt")
    assert markdown(document) == STORY.replace("\n", "\n\n")
    assert [name for name in ("TCVN3", "VNI") if any(name in line for line in document.report.lines())] == [
        *filter(None, [encoding])
    ]


def test_a_text_file_of_a_vietnamese_windows(tmp_path: Path) -> None:
    """Code page 1258 writes most tones after their letter."""
    data = b"B\xe0 con \xf0a\xde g\xf3p \xf0\xe2\xect"
    assert markdown(read_bytes(tmp_path, data, "bai.txt")) == "Bà con đã góp đất"


def test_only_the_visible_part_of_a_picture_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "bai.docx"
    file.write_bytes(made_documents.cropped())
    kept = Kept()
    load_document(file, kept.keep)
    (data,) = kept.pictures
    with Image.open(BytesIO(data)) as image:
        assert image.size == (40, 40)
        red, _, blue = image.convert("RGB").getpixel((3, 20))  # type: ignore[misc]
    assert blue > 200
    assert red < 60


@pytest.mark.parametrize(
    ("described", "alt"),
    [
        ("Kênh giữa đồng", "Kênh giữa đồng"),
        ("  Kênh\n giữa đồng ", "Kênh giữa đồng"),
        ("C:\\Anh\\IMG_2020.jpg", ""),
        ("IMG_2020", ""),
        ("image1", ""),
        ("Ảnh 3", ""),
        ("A group of people standing\n\nDescription automatically generated", ""),
        ("kenh.JPG", ""),
        ("", ""),
    ],
)
def test_only_words_that_a_person_wrote_are_alternative_text(described: str, alt: str) -> None:
    assert written_alt(described) == alt


def test_reading_changes_nothing_and_gives_the_same_twice(tmp_path: Path) -> None:
    file = tmp_path / "bai.docx"
    file.write_bytes(made_documents.pictures())
    before = hashlib.sha256(file.read_bytes()).digest(), file.stat().st_mtime_ns
    one, two = Kept(), Kept()
    assert markdown(load_document(file, one.keep)) == markdown(load_document(file, two.keep))
    assert one.pictures == two.pictures
    assert (hashlib.sha256(file.read_bytes()).digest(), file.stat().st_mtime_ns) == before
