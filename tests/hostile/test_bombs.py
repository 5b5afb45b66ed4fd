"""Small files that would take hours or gigabytes: each is refused in a sentence, at once."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from plugins.markdown.excess import MOST_LETTERS, MOST_LINES, MOST_MARKS, MOST_MARKS_TOGETHER, find_excess
from plugins.markdown.reading import read_body
from plugins.newsroom.importing import make_draft
from plugins.photos import pixels
from plugins.photos.share_card import _cut
from plugins.sources.problem import Invalid
from tests.conftest import make_jpeg_that_says
from tests.content.registers.raw import register
from tests.loading import load
from tests.word.made_documents import with_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Project

pytestmark = pytest.mark.slow

# Inputs for which Python-Markdown, or our code, takes quadratic time.
UNITS = (
    *(
        "[",
        "![",
        "![a](",
        "[a](",
        "[a](<",
        "***a",
        "_a ",
        "`a",
        "`` ` ",
        "```\n",
        "<",
        "<a ",
        "<div>",
        "<div>\n\n",
        "<!--",
        "a <!-- b\n\n",
        "<![CDATA[",
    ),
    *(
        "&a",
        "&#",
        ">",
        "> ",
        "- ",
        "1. ",
        "* ",
        "- a\n",
        "- a\n\n",
        "a\n: b\n",
        "# a\n",
        "## a #\n",
        "a\n=\n",
        "- - -\n",
        "a  \n",
    ),
    *(
        "[a]: b\n",
        "[^1]: a\n",
        "[a][b] ",
        "*[",
        "{: ",
        "# a {: #b",
        "a|b\n",
        "`|",
        "\\[ ",
        '"',
        "'a",
        "[a]({filename}",
        "<a {",
    ),
    *(
        "<http://a",
        "<a@a",
        "A",
        "a\n\n",
        "[[a](b)",
        "*[a",
        "<ul><li>",
        " ",
        " \n",
        "a\u0301",
        "1/1/",
        "{lang= ",
        "> - a\n",
    ),
)


def largest(unit: str) -> str:
    """Return as much of one thing as is let through."""
    text = unit * (MOST_LETTERS // len(unit))
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (low, middle - 1) if find_excess(text[:middle], "", 1) else (middle, high)
    return text[:low]


def test_what_is_let_through_is_rendered() -> None:
    # The whole of it is tried by hand, `python -m tests.hostile.test_bombs`: seconds each, where it was hours.
    for unit in UNITS[::5]:
        read_body(largest(unit)[:5_000]).html({}, lambda _: None)


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("a\n" * (MOST_LINES + 1), 7, "Bài quá dài"),
        ("a " * MOST_LETTERS, 7, "Bài quá dài"),
        ("một hai\n" + "x" * 5_000, 8, "Có một từ dài hơn"),
        ("một\n\n" + "[" * (MOST_MARKS_TOGETHER + 1), 9, "Quá nhiều dấu"),
        ("*a* *b* *c* *d*\n\n" * (MOST_MARKS // 8 + 1), None, "Quá nhiều dấu"),
        ("a\n\n" + "> " * 30, 9, "lồng nhau quá sâu"),
        ("a\n\n" + " " * 90 + "- a", 9, "lồng nhau quá sâu"),
        ("a\n: b\n" * 40, 7, "lồng nhau quá sâu"),
    ],
)
def test_a_body_beyond_any_story_is_refused_at_its_line(body: str, line: int | None, said: str) -> None:
    found = find_excess(body, "bai.md", 7)
    assert found
    assert said in found.message
    assert line in (None, found.line)


def test_long_stories_of_people_are_let_through() -> None:
    story = "Bà con **góp đất**, góp công [theo dõi](https://example.vn).\n\n" * 600
    assert find_excess(story + "- một\n    - hai\n        - ba\n" * 50, "bai.md", 1) is None


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *a]\n" for n in range(60)),
        "Tiêu đề: " + "a" * 200_000,
        "".join(f"Tiêu đề {n}: a\n" for n in range(20_000)),
        "a: " + "[" * 60_000,
        "? " * 40_000,
        "Tiêu đề: !!python/object/apply:os.system [id]",
        "<<: {Tiêu đề: a}",
    ],
)
def test_a_yaml_bomb_is_a_few_lines_of_problems(project: Project, front: str) -> None:
    path = "content/bai-viet/2020/kenh/bai.md"
    project.write(path, f"---\n{front}\n---\nBài.\n")
    problems = project.problems()
    assert problems
    assert all(line.startswith(path) for line in problems)
    assert len(problems) < 100


def swollen(change: Callable[[bytes], bytes]) -> bytes:
    return with_parts(register({}), lambda name, data: change(data) if "worksheets/" in name else data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</worksheet>", b'<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells></worksheet>'),
        (b"</worksheet>", b'<mergeCells><mergeCell ref="A:ZZ"/></mergeCells></worksheet>'),
        (b"</worksheet>", b"<c/>" * 2_000_000 + b"</worksheet>"),
        (b"</worksheet>", b"<c>" * 100 + b"</c>" * 100 + b"</worksheet>"),
        (b"</sheetData>", b"<row><c><v>" + b"7" * 2_000_000 + b"</v></c></row></sheetData>"),
        (b"</worksheet>", b"<c " + b'a="" ' * 500_000 + b"/></worksheet>"),
        (b"</worksheet>", b" " * 70_000_000 + b"</worksheet>"),
    ],
)
def test_a_workbook_that_swells_is_not_opened(project: Project, old: bytes, new: bytes) -> None:
    project.write("content/dang-ky/2020.xlsx", swollen(lambda data: data.replace(old, new)))
    problems = [str(problem) for problem in load(project.path).problems if "2020.xlsx" in problem.path]
    assert len(problems) == 1
    assert "phình quá lớn" in problems[0]


def test_a_csv_without_end_is_refused(project: Project) -> None:
    heads = "Mã;Tên mô hình;Loại;Đơn vị;Xã;Lĩnh vực;Ngày đăng ký;Trạng thái"
    project.write("content/dang-ky/2020.csv", f"{heads}\n" + "DK-2020-001;a;b;c;d;e;f;g\n" * 12_000)
    assert any("Sổ dài quá" in str(problem) for problem in load(project.path).problems)
    project.write("content/dang-ky/2020.csv", heads + ";x" * 1_000_000)
    assert len(load(project.path).problems) < 100


def jpeg(size: tuple[int, int], **save: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size).save(out, "JPEG", **save)
    return out.getvalue()


def many_passes() -> bytes:
    data = jpeg((900, 900), progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * 3_000 + data[-2:]


def thin() -> bytes:
    out = BytesIO()
    Image.new("1", (1_000_000, 1)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (many_passes, "quá nhiều lớp"),
        (thin, "Ảnh quá lớn"),
        (lambda: make_jpeg_that_says(8_000, 7_000, progressive=True), "Ảnh quá lớn"),
        (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "không phải ảnh"),
        (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n", "không phải ảnh"),
    ],
)
def test_a_photo_that_is_an_attack_is_refused(made: Callable[[], bytes], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        pixels.inspect(made())


def test_nothing_of_a_photo_is_still_a_photo() -> None:
    with Image.open(BytesIO(pixels.keep(jpeg((90, 60)), 2_560, (0.5, 0.5, 0.5, 0.5)))) as kept:
        assert kept.size == (1, 1)


def test_a_line_without_room_is_cut_to_nothing() -> None:
    assert _cut("một dòng dài", -5.0, lambda text: float(len(text))) == "…"


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
PARAGRAPH = "<w:p><w:r><w:t>Bài</w:t></w:r></w:p>"


def document(body: str, **more: str) -> bytes:
    out = BytesIO()
    parts = {"[Content_Types].xml": "<Types/>", "_rels/.rels": RELS} | more
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: document(PARAGRAPH * 7_000), "dài quá một bài"),
        (lambda: document("<w:p/>" * 500_000), "dài quá một bài"),
        (lambda: document("<w:p>" * 50_000 + "</w:p>" * 50_000), "quá nhiều tầng"),
        (lambda: document("<w:tbl><w:tr><w:tc>" * 400 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 400), "quá nhiều tầng"),
        (lambda: document("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 3_000 + "</w:p>"), "dài quá một bài"),
        (lambda: document("<w:p><w:r><w:t>" + "a" * 1_100_000 + "</w:t></w:r></w:p>"), "dài quá một bài"),
        (
            lambda: document(PARAGRAPH, **{"word/_rels/document.xml.rels": "<!DOCTYPE a [<!ENTITY a 'b'>]><a>&a;</a>"}),
            "phá hoại",
        ),
        (lambda: document(PARAGRAPH, **{"word/_rels/document.xml.rels": "<a>"}), "Tệp hỏng"),
        ("ạ\n" * 7_000, "dài quá một bài"),
        ("đất " * 110_000, "quá dài"),
    ],
)
def test_a_document_that_is_an_attack_is_refused(
    project: Project, tmp_path: Path, data: Callable[[], bytes] | str, said: str
) -> None:
    made = data.encode() if isinstance(data, str) else data()
    file = tmp_path / ("bai.docx" if made.startswith(b"PK") else "bai.txt")
    file.write_bytes(made)
    library = project.load()
    with pytest.raises(Invalid, match=said):
        make_draft(project.path, library.vocabulary, file)
    assert not (project.path / "content/bai-viet").exists()


def test_paths_that_climb_out_of_a_package_stay_in_it(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "bai.docx"
    file.write_bytes(
        document(PARAGRAPH, **{"../../../ra-ngoai.txt": "x", "/ra-ngoai.txt": "x", "..\\ra-ngoai.txt": "x"})
    )
    made = make_draft(project.path, project.load().vocabulary, file)
    assert (project.path / made.path).is_file()
    assert not list(tmp_path.parent.rglob("ra-ngoai*"))


if __name__ == "__main__":
    for unit in UNITS:
        begun = time.process_time()
        read_body(largest(unit)).html({}, lambda _: None)
        print(f"{time.process_time() - begun:6.1f} s  {unit!r}")
