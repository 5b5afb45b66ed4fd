"""One small release as it is published, and copies of it to break."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from plugins import teamwork
from plugins.release import publishing
from plugins.release.verify.candidate import Candidate, read_site
from plugins.release.verify.checks import verify
from plugins.sources.problem import Level
from tests.conftest import make_image
from tests.release.small_project import create_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plugins.exemplars.model.edition import Edition
    from plugins.release.verify.facts import Finding

DRAFT, SAMPLE = "/bai-viet/2020/con-do/", "/bai-viet/2020/minh-hoa/"
SAMPLE_TITLE = "Chuyện đặt ra để minh họa"


@dataclass
class Broken:
    """A copy of the release to break, with its edition."""

    site: Path
    cache: Path
    edition: Edition
    earlier: frozenset[str] = frozenset()

    def read(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8")

    def write(self, path: str, content: str | bytes) -> None:
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text, f"{path} không có {old!r}"
        self.write(path, text.replace(old, new, 1))

    def change_office(self, **facts: str) -> None:
        vocabulary = self.edition.content.vocabulary
        changed = replace(vocabulary, offices=(replace(self.edition.content.office, **facts),))
        self.edition = replace(self.edition, content=replace(self.edition.content, vocabulary=changed))

    def find(self) -> Iterator[tuple[str, Finding]]:
        """Yield every finding after the name of its check."""
        files, entries = read_site(self.site, self.cache, "")
        candidate = Candidate(self.site, self.edition, files, entries, self.earlier)
        for verdict in verify(candidate):
            for finding in verdict.findings:
                yield verdict.name, finding

    def errors(self) -> list[tuple[str, str]]:
        """Return the name of the check and the line of each error."""
        return [(name, str(finding)) for name, finding in self.find() if finding.level is Level.ERROR]


@pytest.fixture(scope="session")
def _released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Edition, Path]:
    folder = tmp_path_factory.mktemp("verify")
    project = create_project(folder)
    project.write_story("con-do", front={"Tiêu đề": "Bài còn viết dở", "Trạng thái": "nháp"})
    project.write_story("minh-hoa", front={"Tiêu đề": SAMPLE_TITLE, "Mẫu": "có"})
    project.write_story("co-anh", front={"Tiêu đề": "Bài có ảnh", "Ảnh": "a.jpg", "Mô tả ảnh": "Đỏ"})
    project.write("content/bai-viet/2020/co-anh/a.jpg", make_image(size=(900, 600)))
    assert publishing.publish(folder) == 0
    edition = project.edition(drafts=False, samples=False)
    return folder / "releases/0001/site", edition, folder / ".cache/release/facts"


@pytest.fixture
def broken(_released: tuple[Path, Edition, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Broken:
    """A copy of the release of one's own, read by one process; nothing of it is broken yet."""
    # To copy the process of all tests takes longer than what the copy would read.
    monkeypatch.setattr(teamwork, "_count_helpers", lambda: 0)
    site, edition, cache = _released
    shutil.copy(cache, tmp_path / "facts")
    # As when it is verified: files for servers are written later.
    added = shutil.ignore_patterns("*.br", "*.gz", ".htaccess", "_headers", "_redirects")
    return Broken(shutil.copytree(site, tmp_path / "site", ignore=added), tmp_path / "facts", edition)
