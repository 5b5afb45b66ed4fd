"""Nothing that the site itself refers to is missing: pages, anchors, pictures, style, scripts, feeds, data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate

# Not an address, or one that a program and not a server answers.
_ELSEWHERE = ("mailto:", "tel:", "sms:", "data:", "blob:", "tag:", "urn:", "zalo:")


def find_dead(candidate: Candidate) -> Iterator[Finding]:
    """Yield each address of the site's own that nothing answers, and each anchor that is not on its page."""
    ids = {path: frozenset(facts.ids) for path, facts in candidate.items(".html")}
    for path, facts in candidate.files.items():
        for target in dict.fromkeys((*facts.links, *(address for _, address in facts.loads))):
            if target.lower().startswith(_ELSEWHERE) or (own := candidate.find_own(path, target)) is None:
                continue
            file = candidate.find_file(own.path)
            if file is None:
                yield Finding(
                    page_url(path), f"dẫn tới “{target}” mà không có gì ở đó", "sửa chỗ dẫn, hoặc thêm tệp ấy"
                )
            elif own.anchor and file in ids and own.anchor not in ids[file]:
                yield Finding(
                    page_url(path), f"dẫn tới “{target}” mà trang ấy không có mục “{own.anchor}”", "sửa phần sau dấu #"
                )
