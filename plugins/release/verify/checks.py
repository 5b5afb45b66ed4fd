"""The checks of a release, in the order of the report, and their verdicts."""

from dataclasses import dataclass

from plugins.release.verify import addresses, budgets, contents, machine_files, shown
from plugins.release.verify.candidate import Candidate
from plugins.release.verify.finding import Finding
from plugins.sources.problem import Level


@dataclass(frozen=True)
class Verdict:
    """The findings of one check: errors first, then by place."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        return sum(finding.level is Level.ERROR for finding in self.findings)


# Each yields findings about a candidate.
CHECKS = {
    "cơ quan phụ trách": shown.find_missing,
    "bài nháp, bài mẫu": shown.find_leaks,
    "số điện thoại, giấy tờ, tài khoản cá nhân": shown.find_numbers_shown,
    "thông tin trong ảnh": contents.find_traces,
    "liên kết": addresses.find_dead,
    "địa chỉ đã có": addresses.find_lost,
    "cách viết trang": contents.find_broken,
    "tải tài nguyên từ trang khác": addresses.find_foreign,
    "chính sách bảo mật": contents.find_violations,
    "nguồn tin": machine_files.find_invalid_feeds,
    "bản đồ trang": machine_files.find_invalid_site_map,
    "dung lượng": budgets.find_heavy,
}


def verify(candidate: Candidate) -> tuple[Verdict, ...]:
    """Run every check."""
    return tuple(Verdict(name, tuple(sorted(find(candidate), key=_rank))) for name, find in CHECKS.items())


def _rank(finding: Finding) -> tuple[bool, Finding]:
    return finding.level is not Level.ERROR, finding
