"""Files of the release before that pages which are open now may still ask for."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from plugins.release.policy import COPIES, FOR_EVER, cache_rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Beside the site: what is here only for pages of the release before. It is not carried any further.
_LIST = "carried.txt"
_THEME = "theme"


def carry_over(site: Path, earlier: Path | None) -> list[str]:
    """Copy into the site what only the earlier release has by names with hashes. Returns the paths, in order.

    For one generation, and only what says nothing of anyone: style, scripts, fonts, icons; and pictures that the new
    release shows too, elsewhere. A photo or text that is no longer published is never carried, for it may have been
    withdrawn: search.js opens the search anew when its index has gone.
    """
    carried = list(_find(site, earlier)) if earlier else []
    for path in carried:
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((earlier / path).read_bytes() if earlier else b"")
    text = "".join(f"{path}\n" for path in carried)
    (site.parent / _LIST).write_text(text, encoding="utf-8", newline="\n")
    return carried


def _find(site: Path, earlier: Path) -> Iterator[str]:
    listed = earlier.parent / _LIST
    older = set(listed.read_text(encoding="utf-8").splitlines()) if listed.exists() else set()
    lasting = [path for path in _lasting(earlier) if path not in older and not (site / path).exists()]
    known = {_digest(site / path) for path in _lasting(site)} if lasting else set()
    for path in lasting:
        is_shown = not path.endswith(".json") and _digest(earlier / path) in known
        if path.startswith(f"{_THEME}/") or is_shown:
            yield path


def _lasting(site: Path) -> list[str]:
    files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.suffix not in COPIES)
    return [path for path in files if cache_rule(f"/{path}") == FOR_EVER]


def _digest(file: Path) -> bytes:
    return sha256(file.read_bytes()).digest()
