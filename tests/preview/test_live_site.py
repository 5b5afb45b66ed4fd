"""The live site has the bytes of a build, file by file; a fault affects nothing else."""

from __future__ import annotations

import re
import shutil
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from plugins.build_record import BuildRecord
from plugins.preview.addresses import STAFF_URL
from plugins.preview.live.page_state import digest, is_about
from plugins.preview.live.site import LiveSite
from plugins.preview.staff.pages import make_page
from plugins.site.build import build
from plugins.site.cache import load_cache
from plugins.sources.problem import Problem
from plugins.vietnamese import today
from tests.site import checkout
from tests.site.checkout import COPY_STORY, PHONE_PHOTO, PHONE_STORY, PHONE_URL, STORIES, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.preview.shared_site import SharedSite

STORY = f"{STORIES}/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/bai.md"
STORY_URL = "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/"
FIELDS = "content/danh-muc/linh-vuc.yaml"
# Of the staff page.
_HEADINGS = ("Có lỗi, chưa lên trang", "Bài nháp, chưa xuất bản", "Đang chờ trước khi xuất bản")
_LINK = re.compile(r'(?:href|src)="(/[^"#?]*)')


@pytest.fixture
def live(shared: SharedSite) -> Iterator[LiveSite]:
    with shared.lend() as lent:
        yield lent


@pytest.fixture
def project(live: LiveSite) -> Path:
    return live.project


def change(live: LiveSite, project: Path, path: str, old: str, new: str) -> str:
    """Edit a file as an editor does, and let the site know. Returns the text as it was."""
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    put(live, project, path, text.replace(old, new, 1))
    return text


def put(live: LiveSite, project: Path, path: str, content: str | bytes) -> None:
    write(project, path, content)
    live.update({project / path})


def assert_is_build(live: LiveSite, project: Path) -> None:
    """Every file of a build is the preview's at the same address, and the preview's links lead to no other page."""
    assert build(project, drafts=True, output="output") == 0
    files = {file.relative_to(project / "output").as_posix() for file in (project / "output").rglob("*.*")}
    files = {name for name in files if (project / "output" / name).is_file()}
    differing = [name for name in sorted(files) if live.get(url(name)).body != (project / "output" / name).read_bytes()]
    assert differing == []
    seen, left = {"/"}, ["/"]
    while left:
        found = set(_LINK.findall(live.get(left.pop()).body.decode())) - seen
        seen |= found
        left += [address for address in found if address.endswith("/")]
    assert {name for name in files if name.endswith("index.html")} >= {
        f"{address[1:]}index.html" for address in seen if address.endswith("/")
    }
    assert {live.get(address).status for address in seen} == {HTTPStatus.OK}
    assert len(files) > 300


def url(name: str) -> str:
    return f"/{name.removesuffix('index.html')}"


def test_the_bytes_are_those_of_a_build_at_first_and_after_every_kind_of_change(project: Path) -> None:
    live = LiveSite(project)
    live.update(())
    assert_is_build(live, project)
    stories = project / STORIES
    # Adds, renames and removals of stories and photos, and edits of all that a page may depend on.
    shutil.copytree(stories / "2020/Họp báo đầu năm", stories / "2020/hop-bao-cuoi-nam")
    live.update({stories / "2020/hop-bao-cuoi-nam", stories / "2020/hop-bao-cuoi-nam/bai.md"})
    change(live, project, f"{STORIES}/2020/hop-bao-cuoi-nam/bai.md", "Họp báo đầu năm", "Họp báo cuối năm")
    (stories / "2026/Bài còn viết dở").rename(stories / "2026/Bài đã viết xong")
    live.update({stories / "2026/Bài còn viết dở", stories / "2026/Bài đã viết xong"})
    change(live, project, PHONE_STORY, "Bài còn viết dở/", "Bài đã viết xong/")
    shutil.rmtree((project / COPY_STORY).parent)
    live.update({(project / COPY_STORY).parent})
    put(live, project, PHONE_PHOTO, checkout.phone_photo(quality=70))
    change(live, project, PHONE_STORY, "Một đoạn có", "[Một](https://a.vn/{index}) {author} đoạn khác có")
    change(live, project, STORY, "Ngày: ", "Ngày:  ")
    change(live, project, FIELDS, "tên: Kinh tế", "tên: Kinh tế nông thôn")
    change(live, project, FIELDS, "- mã: kinh-te\n", "- mã: kinh-te\n  mã cũ: lam-an\n")
    change(live, project, STORY, "\n---\n", "\nĐịa chỉ cũ: ten-cu\nĐính chính: 5/3/2026 | Sửa tên thôn\n---\n")
    change(live, project, "content/trang/lien-he.md", "\n---\n", "\nĐịa chỉ cũ: /gop-y/\n---\n")
    change(live, project, checkout.NEWS_STORY, "\n---\n", "\nGỡ: 5/3/2026, lý do đăng nhầm\n---\n")
    change(live, project, "content/trang/gioi-thieu.md", "\n---\n", "\n---\n\nThêm một đoạn.\n\n")
    change(live, project, "theme/templates/partials/card.html", "<li", '<li data-moi="1"')
    change(live, project, "theme/static/css/base.css", "@layer base {", "@layer base {\n  p { --moi: 1px; }")
    assert_is_build(live, project)
    assert "Kinh tế nông thôn" in live.get("/dan-van-kheo/linh-vuc/kinh-te/").body.decode()
    assert live.get(checkout.COPY_URL).status == HTTPStatus.NOT_FOUND


