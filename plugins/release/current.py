"""The release that is online now, as `publish` has made it: its number, its folder, and what is in it. Read only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER = "releases"


class NoRelease(Exception):
    """There is no whole release to work on; the sentence that says why."""


class Entry(NamedTuple):
    """What a manifest says of a file."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Release:
    """A release: its number as its folder is named, its web root, and every file in it by its path there."""

    number: str
    site: Path
    files: Mapping[str, Entry]

    def check(self, paths: Iterable[str]) -> None:
        """Make sure that these files are what the manifest says; NoRelease names the first that is not."""
        for path in paths:
            try:
                with (self.site / path).open("rb") as file:
                    same = file_digest(file, "sha256").hexdigest() == self.files[path].sha256
            except OSError:
                same = False
            if not same:
                raise NoRelease(
                    f"bản {self.number} không còn nguyên: tệp {path} đã mất hoặc bị sửa; chạy publish để làm bản mới"
                )


def load_current(project: Path) -> Release:
    """Return the current release; NoRelease when there is none."""
    pointer = project / FOLDER / "current"
    try:
        # Where links cannot be made, a text file holds the number.
        number = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else pointer.resolve(strict=True).name
        folder = project / FOLDER / number
        files = parse_manifest((folder / "manifest.json").read_text(encoding="utf-8"))
    except OSError:
        raise NoRelease("chưa có bản phát hành nào; chạy publish trước") from None
    except ValueError:
        raise NoRelease("manifest.json của bản hiện tại không đọc được; chạy publish để làm bản mới") from None
    if "index.html" not in files:
        raise NoRelease(f"bản {number} không có trang chủ; chạy publish để làm bản mới")
    return Release(number, folder / "site", files)


def parse_manifest(text: str) -> dict[str, Entry]:
    """Return the files of a manifest by their path; ValueError when it is none."""
    try:
        entries = json.loads(text)
        entries = entries.get("files", entries)
        return {path: Entry(str(entry["sha256"]), int(entry["bytes"])) for path, entry in entries.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a manifest") from error
