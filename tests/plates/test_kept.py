"""Kept plates have the bytes of drawn ones, whatever has become of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.plates.plate import Plate, choose_plate, make_plates

if TYPE_CHECKING:
    from pathlib import Path


def choose(*keys: str) -> list[Plate]:
    return [choose_plate("/hinh/", key, None, "xa-dak-drong") for key in keys]


def draw(plates: list[Plate]) -> dict[str, bytes]:
    return {plate.url: plate.make() for plate in plates}


def test_kept_plates_are_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plates = choose("hu-gao", "ken-muong")
    expected = draw(plates)
    assert make_plates(plates, tmp_path / "plates") == expected
    drawn: list[Plate] = []
    monkeypatch.setattr(Plate, "make", lambda plate: drawn.append(plate) or b"<svg/>")
    assert make_plates(plates, tmp_path / "plates") == expected
    assert drawn == []
    assert len(make_plates([*plates, *choose("den-duong")], tmp_path / "plates")) == 3
    assert drawn == choose("den-duong")


def test_plates_no_longer_shown_are_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "plates"
    make_plates(choose("hu-gao", "ken-muong"), file)
    both = file.stat().st_size
    make_plates(choose("hu-gao"), file)
    assert file.stat().st_size < both


@pytest.mark.parametrize("damage", [b"", b"x" * 400, None])
def test_a_damaged_file_or_none_costs_only_time(damage: bytes | None, tmp_path: Path) -> None:
    plates, file = choose("hu-gao"), tmp_path / "plates"
    if damage is not None:
        make_plates(plates, file)
        file.write_bytes(file.read_bytes()[:40] + damage)
    assert make_plates(plates, file if damage is not None else None) == draw(plates)
    assert damage is not None or not file.exists()