def test_moved_stories_redirect_and_withdrawn_ones_say_so(live: LiveSite, project: Path) -> None:
    change(live, project, STORY, "\n---\n", "\nĐịa chỉ cũ: [ten-cu, /tin/7.html]\n---\n")
    for old in ("/bai-viet/2019/ten-cu/", "/tin/7.html"):
        answer = live.get(old)
        assert answer.status == HTTPStatus.OK
        assert f'content="0; url={STORY_URL}"' in answer.body.decode()
    text = change(live, project, STORY, "\n---\n", "\nGỡ: 5/3/2026, lý do gia đình xin rút bài\n---\n")
    title = text.split("Tiêu đề: ")[1].split("\n")[0]
    for gone in (STORY_URL, "/bai-viet/2019/ten-cu/", "/tin/7.html"):
        answer = live.get(gone)
        assert answer.status == HTTPStatus.GONE
        assert "gia đình xin rút bài" in answer.body.decode()
    assert title not in live.get("/bai-viet/").body.decode() + live.get("/dan-van-kheo/").body.decode()
    # An editor can undo the withdrawal, and sees in the form the page that readers will see.
    assert live.find_source(STORY_URL) == live.describe(STORY_URL)["source"] == STORY
    problems, page = live.try_text(STORY, (project / STORY).read_text(encoding="utf-8"))
    assert problems == []
    assert page == live.get(STORY_URL).body
    put(live, project, STORY, text)
    assert title in live.get(STORY_URL).body.decode()


def test_a_broken_story_is_shown_as_it_was_and_its_problem_beside_it(live: LiveSite, project: Path) -> None:
    good = live.get(STORY_URL).body
    text = change(live, project, STORY, "Lĩnh vực: ", "Lĩnh vực: Không có ")
    assert live.get(STORY_URL).status == HTTPStatus.OK
    assert live.get(STORY_URL).body == good
    state = live.describe(STORY_URL)
    assert state["page"] == digest(good, live.style)
    assert [problem["path"] for problem in state["problems"]] == [STORY]
    # Other pages are up to date, and say it too.
    assert STORY_URL not in live.get("/bai-viet/").body.decode()
    assert live.describe("/")["errors"] == 1
    put(live, project, STORY, text)
    assert live.get(STORY_URL).body == good
    assert live.describe(STORY_URL)["errors"] == 0


@pytest.mark.parametrize(
    ("path", "content", "address", "said"),
    [
        (STORY, "---\nTiêu đề: Kênh\nNgày: 31/2/2019\n---\n", STORY_URL, f"{STORY}:3: "),
        (STORY, b"\xff\xfea", STORY_URL, f"{STORY}:1: Tệp lưu ở mã UTF-16"),
        (PHONE_PHOTO, b"khong phai anh", PHONE_URL, f"{PHONE_STORY}:10: "),
        ("content/trang/gioi-thieu.md", "không", "/gioi-thieu/", "content/trang/gioi-thieu.md:1: "),
        (FIELDS, "- mã: [", "/van-ban/", f"{FIELDS}:1: "),
        ("theme/templates/article.html", "a\n{% if %}", STORY_URL, "theme/templates/article.html:2: Mẫu trang viết"),
        ("theme/templates/article.html", "a\n{{ 1 / 0 }}", STORY_URL, "theme/templates/article.html:2: Mẫu trang bị"),
        (
            "theme/templates/article.html",
            "\n\n{% include 'partials/khong-co.html' %}",
            STORY_URL,
            "theme/templates/article.html:3: Mẫu trang bị lỗi (không có mẫu partials/khong-co.html)",
        ),
        ("theme/templates/article.html", "{{ asset('x') }}", STORY_URL, "theme/templates/article.html:1: Mẫu trang"),
        ("theme/templates/base.html", b"\xff", "/", "theme/templates/base.html:1: Tệp không ở mã UTF-8"),
        ("theme/static/css/base.css", "a {\n  color: red;\n}\n}", "/", "theme/static/css/base.css:4: Kiểu trang viết"),
    ],
)
def test_problems_present_at_the_start_are_shown_on_the_page(
    project: Path, path: str, content: str | bytes, address: str, said: str
) -> None:
    good = (project / path).read_bytes()
    write(project, path, content)
    live = LiveSite(project)
    live.update({live.project / "content"})
    answer = live.get(address)
    assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert any(str(problem).startswith(said) for problem in live.problems), live.problems
    text = re.sub(r"<[^>]*>", "", answer.body.decode())
    assert said.split(": ", maxsplit=1)[0] in text
    put(live, project, path, good)
    assert live.get(address).status == HTTPStatus.OK
    assert live.describe(address)["errors"] == 0


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("theme/templates/article.html", "{% if story.summary %}", "{% if %}"),
        ("theme/templates/article.html", "{% block main %}", "{% block main %}{{ 1 / 0 }}"),
        ("theme/static/css/base.css", "{", "{{{"),
        (FIELDS, "mã: kinh-te", "mã: "),
    ],
)
def test_a_page_that_breaks_is_shown_in_its_last_good_version(
    live: LiveSite, project: Path, path: str, old: str, new: str
) -> None:
    good = live.get(STORY_URL).body
    text = change(live, project, path, old, new)
    assert live.get(STORY_URL).body == good
    assert any(problem.path == path for problem in live.problems)
    # Written meanwhile: seen when the fault is mended, at the latest.
    change(live, project, STORY, "Tiêu đề: ", "Tiêu đề: Lần hai, ")
    put(live, project, path, text)
    assert "Lần hai, " in live.get(STORY_URL).body.decode()
    assert not [problem for problem in live.problems if problem.path == path]


