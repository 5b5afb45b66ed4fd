"""Registrations -> tables of counts: by status, and by field or commune with how far each has come. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.registers.registration import Status
from plugins.content.terms import KINDS
from plugins.reports.tables import Row, Table, dated_name, existed_in
from plugins.vietnamese import capitalize

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from plugins.content.registers.registration import Registration
    from plugins.content.terms import Commune, Field

UNIT = "đăng ký"
STAGES = ("Đăng ký", "Được công nhận", "Được biểu dương", "Được nhân rộng", "Có bài")
# Of these, each counts only what the one before it counts.
NESTED = 4


def status_table(registrations: Sequence[Registration]) -> Table:
    """Return the registrations by the status that each has now, and by kind."""
    rows = tuple(
        Row(
            capitalize(status.label),
            tuple(sum(one.status is status and one.kind is kind for one in registrations) for kind in KINDS),
        )
        for status in Status
    )
    columns = tuple(kind.name for kind in KINDS)
    return Table("trang-thai", "Đăng ký theo trạng thái", "Trạng thái", columns, rows, divides=True, unit=UNIT)


def field_table(registrations: Sequence[Registration], told: Collection[str], fields: Iterable[Field]) -> Table:
    """Return how far the registrations of each field have come; `told` are the codes of those that have a story."""
    rows = tuple(
        Row(field.name, count_stages((one for one in registrations if one.field == field), told), field.url, field.id)
        for field in fields
    )
    return Table("dang-ky-linh-vuc", "Đăng ký theo lĩnh vực", "Lĩnh vực", STAGES, rows, unit=UNIT)


def commune_table(
    registrations: Sequence[Registration],
    told: Collection[str],
    communes: Iterable[Commune],
    year: int,
    place: Callable[[Commune], Commune] | None = None,
) -> Table:
    """Return how far the registrations of each commune have come; `place` gives the commune to count one under."""
    rows = []
    for commune in communes:
        there = [one for one in registrations if (place(one.commune) if place else one.commune) == commune]
        if there or existed_in(commune, year):
            rows.append(Row(dated_name(commune), count_stages(there, told), commune.url))
    identifier, of = ("dang-ky-xa-nay", "xã hiện nay") if place else ("dang-ky-xa", "xã, thị trấn")
    title = f"Đăng ký theo {of}"
    return Table(identifier, title, "Xã, thị trấn", STAGES, tuple(rows), unit=UNIT)


def count_stages(registrations: Iterable[Registration], told: Collection[str]) -> tuple[int, ...]:
    """Return the counts of STAGES."""
    counted = tuple(registrations)
    reached = (Status.RECOGNISED, Status.COMMENDED, Status.REPLICATED)
    return (
        len(counted),
        *(sum(one.status.reached(status) for one in counted) for status in reached),
        sum(one.code in told for one in counted),
    )
