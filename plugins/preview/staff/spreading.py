"""The page that has a story's loudspeaker script and its Zalo text, to be copied; commands make the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.stories.story import Story
from plugins.preview.serving.exchange import OWN, Request, Response
from plugins.preview.serving.guard import refuse
from plugins.preview.staff import pages as own_pages
from plugins.sources.problem import Invalid
from plugins.spreading.command import SPEECHES, read_speech
from plugins.spreading.script import write_script
from plugins.spreading.short_text import write_short_text

if TYPE_CHECKING:
    from collections.abc import Callable

SPREAD_URL = f"{OWN}lan-toa"


def show_page(request: Request) -> Response:
    """Answer with what tells the story at `tep` to those who do not open the site, in the speech `giong`."""
    content, path = request.site.content, request.query.get("tep", "")
    story = content.sources.get(path) if content else None
    if content is None or not isinstance(story, Story):
        return refuse(Invalid("Không có bài ấy để lan tỏa", "bài có lỗi thì sửa trước; rồi mở lại từ trang của bài"))
    try:
        speech = read_speech(request.query.get("giong", ""))
    except Invalid as invalid:
        return refuse(invalid)
    script = write_script(story, content.vocabulary.office_on(content.day), speech)
    page = own_pages.render_spreading(
        story=story,
        script=script,
        short_text=write_short_text(story, content.site_url),
        site_url=content.site_url,
        speeches=[(name, name_of == speech) for name, name_of in SPEECHES.items()],
        url=SPREAD_URL,
    )
    return Response(page)


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {("GET", SPREAD_URL): show_page}
