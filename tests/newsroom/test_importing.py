"""`import` as a writer meets it: a Word file and photos in, a draft out that `check` can read, nothing else touched."""

from __future__ import annotations

import hashlib
import io
import os
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from plugins.content.stories.keys import story_keys
from plugins.newsroom.importing import import_story
from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.text import read_text
from tests.conftest import make_image
from tests.held import holding
from tests.site import checkout, forked
from tests.word import made_documents, small_documents, small_odt
from tests.word.made_documents import add_tcvn3, new, saved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.conftest import Project

TASKS = Path(__file__).parents[2] / "tasks.py"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a writer keeps what came in, outside of the project."""
    return tmp_path_factory.mktemp("ban-viet")


def put(desk: Path, name: str, data: bytes) -> str:
    (desk / name).write_bytes(data)
    return str(desk / name)


def made(project: Project) -> list[str]:
    return sorted(
        file.relative_to(project.path / "content/bai-viet").as_posix()
        for file in (project.path / "content").rglob("*")
        if file.is_file() and "bai-viet" in file.parts
    )


def read(project: Project) -> tuple[str, dict[str, str | list[str]], str]:
    """Return the one draft: its text, its values by key, its body."""
    (file,) = (project.path / "content/bai-viet").rglob("bai.md")
    text = read_text(file, "bai.md")
    assert isinstance(text, str)
    matter = parse_front_matter(text, "bai.md")
    assert isinstance(matter, FrontMatter)
    values = {
        key.text: [item.text for item in value.items] if value.kind == "list" else value.text
        for key, value in matter.mapping.pairs
    }
    return text, values, matter.body


def test_a_letter_becomes_a_draft_with_its_guesses_marked(
    project: Project, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = put(desk, "Báo cáo thôn 3.docx", made_documents.letter())
    assert import_story(project.path, document, ()) == 0
    assert made(project) == ["2020/bao-cao-thon-3-xa-nam-dong-lam-kenh/bai.md"]
    text, values, body = read(project)
    assert list(values) == [key.name for key in story_keys(project.load().vocabulary)]
    assert {key: value for key, value in values.items() if value} == {
        "Tiêu đề": "BÁO CÁO THÔN 3 XÃ NAM DONG LÀM KÊNH",
        "Ngày": "5/8/2020",
        "Xã": "Nam Dong",
        "Trạng thái": "nháp",
    }
    # Who signs for the office has not said that he wrote it.
    for key in ("Tiêu đề", "Ngày", "Xã"):
        assert f"\n{key}: " in text.split("# đoán: ", 1)[1]
    assert text.count("\n# đoán: ") == 3
    assert "viết hoa toàn bộ" in text
    assert "BÁO CÁO" not in body
    assert "Xã Đắk D'rông sang học." in body
    assert "2 bảng chỉ để dàn trang thành đoạn văn" in body.split("-->")[0]
    said = capsys.readouterr().out
    assert "tệp gốc giữ nguyên" in said
    assert "Đoán, cần xác nhận: Tiêu đề, Ngày, Xã." in said
    assert project.load().errors == []


def test_photos_are_named_by_order_and_the_checker_asks_for_their_words(
    project: Project, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Máy của An"
    photos = [
        put(desk, "IMG_9.jpg", make_image("JPEG", (60, 30), exif=exif)),
        put(desk, "lớn.png", make_image("PNG", (3000, 1500))),
    ]
    assert import_story(project.path, put(desk, "bai.docx", made_documents.pictures()), photos) == 0
    folder = (project.path / "content/bai-viet").rglob("bai.md").__next__().parent
    sizes = {}
    for file in sorted(folder.glob("*.jpg")):
        with Image.open(file) as image:
            sizes[file.name] = image.size
            assert dict(image.getexif()) == {}
            assert image.format == "JPEG"
    assert sizes == {"anh-1.jpg": (30, 60), "anh-2.jpg": (2560, 1280)} | {
        f"anh-{number}.jpg": (60, 40) for number in (3, 4, 5, 6)
    }
    _, values, body = read(project)
    assert (values["Ảnh"], values["Ảnh khác"]) == ("anh-1.jpg", ["anh-2.jpg |"])
    assert '![Kênh giữa đồng](anh-3.jpg "Hình 1. Tuyến kênh mới. Ảnh: thôn 3")' in body
    problems = "\n".join(project.problems())
    assert 'Ảnh "anh-1.jpg" chưa có mô tả' in problems
    assert 'Ảnh khác "anh-2.jpg" chưa có mô tả' in problems
    assert 'Ảnh "anh-4.jpg" trong bài chưa có mô tả' in problems
    said = capsys.readouterr().out
    assert "Còn phải sửa trước khi đăng:\n  content/bai-viet/" in said
    assert 'Ảnh "anh-4.jpg" trong bài chưa có mô tả' in said


def test_a_star_stands_for_all_photos_in_the_order_of_their_numbers(project: Project, desk: Path) -> None:
    for number in (10, 2, 1):
        put(desk, f"anh {number}.jpg", make_image("JPEG", (10 + number, 10)))
    assert import_story(project.path, put(desk, "b.docx", made_documents.styles()), [str(desk / "anh*.jpg")]) == 0
    folder = next((project.path / "content/bai-viet").rglob("bai.md")).parent
    assert [Image.open(folder / f"anh-{number}.jpg").width for number in (1, 2, 3)] == [11, 12, 20]


def test_the_originals_are_only_read_and_nothing_is_written_over(project: Project, desk: Path) -> None:
    paths = [put(desk, "bai.docx", made_documents.styles()), put(desk, "anh.jpg", make_image())]

    def state() -> list[tuple[str, bytes, int]]:
        files = sorted(desk.iterdir())
        return [(f.name, hashlib.sha256(f.read_bytes()).digest(), f.stat().st_mtime_ns) for f in files]

    before = state()
    for _ in range(2):
        assert import_story(project.path, paths[0], paths[1:]) == 0
    assert state() == before
    year = made(project)[0].split("/")[0]
    assert made(project) == [
        f"{year}/hai-thon-chung-tay-lam-kenh{again}/{name}" for again in ("-2", "") for name in ("anh-1.jpg", "bai.md")
    ]
    one, two = ((project.path / f"content/bai-viet/{name}").read_bytes() for name in made(project) if "bai.md" in name)
    assert one == two
    assert not list((project.path / "content/bai-viet").rglob(".nhap-*"))


def test_without_a_title_or_a_date_nothing_is_made_up(project: Project, desk: Path) -> None:
    document = new()
    document.add_paragraph("Một đoạn văn dài không có tiêu đề. " * 8)
    assert import_story(project.path, put(desk, "thon 3.docx", saved(document)), ()) == 0
    text, values, _ = read(project)
    assert made(project)[0].endswith("/thon-3/bai.md")
    assert {key for key, value in values.items() if value} == {"Trạng thái"}
    assert "# đoán: " not in text
    assert [error.message for error in project.load().errors] == ['Thiếu mục "Tiêu đề"', 'Thiếu mục "Ngày"']


def test_an_old_font_is_converted_and_doubtful_words_are_listed(
    project: Project, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = new()
    add_tcvn3(document.add_paragraph(style="Title"), "Nước về buôn Nui")
    add_tcvn3(document.add_paragraph(), "Anh Y Krông Niê ở Đắk D’rông kể: nước đã về.")
    assert import_story(project.path, put(desk, "bai.docx", saved(document)), ()) == 0
    _, values, body = read(project)
    assert values["Tiêu đề"] == "Nước về buôn Nui"
    assert "Anh Y Krông Niê ở Đắk D’rông kể: nước đã về." in body
    # The commune's name is known; the man's is for the writer to look at.
    assert "Chữ cần đọc lại: Krông, Niê." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("document", "photos", "said"),
    [
        (b"", (), "bai.docx: Tệp trống (0 byte); chép lại tệp từ người gửi"),
        (made_documents.bomb(), (), "bai.docx: Tệp phình quá lớn khi mở ra (nghi là tệp phá hoại); xin lại tệp"),
        (made_documents.styles(), (b"x",), "anh-0.jpg: tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh"),
        (made_documents.styles(), (make_image(), b""), "anh-1.jpg: ảnh là tệp trống (0 byte); chép lại ảnh"),
    ],
)
def test_an_unreadable_document_makes_nothing(
    project: Project,
    desk: Path,
    document: bytes,
    photos: Sequence[bytes],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = [put(desk, f"anh-{number}.jpg", photo) for number, photo in enumerate(photos)]
    assert import_story(project.path, put(desk, "bai.docx", document), names) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"Chưa nhập được bài. {said}")
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert made(project) == []


def test_each_broken_photo_is_named_and_no_more_is_read_than_it_takes(
    project: Project, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [put(desk, "a.heic", b"x"), put(desk, "b.jpg", make_image()), put(desk, "c.jfif", b"")]
    heavy = Path(put(desk, "d.JPG", b"\xff\xd8\xff"))
    with heavy.open("r+b") as film:
        # As large as a film, of which most systems keep nothing on disk.
        film.truncate(1_000_000_000)
    tracemalloc.start()
    assert import_story(project.path, put(desk, "bai.txt", b"Bai"), [*photos, str(heavy)]) == 1
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
    assert capsys.readouterr().err.splitlines() == [
        "Chưa nhập được bài. a.heic: tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh từ máy chụp, lưu thành JPG",
        "c.jfif: ảnh là tệp trống (0 byte); chép lại ảnh từ máy chụp",
        "d.JPG: ảnh nặng quá 40 MB; thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
    ]
    assert made(project) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows không có umask")
def test_colleagues_may_read_and_write_the_import(project: Project, desk: Path) -> None:
    before = os.umask(0o002)
    try:
        assert import_story(project.path, put(desk, "bai.txt", "Hũ gạo\n".encode()), []) == 0
        other = project.path / "content/bai-viet/khac"
        other.mkdir()
    finally:
        os.umask(before)
    (folder,) = (project.path / "content/bai-viet").glob("*/bai")
    assert folder.stat().st_mode == other.stat().st_mode
    assert (folder / "bai.md").stat().st_mode & 0o777 == 0o664


def test_a_photo_that_another_program_holds_is_told_so(
    project: Project, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = put(desk, "anh.jpg", make_image())
    with holding(Path(photo)):
        assert import_story(project.path, put(desk, "bai.txt", b"Bai"), [photo]) == 1
    assert "anh.jpg: chưa đọc được tệp ảnh: đang được chương trình khác mở" in capsys.readouterr().err


def test_missing_files_are_named(project: Project, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = put(desk, "bai.docx", made_documents.styles())
    assert import_story(project.path, str(desk / "khong.docx"), ()) == 1
    assert import_story(project.path, sound, [str(desk / "khong.jpg")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Chưa nhập được bài. khong.docx: Không có tệp này; kiểm tra lại tên tệp và thư mục",
        "Chưa nhập được bài. khong.jpg: không đọc được tệp ảnh; kiểm tra lại tên tệp và thư mục",
    ]


def test_broken_vocabulary_is_named(project: Project, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("content/danh-muc/xa.yaml", "- mã: x\n")
    assert import_story(project.path, put(desk, "bai.docx", made_documents.styles()), ()) == 1
    assert "content/danh-muc/xa.yaml:1: " in capsys.readouterr().out
    assert made(project) == []


def test_a_file_of_five_megabytes_takes_under_three_seconds(project: Project, desk: Path) -> None:
    """Four photos of twelve megapixels, as phones take them, among two pages of text."""
    noise = Image.effect_noise((1000, 750), 60).convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC)
    document = new()
    for number in range(4):
        document.add_paragraph("Bà con thôn 3 cùng nhau làm kênh. " * 60)
        out = io.BytesIO()
        noise.rotate(90 * (number % 2) * 2).point(lambda value, by=number: min(255, value + by)).save(
            out, "JPEG", quality=92
        )
        document.add_picture(io.BytesIO(out.getvalue()))
    data = saved(document)
    assert len(data) > 5_000_000
    path = put(desk, "bai.docx", data)
    # Of this process alone: other tests of a busy machine are not the import's.
    start = time.process_time()
    assert import_story(project.path, path, ()) == 0
    assert time.process_time() - start < 3


# The last line of tasks.py, without the lines that prepare .venv.
AS_TASKS = "import tasks as t; t.StaffProgram(namespace=t.Collection.from_module(t), name='tasks.py').run()"


@pytest.mark.parametrize("program", ["tasks.py", "inv"])
@pytest.mark.parametrize("photos", [0, 1, 3])
def test_the_command_takes_any_number_of_photos(program: str, photos: int, desk: Path) -> None:
    """Read by the parser that staff's words go through; a document that is not there keeps it from writing."""
    words = [str(desk / "khong-co.docx"), *(str(desk / f"anh {number}.jpg") for number in range(photos))]
    for number in range(photos - 1):
        put(desk, f"anh {number}.jpg", make_image())
    if program == "inv":
        done = checkout.run(TASKS.parent, "import", *words)
    else:
        (done,) = forked.run([forked.Wanted(TASKS.parent, AS_TASKS, ["import", *words])])
    missing = f"anh {photos - 1}.jpg: không đọc được tệp ảnh" if photos else "khong-co.docx: Không có tệp này"
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Chưa nhập được bài. {missing}")


