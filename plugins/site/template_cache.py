"""Compiled templates in a build's cache: apart from it, since `check` reads that and needs no Jinja."""

from io import BytesIO

from jinja2.bccache import Bucket, BytecodeCache


class TemplateCache(BytecodeCache):
    """Jinja's bytecode cache in a dict: compiling the templates takes longer than all else in a build of one story."""

    def __init__(self, compiled: dict[str, bytes]) -> None:
        self._compiled = compiled

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a template's bucket with its compiled code, if that is kept."""
        if compiled := self._compiled.get(bucket.key):
            bucket.load_bytecode(BytesIO(compiled))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that was compiled now."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()
