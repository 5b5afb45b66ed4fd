"""Every check by its name, in the order in which the report tells them, and what they say of a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.release.verify import (
    addresses,
    budgets,
    csp,
    feeds,
    links,
    markup,
    personal,
    pictures,
    publisher,
    requests,
    site_map,
    unpublished,
)
from plugins.sources.problem import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plugins.release.verify.candidate import Candidate
    from plugins.release.verify.finding import Finding


@dataclass(frozen=True)
class Check:
    """One check: its name, and what finds its faults."""

    name: str
    find: Callable[[Candidate], Iterator[Finding]]


@dataclass(frozen=True)
class Verdict:
    """What one check found: errors first, then by place."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        return sum(finding.level is Level.ERROR for finding in self.findings)


CHECKS = (
    Check("cơ quan phụ trách", publisher.find_missing),
    Check("bài nháp, bài mẫu", unpublished.find_leaks),
    Check("số của riêng ai", personal.find_numbers_shown),
    Check("thông tin trong ảnh", pictures.find_traces),
    Check("liên kết", links.find_dead),
    Check("địa chỉ đã có", addresses.find_lost),
    Check("cách viết trang", markup.find_broken),
    Check("tải từ máy khác", requests.find_foreign),
    Check("chính sách bảo mật", csp.find_violations),
    Check("nguồn tin", feeds.find_invalid),
    Check("bản đồ trang", site_map.find_invalid),
    Check("độ nặng", budgets.find_heavy),
)


def verify(candidate: Candidate) -> tuple[Verdict, ...]:
    """Return what every check says."""
    return tuple(
        Verdict(
            check.name, tuple(sorted(check.find(candidate), key=lambda found: (found.level is not Level.ERROR, found)))
        )
        for check in CHECKS
    )
