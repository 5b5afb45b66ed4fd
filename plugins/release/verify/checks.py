"""The checks of a release, their verdicts, and the report of them for people (.html) and for tools (.json)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.release.verify import budgets, contents, machine_files, shown
from plugins.release.verify.candidate import Candidate
from plugins.release.verify.facts import Finding
from plugins.sources.files import write_whole
from plugins.sources.problem import Level
from plugins.templates import open_templates


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
    "liên kết": contents.find_dead,
    "địa chỉ đã có": contents.find_lost,
    "cách viết trang": contents.find_broken,
    "tải tài nguyên từ trang khác": contents.find_foreign,
    "chính sách bảo mật": contents.find_violations,
    "nguồn tin": machine_files.find_invalid_feeds,
    "bản đồ trang": machine_files.find_invalid_site_map,
    "dung lượng": budgets.find_heavy,
}


def verify(candidate: Candidate) -> tuple[Verdict, ...]:
    """Run every check."""
    return tuple(
        Verdict(name, tuple(sorted(find(candidate), key=lambda one: (one.level is not Level.ERROR, one))))
        for name, find in CHECKS.items()
    )


def write_report(folder: Path, candidate: Candidate, verdicts: Sequence[Verdict]) -> None:
    """Write the report and its style sheet into a folder. The same findings give the same bytes."""
    styles = (path for path, _ in candidate.items(".css") if path.startswith("theme/"))
    texts = {
        "report.json": json.dumps(build_report(candidate, verdicts), ensure_ascii=False, indent=1) + "\n",
        "report.html": render_report(candidate, verdicts),
        "report.css": "".join(candidate.read(path).decode() for path in styles),
    }
    for name, text in texts.items():
        write_whole(folder / name, text.encode())


def build_report(candidate: Candidate, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return the value of report.json."""
    return {
        "passed": not any(verdict.errors for verdict in verdicts),
        **_count(candidate),
        "checks": [
            {
                "name": verdict.name,
                "errors": verdict.errors,
                "advice": len(verdict.findings) - verdict.errors,
                "findings": [finding.as_dict() for finding in verdict.findings],
            }
            for verdict in verdicts
        ],
    }


def render_report(candidate: Candidate, verdicts: Sequence[Verdict]) -> str:
    """Return the report as an HTML page."""
    return (
        open_templates(Path(__file__).parents[1] / "pages")
        .get_template("report.html")
        .render(
            title="Kiểm tra trước khi xuất bản",
            office=candidate.edition.content.office,
            errors=sum(verdict.errors for verdict in verdicts),
            verdicts=list(verdicts),
            **_count(candidate),
        )
    )


def _count(candidate: Candidate) -> dict[str, int]:
    return {
        "pages": len(candidate.pages),
        "files": len(candidate.entries),
        "bytes": sum(entry.bytes for entry in candidate.entries.values()),
    }
