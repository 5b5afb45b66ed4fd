"""What a printed PDF says of itself: on which page each part begins; and the same bytes whenever it is printed.

Chromium cannot set page numbers into a table of contents (CSS target-counter), but keeps where each link leads: so the
bulletin is printed once to read them, and once more with them in place.
"""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError
from pypdf.generic import NameObject, TextStringObject

if TYPE_CHECKING:
    from datetime import date

# It remarks in English on how Chromium counts its objects.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

CREATOR = "Dân vận khéo: inv bulletin"
_ENGINE = re.compile(r"Skia/PDF m(\d+)")


def read_starts(data: bytes) -> dict[str, int]:
    """Return the number of the page, from 1, on which each target of a link in the document begins."""
    reader = PdfReader(BytesIO(data))
    starts = {}
    for name, destination in reader.named_destinations.items():
        number = reader.get_destination_page_number(destination)
        if number is not None:
            starts[name.lstrip("/")] = number + 1
    return starts


def count_pages(data: bytes) -> int:
    """Return how many pages there are."""
    return len(PdfReader(BytesIO(data)).pages)


def take_page(data: bytes, number: int) -> bytes:
    """Return one page of a document, counted from 1, as a document of its own."""
    writer, out = PdfWriter(), BytesIO()
    writer.append(BytesIO(data), pages=(number - 1, number), import_outline=False)
    writer.write(out)
    return out.getvalue()


def read_engine(data: bytes) -> int:
    """Return the version of Chromium that printed a PDF; 0 when it does not say."""
    metadata = PdfReader(BytesIO(data)).metadata
    found = _ENGINE.match(metadata.producer or "") if metadata else None
    return int(found[1]) if found else 0


def is_ours(data: bytes) -> bool:
    """Tell whether a PDF is an earlier bulletin: a file of another's is never written over."""
    try:
        metadata = PdfReader(BytesIO(data)).metadata
    except (PdfReadError, ValueError, KeyError):
        return False
    return metadata is not None and metadata.creator == CREATOR


def finish_pdf(data: bytes, title: str, publisher: str, day: date, creator: str = CREATOR) -> bytes:
    """Return the PDF with its title and publisher, dated at noon of a day: no clock or machine shows in its bytes."""
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
