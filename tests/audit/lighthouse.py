"""Lighthouse, as npm has it, on this machine's Chromium: mobile, with its own slow network and slow processor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "13.5.0"
CATEGORIES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
)


def find_lighthouse(project: Path) -> list[str] | None:
    """Return the command, after installing it where `clean` removes it; None where there is no node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    folder = project / ".cache/npm"
    script = folder / "node_modules/lighthouse/cli/index.js"
    if not script.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        subprocess.run([*install, f"lighthouse@{VERSION}"], check=True, stdout=sys.stderr)
    return [node, str(script)]


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
