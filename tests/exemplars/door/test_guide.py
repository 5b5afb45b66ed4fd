"""The recipes of the engineers' guide, applied to a copy of the project; and the names in it."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import tests.run
from tests.site.checkout import run
from tests.test_structure import FLOORS

if TYPE_CHECKING:
    from tests.site.conftest import Build

PROJECT = Path(__file__).parents[3]
GUIDE = (PROJECT / "plugins/README.md").read_text(encoding="utf-8")
RECIPES = GUIDE.split("\n## Recipes\n")[1].split("\n## ")[0]
STEPS = re.compile(
    r"""Write\s`(?P<new>[^`]+)`:\n\n```\w+\n(?P<whole>.*?)```
    |In\s`(?P<file>[^`]+)`,\s(?P<how>after|before|in\splace\sof)\s`(?P<line>[^`]+)`[^`:]*:
    (?:\n\n```\w+\n(?P<part>.*?)```|\s+`(?P<one>[^`]+)`)
    |At\sthe\send\sof\s`(?P<longer>[^`]+)`:\n\n```\w+\n(?P<more>.*?)```
    |In\s`(?P<sheet>[^`]+)`,\sreplace\s`(?P<old>[^`]+)`\sby\s`(?P<by>[^`]+)`,
    \sand\s`(?P<older>[^`]+)`\sby\s`(?P<newer>[^`]+)`""",
    re.DOTALL | re.VERBOSE,
)
STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"
# Run in the copy: the effects of each recipe, as JSON.
ASK = """
import json
from datetime import date
from pathlib import Path
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.photos import share_card
from plugins.registers.template import _HEAD_FILL
from plugins.release.verify.candidate import Candidate
from plugins.release.verify.checks import CHECKS
from plugins.release.verify.facts import Facts
from plugins.tokens import style_for_print

content = load_content(Path.cwd(), date(2026, 11, 30), installed(Path.cwd()))
files = {"a/index.html": Facts(ids=("noi-dung",)), "b/index.html": Facts()}
print(json.dumps({
    "advice": [one.message for one in content.problems if one.path.endswith("kenh/bai.md")],
    "people": content.registrations()["DK-2020-001"].people,
    "card": [share_card._RED, *share_card._FONTS.values()],
    "workbook": _HEAD_FILL,
    "paper": style_for_print(Path("plugins/bulletin/pages/ban-in.css")),
    "found": [one.place for one in CHECKS["lối tắt"](Candidate(Path(), None, files, {}))],
}))
"""


def apply_recipes(project: Path) -> None:
    """Do in a copy all that the guide says."""
    for step in STEPS.finditer(RECIPES):
        path = step["new"] or step["file"] or step["longer"] or step["sheet"]
        file = project / path
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        if step["new"]:
            assert not text, path
            text = step["whole"]
        elif step["longer"]:
            text += step["more"]
        elif step["sheet"]:
            assert step["old"] in text
            assert step["older"] in text
            text = text.replace(step["old"], step["by"]).replace(step["older"], step["newer"])
        else:
            text = _insert(text, step["line"], step["how"], step["part"], step["one"])
        file.write_text(text, encoding="utf-8", newline="\n")


def _insert(text: str, line: str, how: str, block: str | None, one: str | None) -> str:
    """Return a text with a block, or one line indented as that which is named, at its place."""
    lines = text.splitlines(keepends=True)
    found = [at for at, one in enumerate(lines) if line in one]
    # In place of a token means its first declaration; that for more contrast comes later.
    assert len(found) == 1 or how == "in place of", (line, found)
    at = found[0]
    if block is None:
        block = f"{re.match(r' *', lines[at])[0]}{one}\n"
    first, end = {"after": (at + 1, at + 1), "before": (at, at), "in place of": (at, at + 1)}[how]
    return "".join([*lines[:first], block, *lines[end:]])


def ask(project: Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", ASK], cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def applied(copied: Path) -> Path:
    """A copy with every recipe applied, and content that uses them."""
    apply_recipes(copied)
    for weight in ("400", "700"):
        fonts = copied / "theme/static/fonts"
        shutil.copy(fonts / f"be-vietnam-pro-{weight}.woff2", fonts / f"chu-co-quan-{weight}.woff2")
    story = copied / STORY
    text = story.read_text(encoding="utf-8").replace("\n---\n", "\nKinh phí: Mỗi nhà góp 35.000 đồng\n---\n", 1)
    story.write_text(f"{text}\nMột mùa thắng lợi rực rỡ.\n", encoding="utf-8")
    register = copied / "content/dang-ky/2020.csv"
    lines = register.read_text(encoding="utf-8-sig").splitlines()
    lines = [f"{line};{ {1: 'Số người', 2: '35'}.get(at, '') }" for at, line in enumerate(lines)]
    register.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return copied


def test_every_recipe_does_what_the_guide_says(built: Build, applied: Path) -> None:
    done = run(applied, "build")
    assert done.code == 0, done.stdout + done.stderr
    output = applied / "output"

    def page(path: str) -> str:
        return (output / path / "index.html").read_text(encoding="utf-8")

    story = page("bai-viet/2020/ea-po-hoc-cach-lam-kenh")
    # A key, a signal handler.
    assert "<dt>Kinh phí</dt><dd>Mỗi nhà góp 35.000 đồng</dd>" in story
    assert "<p>★ Bài được chọn.</p>" in story
    # A field.
    assert "Chuyển đổi số" in page("dan-van-kheo/linh-vuc/chuyen-doi-so")
    # A page type and a filter.
    assert re.search(r"<p>[^<]+!</p>", page("cam-on"))
    # A colour and a font.
    style = next(output.glob("theme/css/site.*.css")).read_text(encoding="utf-8")
    assert "#14532d" in style
    assert '"Chữ Cơ Quan"' in style
    assert next(output.glob("theme/icons/icon.*.svg")).read_text(encoding="utf-8").count("#14532d") == 1
    assert re.search(r'href="/theme/fonts/chu-co-quan-400\.\w+\.woff2" as="font"', story)
    assert "be-vietnam-pro" not in story + style
    for file in ("theme/band.*.svg", "manifest.webmanifest"):
        assert "#a8141c" in next(built.site.root.glob(file)).read_text(encoding="utf-8")
        assert "#a8141c" not in next(output.glob(file)).read_text(encoding="utf-8")
    # A rule of language, a column, a check of a release; the colour and the font on cards, paper and workbooks.
    answer = ask(applied)
    assert answer["advice"] == ["Nên xem lại (khẩu hiệu): bài dùng khẩu hiệu"]
    assert answer["people"] == "35"
    assert answer["found"] == ["/b/"]
    assert answer["card"] == ["#14532d", "chu-co-quan-400.woff2", "chu-co-quan-700.woff2", "noto-sans-highland.woff2"]
    assert answer["workbook"] == "FF14532D"
    assert "chu-co-quan-700.woff2" in str(answer["paper"])
    # A task.
    done = run(applied, "count-stories", "--year", "2020")
    years = list((applied / "content/bai-viet/2020").glob("*/bai.md"))
    assert (done.code, done.stdout) == (0, f"{len(years)}\n")


def test_one_file_of_tests_runs_as_the_guide_says() -> None:
    command = re.search(r"`python3 tasks.py test --only (\S+)`", RECIPES)
    assert command
    chosen = tests.run._choose(PROJECT, command[1], fast=False)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *chosen], cwd=PROJECT, capture_output=True, encoding="utf-8", check=False
    )
    assert chosen == [command[1]]
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


def test_every_recipe_is_short() -> None:
    blocks = re.findall(r"```\w+\n(.*?)```", RECIPES, re.DOTALL)
    # Every block is applied; steps of one line have none, and neither has the one that replaces.
    steps = [*STEPS.finditer(RECIPES)]
    assert len(blocks) == len([step for step in steps if not (step["one"] or step["sheet"])])
    assert len(RECIPES.split("\n### ")) - 1 <= len(steps)
    assert max(block.count("\n") for block in blocks) <= 20


NAMED = sorted(set(re.findall(r"`((?:plugins|tests|theme|content|\.ci)/[\w./-]+|tasks\.py)(?::(\w+))?`", GUIDE)))
NEW = {step["new"] for step in STEPS.finditer(RECIPES)}


@pytest.mark.parametrize(("path", "function"), NAMED)
def test_what_the_guide_names_is_there(path: str, function: str) -> None:
    assert (PROJECT / path).exists() or path in NEW
    if function:
        tree = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
        assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_room_is_on_the_map_in_the_order_of_imports() -> None:
    rooms = {room.parent.name for room in (PROJECT / "plugins").glob("*/__init__.py")}
    shown = re.findall(r"`plugins/(\w+)/`", GUIDE.split("\n## The map\n")[1].split("\n## ")[0])
    assert sorted(shown) == sorted(rooms)
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    assert [floor[room] for room in shown] == sorted(floor[room] for room in shown)


def test_every_command_of_measuring_is_a_module() -> None:
    figures = (PROJECT / "tests/benchmark/figures.md").read_text(encoding="utf-8")
    modules = re.findall(r"python -m (tests\.[\w.]*\w)", GUIDE + figures)
    assert len(modules) > 10
    for module in modules:
        path = PROJECT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module
