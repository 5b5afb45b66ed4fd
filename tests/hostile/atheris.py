"""`python -m tests.hostile.atheris TARGET [libFuzzer options]`: coverage chooses the inputs. Optional: pip install atheris.

TARGET is `yaml`, `bodies`, `photos` or `word`. Nothing here is run by the tests.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["plugins", "markdown", "yaml"]):
    from plugins.markdown.excess import find_excess
    from plugins.markdown.reading import read_body
    from plugins.photos import pixels
    from plugins.sources.problem import Invalid, Problem
    from plugins.sources.text import decode_text
    from plugins.sources.yaml_nodes import parse_yaml
    from plugins.word.docx.document import read_docx
    from plugins.word.package import unpack
    from plugins.word.report import ImportReport

from tests.hostile.markup import BODY, read_markup

if TYPE_CHECKING:
    from collections.abc import Callable


def _text(data: bytes) -> str:
    text = decode_text(data.decode("utf-8", "ignore").encode(), "a")
    return "" if isinstance(text, Problem) else text


def _yaml(data: bytes) -> None:
    str(parse_yaml(_text(data), "a"))


def _bodies(data: bytes) -> None:
    body = _text(data)
    if find_excess(body, "a", 1) is None:
        markup = read_markup(read_body(body).html({}, lambda _: None))
        assert markup.faults == []
        assert markup.shapes <= BODY


def _photos(data: bytes) -> None:
    with suppress(Invalid):
        pixels.keep(data, 100)


def _word(data: bytes) -> None:
    with suppress(Invalid):
        read_docx(unpack(data), lambda _: "a.jpg", ImportReport())


DOORS: dict[str, Callable[[bytes], None]] = {"yaml": _yaml, "bodies": _bodies, "photos": _photos, "word": _word}

if __name__ == "__main__":
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, DOORS[name])
    atheris.Fuzz()
