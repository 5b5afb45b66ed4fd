"""A build gives the same bytes from the same content, and nothing that goes wrong costs the site that is there."""

from __future__ import annotations

import os
import shutil
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.site import checkout, forked
from tests.site.checkout import changing, read_tree, run, write
from tests.site.pages import Site
from tests.site.small_site import SmallSite
from tests.site.test_links import dead_links

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Build

BROKEN = f"{checkout.STORIES}/2018/hu-gao-tinh-thuong-buon-nui/bai.md"
BROKEN_URL = "/bai-viet/2018/hu-gao-tinh-thuong-buon-nui/"
# However few the pages. In a process of its own, as pytest's may have threads, beside which none is forked.
COUNT_OTHERS = """
import sys
from pathlib import Path
from plugins import teamwork
from plugins.site.build import build
teamwork._FEWEST = 1
others = []
sys.addaudithook(lambda event, _: others.append(event) if event == "os.fork" else None)
code = build(Path.cwd(), plain=sys.argv[1] == "plain")
print(len(others))
sys.exit(code)
"""


def test_a_build_reports_its_pages_and_folder(built: Build) -> None:
    stories = len(built.site.stories)
    exemplars = len(built.site.listed("/dan-van-kheo/"))
    pages = len(built.site.pages)
    lines = built.run.stdout.splitlines()
    assert f"Đã dựng xong: {stories} bài, {exemplars} điển hình, 11 xã, thị trấn, {pages} trang." in lines
    assert "output/index.html" in lines[-1]
    assert built.run.stderr == ""


def test_a_second_build_writes_the_same_bytes(built: Build, copied: Path) -> None:
    """Elsewhere on the disk, from nothing, over an older site, in another time zone, with another order of sets."""
    shutil.rmtree(copied / ".cache")
    write(copied, "output/bai-viet/da-xoa/index.html", "<p>Bài đã xóa</p>")
    done = run(copied, "build", environment={"PYTHONHASHSEED": "4711", "TZ": "America/Los_Angeles", "LC_ALL": "C"})
    assert done.code == 0
    assert read_tree(copied / "output") == read_tree(built.site.root)
    assert list(copied.glob(".output*")) == []


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no other process there")
def test_other_processes_take_part_in_a_build_unless_it_is_to_be_plain(tmp_path: Path) -> None:
    project = SmallSite.create(tmp_path).path
    others = {}
    for way in ("together", "plain"):
        (done,) = forked.run([forked.Wanted(project, COUNT_OTHERS, [way])])
        assert done.code == 0, done.stderr
        others[way] = int(done.stdout.splitlines()[-1])
    assert others["plain"] == 0
    # One on each processor but its own, and that for the texts and for the pages at the least.
    assert others["together"] >= 2 * (min(4, len(os.sched_getaffinity(0))) - 1)


def test_names_and_text_from_a_mac_or_from_windows_give_the_same_bytes(built: Build, tmp_path: Path) -> None:
    project = checkout.copy_project(tmp_path)
    checkout.add_stories(project)
    decomposed = 0
    for path in sorted((project / "content").rglob("*"), reverse=True):
        if path.suffix in {".md", ".yaml"}:
            text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
            path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
        if (name := unicodedata.normalize("NFD", path.name)) != path.name:
            path.rename(path.with_name(name))
            decomposed += 1
    assert decomposed >= 6
    assert run(project, "build").code == 0
    assert read_tree(project / "output") == read_tree(built.site.root)


def test_a_broken_story_is_left_out_by_name_and_the_others_are_there(built: Build, copied: Path) -> None:
    """Two others replicate this one: their pages stand without it."""
    text = (copied / BROKEN).read_text(encoding="utf-8")
    write(copied, BROKEN, text.replace("Xã: Tâm Thắng", "Xã: Tam Thnag"))
    done = run(copied, "build")
    assert done.code == 1
    line = 1 + text.splitlines().index("Xã: Tâm Thắng")
    expected = f'{BROKEN}:{line}: LỖI: Xã "Tam Thnag" không có trong danh mục; ý bạn là "Tâm Thắng"?'
    assert expected in done.stdout.splitlines()
    assert done.stderr == f"Bỏ ra ngoài vì có lỗi: {BROKEN}\n"
    site = Site(copied / "output", quick=True)
    assert built.site.stories.keys() - site.stories.keys() == {BROKEN_URL}
    assert dead_links(site) == []
    assert BROKEN_URL not in "".join(page.html for page in site.pages.values())


def test_a_broken_vocabulary_keeps_the_site_that_is_there(built: Build, mended: Path) -> None:
    path = "content/danh-muc/xa.yaml"
    communes = (mended / path).read_text(encoding="utf-8")
    with changing(mended, path, communes.replace("nay thuộc: xa-cu-jut", "nay thuộc: xa-cu-jyt")):
        done = run(mended, "build")
    assert done.code == 1
    assert 'ý bạn là "xa-cu-jut"?' in done.stdout
    assert "Thư mục output/ giữ nguyên như trước." in done.stderr
    assert read_tree(mended / "output") == read_tree(built.site.root)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A small project, and its site with the hash of every file; tests put back what they change."""
    project = SmallSite.create(tmp_path_factory.mktemp("small")).path
    assert run(project, "build").code == 0
    return project, read_tree(project / "output")


@pytest.mark.parametrize(
    ("template", "fault", "said"),
    [
        ("article.html", "{% if %}", "theme/templates/article.html:1: "),
        ("partials/card.html", "{{ story.title | khong_co }}", "theme/templates/partials/card.html"),
        ("home.html", "{% include 'partials/khong-co.html' %}", "theme/templates"),
        ("sitemap.xml", "{{ khong_co.gi_ca }}", "theme/templates"),
        ("article.html", "{{ 1 / 0 }}", "ZeroDivisionError"),
    ],
    ids=["syntax", "unknown filter", "missing part", "unknown name", "crash"],
)
def test_a_broken_template_is_one_sentence(
    small: tuple[Path, dict[str, str]], template: str, fault: str, said: str
) -> None:
    project, site = small
    path = f"theme/templates/{template}"
    text = (project / path).read_text(encoding="utf-8")
    # A child template runs only its blocks and assignments.
    with changing(project, path, f"{fault}{text}" if "{% extends" not in text else _inside(text, fault)):
        done = run(project, "build")
    assert done.code == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(("Chưa dựng được trang: ", "Chương trình gặp lỗi ngoài dự kiến "))
    assert said in lines[0]
    assert "Traceback" not in done.stdout + done.stderr
    assert read_tree(project / "output") == site
    assert not list(project.glob(".output*"))


def _inside(text: str, fault: str) -> str:
    return text.replace("{% block main %}", "{% block main %}" + fault) if fault != "{% if %}" else fault + text


def test_clean_deletes_builds_and_nothing_else(copied: Path) -> None:
    before = read_tree(copied / "content")
    earlier = copied / ".history/bai-viet/2020/kenh/bai.md/20201019-080000.md"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("Bản trước\n", encoding="utf-8")
    done = run(copied, "clean")
    assert (done.code, done.stdout) == (0, "Đã xóa output/\nĐã xóa .cache/\n")
    assert not (copied / "output").exists()
    assert read_tree(copied / "content") == before
    assert earlier.is_file()
    assert run(copied, "clean").stdout == "Không có gì để xóa.\n"
