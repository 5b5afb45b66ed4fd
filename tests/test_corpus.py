"""The generated corpus: sound, varied, and the same bytes wherever it is made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.content.vocabulary.terms import KINDS
from tests.corpus import write_corpus
from tests.loading import load

if TYPE_CHECKING:
    from plugins.content.content import Content

REPOSITORY = Path(__file__).parents[1]
SIZE = 400


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Content:
    project = tmp_path_factory.mktemp("bộ bài")
    write_corpus(project, SIZE)
    return load(project)


def content(project: Path) -> dict[str, bytes]:
    files = (file for file in project.rglob("*") if file.is_file())
    return {file.relative_to(project).as_posix(): file.read_bytes() for file in files}


def test_same_bytes_in_another_process(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a", 60)
    command = [sys.executable, "-m", "tests.corpus", "60", str(tmp_path / "b")]
    # Sets come in another order there.
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, capture_output=True)
    first, second = content(tmp_path / "a"), content(tmp_path / "b")
    assert first == second
    assert not any(b"\r" in data for path, data in first.items() if path.endswith("bai.md"))


def test_check_finds_nothing_to_say_but_of_long_titles(corpus: Content) -> None:
    said = [str(problem) for problem in corpus.problems if "/co-quan.yaml" not in problem.path]
    assert [problem for problem in said if "(tiêu đề dài)" not in problem] == []
    assert len(corpus.stories) == SIZE


def test_every_term_is_used(corpus: Content) -> None:
    stories = corpus.stories
    assert {story.commune for story in stories} == set(corpus.vocabulary.communes)
    assert {story.field for story in stories} == set(corpus.vocabulary.fields)
    assert {story.kind for story in stories} == {*KINDS, None}
    assert {story.year.number for story in stories} == set(range(2018, 2027))
    assert {movement for story in stories for movement in story.movements} == set(corpus.vocabulary.movements)


def test_shares_of_news_and_copies(corpus: Content) -> None:
    news = sum(story.kind is None for story in corpus.stories)
    copies = sum(story.replicates != "" for story in corpus.stories)
    assert news / SIZE == pytest.approx(0.05, abs=0.03)
    assert copies / SIZE == pytest.approx(0.10, abs=0.04)


def test_bodies_are_long_enough_and_varied(corpus: Content) -> None:
    bodies = [story.body.source for story in corpus.stories]
    assert all(150 <= len(re.findall(r"\w+", body)) <= 420 for body in bodies)
    assert all(body.count("\n## ") == 3 and re.search(r"^(- |1\. )", body, re.MULTILINE) for body in bodies)
    for sometimes in ("\n> ", "\n|---", "[^1]", "{filename}", "https://"):
        assert 0 < sum(sometimes in body for body in bodies) < SIZE
    assert len(set(bodies)) == SIZE


def test_says_that_it_is_made_up_unless_told_otherwise(corpus: Content, tmp_path: Path) -> None:
    assert all(story.sample for story in corpus.stories)
    write_corpus(tmp_path, 5, samples=False)
    assert not any(story.sample for story in load(tmp_path).stories)


def test_never_writes_over_stories(tmp_path: Path) -> None:
    write_corpus(tmp_path, 1)
    with pytest.raises(FileExistsError):
        write_corpus(tmp_path, 1)
