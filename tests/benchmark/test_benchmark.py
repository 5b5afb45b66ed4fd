"""The measuring itself: the same stories for everyone, honest costs, a table and a drawing that can be read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.benchmark import contestants, report, stories
from tests.benchmark.contestants import COLD, ELEVENTY, HUGO, OURS, PELICAN, PROJECT
from tests.benchmark.curve import draw_curve
from tests.benchmark.process import Command, Cost, Failed
from tests.loading import load

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.content import Content

SIZE = 30
POINTS = {100: {OURS: 1.0, HUGO: 0.2, PELICAN: None}, 1000: {OURS: 4.0, HUGO: 0.7, PELICAN: 3.5}}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Content]:
    folder = tmp_path_factory.mktemp("đo") / "ours"
    return folder, stories.write_ours(PROJECT, folder, SIZE)


def python(code: str, folder: Path) -> Command:
    return Command((sys.executable, "-c", code), folder, {"NÓI": "gì"})


@pytest.mark.parametrize("name", [PELICAN, HUGO, ELEVENTY])
def test_every_peer_makes_a_page_of_every_story_and_list(name: str, ours: tuple[Path, Content], tmp_path: Path) -> None:
    peer = contestants.find_installed(name)
    if peer is None:
        pytest.skip(f"máy không có {name}: cài requirements-dev.txt; eleventy cần gói nodejs, npm và mạng")
    library = ours[1]
    folder = tmp_path / name
    peer.plan(library, folder).command.time()
    files = list((folder / peer.made[0]).rglob("index.html"))
    pages = {f"/{file.parent.relative_to(folder / peer.made[0]).as_posix()}/" for file in files}
    assert {story.url for story in library.stories} <= pages
    assert {page.url for page in library.pages} <= pages
    exemplars = [story for story in library.stories if story.is_exemplar]
    if name != PELICAN:
        assert {field.url for story in exemplars for field in story.fields} <= pages
        assert {story.year.url for story in exemplars} <= pages
        assert {story.commune.pair_url(story.fields[0]) for story in exemplars if story.commune} <= pages
        html = "".join(file.read_text(encoding="utf-8") for file in files)
        assert "{filename}" not in html
        assert html.count('class="facts"') == len(exemplars)
    # Leftovers are removed before the next round.
    peer.plan(library, tmp_path / "again").before(0)
    assert not (tmp_path / "again" / peer.made[0]).exists()


def test_our_tasks_follow_one_another(ours: tuple[Path, Content]) -> None:
    folder, library = ours
    cold, unchanged, edited, check = contestants.plan_ours(library, folder)
    story = folder / library.stories[SIZE // 2].path
    before = story.read_text(encoding="utf-8")
    cold.before(0)
    assert not (folder / "output").exists()
    cold.command.time()
    page = folder / "output" / story.parent.relative_to(folder / "content") / "index.html"
    for number in range(2):
        unchanged.before(number)
        assert page.exists()
        edited.before(number)
        edited.command.time()
        assert f"viết thêm lần thứ {number}." in page.read_text(encoding="utf-8")
        # One sentence, not one more each time.
        assert story.read_text(encoding="utf-8").count("viết thêm") == 1
    assert story.read_text(encoding="utf-8").startswith(before)
    assert check.command.time().wall > 0


def test_a_publish_is_measured_without_samples(tmp_path: Path) -> None:
    stories.write_ours(PROJECT, tmp_path / "ours", 3, publishing=True)
    library = load(tmp_path / "ours", publishing=True)
    assert not library.errors
    assert not any(story.sample for story in library.stories)
    folder = tmp_path / "ours"
    built, published, unchanged, edited, _ = contestants.plan_ours(library, folder, publishing=True)
    for task in (built, published):
        task.before(0)
        task.command.time()
        assert (folder / "output/index.html").exists() == (task is built)
    for number, task in enumerate((unchanged, edited)):
        task.before(number)
        task.command.time()
        assert len(list(folder.glob("releases/0*"))) == 1 + number


def test_a_cost_counts_the_processes_that_a_command_starts(tmp_path: Path) -> None:
    burn = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    cost = python(code, tmp_path).time()
    assert cost.wall >= 0.2
    assert cost.cpu is None or cost.cpu >= 0.2


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    child = "held = bytearray(60_000_000)\nimport time; time.sleep(0.4)"
    start = f"import subprocess, sys\nrunning = subprocess.Popen([sys.executable, '-c', {child!r}])"
    code = f"{start}\n{child}\nrunning.wait()"
    peak = python(code, tmp_path).weigh()
    assert peak is None or 115 < peak < 200


def test_a_command_that_fails_says_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"^gì đây$"):
        python("import os, sys; print('một'); sys.exit(os.environ['NÓI'] + ' đây')", tmp_path).time()


def test_the_table_lines_up_and_tells_ratios_to_whole_builds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = python("", tmp_path)
    found = [
        report.Runs(contestants.Task(who, what, command, print), [Cost(wall, 2 * wall) for wall in walls])
        for who, what, walls in (
            (OURS, COLD, (4.0, 3.0, 9.0)),
            (OURS, "check", (0.5,)),
            (PELICAN, COLD, (8.0,)),
            (HUGO, COLD, (1.0,)),
        )
    ]
    report.print_table(report.build_rows(1000, found))
    lines = capsys.readouterr().out.splitlines()
    assert len({len(line) for line in lines}) == 1
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == list(report.HEADINGS)
    assert cells[2] == ["1.000", "của ta: dựng từ đầu", "4,00", "8,00", "–", "4,00", "0,50", "4,00"]
    assert cells[3][-3:] == ["0,50", "0,06", "0,50"]


def test_the_curve_is_a_drawing_that_also_says_its_numbers() -> None:
    root = ET.fromstring(draw_curve(POINTS))  # noqa: S314 - our own
    description = root.findtext(f"{SVG}desc") or ""
    assert "của ta: 10 ms với 100 bài, 4 ms với 1.000 bài; Hugo: 2 ms với 100 bài, 0,7 ms với 1.000 bài" in description
    assert len(root.findall(f"{SVG}circle")) == 5
    names = {text.text for text in root.iter(f"{SVG}text")}
    assert {"của ta: 4", "Hugo: 0,7", "Pelican thường: 3,5", "1.000", "số bài"} <= names
    # Every mark is inside the picture.
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.attrib["cx"]) < width
        assert 0 < float(circle.attrib["cy"]) < height
