"""The release that is online now, as `publish` has made it: its name, its web root, and what is in it. Read only."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.release.manifest import Entry, load_manifest, read_entry
from plugins.release.store import FOLDER, SITE, read_current

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class NoRelease(Exception):
    """There is no whole release to work on; the sentence that says why."""


@dataclass(frozen=True)
class Release:
    """A release: its number as its folder is named, its web root, and every file in it by its path there."""

    number: str
    site: Path
    files: Mapping[str, Entry]

    def check(self, paths: Iterable[str]) -> None:
        """Make sure that these files are what the manifest says; NoRelease names the first that is not."""
        for path in paths:
            with suppress(OSError):
                if read_entry(self.site / path) == self.files[path]:
                    continue
            what = f"bản {self.number} không còn nguyên: tệp {path} đã mất hoặc bị sửa"
            raise NoRelease(f"{what}; chạy publish để làm bản mới")


def load_current(project: Path) -> Release:
    """Return the current release; NoRelease when there is none."""
    releases = project / FOLDER
    number = read_current(releases)
    if number is None:
        raise NoRelease("chưa có bản phát hành nào; chạy publish trước")
    files = load_manifest(releases / number)
    if files is None:
        raise NoRelease(f"manifest.json của bản {number} không đọc được; chạy publish để làm bản mới")
    if "index.html" not in files:
        raise NoRelease(f"bản {number} không có trang chủ; chạy publish để làm bản mới")
    return Release(number, releases / number / SITE, files)
