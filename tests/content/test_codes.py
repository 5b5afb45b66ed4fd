"""The codes of registrations, however they were typed."""

from __future__ import annotations

import pytest

from plugins.content.registers.registration import code_year, parse_code
from plugins.sources.problem import Invalid


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("DK-2020-012", "DK-2020-012"),
        ("ĐK-2020-12", "DK-2020-012"),
        ("đk 2020/12", "DK-2020-012"),
        ("DK2020012", "DK-2020-012"),
        ("DK–2020–0012", "DK-2020-012"),
        ("dk.2026.1234", "DK-2026-1234"),
    ],
)
def test_a_code_is_kept_in_one_form(written: str, code: str) -> None:
    assert parse_code(written) == code
    assert code_year(code) == int(code[3:7])


@pytest.mark.parametrize("written", ["12", "DK-12", "2020-012", "DK-20-012", "DK-9020-012", "DK-2020", "XDK-2020-012"])
def test_invalid_codes(written: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_code(written)
    assert caught.value.message == f'Mã đăng ký "{written}" không đúng dạng'
