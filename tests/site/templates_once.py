"""Jinja compiles each template once for all builds that the tests make: it is most of the work of a small one.

A build keeps what it compiled, but only for the next one of the same project; the tests make hundreds, each in a folder
of its own. Kept is the code of a template but for the name of its file, which is all that depends on the folder.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import tempfile
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Iterator

_compile = Environment.compile


def compile_once(kept: Path, code: Path) -> None:
    """Have this process look in the folder `kept` before it compiles a template.

    `code` is the folder of the modules that define filters, which Jinja calls on constants while it compiles.
    """
    kept.mkdir(parents=True, exist_ok=True)
    version = hashlib.sha256(repr(sorted(_list(str(code)))).encode()).digest()

    def compile_or_load(
        self: Environment,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        # A class of a test's own may do otherwise.
        if type(self) is not Environment or not isinstance(source, str) or raw:
            return _compile(self, source, name, filename, raw, defer_init)  # type: ignore[call-overload]
        file = kept / hashlib.sha256(repr((source, name, defer_init, _state(self), version)).encode()).hexdigest()
        if not file.is_file():
            _write(file, marshal.dumps(_compile(self, source, name, filename, False, defer_init)))
        return _name(marshal.loads(file.read_bytes()), filename or "<template>")  # noqa: S302 - our own

    Environment.compile = compile_or_load  # type: ignore[method-assign,assignment]


def _state(environment: Environment) -> object:
    """Return what the Python source of a template depends on besides the template."""
    syntax = [getattr(environment, name) for name in _SYNTAX]
    functions = [
        [(name, getattr(function, "__module__", ""), getattr(function, "__qualname__", "")) for name, function in table]
        for table in (sorted(environment.filters.items()), sorted(environment.tests.items()))
    ]
    return syntax, functions, sorted(environment.extensions)


_SYNTAX = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized", "autoescape"),
    "is_async",
)


def _list(folder: str, within: str = "") -> Iterator[tuple[str, int, int]]:
    """Yield each module in a folder with its size and time."""
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield f"{within}{entry.name}", entry.stat().st_size, entry.stat().st_mtime_ns
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _list(entry.path, f"{within}{entry.name}/")


def _name(code: CodeType, filename: str) -> CodeType:
    """Return the code as if it had been compiled from that file."""
    constants = (_name(one, filename) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(constants))


def _write(file: Path, code: bytes) -> None:
    # Other processes may write the same.
    number, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(number, "wb") as out:
        out.write(code)
    Path(name).replace(file)
