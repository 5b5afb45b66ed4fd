"""The folders and files of content/, by the names that people give them."""

from __future__ import annotations

STORIES = "bai-viet"
PAGES = "trang"
DOCUMENTS = "van-ban"
REGISTERS = "dang-ky"
PAPERS = "theo-doi"
REPORTS = "bao-cao"
SCHEDULE = "ke-hoach.yaml"
STORY_FILE = "bai.md"
