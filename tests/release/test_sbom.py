"""The bill of materials of a release, and the licences in it."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from plugins.release.licences import COMPATIBLE, LICENCES, split_expression
from plugins.release.sbom import Requirement, parse_requirements, write_sbom

PROJECT = Path(__file__).parents[2]
REQUIREMENTS = parse_requirements((PROJECT / "requirements.txt").read_text(encoding="utf-8"))
NAMES = sorted({requirement.name for requirement in REQUIREMENTS})
LIST = """\
soupsieve==2.10 ; python_full_version < '3.11.5' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   beautifulsoup4
    #   dan-van-kheo-cu-jut (pyproject.toml)
six==1.17.0 \\
    --hash=sha256:{a}
    # via python-dateutil
""".format(a="a" * 64, b="b" * 64)


def test_a_list_is_read() -> None:
    assert parse_requirements(LIST) == [
        Requirement(
            "soupsieve",
            "2.10",
            "python_full_version < '3.11.5'",
            ["a" * 64, "b" * 64],
            ["beautifulsoup4", "dan-van-kheo-cu-jut"],
        ),
        Requirement("six", "1.17.0", "", ["a" * 64], ["python-dateutil"]),
    ]


@pytest.mark.parametrize("line", ["six>=1.0", "-r other.txt", "    --hash=md5:abc"])
def test_a_line_that_is_no_pin_is_not_passed_over(line: str) -> None:
    with pytest.raises(ValueError, match=r"requirements\.txt:10"):
        parse_requirements(f"{LIST}{line}\n")


def test_the_document_is_valid_complete_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("1.json", "2.json"):
        write_sbom(PROJECT, tmp_path / name)
    text = (tmp_path / "1.json").read_text(encoding="utf-8")
    assert text == (tmp_path / "2.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    assert {"serialNumber", "timestamp"}.isdisjoint({*document, *document["metadata"]})
    pins = re.findall(
        r"^([a-z0-9.-]+==[^ ]+)", (PROJECT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [f"{part['name']}=={part['version']}" for part in document["components"]] == pins
    assert all(part["hashes"] and part["licenses"] for part in document["components"])
    needs = {entry["ref"]: entry["dependsOn"] for entry in document["dependencies"]}
    pelican = next(ref for ref in needs if ref.startswith("pkg:pypi/pelican@"))
    assert pelican in needs["dan-van-kheo-cu-jut"]
    assert any(ref.startswith("pkg:pypi/jinja2@") for ref in needs[pelican])
    # Everything is needed by something.
    assert {ref for needed in needs.values() for ref in needed} == needs.keys() - {"dan-van-kheo-cu-jut"}


def test_every_library_has_a_licence_that_goes_with_ours() -> None:
    for name in NAMES:
        assert name in LICENCES, f"plugins/release/licences.py không có {name}"
        assert set(split_expression(LICENCES[name])) <= COMPATIBLE, name


@pytest.mark.parametrize("name", NAMES)
def test_the_packages_say_the_same_of_themselves(name: str) -> None:
    said = metadata.metadata(name)
    classified = [line for line in said.get_all("Classifier", []) if line.startswith("License ::")]
    words = f"{said['License-Expression']} {(said['License'] or '')[:60]} {classified}"
    stated = split_expression(LICENCES[name])
    families = {"BSD": "BSD", "MIT": "MIT", "Apache": "Apache", "AGPL": "AGPL|Affero", "GPL": r"\bGPL", "PSF": "PSF"}
    assert any(
        re.search(pattern, words) for family, pattern in families.items() if any(s.startswith(family) for s in stated)
    ), words
    if said["License-Expression"]:
        assert said["License-Expression"] in stated
