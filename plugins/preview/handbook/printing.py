"""The command `handbook`: the whole handbook as files that need no preview, for paper or for another machine."""

import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from plugins.bulletin.browser import find_browser, print_page
from plugins.content.vocabulary.files import load_vocabulary
from plugins.preview.handbook.book import PICTURES
from plugins.preview.handbook.pages import render_whole
from plugins.sources.files import write_whole
from plugins.sources.problem import Invalid
from plugins.tokens import own_tokens

FOLDER = "so-tay"
_STATIC = Path(__file__).parents[1] / "static"


def write_handbook(project: Path) -> int:
    """Write so-tay/so-tay.html, and so-tay.pdf where this machine has a browser, and return the exit code."""
    for file in _write(project):
        print(f"Đã ghi {file.relative_to(project).as_posix()}")
    return 0


def _write(project: Path) -> Iterator[Path]:
    style = "".join((_STATIC / name).read_text(encoding="utf-8") for name in ("trang.css", "so-tay.css"))
    style = own_tokens().root + style.replace('url("/_xem-thu/theme/band.svg")', "")
    page = project / FOLDER / "so-tay.html"
    page.parent.mkdir(exist_ok=True)
    write_whole(page, render_whole(load_vocabulary(project)[0], _embed, style))
    yield page
    if browser := find_browser():
        paper = page.with_suffix(".pdf")
        with tempfile.TemporaryDirectory() as folder:
            try:
                write_whole(paper, print_page(browser, page, Path(folder)))
            except Invalid as fault:
                print(f"Chưa làm được PDF: {fault.message}; {fault.fix}.")
                return
        yield paper


def _embed(name: str) -> str:
    return f"data:image/webp;base64,{b64encode((PICTURES / name).read_bytes()).decode()}"
