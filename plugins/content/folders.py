"""The folders and files of content/, by the names that people give them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.sources.problem import Problem

STORIES = "bai-viet"
PAGES = "trang"
DOCUMENTS = "van-ban"
REGISTERS = "dang-ky"
PAPERS = "theo-doi"
REPORTS = "bao-cao"
GATHERED = "thu-ve"
TEMPLATES = "mau"
SCHEDULE = "ke-hoach.yaml"
MEMBERS = "nguon.yaml"
AGENDA = "lich.yaml"
SENT = "gui-bai.csv"
STORY_FILE = "bai.md"


def hides_many(problem: Problem) -> bool:
    """Tell whether it is a folder of many files that cannot be listed now: of what is in it, nothing is known."""
    path = PurePosixPath(problem.path)
    # A story's own folder hides no other.
    return problem.passing and not path.suffix and len(path.parts) <= 3