def test_the_last_good_version_of_a_page_has_its_pictures(live: LiveSite, project: Path) -> None:
    page = live.get(STORY_URL).body.decode()
    pictures = [one for one in _LINK.findall(page) if one.startswith(STORY_URL) and one.endswith((".jpg", ".webp"))]
    good = {picture: live.get(picture).body for picture in pictures}
    assert good
    assert all(good.values())
    change(live, project, STORY, "Ngày: ", "Ngày: 31/2/")
    assert live.get(STORY_URL).body.decode() == page
    assert {picture: live.get(picture).body for picture in pictures} == good
    assert live.get(f"{STORY_URL}chua-co.jpg").status is HTTPStatus.INTERNAL_SERVER_ERROR
    assert live.get("/bai-viet/2020/khong-co/chua-co.jpg").status is HTTPStatus.NOT_FOUND


def test_drafts_and_samples_are_marked(live: LiveSite) -> None:
    assert live.describe("/bai-viet/2026/bai-con-viet-do/")["mark"] == "Bài nháp"
    assert live.describe(PHONE_URL)["mark"] == "Bài mẫu"
    assert live.describe("/")["mark"] == ""


def test_the_desk_lists_problems_drafts_and_missing_facts(live: LiveSite, project: Path) -> None:
    write(project, f"{STORIES}/2026/hong/bai.md", "không có khai báo")
    live.update({project / STORIES / "2026/hong"})
    text = (make_page(live, STAFF_URL) or b"").decode()
    wrong, drafts, waiting = (text.index(words) for words in _HEADINGS)
    assert wrong < text.index(f"{STORIES}/2026/hong/bai.md") < drafts < text.index(checkout.DRAFT_TITLE) < waiting
    assert waiting < text.index("chưa được điền")
    assert waiting < text.index("Họp báo đầu năm")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/bai-viet/2020/Kênh Mương/bai.md", "/bai-viet/2020/kenh-muong/"),
        ("content/bai-viet/2020/Kênh Mương", "/bai-viet/2020/kenh-muong/"),
        ("content/bai-viet/2020/Kênh Mương/anh.jpg", "/bai-viet/2020/kenh-muong/"),
        ("content/trang/lien-he.md", "/lien-he/"),
        ("content/van-ban/Hướng dẫn.md", "/van-ban/huong-dan/"),
        ("content/danh-muc/xa.yaml", ""),
        ("theme/templates/base.html", ""),
    ],
)
def test_a_problem_knows_its_page(path: str, address: str) -> None:
    problem = Problem(path, 1, "sai", "sửa")
    tried = ("/", "/bai-viet/2020/kenh-muong/", "/lien-he/", "/van-ban/huong-dan/")
    assert [page for page in tried if is_about(problem, page)] == ([address] if address else [])


def test_it_starts_from_the_build_cache_and_reads_later_changes(project: Path) -> None:
    time.sleep(0.12)
    LiveSite(project).open()
    kept = len(load_cache(BuildRecord(project, "output", "", today())).content.stories)
    assert kept == len(list((project / "content/bai-viet").glob("*/*")))
    changed, removed = sorted((project / "content/bai-viet").glob("*/*"))[:2]
    with (changed / "bai.md").open("a", encoding="utf-8") as out:
        out.write("\nMột câu thêm sau lần dựng.\n")
    shutil.rmtree(removed)
    assert len(load_cache(BuildRecord(project, "output", "", today())).content.stories) == kept - 2
    live = LiveSite(project)
    live.open()
    assert_is_build(live, project)
