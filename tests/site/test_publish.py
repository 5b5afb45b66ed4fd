"""A publish is whole or does not happen."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tests.site import checkout
from tests.site.checkout import read_tree, run, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Build


def test_a_publish_is_refused_while_the_office_is_not_filled_in(built: Build, copied: Path) -> None:
    done = run(copied, "publish")
    assert done.code == 1
    missing = [line for line in done.stdout.splitlines() if line.startswith("content/danh-muc/co-quan.yaml:")]
    for key in checkout.FILLED_OFFICE:
        assert any(f'Mục "{key}" của cơ quan chưa được điền' in line for line in missing)
    assert re.search(r"^Đã đọc \d+ tệp: 10 lỗi, ", done.stdout, re.MULTILINE)
    # Errors that stop it come first, and again at the end.
    assert done.stdout.startswith("10 lỗi, phải sửa:\n")
    first, *repeated = done.stderr.splitlines()
    assert first == "Chưa xuất bản được: hãy sửa 10 lỗi sau đây rồi chạy lại. Bản đang dùng giữ nguyên."
    assert len(repeated) == 10
    assert all(": LỖI: " in line for line in repeated)
    assert repeated == done.stdout.splitlines()[1:11]
    assert read_tree(copied / "output") == read_tree(built.site.root)
    assert "Bản đang dùng giữ nguyên." in done.stderr
    assert read_tree(copied / "releases").keys() == {".lock"}


def test_a_publish_is_refused_for_an_error_in_shown_content(built: Build, copied: Path) -> None:
    checkout.fill_in_office(copied)
    text = checkout.NEWS_STORY
    story = checkout.EXTRA_STORIES[text].replace("Ngày: 6/1/2020", "Ngày: 31/02/2020")
    write(copied, text, story)
    sample = run(copied, "publish")
    assert sample.code == 0
    # An error that stops nothing is not among those to be repaired.
    assert "lỗi, phải sửa:" not in sample.stdout
    assert f"1 lỗi ở chỗ không đưa lên nên không ngăn xuất bản:\n{text}:3: " in sample.stdout
    assert sample.stderr == ""
    shutil.rmtree(copied / "releases")
    write(copied, text, story.replace("Mẫu: có\n", ""))
    done = run(copied, "publish")
    assert done.code == 1
    assert any(line.startswith(f"{text}:3: ") for line in done.stdout.splitlines())
    assert "Chưa xuất bản được" in done.stderr
    assert read_tree(copied / "output") == read_tree(built.site.root)


def test_a_refusal_without_an_earlier_site_writes_nothing(tmp_path: Path) -> None:
    project = checkout.copy_project(tmp_path)
    assert run(project, "publish").code == 1
    assert not (project / "output").exists()
    assert read_tree(project / "releases").keys() == {".lock"}


def test_a_publish_says_how_much_it_published(published: Build) -> None:
    stories, exemplars = len(published.site.stories), len(published.site.listed("/dan-van-kheo/"))
    assert f"Đã dựng xong: {stories} bài, {exemplars} điển hình, " in published.run.stdout
    assert published.run.stderr == ""


def test_a_publish_gives_the_same_bytes_twice(published: Build, tmp_path: Path) -> None:
    project = checkout.copy_project(tmp_path)
    checkout.add_stories(project)
    checkout.fill_in_office(project)
    assert run(project, "publish", "--plain").code == 0
    assert read_tree(project / "releases/0001/site") == read_tree(published.site.root)
    manifests = [folder / "releases/0001/manifest.json" for folder in (project, published.project)]
    assert manifests[0].read_bytes() == manifests[1].read_bytes()
