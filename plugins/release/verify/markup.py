"""Every file is well formed: a browser or a feed reader has nothing to set right or to guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate


def find_broken(candidate: Candidate) -> Iterator[Finding]:
    """Yield why a file is not well formed."""
    for path, facts in candidate.files.items():
        for fault in facts.faults:
            fix = (
                "sửa mẫu trang trong theme/, hoặc HTML gõ tay trong bài" if path.endswith(".html") else "làm lại tệp ấy"
            )
            yield Finding(page_url(path), f"viết không đúng chuẩn, {fault}", fix)
