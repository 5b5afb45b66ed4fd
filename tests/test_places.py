"""The engine and the theme name no place of the real world: they serve whichever office has this project."""

from __future__ import annotations

import re
from pathlib import Path

from plugins.vietnamese import fold

PROJECT = Path(__file__).parents[1]
# Folded, as people type them and as identifiers have them. The languages of people are no places.
PLACES = re.compile(
    r"\b(?:cu[ _-]?jut|cu[ _-]?k[ _-]?nia|nam[ _-]dong|dak[ _-]?(?:wil|drong|d[ _-]rong|nong|lak)|lam[ _-]dong"
    r"|ea[ _-]?(?:tling|t[ _-]ling|po)\b|truc[ _-]son|tam[ _-]thang|gia[ _-]nghia|buon[ _-]ma[ _-]thuot)"
)
WRITTEN = {".py", ".html", ".js", ".css", ".xml", ".txt", ".cmd", ".sh", ".toml", ".json", ".svg", ".webmanifest"}


def test_no_place_of_the_world_is_in_engine_or_theme() -> None:
    files = [file for room in ("plugins", "theme") for file in sorted((PROJECT / room).rglob("*"))]
    files += [PROJECT / name for name in ("pelicanconf.py", "publishconf.py", "tasks.py", "xem-thu.cmd", "xem-thu.sh")]
    read = [file for file in files if file.suffix in WRITTEN]
    assert len(read) > 300
    found = []
    for file in read:
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if PLACES.search(fold(line[:20_000])):
                found.append(f"{file.relative_to(PROJECT)}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)
