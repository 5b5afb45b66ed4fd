"""No picture tells where, when, by whom or with what it was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate


def find_traces(candidate: Candidate) -> Iterator[Finding]:
    """Yield each picture with more in it than a picture."""
    for path, facts in candidate.files.items():
        for trace in facts.traces:
            yield Finding(
                page_url(path),
                f"ảnh còn {trace}",
                "xóa .cache/ rồi xuất bản lại; ảnh trong theme/ thì lưu lại không kèm thông tin",
            )
