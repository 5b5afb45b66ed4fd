"""The same register from every program gives the same 36 registrations, and no word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.content.registers.dialects import DIALECTS, NotHereError, expected, read_dialect

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", DIALECTS)
def test_every_program_gives_the_same_registrations(tmp_path: Path, name: str) -> None:
    try:
        found, said = read_dialect(name, tmp_path)
    except NotHereError as missing:
        pytest.skip(f"cần {missing}")
    assert said == []
    assert len(found) == 36
    assert found == expected()
