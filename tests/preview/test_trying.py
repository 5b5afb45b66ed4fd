"""Any file of content/ tried and saved in the browser: its problems, and the errors it causes in others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plugins.editing.saving import open_file
from plugins.preview.addresses import OWN
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.preview.live.site import LiveSite
    from tests.preview.shared_site import SharedSite

XA = "content/danh-muc/xa.yaml"
PAGE = "content/trang/gioi-thieu.md"
BODY = "---\nTiêu đề: Giới thiệu\n---\n\nLời *mới*.\n"


@pytest.fixture
def live(shared: SharedSite) -> Iterator[LiveSite]:
    with shared.lend() as lent:
        yield lent


def post(live: LiveSite, what: str, path: str, text: str) -> dict[str, Any]:
    asked = {"path": path, "version": open_file(live.project, path).version, "body": text}
    got = answer("POST", Request(live, f"{OWN}sua/{what}", {}, json.dumps(asked).encode(), TOKEN))
    assert got.status == 200
    said: dict[str, Any] = json.loads(got.body)
    return said


def read(live: LiveSite, path: str) -> str:
    return (live.project / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (XA, "- mã: ", "- mãa: "),
        ("content/danh-muc/linh-vuc.yaml", "  màu: ", "  màu: đỏ #"),
        ("content/danh-muc/phong-trao.yaml", "  tên: ", "  tên: [\n  t: "),
        ("content/danh-muc/co-quan.yaml", "\n  cấp: huyện", "\n  cấp: tỉnh lỵ"),
        ("content/danh-muc/ke-hoach.yaml", "hạn báo cáo: ", "hạn báo cáo: mai "),
        ("content/bao-cao/2020.md", "\n## ", "\n## Lạ "),
        (PAGE, "Tiêu đề: ", "Tieu: "),
        ("content/van-ban/huong-dan-nam-dan-van-kheo-2020.md", "\n---\n", "\nNgày: 31/2/2020\n---\n"),
    ],
)
def test_problems_of_a_tried_text_have_their_lines(live: LiveSite, path: str, old: str, new: str) -> None:
    text = read(live, path)
    before = live.problems
    assert [one for one in post(live, "thu", path, text)["problems"] if one["level"] == "error"] == []
    problems = post(live, "thu", path, text.replace(old, new, 1))["problems"]
    own = [one for one in problems if one["path"] == path and one["level"] == "error"]
    at = text[: text.index(old)].count("\n") + 1
    assert own
    assert any(abs(one["line"] - at) <= 2 for one in own)
    # Trying changes nothing.
    assert read(live, path) == text
    live.update({live.project / "content"})
    assert live.problems == before


def test_errors_caused_in_other_files_are_reported(live: LiveSite) -> None:
    text = read(live, XA)
    entry = text[text.index("- mã: nam-dong\n") :].partition("\n- mã: ")[0]
    said = post(live, "thu", XA, text.replace(f"{entry}\n", ""))
    elsewhere = [one for one in said["problems"] if one["path"] != XA]
    assert len(elsewhere) == 10
    assert said["more"] > 0
    assert all(one["level"] == "error" for one in elsewhere)
    assert any(one["path"].startswith("content/bai-viet/") for one in elsewhere)


def test_a_story_that_is_no_origin_any_more_is_an_error_of_its_copies(live: LiveSite) -> None:
    path = next(one.path for one in live.content.stories if one.slug.startswith("hai-thon-chung-tay"))
    lines = [line for line in read(live, path).splitlines() if not line.startswith("Loại:")]
    problems = post(live, "thu", path, "\n".join(lines))["problems"]
    assert any(one["path"] != path and "tin thường" in one["message"] for one in problems)


@pytest.mark.parametrize("path", [PAGE, "content/van-ban/huong-dan-nam-dan-van-kheo-2020.md"])
def test_a_page_or_document_is_shown_beside_as_saving_it_would_show_it(live: LiveSite, path: str) -> None:
    text = f"{read(live, path)}\n\nLời *vừa gõ*.\n"
    tried = post(live, "thu", path, text)["page"]
    assert "<em>vừa gõ</em>" in tried
    assert post(live, "luu", path, text)["warning"] == ""
    url = live.content.sources[path].url
    saved = answer("GET", Request(live, url)).body.decode()
    assert tried.partition("<main")[2].partition("</main>")[0] == saved.partition("<main")[2].partition("</main>")[0]


def test_saving_with_errors_succeeds_with_a_warning(live: LiveSite) -> None:
    text = read(live, XA).replace("- mã: ", "- mãa: ", 1)
    said = post(live, "luu", XA, text)
    assert read(live, XA) == text
    assert said["warning"] == "nhưng có 1 lỗi, trang vẫn theo bản trước"
    assert [one["what"] for one in said["earlier"]] == ["sửa 1 dòng"]
    # The site stays in its last good state, with the reason.
    assert live.get("/").status == 200
    assert any(problem.path == XA for problem in live.problems)
    mended = post(live, "luu", XA, text.replace("- mãa: ", "- mã: "))
    assert mended["warning"] == ""


def test_a_story_and_a_commune_that_others_need_say_so_when_saved(live: LiveSite) -> None:
    story = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"
    text = read(live, story)
    assert post(live, "luu", story, text.replace("Ngày: 22", "Ngày: 99"))["warning"] == "nhưng có 1 lỗi, chưa lên trang"
    assert post(live, "luu", story, text)["warning"] == ""
    xa = read(live, XA)
    entry = xa[xa.index("- mã: nam-dong\n") :].partition("\n- mã: ")[0]
    warning = post(live, "luu", XA, xa.replace(f"{entry}\n", ""))["warning"]
    assert "lỗi ở tệp khác" in warning


def test_a_save_is_shown_without_anyone_watching(live: LiveSite) -> None:
    post(live, "luu", PAGE, BODY)
    assert b"<em>m\xe1\xbb\x9bi</em>" in live.get("/gioi-thieu/").body
