"""`audit-dependencies`: asks, by pip-audit, whether a pinned library has a known hole; and counts the licences."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from plugins.release.licences import LICENCES, split_expression
from plugins.release.sbom import parse_requirements
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from pathlib import Path

# The developers' list holds the staff's too.
REQUIREMENTS, STAFF_REQUIREMENTS = "requirements-dev.txt", "requirements.txt"


class Unknown(Exception):
    """Nothing is known, neither good nor bad; the sentence says why."""


class Hole(NamedTuple):
    """A known vulnerability of a pinned library, and the versions that are free of it."""

    name: str
    version: str
    ids: tuple[str, ...]
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        fix = f"đã sửa ở bản {', '.join(self.fixed_in)}" if self.fixed_in else "chưa có bản sửa"
        return f"{self.name} {self.version}: {', '.join(self.ids)}; {fix}"


class Report(NamedTuple):
    """What pip-audit found: how many libraries it knew, their holes, and those of which it knew nothing."""

    checked: int
    holes: list[Hole]
    unknown: list[str]


def audit_dependencies(project: Path) -> int:
    """Print every known hole of every pinned library. Returns the exit code: 1 for any, and when it is not known."""
    needed = parse_requirements((project / STAFF_REQUIREMENTS).read_text(encoding="utf-8"))
    names = {requirement.name for requirement in needed}
    counted = Counter(licence for name in names for licence in split_expression(LICENCES.get(name, "chưa rõ")))
    licences = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    print(f"Giấy phép của các thư viện khi chạy: {', '.join(f'{name} ({count})' for name, count in licences)}.")
    try:
        report = parse_report(_run_pip_audit(project))
    except Unknown as unknown:
        print(f"Chưa kiểm tra được lỗ hổng: {unknown}.", file=sys.stderr)
        return 1
    for hole in report.holes:
        where = STAFF_REQUIREMENTS if hole.name in names else REQUIREMENTS
        print(f"{where}: {hole}; nâng bản trong pyproject.toml rồi ghim lại", file=sys.stderr)
    if report.unknown:
        print(f"Chưa kiểm tra được, nguồn tin không biết: {', '.join(report.unknown)}.", file=sys.stderr)
    if not report.holes and not report.unknown:
        print(f"Đã hỏi về {format_number(report.checked)} thư viện: không có lỗ hổng nào được biết.")
    return 1 if report.holes or report.unknown else 0


def parse_report(text: str) -> Report:
    """Return what a report of pip-audit in JSON says; Unknown when it is none."""
    try:
        entries = json.loads(text)["dependencies"]
        known = [entry for entry in entries if "skip_reason" not in entry]
        holes = [
            Hole(entry["name"], entry["version"], (found["id"], *found["aliases"]), tuple(found["fix_versions"]))
            for entry in known
            for found in entry["vulns"]
        ]
        unknown = sorted(entry["name"] for entry in entries if "skip_reason" in entry)
    except (ValueError, KeyError, TypeError) as error:
        raise Unknown("pip-audit không trả lời như mọi khi; thử chạy riêng lệnh pip-audit") from error
    if not known:
        # It then says that nothing was found, which is true.
        raise Unknown("nguồn tin đang dùng không biết thư viện nào; chạy ở máy nối thẳng ra mạng")
    return Report(len(known), sorted(holes), unknown)


def _run_pip_audit(project: Path) -> str:
    listed = "--requirement", REQUIREMENTS, "--require-hashes", "--disable-pip"
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *listed, "--format", "json", "--progress-spinner", "off"],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.stdout.lstrip().startswith("{"):
        return done.stdout
    if "No module named" in done.stderr:
        raise Unknown("máy này chưa có pip-audit; cài các thư viện trong requirements-dev.txt")
    if "onnection" in done.stderr or "imeout" in done.stderr or "roxy" in done.stderr:
        raise Unknown("cần mạng để hỏi nguồn tin về lỗ hổng; nối mạng rồi chạy lại")
    last = [*done.stderr.strip().splitlines(), "không nói gì"][-2 if done.stderr.strip() else -1]
    raise Unknown(f"pip-audit báo: {last}")
