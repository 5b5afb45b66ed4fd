"""Packages that every program of zips reads, and in which no machine shows."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from plugins.sources.packing import pack, repack
from tests.zipped_elsewhere import other_machine

PARTS = {
    "[Content_Types].xml": b"<Types/>" * 400,
    "content/xã Đắk D’rông.md": "Đắk D’rông\n".encode() * 9,
    "trống": b"",
    "lẻ.bin": bytes(range(256)),
}


def saved(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("parts", [PARTS, {}], ids=["parts", "none"])
def test_packages_can_be_read(parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(BytesIO(pack(parts))) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == parts
        assert package.namelist() == list(parts)


def test_packages_are_compressed() -> None:
    assert len(pack({"a": b"x" * 100_000})) < 1_000


def test_no_machine_shows() -> None:
    here = saved(PARTS)
    with other_machine():
        there = saved(PARTS)
    assert there != here
    assert repack(there) == repack(here) == pack(PARTS)


def test_each_part_can_be_changed() -> None:
    changed = repack(saved({"a": b"old", "b": b"kept"}), lambda part: part.replace(b"old", b"new"))
    assert changed == pack({"a": b"new", "b": b"kept"})
