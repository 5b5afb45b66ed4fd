"""Findings of the checks of a release, for people (report.html) and for tools (report.json)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plugins.release.verify.candidate import Candidate
from plugins.release.verify.checks import Verdict
from plugins.sources.files import write_whole
from plugins.templates import open_templates

_TITLE = "Kiểm tra trước khi xuất bản"


def write_report(folder: Path, candidate: Candidate, verdicts: Sequence[Verdict]) -> None:
    """Write the report and its style sheet into a folder. The same findings give the same bytes."""
    texts = {
        "report.json": json.dumps(build_report(candidate, verdicts), ensure_ascii=False, indent=1) + "\n",
        "report.html": render_report(candidate, verdicts),
        "report.css": "".join(
            candidate.read(path).decode() for path, _ in candidate.items(".css") if path.startswith("theme/")
        ),
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
    environment = open_templates(Path(__file__).parent / "pages")
    return environment.get_template("report.html").render(
        title=_TITLE,
        office=candidate.edition.content.office,
        errors=sum(verdict.errors for verdict in verdicts),
        verdicts=list(verdicts),
        **_count(candidate),
    )


def _count(candidate: Candidate) -> dict[str, int]:
    return {
        "pages": len(candidate.pages),
        "files": len(candidate.entries),
        "bytes": sum(entry.bytes for entry in candidate.entries.values()),
    }