def hiding_docx() -> bytes:
    who = 'w:id="1" w:author="An" w:date="2020-01-01T00:00:00Z"'
    hidden = small_documents.run("BIMAT1", "<w:vanish/>")
    deleted = f"<w:del {who}><w:r><w:delText>BIMAT2</w:delText></w:r></w:del>"
    row = f"<w:tr><w:trPr><w:del {who}/></w:trPr><w:tc>{small_documents.paragraph('BIMAT3')}</w:tc></w:tr>"
    plain = f"<w:tr><w:tc>{small_documents.paragraph('Còn lại')}</w:tc></w:tr>"
    photo = small_documents.picture(frame='rot="5400000"', cut='l="50000"')
    body = small_documents.paragraph("Bà con góp đất làm đường.") + small_documents.paragraph(f"Mở{hidden}{deleted}")
    body += f"<w:tbl>{plain}{row}{plain}</w:tbl>{small_documents.paragraph(small_documents.drawing(photo))}"
    return small_documents.small(body, media={"i1": small_documents.png(small_documents.quarters())})


def hiding_odt() -> bytes:
    p, span = small_odt.p, small_odt.span
    photo = (
        '<draw:frame draw:style-name="G" svg:width="0.625in" svg:height="0.4167in">'
        '<draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    )
    cut = (
        '<style:style style:name="G" style:family="graphic">'
        '<style:graphic-properties fo:clip="rect(0in, 0in, 0in, 0.3125in)"/></style:style>'
    )
    body = p("Bà con góp đất làm đường.") + p(f"Mở {span('BIMAT1', 'H')}") + p("BIMAT2", "PH")
    body += f'<text:section text:name="S" text:display="none">{p("BIMAT3")}</text:section>{p(photo)}'
    picture = small_documents.png(small_documents.quarters())
    return small_odt.small_odt(body, styles=cut, parts={"Pictures/a.png": picture})


@pytest.mark.parametrize(("name", "make"), [("bai.docx", hiding_docx), ("bai.odt", hiding_odt)])
def test_nothing_that_was_hidden_is_in_any_file_of_the_draft(
    project: Project, desk: Path, name: str, make: Callable[[], bytes]
) -> None:
    """Neither words nor what was cut off a photo, whose left half was red and blue."""
    assert import_story(project.path, put(desk, name, make()), []) == 0
    files = [file for file in (project.path / "content/bai-viet").rglob("*") if file.is_file()]
    photos = [file for file in files if file.suffix == ".jpg"]
    assert len(photos) == 1
    assert [file.name for file in files if b"BIMAT" in file.read_bytes()] == []
    with Image.open(photos[0]) as image:
        pixels = list(image.convert("RGB").get_flattened_data())
    assert [pixel for pixel in pixels if pixel[0] > pixel[1] + 100 or pixel[2] > pixel[1] + 100] == []
