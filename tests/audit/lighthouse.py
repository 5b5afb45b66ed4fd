"""Lighthouse, as npm has it, on this machine's Chromium: mobile, with its own slow network and slow processor."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

from tests import npm

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "13.5.0"
CATEGORIES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
)


def find_lighthouse(project: Path) -> list[str] | None:
    """Return the command; None where there is no node."""
    return npm.install(project, "lighthouse/cli/index.js", f"lighthouse@{VERSION}")


def score(command: list[str], url: str, chromium: str) -> tuple[dict[str, int], list[str]]:
    """Return the scores of a page, 0 to 100 by category, and what cost it points."""
    options = ["--quiet", "--output=json", f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = os.environ | {"CHROME_PATH": chromium}
    done = subprocess.run([*command, url, *options], env=environment, capture_output=True, encoding="utf-8", check=True)
    report = json.loads(done.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    lost = [
        f"{reference['id']}: {audit['title']}"
        for name, least in CATEGORIES.items()
        if scores[name] < least
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"] and (audit := report["audits"][reference["id"]])["score"] not in (1, None)
    ]
    return scores, lost
