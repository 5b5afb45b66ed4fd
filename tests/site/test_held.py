"""No cache keeps unreadable files: a held file is read as soon as it is released."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from plugins.build_record import BuildRecord
from plugins.content.cache import ContentCache
from plugins.photos import photo
from plugins.preview.live.site import LiveSite
from plugins.release import publishing, store
from plugins.site.build import build
from plugins.site.cache import load_cache, save_cache
from plugins.sources.problem import Level
from plugins.vietnamese import today
from tests.held import UNREAD, holding
from tests.loading import load
from tests.site.checkout import read_tree
from tests.site.small_site import COLUMNS, SmallSite

if TYPE_CHECKING:
    from plugins.sources.problem import Problem

STORY = "content/bai-viet/2020/kenh/bai.md"
PAGE = "output/bai-viet/2020/kenh/index.html"
HELD = [
    STORY,
    "content/bai-viet/2020/kenh/kenh.jpg",
    "content/bai-viet/2020/kenh",
    "content/bai-viet/2020",
    "content/bai-viet",
    "content/danh-muc/xa.yaml",
    "content/danh-muc/co-quan.yaml",
    "content/danh-muc",
    "content/trang/lien-he.md",
    "content/trang",
    "content/dang-ky/2020.csv",
    "content/dang-ky/2021.xlsx",
    "content/dang-ky",
    "content/theo-doi/2020.csv",
    "content/theo-doi",
    "content/bao-cao/2020.md",
    "content/bao-cao",
    "content",
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """A small site with something of each kind, older than any clock is coarse."""
    made = SmallSite.create(tmp_path_factory.mktemp("held"))
    made.add_photo(made.path / STORY, "kenh.jpg", 7)
    book = Workbook()
    book.active.append(COLUMNS.split(";"))
    book.save(made.path / "content/dang-ky/2021.xlsx")
    made.write("content/theo-doi/2020.csv", "Xã;Văn bản;Số, ký hiệu;Ngày nhận\nNam Dong;báo cáo;1/BC;6/11/2020\n")
    made.write("content/bao-cao/2020.md", "---\nMẫu: có\n---\n\n## Đánh giá chung\n\nTốt.\n")
    time.sleep(0.2)
    return made


def unread(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem) for problem in problems if UNREAD in problem.message]


@pytest.mark.parametrize("winerror", [32, None], ids=["sharing", "any"])
@pytest.mark.parametrize("path", HELD)
def test_a_held_file_is_reported_and_read_the_next_time(small: SmallSite, path: str, winerror: int | None) -> None:
    project, kept = small.path, ContentCache(small.path)
    # The earlier content is compared with the later.
    sound = load(project, cache=kept)
    assert unread(sound.problems) == []
    kept.forget(project / path)
    photo._look.cache_clear()
    with holding(project / path, winerror=winerror) as refused:
        content = load(project, cache=kept)
    assert len(refused) > 1
    lines = unread(content.problems)
    assert lines
    at = path if not path.endswith(".jpg") else STORY
    assert all(line.startswith(f"{at}:") for line in lines)
    # Of everything that depends on it, only links to its missing page are errors.
    others = [one for one in content.errors if not one.passing and "không dẫn tới" not in one.message]
    known = {str(one) for one in sound.errors}
    assert [str(one) for one in others if str(one) not in known and "xóa thư mục" in one.fix] == []
    assert content.is_passing
    again = load(project, cache=kept)
    assert again.problems == sound.problems
    assert again.sources.keys() == sound.sources.keys()
    assert again.registers == sound.registers


def test_a_file_held_for_a_moment_is_not_reported(small: SmallSite) -> None:
    kept = ContentCache(small.path)
    with holding(small.path / STORY, times=3) as refused:
        assert unread(load(small.path, cache=kept).problems) == []
    assert len(refused) == 3


def test_a_cache_never_keeps_a_held_file(small: SmallSite) -> None:
    record = BuildRecord(small.path, "output", "", today())
    memory = load_cache(record)
    with holding(small.path / STORY):
        load(small.path, cache=memory.content)
    save_cache(memory, record)
    after = load_cache(BuildRecord(small.path, "output", "", today()))
    assert len(after.content.stories) == len(list((small.path / "content/bai-viet").glob("*/*"))) - 1
    assert STORY in load(small.path, cache=after.content).sources


def test_a_build_after_it_has_the_page(small: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    project = small.path
    with holding(project / STORY):
        assert build(project) == 1
    said = capsys.readouterr()
    assert f"{STORY}:1: " in said.out
    assert UNREAD in said.out
    assert f"Bỏ ra ngoài vì có lỗi: {STORY}" in said.err
    assert not (project / PAGE).exists()
    assert build(project) == 0
    assert "Không có gì thay đổi" not in capsys.readouterr().out
    assert (project / PAGE).exists()
    assert build(project) == 0
    assert "Không có gì thay đổi" in capsys.readouterr().out


@pytest.mark.parametrize("path", [path for path in HELD if path.count("/") < 3 and "." not in path])
def test_no_build_loses_all_that_is_in_a_folder(
    small: SmallSite, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(small.path) == 0
    before = read_tree(small.path / "output")
    capsys.readouterr()
    with holding(small.path / path):
        assert build(small.path, plain=True) == 1
    said = capsys.readouterr().err
    assert f"{path}:1: LỖI: " in said
    assert UNREAD in said
    assert "giữ nguyên như trước" in said
    assert read_tree(small.path / "output") == before


@pytest.mark.parametrize("path", ["content/bai-viet/2020", "content/bai-viet", "content/van-ban", "content"])
def test_links_into_a_held_folder_are_no_error(small: SmallSite, path: str) -> None:
    small.write(
        "content/trang/chi-dan.md", "---\nTiêu đề: Chỉ dẫn\n---\nXem [văn bản]({filename}/van-ban/ke-hoach.md).\n"
    )
    small.write("content/van-ban/ke-hoach.md", "---\nTiêu đề: Kế hoạch\nCơ quan ban hành: Huyện\n---\nChữ.\n")
    try:
        assert load(small.path).errors == []
        with holding(small.path / path):
            assert [one for one in load(small.path).errors if not one.passing] == []
    finally:
        (small.path / "content/trang/chi-dan.md").unlink()
        (small.path / "content/van-ban/ke-hoach.md").unlink()


@pytest.mark.parametrize("path", [STORY, "content/bai-viet/2020/kenh", "content/bai-viet/2020", "content/dang-ky"])
def test_a_publish_waits_for_held_files(small: SmallSite, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    project = small.path
    assert publishing.publish(project) == 0
    online = store.read_current(project / "releases")
    with holding(project / path):
        content = load(project, publishing=True)
    files = ["bai-viet/2020/kenh/index.html"]
    assert [one.path for one in content.stopping(publishing=True, online=files) if one.passing] == [path]
    # Even an urgent removal must not lose pages that are online.
    assert all(content.is_online(one, files) for one in content.errors if one.passing)
    with holding(project / path):
        assert publishing.publish(project, plain=True) == 1
    assert UNREAD in capsys.readouterr().out
    assert store.read_current(project / "releases") == online


def test_the_preview_asks_again_by_itself(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.preview.live.site._SOON", 0.05)
    live = LiveSite(small.path)
    live.update(())
    version = live.version
    with holding(small.path / STORY):
        live.update({small.path / STORY})
        assert UNREAD in " ".join(str(one) for one in live.problems)
        # Asked more than once while it is held.
        wait_for(lambda: live.version > version + 2)
        assert any(one.level is Level.ERROR for one in live.problems)
    wait_for(lambda: not any(one.passing for one in live.problems))
    # And only once.
    version = live.version
    time.sleep(0.3)
    assert live.version == version


def wait_for(holds: object) -> None:
    deadline = time.monotonic() + 20
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_vocabulary_that_is_held_spoils_nothing_that_is_known(small: SmallSite) -> None:
    """Else every story that was read meanwhile would stand under no field."""
    kept = ContentCache(small.path)
    with holding(small.path / "content/danh-muc/linh-vuc.yaml"):
        assert not load(small.path, cache=kept).is_sound
    assert load(small.path, cache=kept).errors == load(small.path).errors == []
