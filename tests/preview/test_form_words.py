"""The form speaks of boxes and lists, never of the lines, bars and quotes of a file."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import load_vocabulary
from plugins.preview.addresses import FORM_URL
from plugins.preview.form import wording as form_words
from plugins.preview.form.wording import empty_of, help_of, in_boxes
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.preview.live.site import LiveSite
    from plugins.sources.schema import Key

PROJECT = Path(__file__).parents[2]
STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"
OF_FILES = re.compile(
    r"thêm dòng \w+:|thêm dòng [^,;]*: […<]|\S+ \| |mỗi dòng:|ngoặc kép|(?<!/)\bbai\.md|[Dd]òng \d|dòng ---|xóa mục này"
    r"|viết danh sách|có dấu hay không dấu|gạch nối|tên thư mục|tên tệp|thư mục bài|sổ tay|Tên mục:|!\[mô tả",
    re.IGNORECASE,
)
# Modules with messages about stories.
SPEAKERS = (
    *(f"content/{name}.py" for name in ("stories/history", "stories/reading", "vocabulary/vocabulary")),
    *(
        f"content/{name}.py"
        for name in (
            "addresses/old",
            "cross_checks",
            "sources",
            "stories/languages",
            "stories/keys",
            "stories/folder",
        )
    ),
    *(f"content/registers/{name}.py" for name in ("joining", "registration")),
    *(f"language/{name}.py" for name in ("advice", "writing", "privacy")),
    *(f"sources/{name}.py" for name in ("values", "schema")),
    "photos/photo.py",
    "photos/recipe.py",
    "photos/judging/opening.py",
    "photos/judging/wholeness.py",
)
# Of files that are none of a story, of one that has no name for a form to open, and of one too broken for its parts;
# and what is put together of parts, which is tried below.
NOT_SHOWN = (
    "mixed_tones",
    "report_missing",
    "list_story_folders",
    "_report_no_file",
    "parse",
    "_read_pages",
    "_report_strays",
    "_explain_name",
    "_KEYS",
    "read_value",
    "signing_office",
)


@pytest.fixture(scope="module")
def keys() -> tuple[Key, ...]:
    return story_keys(load_vocabulary(PROJECT)[0])


def try_out(live: LiveSite, body: str = "Thân bài.", **values: list[str]) -> list[dict[str, Any]]:
    asked = {"path": STORY, "body": body, "values": values}
    got = answer("POST", Request(live, f"{FORM_URL}/thu", {}, json.dumps(asked).encode(), TOKEN))
    problems: list[dict[str, Any]] = json.loads(got.body)["problems"]
    return problems


def test_the_help_of_every_box_speaks_of_boxes(keys: tuple[Key, ...]) -> None:
    told = [f"{key.name}: {help_of(key)}" for key in keys]
    assert [line for line in told if OF_FILES.search(line) or "|" in line] == []
    # A list shows its options, so that its help need not.
    assert help_of(next(key for key in keys if key.attribute == "status")).count("ví dụ") == 0
    assert {key.attribute for key in keys} >= form_words._HELP.keys() | form_words._EMPTY.keys()


def texts(node: ast.AST) -> Iterator[str]:
    """Yield every text that a module says, with a number for each value in it, but for docstrings and NOT_SHOWN."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.FunctionDef) and child.name in NOT_SHOWN:
            continue
        if isinstance(child, ast.Assign) and getattr(child.targets[0], "id", "") in NOT_SHOWN:
            continue
        if isinstance(child, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in child.values)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        else:
            yield from texts(child)


@pytest.mark.parametrize("module", SPEAKERS)
def test_every_message_about_a_story_has_words_for_the_form(module: str) -> None:
    said = list(texts(ast.parse((PROJECT / "plugins" / module).read_text(encoding="utf-8"))))
    assert said
    # Other texts are names or patterns.
    sentences = [text for text in said if " " in text and "(?" not in text and "[^" not in text]
    assert [(text, in_boxes(text)) for text in sentences if OF_FILES.search(in_boxes(text))] == []


