"""theme/static -> what is served: one style sheet, and every file under a name that carries its hash. Pure.

Lightning CSS reads, shrinks and translates the style: a browser from the spring of 2022 on has all that it needs, so
that `light-dark()` may be written although cheap phones do not know it yet. Scripts stay as they are written: they
are small, and a server compresses them.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import lightningcss

from plugins.content.addresses.sections import ASSETS_URL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STYLE = "css/site.css"
# Names the order of the layers, so it comes first; the order of the others is that of their layers.
FIRST_SHEET = "css/tokens.css"
# The first that know cascade layers.
BROWSERS = ["chrome 99", "safari 15.4", "firefox 97"]

# A relative address, as url(…), an import, or new URL(…) writes it.
_REFERENCE = re.compile(r"""(?<=["'(])\.{1,2}/[\w./-]+(?=["')])""")
_FAULT = re.compile(r"Parsing stylesheet failed: (?P<what>.*) at .*:(?P<line>\d+):\d+$", re.DOTALL)
_WITH_REFERENCES = {".css", ".js"}
# A licence keeps its name.
_KEPT = {".txt", ".md", ""}


class BrokenStyle(Exception):
    """A style sheet that does not parse: `file:line: what`."""


@dataclass(frozen=True)
class Assets:
    """What is served: bytes by the path under /theme/, and that path by the name under theme/static."""

    files: dict[str, bytes]
    paths: dict[str, str]

    def url(self, name: str) -> str:
        """Return the address of a file of theme/static, such as css/site.css; LookupError when there is none."""
        return ASSETS_URL + self.paths[name]


def read_static(folder: Path) -> dict[str, bytes]:
    """Return every file under the folder by its path there."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def build_assets(static: Mapping[str, bytes]) -> Assets:
    """Put the style sheets together, and every file under its name with its hash."""
    sheets = {name: data.decode() for name, data in static.items() if PurePosixPath(name).suffix == ".css"}
    sources = {name: data for name, data in static.items() if name not in sheets}
    sources[STYLE] = bundle_style(sheets).encode()
    assets = Assets({}, {})
    for name in sources:
        _add(assets, sources, name, ())
    return assets


def bundle_style(sheets: Mapping[str, str]) -> str:
    """Return one style sheet of all of them, minified; BrokenStyle names the file and line that does not parse."""
    names = sorted(sheets, key=lambda name: (name != FIRST_SHEET, name))
    return "".join(_shrink(name, sheets[name]) for name in names)


def _shrink(name: str, sheet: str) -> str:
    try:
        return str(lightningcss.process_stylesheet(sheet, filename=name, browsers_list=BROWSERS, minify=True))
    except ValueError as error:
        found = _FAULT.search(str(error))
        # Lightning CSS counts lines from 0.
        line, what = (int(found["line"]) + 1, found["what"]) if found else (1, str(error))
        raise BrokenStyle(f"theme/static/{name}:{line}: {what}") from error


def _add(assets: Assets, sources: Mapping[str, bytes], name: str, users: Iterable[str]) -> None:
    """Add one file after those that it refers to: its hash covers their addresses."""
    if name in assets.paths:
        return
    path, data = PurePosixPath(name), sources[name]
    if path.suffix in _WITH_REFERENCES:

        def readdress(found: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(path.parent, found[0]))
            # What is none of our files is some other text; files that need each other keep their names.
            if target not in sources or target in (name, *users):
                return found[0]
            _add(assets, sources, target, (*users, name))
            return ASSETS_URL + assets.paths[target]

        data = _REFERENCE.sub(readdress, data.decode()).encode()
    kept = path.suffix in _KEPT
    served = name if kept else str(path.with_suffix(f".{sha256(data).hexdigest()[:8]}{path.suffix}"))
    assets.paths[name] = served
    assets.files[served] = data
