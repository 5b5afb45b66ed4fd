"""What a release was made with, as a CycloneDX 1.6 document: every library, its version, hashes and licence.

Made from requirements.txt, whose shape is uv's own, and from pyproject.toml: no time and no random number is in it, so
that the same lists give the same bytes. A test holds it against the official schema. Source: CycloneDX 1.6 (ECMA-424).
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.release.licences import LICENCES, PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

REQUIREMENTS = "requirements.txt"
_PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? *\\?$")
_HASH = re.compile(r"^ +--hash=sha256:(?P<digest>[0-9a-f]{64})")
_NEEDED_BY = re.compile(r"^ +#(?: via| {2}) +(?P<name>[A-Za-z0-9._-]+)")


@dataclass(frozen=True)
class Requirement:
    """A pinned library: where it is needed, the SHA-256 of each of its files, and the names of what needs it."""

    name: str
    version: str
    marker: str
    hashes: Sequence[str]
    needed_by: Sequence[str]

    @property
    def url(self) -> str:
        """The library as a package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


def parse_requirements(text: str) -> list[Requirement]:
    """Return the pins of a list that uv has compiled, in its order; ValueError for a line that is no part of one."""
    found: list[Requirement] = []
    hashes: list[str] = []
    needed_by: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if pin := _PIN.match(line):
            hashes, needed_by = [], []
            found.append(Requirement(pin["name"], pin["version"], pin["marker"] or "", hashes, needed_by))
        elif digest := _HASH.match(line):
            hashes.append(digest["digest"])
        elif needer := _NEEDED_BY.match(line):
            needed_by.append(needer["name"])
        elif line.strip() and line.strip() != "# via":
            raise ValueError(f"{REQUIREMENTS}:{number}: {line}")
    return found


def write_sbom(project: Path, file: Path) -> None:
    """Write the document of this project into a file."""
    pyproject = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = parse_requirements((project / REQUIREMENTS).read_text(encoding="utf-8"))
    document = build_sbom(pyproject, requirements)
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def build_sbom(pyproject: Mapping[str, Any], requirements: Sequence[Requirement]) -> dict[str, Any]:
    """Return the document for a project, as pyproject.toml describes it, and what it requires."""
    name = pyproject["name"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": name,
                "name": name,
                "version": pyproject["version"],
                "description": pyproject["description"],
                "licenses": [{"expression": PROJECT}],
            }
        },
        "components": [_describe(requirement) for requirement in requirements],
        "dependencies": [
            {"ref": name, "dependsOn": _needs(name, requirements)},
            *({"ref": one.url, "dependsOn": _needs(one.name, requirements)} for one in requirements),
        ],
    }


def _describe(requirement: Requirement) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": requirement.url,
        "name": requirement.name,
        "version": requirement.version,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in requirement.hashes],
        "purl": requirement.url,
    }
    if licence := LICENCES.get(requirement.name):
        component["licenses"] = [{"expression": licence}]
    if requirement.marker:
        component["properties"] = [{"name": "python:marker", "value": requirement.marker}]
    return component


def _needs(name: str, requirements: Sequence[Requirement]) -> list[str]:
    return [requirement.url for requirement in requirements if name in requirement.needed_by]
