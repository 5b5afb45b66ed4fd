"""The smallest project that can be published: the real theme, the tests' vocabulary, two stories, two pages."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.conftest import VOCABULARY, Project
from tests.site.checkout import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

STORY = "/bai-viet/2020/kenh/"


def create_project(folder: Path) -> Project:
    """Write it into a folder that is there."""
    project = Project(folder)
    for name in ("pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt"):
        shutil.copy(PROJECT / name, folder)
    shutil.copytree(PROJECT / "theme", folder / "theme")
    for name, text in VOCABULARY.items():
        project.write(f"content/danh-muc/{name}", text)
    for page, title in (("lien-he", "Liên hệ"), ("tro-nang", "Trợ năng")):
        project.write(f"content/trang/{page}.md", f"---\nTiêu đề: {title}\n---\nXem [trang chủ](/).\n")
    write_story(project, "Nước về ruộng.")
    project.write_story("hu-gao", front={"Tiêu đề": "Hũ gạo thôn 5"})
    return project


def write_story(project: Project, words: str, **front: str | None) -> str:
    """Have the first story say this. Returns its path."""
    return project.write_story("kenh", front=front, body=f"{words}\n")
