"""theme/static -> assets: one style sheet, and every file under a name with a hash of its content. Pure.

Style and scripts are written for browsers from the spring of 2022 on, the first with cascade layers, and are not
translated. Of style sheets, comments and spaces are dropped: a fifth of their compressed size.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from plugins import cache, tokens
from plugins.content.addresses.sections import ASSETS_URL

STYLE = "css/site.css"
# At-rules whose block holds rules; that of any other holds declarations.
_GROUPS = {"container", "keyframes", "layer", "media", "supports"}
# A string stays as it is; an empty value keeps a space, without which some browsers take it for a fault.
_SPARE = re.compile(
    r"""(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|:\ (?=;))"""
    r"""|(?:\s|/\*.*?\*/)*(?P<mark>[{};,>])(?:\s|/\*.*?\*/)*|(?P<colon>:)\s+|(?:\s|/\*.*?\*/)+|\b0(?=\.\d)""",
    re.DOTALL,
)

# A relative address, as url(…), an import, or new URL(…) writes it.
_REFERENCE = re.compile(r"""(?<=["'(])\.{1,2}/[\w./-]+(?=["')])""")
_WITH_REFERENCES = {".css", ".js"}
# A licence keeps its name.
_KEPT = {".txt", ".md", ""}


class BrokenStyle(Exception):
    """A style sheet that does not parse; the message has file and line."""


@dataclass(frozen=True)
class Assets:
    """Bytes by the path under /theme/, and that path by the name under theme/static."""

    files: dict[str, bytes]
    paths: dict[str, str]

    def url(self, name: str) -> str:
        """Return the address of a file of theme/static, such as css/site.css; LookupError when there is none."""
        return ASSETS_URL + self.paths[name]


def read_static(folder: Path) -> dict[str, bytes]:
    """Return every file under the folder by its path there."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def build_assets(static: Mapping[str, bytes], kept: Path | None = None) -> Assets:
    """Put the style sheets together, and every file under its name with its hash.

    `kept` is a file with the style sheet of the last build, used if nothing in it has changed, and written.
    """
    sheets = {name: data.decode() for name, data in static.items() if PurePosixPath(name).suffix == ".css"}
    known = tokens.parse_tokens(sheets.get(tokens.SHEET, ""))
    sources = {
        # A drawing shown by <img> knows no custom property of the page.
        name: known.fill(data.decode()).encode() if PurePosixPath(name).suffix == ".svg" else data
        for name, data in static.items()
        if name not in sheets
    }
    code = sha256(Path(__file__).read_bytes() + repr(sorted(sheets.items())).encode()).hexdigest()
    style = cache.load(kept, code) if kept else None
    if style is None:
        style = bundle_style(sheets).encode()
        if kept:
            cache.save(kept, code, style)
    sources[STYLE] = style
    assets = Assets({}, {})
    for name in sources:
        _add(assets, sources, name, ())
    return assets


def bundle_style(sheets: Mapping[str, str]) -> str:
    """Return one style sheet of all of them, minified; BrokenStyle names the file and line that does not parse."""
    # First the one that names the order of the layers; that of the others is the order of their layers.
    names = sorted(sheets, key=lambda name: (name != tokens.SHEET, name))
    return "".join(_minify(name, sheets[name]) for name in names)


def _minify(name: str, sheet: str) -> str:
    # Imported here: it takes longer than all else of a build that finds its style sheet kept.
    import tinycss2

    if fault := _find_fault(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)):
        raise BrokenStyle(f"theme/static/{name}:{fault.source_line}: no valid rule or declaration")
    return _SPARE.sub(_shorten, sheet).replace(";}", "}").strip()


def _find_fault(nodes: Iterable[Any]) -> Any:
    """Return the first fault that a browser would pass over in silence, or None."""
    import tinycss2

    for node in nodes:
        if node.type == "error":
            return node
        if block := getattr(node, "content", None):
            is_group = node.type == "at-rule" and node.lower_at_keyword in _GROUPS
            parse = tinycss2.parse_rule_list if is_group else tinycss2.parse_declaration_list
            if fault := _find_fault(parse(block, skip_comments=True, skip_whitespace=True)):
                return fault
    return None


def _shorten(found: re.Match[str]) -> str:
    if found[0] == "0":
        return ""
    return found["kept"] or found["mark"] or found["colon"] or " "


def _add(assets: Assets, sources: Mapping[str, bytes], name: str, users: Iterable[str]) -> None:
    """Add one file after those that it refers to: its hash covers their addresses."""
    if name in assets.paths:
        return
    path, data = PurePosixPath(name), sources[name]
    if path.suffix in _WITH_REFERENCES:

        def readdress(found: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(path.parent, found[0]))
            # Other text may look like an address; of files that refer to each other, one keeps the plain name.
            if target not in sources or target in (name, *users):
                return found[0]
            _add(assets, sources, target, (*users, name))
            return ASSETS_URL + assets.paths[target]

        data = _REFERENCE.sub(readdress, data.decode()).encode()
    kept = path.suffix in _KEPT
    served = name if kept else str(path.with_suffix(f".{sha256(data).hexdigest()[:8]}{path.suffix}"))
    assets.paths[name] = served
    assets.files[served] = data
