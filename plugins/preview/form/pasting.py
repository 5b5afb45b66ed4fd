"""HTML from the clipboard (Word, Zalo, a browser) as Markdown, by the code that reads Word's files."""

from plugins.preview.serving.exchange import Request, Response, to_json
from plugins.sources.problem import Invalid
from plugins.word.blocks import build_blocks
from plugins.word.html.reading import CLIPBOARD, PICTURES, read_html
from plugins.word.report import ImportReport

_MAX_BYTES = 2_000_000


def paste(request: Request) -> Response:
    """Return the HTML of the body as Markdown, its footnotes numbered from `ghi-chu`."""
    if len(request.body) > _MAX_BYTES:
        raise Invalid("Đoạn chép nặng quá 2 MB", "chép và dán từng phần")
    report, first_note = ImportReport(), int(request.query.get("ghi-chu", "1"))
    parsed = read_html(request.body.decode("utf-8", "replace"), CLIPBOARD, report, first_note)
    blocks = build_blocks(parsed, report, first_note)
    # What was kept is seen.
    report.kept.clear()
    return to_json(
        {
            "markdown": "\n\n".join(block.markdown for block in blocks),
            "is_inline": [block.kind for block in blocks] == ["paragraph"],
            "left_out": report.lines(),
            "pictures": report.lost[PICTURES],
        }
    )
