"""What a release was made of: the texts behind what it shows, for a withdrawal that may wait for no other story."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from plugins.content.folders import REPORTS
from plugins.content.story import Story
from plugins.content.vocabulary_files import FOLDER
from plugins.markdown.references import CONTENT
from plugins.sources.problem import Problem
from plugins.sources.text import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from plugins.content.load import Content

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def keep_sources(content: Content, file: Path) -> None:
    """Write the texts that a site is made of, but for registers and for stories that it does not show."""
    with zipfile.ZipFile(file, "w") as kept:
        for path in sorted(_paths(content)):
            entry = zipfile.ZipInfo(path, _EARLIEST)
            kept.writestr(entry, (content.project / path).read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=1)


def read_sources(file: Path, wanted: Iterable[str]) -> dict[str, str]:
    """Return the texts that a release was made of, by path, of as many of these files as it has."""
    try:
        with zipfile.ZipFile(file) as kept:
            there = set(kept.namelist())
            texts = {path: decode_text(kept.read(path), path) for path in wanted if path in there}
    except (OSError, zipfile.BadZipFile):
        return {}
    return {path: text for path, text in texts.items() if not isinstance(text, Problem)}


def _paths(content: Content) -> Iterator[str]:
    for path, source in content.sources.items():
        if not isinstance(source, Story) or not (source.draft or source.sample or source.date > content.day):
            yield path
    for folder, suffix in ((FOLDER, ".yaml"), (f"{CONTENT}/{REPORTS}", ".md")):
        yield from (f"{folder}/{file.name}" for file in (content.project / folder).glob(f"*{suffix}"))
