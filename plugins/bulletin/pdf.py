"""Printed PDFs: the pages that links lead to, single pages, and metadata that does not depend on the time of printing.

Chromium has no CSS target-counter for page numbers in a table of contents, but its PDFs keep the targets of links.
"""

import logging
import re
from datetime import date
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError
from pypdf.generic import NameObject, TextStringObject

# It warns of the way in which Chromium numbers objects.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

CREATOR = "Dân vận khéo: inv bulletin"
_ENGINE = re.compile(r"Skia/PDF m(\d+)")


def read_starts(data: bytes) -> dict[str, int]:
    """Return the page number, from 1, of each link target by its id."""
    reader = PdfReader(BytesIO(data))
    return {
        name.lstrip("/"): number + 1
        for name, destination in reader.named_destinations.items()
        if (number := reader.get_destination_page_number(destination)) is not None
    }


def count_pages(data: bytes) -> int:
    """Return the number of pages."""
    return len(PdfReader(BytesIO(data)).pages)


def take_page(data: bytes, number: int) -> bytes:
    """Return one page, counted from 1, as a document."""
    writer, out = PdfWriter(), BytesIO()
    writer.append(BytesIO(data), pages=(number - 1, number), import_outline=False)
    writer.write(out)
    return out.getvalue()


def read_engine(data: bytes) -> int:
    """Return the version of Chromium that printed a PDF; 0 if unknown."""
    metadata = PdfReader(BytesIO(data)).metadata
    found = _ENGINE.match(metadata.producer or "") if metadata else None
    return int(found[1]) if found else 0


def is_ours(data: bytes) -> bool:
    """Return whether a file is a bulletin that may be overwritten."""
    try:
        metadata = PdfReader(BytesIO(data)).metadata
    except (PdfReadError, ValueError, KeyError):
        return False
    return metadata is not None and metadata.creator == CREATOR


def finish_pdf(data: bytes, title: str, publisher: str, day: date, creator: str = CREATOR) -> bytes:
    """Return the PDF with title, publisher and noon of a day as its date, the same bytes on any machine."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    noon = f"D:{day:%Y%m%d}120000+07'00'"
    writer.metadata = {
        "/Title": title,
        "/Author": publisher,
        "/Creator": creator,
        "/Producer": "Chromium, pypdf",
        "/CreationDate": noon,
        "/ModDate": noon,
    }
    writer.root_object[NameObject("/Lang")] = TextStringObject("vi")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
