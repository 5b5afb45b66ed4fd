"""`start`: a new office's project that checks and builds, and nothing anywhere when it cannot be made."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from plugins.engine import BUNDLE
from plugins.site.build import build
from plugins.sources.problem import Level
from plugins.starting import command
from plugins.starting.command import copy_engine
from plugins.vietnamese import today
from plugins.windows.contents import look_at
from tests.loading import load
from tests.windows import bundles

OF_CU_JUT = re.compile(r"cư jút|cu-jut|nam dong|tâm thắng|đắk nông|dak wil|chư păh|ea t’ling", re.IGNORECASE)
PLACES = (
    "STT\tTên thôn, buôn\n" + "".join(f"{n}\tThôn {n}\n" for n in range(1, 46)) + "Buôn Nui\nBuôn Ea Mar\nTDP 1, 2, 3\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the project from which one starts; nobody is at a keyboard, and the program is not copied."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(command, "copy_engine", lambda *_: None)
    project = tmp_path / "trang này"
    project.mkdir()
    return project


def answers(folder: Path, level: str = "xã", places: str = PLACES, **more: str) -> dict[str, str]:
    file = folder / "các nơi.txt"
    file.write_text(places, encoding="utf-8")
    name = {"level": level, "name": "Đồng Xuân", "area": "tỉnh Lâm Đồng"} if level != "tỉnh" else {"name": "Yên Lãng"}
    return {"level": level, "places-file": str(file)} | name | more


def test_a_commune_of_fifty_places_checks_builds_and_names_no_other_office(here: Path, tmp_path: Path) -> None:
    target = tmp_path / "Xã Đồng Xuân"
    assert command.start_project(here, str(target), answers(tmp_path)) == 0
    content = load(target)
    assert [problem for problem in content.problems if problem.level is Level.ERROR] == []
    assert {problem.path for problem in content.problems} == {"content/danh-muc/co-quan.yaml"}
    assert len(content.vocabulary.communes) == 50
    assert content.vocabulary.commune("thon-10").full_name == "thôn 10"
    assert content.vocabulary.commune("to-dan-pho-2").parent == "xã Đồng Xuân, tỉnh Lâm Đồng"
    (story,) = content.stories
    assert story.sample
    assert story.commune in content.vocabulary.communes
    year = today().year
    assert sorted(file.relative_to(target).as_posix() for file in target.rglob("*") if file.is_file()) == [
        *(f"content/bai-viet/{year}/bai-mau/bai.md", f"content/dang-ky/{year}-viec.csv", f"content/dang-ky/{year}.csv"),
        *(f"content/danh-muc/{name}.yaml" for name in ("co-quan", "ke-hoach", "linh-vuc", "phong-trao", "xa")),
        f"content/theo-doi/{year}.csv",
        *(f"content/trang/{name}.md" for name in ("gioi-thieu", "lien-he", "quyen-rieng-tu", "tro-nang")),
    ]
    for file in target.rglob("*.*"):
        assert not OF_CU_JUT.search(file.read_text(encoding="utf-8")), file
    assert build(target) == 0
    assert (target / "output/dan-van-kheo/xa/buon-ea-mar/index.html").is_file()


@pytest.mark.parametrize(
    ("level", "places", "ids"),
    [
        ("phường", "TDP 1, 2\nKhu phố Đông", ["khu-pho-dong", "to-dan-pho-1", "to-dan-pho-2"]),
        ("đặc khu", "Thôn Triều Dương", ["thon-trieu-duong"]),
        ("tỉnh", "Xã Nam\t24001\nPhường Bắc\t24002\nĐặc khu Phú Quý", ["nam", "bac", "phu-quy"]),
    ],
)
def test_each_level_has_a_project_without_errors(
    here: Path, tmp_path: Path, level: str, places: str, ids: list[str]
) -> None:
    assert command.start_project(here, "moi", answers(tmp_path, level, places)) == 0
    content = load(tmp_path / "moi")
    assert [str(problem) for problem in content.errors] == []
    assert [one.id for one in content.vocabulary.communes] == ids
    (office,) = content.vocabulary.offices
    assert (office.level, office.site_url) == (level, "")
    # Placeholders keep the site from being published.
    assert len(office.unfilled) == 5


def test_the_program_comes_along_and_nothing_of_this_office(tmp_path: Path) -> None:
    engine = Path(__file__).parents[2]
    copy_engine(engine, tmp_path)
    found = {file.name for file in tmp_path.iterdir()}
    assert {"tasks.py", "plugins", "theme", "pelicanconf.py", "requirements.txt", "xem-thu.cmd", "LICENSE"} <= found
    assert found.isdisjoint(
        {"content", "output", "releases", ".git", ".cache", ".venv", ".history", "tests", "findings"}
    )
    assert (tmp_path / "plugins/starting/mau/bai-mau.md").is_file()
    assert not [*tmp_path.rglob("__pycache__")]
    # Nor does the guide link to files left behind.
    guides = [tmp_path / "README.md", tmp_path / "plugins/README.md"]
    paths = re.compile(r"\]\(((?:\.\./)?(?:\.readme|\.ci|plugins)/[^)]+|(?:\.\./)?LICENSE)\)")
    led = [guide.parent / path for guide in guides for path in paths.findall(guide.read_text(encoding="utf-8"))]
    assert len(led) > 5
    assert [path for path in led if not path.is_file()] == []


def test_from_a_bundle_comes_a_bundle_without_its_content(tmp_path: Path) -> None:
    name = bundles.write_bundle(tmp_path / "b.zip", bundles.make_engine())
    bundles.unpack(tmp_path / "b.zip", tmp_path / "cu")
    engine = bundles.engine_at(tmp_path / "cu", name)
    (engine / "__pycache__").mkdir()
    copy_engine(engine, tmp_path / "moi")
    copied = tmp_path / "moi" / BUNDLE / name
    assert look_at(copied).damaged == ["content-mau/bai-viet/2026/kenh/bai.md"]
    assert {file.name for file in (tmp_path / "moi").iterdir()} == {
        "xem-thu.cmd",
        "cap-nhat.cmd",
        "DOC-TRUOC.txt",
        BUNDLE,
    }
    assert (copied.parent / "dang-dung.txt").read_text(encoding="ascii").strip() == name


def test_a_folder_with_anything_in_it_is_never_touched(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken, hidden, file, inside = tmp_path / "có", tmp_path / "ẩn", tmp_path / "tệp", here / "trong"
    for folder in (taken, hidden):
        folder.mkdir()
    (taken / "a.txt").write_text("a", encoding="utf-8")
    (hidden / ".an").write_text("", encoding="utf-8")
    file.write_text("x", encoding="utf-8")
    given = answers(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for target, why in (
        (taken, "đã có a.txt"),
        (hidden, "đã có .an"),
        (file, "là một tệp"),
        (inside, "nằm trong thư mục của một trang đã có"),
        (here, "nằm trong thư mục của một trang đã có"),
        (tmp_path / "chưa có/moi", "Không có thư mục"),
        (Path(), "Chưa ghi tên thư mục mới"),
    ):
        assert command.start_project(here, "" if target == Path() else str(target), given) == 1
        said = capsys.readouterr().err
        assert said.startswith("Chưa lập được trang mới. ")
        assert why in said
        assert said.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right there")
def test_a_link_is_no_folder_to_fill(here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "xa").mkdir()
    (tmp_path / "loi").symlink_to(tmp_path / "xa")
    assert command.start_project(here, str(tmp_path / "loi"), answers(tmp_path)) == 1
    assert "lối dẫn sang chỗ khác" in capsys.readouterr().err
    assert [*(tmp_path / "xa").iterdir()] == []


def test_an_empty_folder_is_filled(here: Path, tmp_path: Path) -> None:
    (tmp_path / "rỗng").mkdir()
    assert command.start_project(here, "rỗng", answers(tmp_path)) == 0
    assert (tmp_path / "rỗng/content/danh-muc/xa.yaml").is_file()


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_an_interrupted_start_leaves_nothing(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    given = answers(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(command, "write_registers", fail)
    assert command.start_project(here, "moi", given) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_without_answers_or_a_terminal_one_line_names_the_options(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.start_project(here, "moi", {}) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "--level, --name, --places-file" in said.err
    assert not (tmp_path / "moi").exists()
