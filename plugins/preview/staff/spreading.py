"""The page with a story's loudspeaker script and Zalo text, to be copied."""

from plugins.content.stories.story import Story
from plugins.preview.addresses import SPREADING_URL
from plugins.preview.rendering import render
from plugins.preview.serving.exchange import Request, Response, refuse
from plugins.sources.problem import Invalid
from plugins.spreading.command import SPEECHES, describe_speech, read_speech
from plugins.spreading.script import SAMPLE, write_script, write_short_text


def show_spreading(request: Request) -> Response:
    """Return the page for the story at `tep`, numbers spoken as in the region `giong`."""
    content, path = request.site.content, request.query.get("tep", "")
    story = content.sources.get(path) if content else None
    if content is None or not isinstance(story, Story):
        return refuse(Invalid("Không có bài ấy để lan tỏa", "bài có lỗi thì sửa trước; rồi mở lại từ trang của bài"))
    try:
        speech = read_speech(request.query.get("giong", ""))
    except Invalid as invalid:
        return refuse(invalid)
    script = write_script(story, content.vocabulary.office_on(content.day), speech)
    # An empty line between paragraphs, which makes them easier to read out.
    text = "\n\n".join([SAMPLE] * script.sample + [line.text for line in script.lines])
    page = render(
        "lan-toa.html",
        story=story,
        script=script,
        script_text=text,
        short_text=write_short_text(story, content.site_url),
        site_url=content.site_url,
        speeches=[(name, name_of == speech) for name, name_of in SPEECHES.items()],
        speech_words="; ".join(map(describe_speech, SPEECHES)),
        url=SPREADING_URL,
    )
    return Response(page)
