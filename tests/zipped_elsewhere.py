"""Zip files as the libraries write them on another machine: another system, and a zlib that compresses otherwise."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Iterator

_describe = zipfile.ZipInfo.__init__


def _describe_elsewhere(entry: zipfile.ZipInfo, *arguments: Any, **named: Any) -> None:
    _describe(entry, *arguments, **named)
    entry.create_system = 0 if entry.create_system else 3


def _compress_less(kind: int, *_: object) -> object:
    return zlib.compressobj(1, zlib.DEFLATED, -15) if kind == zipfile.ZIP_DEFLATED else None


@contextmanager
def other_machine() -> Iterator[None]:
    """Have `zipfile` behave as there while this lasts."""
    with (
        mock.patch.object(zipfile.ZipInfo, "__init__", _describe_elsewhere),
        mock.patch.object(zipfile, "_get_compressor", _compress_less),
    ):
        yield
