"""Put documents that were made into a folder of the project, where nothing is ever overwritten, and tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins import job_status
from plugins.sources.files import write_beside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def file_documents(project: Path, folder: str, name: str, files: Mapping[str, bytes]) -> list[str]:
    """Write the files, by their suffix after the name. Returns their paths from the project."""
    written = write_beside(project / folder, name, files)
    for file in written:
        job_status.report_file(project, file)
    return [f"{folder}/{file.name}" for file in written]
