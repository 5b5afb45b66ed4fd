"""How long, and how much memory, registers of every heavy kind take: `python -m tests.content.registers.heavy`.

Each file, at most ten megabytes, is read by a process of its own; CPU seconds and memory are the system's own count.
The limits are three seconds and 150 MB, whether a file is read or refused.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import VOCABULARY
from tests.content.registers.raw import Xml, number, register, workbook
from tests.registers.conftest import as_csv, rows

if TYPE_CHECKING:
    from collections.abc import Callable

_READ = """
import json, resource, sys
from pathlib import Path
from plugins.content.registers.register_files import load_registers
from plugins.content.vocabulary.files import load_vocabulary
project = Path(sys.argv[1])
vocabulary = load_vocabulary(project)[0]
before = resource.getrusage(resource.RUSAGE_SELF)
found, problems = load_registers(project / "content/dang-ky", vocabulary, {})
after = resource.getrusage(resource.RUSAGE_SELF)
read = sum(len(one.registrations) for one in found.values())
took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
# ru_maxrss begins with the peak of the process that started this one.
most = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([took, most / 1024, read, len(problems), min(problems).message[:70] if problems else ""]))
"""
SHARED = Xml('<c t="s"><v>0</v></c>')


def _sound(count: int) -> list[list[object]]:
    return rows(*({"Kết quả": f"{at} hộ hiến đất; 3,2 km kênh", "Ngày đăng ký": "19/8/2020"} for at in range(count)))


def _one_string(length: int, cells: int) -> bytes:
    line = [*rows({})[1][:11], SHARED, SHARED]
    table = [rows()[0], *([f"DK-2020-{at:04}", *line[1:]] for at in range(cells // 2))]
    return workbook(table, strings=[f"<si><t>{'Kết quả ' * (length // 8)}</t></si>"])


def _many_strings() -> bytes:
    strings = [f"<si><t>{at}</t></si>" for at in range(370_000)]
    return workbook(rows({}), strings=strings)


def _wide() -> bytes:
    row = [number(7)] * 16_000
    return workbook([*rows({}), *[row] * 20])


def _grid(count: int, wide: int) -> bytes:
    return workbook([*_sound(10), *([number(at * wide + place) for place in range(wide)] for at in range(count))])


def _formats() -> bytes:
    """Return 3,000 formats as long as Excel takes them, each under 17 numbers."""
    codes = [f"{'#,##0.0' * 30}{at:04}".ljust(250, "0") for at in range(3_000)]
    table = [[number(at * 3.7 + place, at + 1) for place in range(17)] for at in range(3_000)]
    return workbook([*_sound(10), *table], codes)


def _swollen(extra: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(register({}))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"</worksheet>", extra + b"</worksheet>") if "so.xml" in name else part)
    return out.getvalue()


def _directory() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for at in range(90_000):
            package.writestr(str(at), b"")
    return out.getvalue()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    data = register({})
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            begin = f"<!DOCTYPE x [<!ENTITY l0 'ha'>{entities}]>".encode() if "so.xml" in name else b""
            target.writestr(name, begin + source.read(name).replace(b"<t>", b"<t>&l9;", 1 if begin else 0))
    return out.getvalue()


KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "36 rows": ("xlsx", lambda: register(*[{}] * 36)),
    "5,000 rows": ("xlsx", lambda: workbook(_sound(5_000))),
    "10,000 rows": ("xlsx", lambda: workbook(_sound(9_999))),
    "1,000,000 styled blanks": ("xlsx", lambda: workbook([*_sound(36), *[[Xml('<c s="0"/>')] * 13] * 75_000])),
    "a string of 30,000 in 20,000 cells": ("xlsx", lambda: _one_string(30_000, 20_000)),
    "a string of 290 in 20,000 cells": ("xlsx", lambda: _one_string(290, 20_000)),
    "370,000 strings": ("xlsx", _many_strings),
    "rows of 16,000 cells": ("xlsx", _wide),
    "7,400 rows of 50 numbers": ("xlsx", lambda: _grid(7_400, 50)),
    "10,000 rows of 50 numbers": ("xlsx", lambda: _grid(9_900, 50)),
    "3,000 formats of 250 signs": ("xlsx", _formats),
    "30,000 rows of 13 numbers": ("xlsx", lambda: _grid(28_000, 13)),
    "2,000,000 tags": ("xlsx", lambda: _swollen(b"<c/>" * 2_000_000)),
    "nested without end": ("xlsx", lambda: _swollen(b"<a>" * 1_000_000)),
    "one tag of 40 MB": (
        "xlsx",
        lambda: _swollen(b"<a " + b"".join(b'b%d="" ' % at for at in range(4_000_000)) + b"/>"),
    ),
    "700 MB of blanks": ("xlsx", lambda: _swollen(b" " * 700_000_000)),
    "a text of 50 MB": ("xlsx", lambda: _swollen(b"<c><v>" + b"7" * 50_000_000 + b"</v></c>")),
    "merged without end": ("xlsx", lambda: _swollen(b'<mergeCell ref="A3:XFD1048576"/>')),
    "200,000 merged pairs": ("xlsx", lambda: _swollen(b'<mergeCell ref="E2:E3"/>' * 200_000)),
    "90,000 parts": ("xlsx", _directory),
    "entities that expand": ("xlsx", _laughs),
    "10 MB of noise": ("xlsx", lambda: b"PK\x03\x04" + bytes(range(256)) * 39_000),
    "old workbook of 10 MB": ("xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 9_900_000),
    "CSV of 10,000 rows": ("csv", lambda: as_csv(_sound(9_999)).encode()),
    "CSV of 10 MB in 10,000 rows": (
        "csv",
        lambda: (as_csv(rows({})) + (";".join(["ữ" * 6] * 50) + "\n") * 9_990).encode()[:9_999_990],
    ),
    "CSV of one line": ("csv", lambda: b"M\xc3\xa3;" * 2_400_000),
    "CSV of empty lines": ("csv", lambda: as_csv(rows({})).encode() + b"\n" * 9_900_000),
    "CSV of 10 MB in UTF-16": (
        "csv",
        lambda: ("\n".join(["\t".join(rows()[0]), *["ữ" * 490] * 9_990])).encode("utf-16")[:9_999_998],
    ),
    "CSV with one open quote": ("csv", lambda: as_csv(rows({})).encode() + b'"' + b"a\n" * 4_900_000),
}


@dataclass(frozen=True)
class Cost:
    """The seconds and megabytes to read a file, and the result."""

    megabytes: float
    seconds: float
    memory: float
    read: int
    told: int
    first: str


def measure(kind: str) -> Cost:
    """Read one file in a process of its own. Linux alone counts the memory of a process from its own beginning."""
    suffix, make = KINDS[kind]
    with tempfile.TemporaryDirectory() as made:
        project = Path(made)
        for name, text in VOCABULARY.items():
            file = project / "content/danh-muc" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        register_file = project / f"content/dang-ky/2020.{suffix}"
        register_file.parent.mkdir()
        register_file.write_bytes(make())
        size = register_file.stat().st_size / 1_000_000
        done = subprocess.run([sys.executable, "-c", _READ, made], capture_output=True, text=True, check=True)
    return Cost(size, *json.loads(done.stdout))


if __name__ == "__main__":
    for each in sys.argv[1:] or KINDS:
        cost = measure(each)
        took = f"{cost.megabytes:5.2f} MB: {cost.seconds:5.2f} s {cost.memory:4.0f} MB"
        print(f"{each:36} {took}  {cost.read:6} read {cost.told:6} told  {cost.first}", flush=True)