BAD: dict[str, list[list[str]]] = {
    "title": [[], ["A" * 200], ['Tên "nháy" thẳng']],
    "date": [[], ["30/2/2020"], ["19-8"], ["1/1/2021"], ["1/1/2019", "2/1/2019"]],
    "field": [["Kinh"], ["Kinh tế, Quốc phòng"], []],
    "commune": [["Không đâu"], ["Nam Dong, Ea Pô"], [], ["Cư Jút"]],
    "kind": [["Cá nhân"], ["Tập"], []],
    "year": [["20"]],
    "summary": [["từ " * 80]],
    "summary_rad": [["Ω"]],
    "photo": [["khong-co.jpg"], ["a/b.jpg"], ["http://x.vn/a.jpg"], ["kenh.jpg"]],
    "photo_alt": [[]],
    "gallery": [
        ["x.jpg"],
        ["x.jpg |  | Ảnh: thôn"],
        ["x.jpg | a | b | c"],
        ["x.jpg | a", "x.jpg | a"],
        ["x.jpg | a  b | Ngày 1/2/20"],
    ],
    "results": [["3 km | "], ["a | b | c"]],
    "recognition": [["hôm qua | QĐ 1"]],
    "commendations": [
        ["Giấy khen |  | 2026"],
        ["Giấy khen | liên xã | 2020"],
        ["a | huyện | 2020", "a | huyện | 2020"],
    ],
    "movements": [["Không có"], ["Vì người nghèo, Không"]],
    "replicates": [["khong-co"], ["ea-po-hoc-cach-lam-kenh"]],
    "registration": [["DK-1"], ["DK-2020-001, DK-2020-002"], ["DK-2019-001"], ["DK-2020-999"]],
    "consent": [[" | Bà A"], ["a | b | c"], ["đã ký"]],
    "status": [["xong"]],
    "updates": [["5/3/2026"], ["5/3 | x"], ["1/1/1999 | x"]],
    "corrections": [["5/3/2026 | "]],
    "old_addresses": [["/"], ["a b?c"], ["con"], ["bai-viet/2020/ea-po-hoc-cach-lam-kenh"]],
    "withdrawn": [
        ["hôm qua"],
        ["1/3/2026"],
        ["1/3/2026, lý do xem lại bài Sang Nam Dong xem kênh, Ea Pô mang về một cuốn sổ"],
    ],
    "muted": [["mọi thứ"]],
    "sample": [["ừ"]],
}
BODIES = (
    "",
    "[a]() [b](khong) [c](../khac/bai.md) [d](C:\\x.pdf) [e](http://127.0.0.1:8000/bai-viet/2020/x/)",
    "<b>chữ</b> <video></video>\n\n![](x.jpg)",
    'Chữ hoà  thuận , "nháy".\n\nHòa bình 1,000 người, 3.5 km ngày 1/2/20. ĐOÀN KẾT THÀNH CÔNG.\n\n' + "chữ " * 200,
)


def test_no_problem_that_a_form_can_show_speaks_of_a_file(live: LiveSite) -> None:
    said: list[dict[str, Any]] = []
    for attribute, tried in BAD.items():
        for lines in tried:
            found = try_out(live, **{attribute: lines})
            assert found or attribute == "date" or lines in ([], ["kenh.jpg"]), (attribute, lines)
            said += found
    for body in BODIES:
        said += try_out(live, body)
    assert len({problem["message"] for problem in said}) > 50
    assert [one for one in said if OF_FILES.search(f"{one['message']}; {one['fix']}")] == []


@pytest.mark.parametrize(
    ("values", "place", "message"),
    [
        ({"title": []}, "title", 'Thiếu mục "Tiêu đề"; điền vào ô này'),
        ({"commune": []}, "commune", 'Thiếu mục "Xã"; chọn trong ô này'),
        (
            {"commendations": ["Giấy khen |  | 2026"]},
            "commendations",
            'Biểu dương "Giấy khen, 2026" không đúng dạng; điền đủ ba ô “Hình thức”, “Cấp”, “Ngày hoặc năm”',
        ),
        ({"photo": ["mat.png"]}, "photo", 'Bài chưa có ảnh "mat.png"; thả ảnh ấy vào phần Ảnh, hoặc chọn ảnh khác'),
        (
            {"consent": ["đã ký"]},
            "consent",
            'Đồng ý "đã ký" không phải số phiếu; ghi số trên phiếu đã ký, ví dụ PĐY-2026-07',
        ),
        (
            {"kind": ["Cá nhân"], "consent": []},
            "consent",
            'Bài về cá nhân mà thiếu mục "Đồng ý"; điền số phiếu đồng ý của người được viết vào ô “Đồng ý”',
        ),
    ],
)
def test_a_problem_stands_at_its_box_in_its_words(
    live: LiveSite, values: dict[str, list[str]], place: str, message: str
) -> None:
    found = [(one["attribute"], f"{one['message']}; {one['fix']}") for one in try_out(live, **values)]
    assert (place, message) in found


def test_a_missing_body_is_reported_at_the_body(live: LiveSite) -> None:
    found = {one["message"]: (one["attribute"], one["fix"]) for one in try_out(live, "")}
    assert found["Bài chưa có chữ nào"] == ("body", "viết vào ô Bài viết")


def test_a_link_to_a_file_of_this_computer_is_told_without_files_of_the_project(live: LiveSite) -> None:
    (found,) = [one for one in try_out(live, r"[xem](C:\Users\a.docx)") if "chỉ mở được trên máy" in one["message"]]
    assert found["attribute"] == "body"
    assert found["fix"].endswith("rồi dẫn tới đó, hoặc chép phần chính vào ô Bài viết")


def test_every_box_that_is_spoken_of_is_there(keys: tuple[Key, ...]) -> None:
    names = {key.name for key in keys} | {part.name for key in keys for part in key.widget.parts}
    spoken = {name for _, meant in form_words._WORDS for name in re.findall(r"ô “([^”\\]+)”", meant)}
    assert spoken
    assert spoken <= names


def test_the_empty_choice_of_a_list_has_a_label(keys: tuple[Key, ...]) -> None:
    said = {key.attribute: empty_of(key, key.widget.parts[0]) for key in keys}
    assert said["status"] == "để trống: được đăng"
    assert said["kind"] == "tin thường"
    assert said["field"] == "–"
