"""Style, scripts, fonts and icons that pages opened before a switch of releases, either way, still ask for.

Only files of the theme, which say nothing about anyone. A photo or text that is no longer published is never kept: it
may have been withdrawn. An open page shows its next photo after a reload, and the search reloads itself when its index
is gone (theme/static/js/search.js).
"""

from pathlib import Path

from plugins.release.policy import COPIES, IMMUTABLE, SHARED, cache_rule
from plugins.sources.files import write_whole

# Beside the site: files in it for pages of the release before, to be dropped by the next.
CARRIED = "carried.txt"


def keep_assets(site: Path, earlier: Path | None) -> list[str]:
    """Copy files that only the earlier site has into a new one, for one generation. Returns their paths, sorted.

    All of the theme goes into `releases/shared` too, where nginx looks for files that the current release lacks: after
    a rollback, those of newer ones. Files that no release has are deleted there.
    """
    carried = []
    if earlier:
        listed = earlier.parent / CARRIED
        older = set(listed.read_text(encoding="utf-8").splitlines()) if listed.exists() else set()
        carried = [path for path in _list_theme(earlier) if path not in older and not (site / path).exists()]
        for path in carried:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes((earlier / path).read_bytes())
    (site.parent / CARRIED).write_text("".join(f"{path}\n" for path in carried), encoding="utf-8", newline="\n")
    _share(site, site.parents[1])
    return carried


def _share(site: Path, releases: Path) -> None:
    shared = releases / SHARED
    for path in _list_theme(site):
        if not (shared / path).exists():
            write_whole(shared / path, (site / path).read_bytes())
    sites = [site, *(folder / "site" for folder in releases.iterdir() if folder.is_dir())]
    for file in shared.rglob("*") if shared.exists() else ():
        if file.is_file() and not any((one / file.relative_to(shared)).exists() for one in sites):
            file.unlink()


def _list_theme(site: Path) -> list[str]:
    """Return the paths in a site of the theme's files with hashes in their names, sorted."""
    files = sorted(file.relative_to(site).as_posix() for file in (site / "theme").rglob("*") if file.is_file())
    return [path for path in files if Path(path).suffix not in COPIES and cache_rule(f"/{path}") == IMMUTABLE]
