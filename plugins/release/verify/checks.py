"""Every check by its name, in the order in which the report tells them, and what they say of a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.release.verify import addresses, budgets, contents, machine_files, shown
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
    Check("cơ quan phụ trách", shown.find_missing),
    Check("bài nháp, bài mẫu", shown.find_leaks),
    Check("số điện thoại, giấy tờ, tài khoản cá nhân", shown.find_numbers_shown),
    Check("thông tin trong ảnh", contents.find_traces),
    Check("liên kết", addresses.find_dead),
    Check("địa chỉ đã có", addresses.find_lost),
    Check("cách viết trang", contents.find_broken),
    Check("tải tài nguyên từ trang khác", addresses.find_foreign),
    Check("chính sách bảo mật", contents.find_violations),
    Check("nguồn tin", machine_files.find_invalid_feeds),
    Check("bản đồ trang", machine_files.find_invalid_site_map),
    Check("dung lượng", budgets.find_heavy),
)


def verify(candidate: Candidate) -> tuple[Verdict, ...]:
    """Return what every check says."""
    found = {check.name: sorted(check.find(candidate), key=_rank) for check in CHECKS}
    return tuple(Verdict(name, tuple(findings)) for name, findings in found.items())


def _rank(finding: Finding) -> tuple[bool, Finding]:
    return finding.level is not Level.ERROR, finding
