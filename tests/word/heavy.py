"""Heavy files, ordinary and hostile, and what each takes to read: time and memory of a process of its own.

`python -m tests.word.heavy` prints a table; with names, of those alone. A file is read to its end or refused in a
sentence; either way in so much time and memory.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageFilter

from tests.word.small_documents import (
    NAMESPACES,
    drawing,
    level,
    numbered,
    numbering,
    paragraph,
    picture,
    run,
    small,
)
from tests.word.small_odt import cell, items, levels, p, row, small_odt, span

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[2]
MOST_MB = 200
MOST_SECONDS = 1.5
_MEASURED = """
import re, resource, sys, time
from pathlib import Path
from plugins.photos import pixels
from plugins.sources.problem import Invalid
from plugins.word.document import load_document
said = "read"
kept = {}
def keep(picture):
    # Each once, as those who keep them do.
    known = hash(picture)
    if known not in kept:
        kept[known] = f"anh-{len(kept) + 1}.jpg"
        pixels.keep(picture.data, 2560, picture.crop, picture.turn)
    return kept[known]
start = time.process_time()
try:
    load_document(Path(sys.argv[1]), keep)
except Invalid as invalid:
    said = f"{invalid.message}; {invalid.fix}"
seconds = time.process_time() - start
# Of this program alone: what getrusage says begins with what started it.
status = Path("/proc/self/status")
found = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
peak = int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{seconds:.3f} {peak // 1024} {said}")
"""


class Taken(NamedTuple):
    """The cost of reading a file: processor seconds, peak megabytes; "read", or the sentence that refused it."""

    seconds: float
    megabytes: int
    said: str


def measure(data: bytes, suffix: str) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"bai{suffix}"
        file.write_bytes(data)
        command = [sys.executable, "-c", _MEASURED, str(file)]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        return Taken(0, 0, f"crashed: {done.stderr[-200:]}")
    seconds, megabytes, said = done.stdout.split(" ", 2)
    return Taken(float(seconds), int(megabytes), said.strip())


_DICE = random.Random(18)  # noqa: S311 - chance that is the same every time
_WORDS = "bà con thôn Hai góp đất góp công làm kênh mương nội đồng nước về ruộng sớm mười ngày ai cũng mừng".split()  # noqa: SIM905


def _words(count: int) -> str:
    return " ".join(_DICE.choices(_WORDS, k=count))


@cache
def _photo(width: int, height: int, quality: int = 85, kind: str = "JPEG") -> bytes:
    """Return a photo as heavy as those of telephones: soft shapes under a fine grain."""
    shapes = Image.frombytes("RGB", (64, 48), _DICE.randbytes(64 * 48 * 3)).resize((width, height), 2)
    grain = Image.frombytes("L", (width // 2, height // 2), _DICE.randbytes(width * height // 4)).resize(
        (width, height)
    )
    photo = Image.blend(shapes, Image.merge("RGB", [grain] * 3).filter(ImageFilter.BoxBlur(1)), 0.12)
    out = BytesIO()
    photo.save(out, kind, **({"quality": quality} if kind == "JPEG" else {}))
    return out.getvalue()


def story(paragraphs: int, photos: int = 0) -> bytes:
    """An ordinary report: text in runs of several looks, headings, a list, a table, photos of a telephone."""
    body = []
    for at in range(paragraphs):
        looks = ("", "<w:b/>", "<w:i/>", '<w:sz w:val="28"/>')
        runs = "".join(run(f"{_words(12)} ", looks[(at + part) % 4]) for part in range(6))
        body.append(numbered(runs) if at % 9 == 0 else paragraph(runs))
        if at % 40 == 0:
            cells = "".join(f"<w:tc>{paragraph(_words(4))}</w:tc>" for _ in range(4))
            body.append(f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 8}</w:tbl>")
        if photos and at % max(1, paragraphs // photos) == 0:
            body.append(paragraph(drawing(picture(f"i{at // max(1, paragraphs // photos) % photos}"))))
    media = {f"i{at}": _photo(3000, 2000 + at) for at in range(photos)}
    return small("".join(body), numbering=numbering(level(0, "decimal", "%1.")), media=media)


def _nested(depth: int) -> str:
    inside = paragraph(_words(20))
    for _ in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>{paragraph('y')}"
    return inside


def _table(rows: int, columns: int, inside: str) -> str:
    cells = f"<w:tc>{inside}</w:tc>" * columns
    return f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * rows}</w:tbl>"


def _notes(count: int) -> bytes:
    text = "".join(
        paragraph(run(_words(8)) + f'<w:r><w:footnoteReference w:id="{at}"/></w:r>') for at in range(2, count + 2)
    )
    notes = "".join(f'<w:footnote w:id="{at}">{paragraph(_words(12))}</w:footnote>' for at in range(2, count + 2))
    part = f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>".encode()
    return small(text, more={"f": ("footnotes", "footnotes.xml", part)})


def _mixed(words: int) -> str:
    """One paragraph of many runs, each with another look, a link or a break."""
    looks = ("<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:strike/>", '<w:vertAlign w:val="superscript"/>', "")
    return "".join(run(f"{_words(1)} ", looks[at % 6]) for at in range(words))


def _odt_story(paragraphs: int) -> bytes:
    body = "".join(p("".join(span(f"{_words(12)} ", "BI"[at % 2]) for at in range(6))) for _ in range(paragraphs))
    return small_odt(body)


def _odt_nested(depth: int) -> bytes:
    inside = p("x")
    for _ in range(depth):
        inside = f"<table:table>{row(cell(inside), 'y')}</table:table>"
    return small_odt(inside)


ORDINARY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "6 MB of text and photos": (".docx", lambda: story(120, 5)),
    "the text of a book": (".docx", lambda: story(1_200)),
    "the text of a book, .odt": (".odt", lambda: _odt_story(2_000)),
}
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "10 MB of photos": (".docx", lambda: story(120, 9)),
    "6 MB of text, unpacked": (".docx", lambda: story(3_000)),
    "tables in tables": (".docx", lambda: small(_nested(30) * 40)),
    "tables too deep": (".docx", lambda: small(_nested(90))),
    "a table of 400,000 tags": (".docx", lambda: small(_table(1_400, 40, paragraph("x")))),
    "ten tables of 40,000 tags": (".docx", lambda: small(_table(180, 30, paragraph("x")) * 10)),
    "a table of long cells": (".docx", lambda: small(_table(180, 5, paragraph(_words(900))))),
    "wide merged cells": (
        ".docx",
        lambda: small(_table(400, 5, "<w:tcPr><w:gridSpan w:val='60'/></w:tcPr>" + paragraph("x"))),
    ),
    "empty rows": (".docx", lambda: small(_table(60_000, 1, ""))),
    "huge numbering": (
        ".docx",
        lambda: small(
            numbered("x"), numbering=numbering(*(level(at % 9, "decimal", "%1.%2.%3.") * 9 for at in range(7_000)))
        ),
    ),
    "many styles": (
        ".docx",
        lambda: small(
            paragraph("x"),
            styles="".join(
                f'<w:style w:styleId="s{at}"><w:basedOn w:val="s{at + 1}"/></w:style>' for at in range(90_000)
            ),
        ),
    ),
    "many items": (
        ".docx",
        lambda: small(
            "".join(numbered(_words(4), level=at % 9) for at in range(5_900)),
            numbering=numbering("".join(level(at, "decimal", "%1.%2.%3.%4.%5.%6.%7.%8.%9.") for at in range(9))),
        ),
    ),
    "many small photos": (
        ".docx",
        lambda: small(
            "".join(paragraph(drawing(picture(f"i{at % 400}"))) for at in range(4_000)),
            media={f"i{at}": _photo(80 + at, 60) for at in range(400)},
        ),
    ),
    "one photo many times": (
        ".docx",
        lambda: small(paragraph(drawing(picture("i0"))) * 300, media={"i0": _photo(1200, 900)}),
    ),
    "a large PNG": (
        ".docx",
        lambda: small(paragraph(drawing(picture("i0"))), media={"i0": _photo(2400, 1800, kind="PNG")}),
    ),
    "a long run": (".docx", lambda: small(paragraph(run("đất " * 240_000)))),
    "a long word": (".docx", lambda: small(paragraph(run("_" * 900_000)))),
    "one paragraph of many runs": (".docx", lambda: small(paragraph(_mixed(1_990)))),
    "paragraphs of many runs": (".docx", lambda: small("".join(paragraph(_mixed(60)) for _ in range(1_100)))),
    "many footnotes": (".docx", lambda: _notes(2_900)),
    "stars and brackets": (".docx", lambda: small(paragraph("*_[`" * 300) * 700)),
    "many breaks": (".docx", lambda: small(paragraph("<w:r><w:t>a</w:t><w:br/></w:r>" * 1_900) * 30)),
    "old fonts": (
        ".docx",
        lambda: small(paragraph(run("Bµ con gãp ®Êt " * 60, '<w:rFonts w:ascii=".VnTime"/>')) * 1_000),
    ),
    "tables in tables, .odt": (".odt", lambda: _odt_nested(60)),
    "a repeated table, .odt": (
        ".odt",
        lambda: small_odt(
            "<table:table>"
            + row(cell("x", 'table:number-columns-repeated="1000"'), more='table:number-rows-repeated="1000"') * 300
            + "</table:table>"
        ),
    ),
    "a table of 400,000 tags, .odt": (
        ".odt",
        lambda: small_odt(f"<table:table>{row(*['x'] * 40) * 3_200}</table:table>"),
    ),
    "10 MB of text, .odt": (".odt", lambda: _odt_story(5_800)),
    "many spans, .odt": (".odt", lambda: small_odt("".join(p(span("đất ", "BI"[at % 2]) * 190) for at in range(500)))),
    "many items, .odt": (
        ".odt",
        lambda: small_odt(items(*["việc"] * 5_900), styles=levels(("1", 'style:num-suffix="."'))),
    ),
    "a page of HTML": (".doc", lambda: b"<html><body>" + "<p>Bà con <b>góp đất</b></p>".encode() * 60_000),
    "a page of tags": (".doc", lambda: b"<html><body>" + b"<b><i>x</i></b>" * 14_000),
    "one megabyte of lines": (".txt", lambda: "Bà con góp đất làm kênh.\n".encode() * 5_900),
    "lines of 72 letters": (".txt", lambda: ("\n".join(_words(14) for _ in range(5_900))).encode()),
}


def main(names: list[str]) -> None:
    for name, (suffix, make) in {**ORDINARY, **HOSTILE}.items():
        if names and not any(re.search(wanted, name) for wanted in names):
            continue
        data = make()
        taken = measure(data, suffix)
        mark = "" if taken.megabytes <= MOST_MB and taken.seconds <= MOST_SECONDS else " !"
        size = f"{len(data) / 1e6:6.1f} MB {taken.seconds:7.2f} s {taken.megabytes:5} MB"
        print(f"{name:32} {size}  {taken.said[:60]}{mark}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
