"""Jinja compiles each template once for all builds that the tests make: it is most of the work of a small one.

A build keeps what it compiled, but only for the next one of the same project; the tests make hundreds, each in a folder
of its own. Only the first part is kept, from the template to Python source, which does not depend on the folder.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from jinja2 import Environment

_compile = Environment.compile


def compile_once(kept: Path, code: Path) -> None:
    """Have this process look in the folder `kept` before it compiles a template.

    `code` is the folder of the modules that define filters, which Jinja calls on constants while it compiles.
    """
    kept.mkdir(parents=True, exist_ok=True)
    version = [
        (path.relative_to(code).as_posix(), stat.st_size, stat.st_mtime_ns)
        for path in sorted(code.rglob("*.py"))
        if (stat := path.stat())
    ]

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
            _write(file, _compile(self, source, name, filename, True, defer_init))
        return self._compile(file.read_text(encoding="utf-8"), filename or "<template>")

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


def _write(file: Path, text: str) -> None:
    # Other processes may write the same.
    number, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(number, "w", encoding="utf-8") as out:
        out.write(text)
    Path(name).replace(file)
