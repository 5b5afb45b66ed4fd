"""The content security policy that the servers send lets everything on a page work, and nothing on it needs more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.policy import CONTENT_SECURITY
from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.release.verify.candidate import Candidate

_SELF, _DATA = "'self'", "data:"


def find_violations(candidate: Candidate, policy: Mapping[str, Sequence[str]] = CONTENT_SECURITY) -> Iterator[Finding]:
    """Yield each thing that a browser would refuse: what stands inline, and what no directive lets it fetch."""
    for path, facts in candidate.files.items():
        for what in facts.inline:
            yield Finding(
                page_url(path), f"có {what}, trình duyệt sẽ chặn", "chuyển kiểu và mã vào tệp trong theme/static"
            )
        for directive, target in facts.loads:
            sources = policy.get(directive, policy["default-src"])
            if target.startswith(_DATA) and _DATA not in sources:
                yield Finding(page_url(path), f"có dữ liệu data: trong trang mà {directive} không cho", "để thành tệp")
            elif not target.startswith(_DATA) and _SELF not in sources:
                yield Finding(page_url(path), f"tải “{target}” mà {directive} không cho", "bỏ đi, hoặc sửa chính sách")
