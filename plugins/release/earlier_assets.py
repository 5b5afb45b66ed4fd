"""What pages opened before a switch, forward or back, still ask for by names with hashes: style, scripts, fonts, icons.

Only the theme, which says nothing of anyone. A photo or a text that is no longer published is never kept, for it may
have been withdrawn: a page that was open shows its next photo once it is loaded anew, and the search opens itself anew
when its index has gone (theme/static/js/search.js).
"""

from __future__ import annotations

from pathlib import Path

from plugins.release.policy import COPIES, FOR_EVER, SHARED, cache_rule
from plugins.sources.files import write_whole

# Beside the site: what is in it only for pages of the release before. It is not kept any further.
CARRIED = "carried.txt"
_THEME = "theme"


def keep_assets(site: Path, earlier: Path | None) -> list[str]:
    """Copy into a new site what only the earlier one has, for one generation. Returns the paths, in order.

    All of the theme goes into `releases/shared` too, where nginx finds what the current release has not: after going
    back to a release, that is what is newer. What no release has any more is deleted there.
    """
    carried = _find(site, earlier) if earlier else []
    for path in carried:
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((earlier / path).read_bytes() if earlier else b"")
    text = "".join(f"{path}\n" for path in carried)
    (site.parent / CARRIED).write_text(text, encoding="utf-8", newline="\n")
    _share(site, site.parents[1])
    return carried


def _find(site: Path, earlier: Path) -> list[str]:
    listed = earlier.parent / CARRIED
    older = set(listed.read_text(encoding="utf-8").splitlines()) if listed.exists() else set()
    return [path for path in _list_theme(earlier) if path not in older and not (site / path).exists()]


def _share(site: Path, releases: Path) -> None:
    shared = releases / SHARED
    own = [path for path in _list_theme(site) if not (shared / path).exists()]
    for path in own:
        # Whole or not at all: the name promises the content.
        write_whole(shared / path, (site / path).read_bytes())
    sites = [site, *(folder / "site" for folder in releases.iterdir() if folder.is_dir())]
    for file in sorted(shared.rglob("*")) if shared.exists() else []:
        if file.is_file() and not any((one / file.relative_to(shared)).exists() for one in sites):
            file.unlink()


def _list_theme(site: Path) -> list[str]:
    """Return the files of the theme with hashes in their names, as paths of the site, in order."""
    files = sorted(file.relative_to(site).as_posix() for file in (site / _THEME).rglob("*") if file.is_file())
    return [path for path in files if Path(path).suffix not in COPIES and cache_rule(f"/{path}") == FOR_EVER]
