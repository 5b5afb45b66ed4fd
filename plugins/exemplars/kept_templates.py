"""Compiled templates, kept by Jinja's own key and checked against their source by Jinja itself."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class KeptTemplates(BytecodeCache):
    """Keeps what a build compiled; compiling takes longer than all else that a build of one story does."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if compiled := self._compiled.get(bucket.key):
            bucket.load_bytecode(BytesIO(compiled))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()
