"""Texts and registers of a release, kept so that a withdrawal need not wait until other files are mended."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from plugins.content.content import Content
from plugins.content.folders import REGISTERS, REPORTS
from plugins.content.sources import LoadOptions
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import FOLDER
from plugins.markdown.references import CONTENT
from plugins.sources.folders import list_folder
from plugins.sources.held import insist_on_reading
from plugins.sources.packing import pack
from plugins.sources.problem import Problem
from plugins.sources.text import decode_text

_REGISTERS = f"{CONTENT}/{REGISTERS}"


def keep_sources(content: Content, instead: LoadOptions, out: Path) -> None:
    """Write the sources of a site, without photos and stories that it does not show, into a zip.

    `instead` is how the content was read: texts and registers in place of those in content/.
    """
    texts, registers = instead.get("overrides", {}), instead.get("registers", content.project / _REGISTERS)
    files = {path: content.project / path for path in _paths(content) if path not in texts}
    files |= {f"{_REGISTERS}/{name}": Path(entry) for name, entry in list_folder(registers)}
    made = {path: text.encode() for path, text in texts.items()}
    made |= {path: insist_on_reading(file.read_bytes) for path, file in files.items()}
    out.write_bytes(pack(dict(sorted(made.items()))))


def read_sources(file: Path, wanted: Iterable[str], registers: Path) -> LoadOptions | None:
    """Return how to read `wanted` texts and unpacked `registers` as a release has them; None for an unreadable zip."""
    try:
        with zipfile.ZipFile(file) as kept:
            there = set(kept.namelist())
            own = {path for path in there if path.startswith(f"{_REGISTERS}/")}
            read = {path: decode_text(kept.read(path), path) for path in there.intersection(wanted) - own}
            for path in own:
                (registers / PurePosixPath(path).name).write_bytes(kept.read(path))
    except (OSError, zipfile.BadZipFile):
        return None
    texts = {path: text for path, text in read.items() if not isinstance(text, Problem)}
    return {"overrides": texts, "registers": registers}


def _paths(content: Content) -> Iterator[str]:
    for path, source in content.sources.items():
        if not isinstance(source, Story) or not (source.draft or source.sample or source.date > content.day):
            yield path
    for folder, suffix in ((FOLDER, ".yaml"), (f"{CONTENT}/{REPORTS}", ".md")):
        yield from (f"{folder}/{file.name}" for file in (content.project / folder).glob(f"*{suffix}"))
