"""Faults of a submission, worded for its sender. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.registers.sorting import list_lines
from plugins.vietnamese import capitalize

if TYPE_CHECKING:
    from collections.abc import Sequence


# A message and its fix.
Refusal = tuple[str, str]


@dataclass(frozen=True, order=True)
class Fault:
    """A fault at a line of a submission, 0 for the whole file; `sheet` is "" for the table of registrations."""

    sheet: str
    line: int
    code: str
    message: str
    fix: str
    is_advice: bool = False


def tell_faults(faults: Sequence[Fault]) -> list[str]:
    """Return a line of text for each fault, in the order of the rows; rows with the same fault share one."""
    alike: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in sorted(faults):
        alike.setdefault((fault.sheet, fault.message, fault.fix), []).append(fault)
    return [_tell(found) for found in alike.values()]


def _tell(alike: Sequence[Fault]) -> str:
    fault = alike[0]
    code = f" ({fault.code})" if len(alike) == 1 and fault.code and fault.code not in fault.message else ""
    where = f"trang “{fault.sheet}”, " if fault.sheet else ""
    lines = list_lines([one.line - 1 for one in alike])
    place = f"{where}dòng {lines}{code}: " if fault.line else ""
    return capitalize(f"{place}{fault.message}; {fault.fix}")
