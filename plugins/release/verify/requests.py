"""A page is fetched from one host alone: nobody else learns who reads what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate


def find_foreign(candidate: Candidate) -> Iterator[Finding]:
    """Yield each thing that a browser would fetch from another host."""
    for path, facts in candidate.files.items():
        for _, target in facts.loads:
            if not target.startswith(("data:", "#")) and candidate.find_own(path, target) is None:
                yield Finding(page_url(path), f"tải “{target}” từ máy chủ khác", "chép tệp ấy về trang này, hoặc bỏ đi")
