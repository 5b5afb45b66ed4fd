"""A story as a message for Zalo: title, a sentence, results, and a link. Pure."""

from plugins.content.stories.story import Story
from plugins.spreading.telling import read_passages, split_sentences

MOST = 500  # characters
_RESULTS = 3
_SAMPLE = "BÀI MẪU, KHÔNG GỬI: người, việc và con số không có thật."


def write_short_text(story: Story, site_url: str) -> str:
    """Return the message, at most MOST characters long unless the title itself is longer.

    Results are left out from the last, then the sentence. Without an address of the site there is no link.
    """
    results = [f"• {f'{one.quantity} {one.label}'.strip()}" for one in story.results[:_RESULTS]]
    sentence = _first_sentence(story)
    link = f"Đọc cả bài: {site_url.rstrip('/')}{story.url}" if site_url else ""
    sample = _SAMPLE if story.sample else ""
    for lead in (sentence, ""):
        for count in range(len(results), -1, -1):
            parts = (sample, story.title, lead, "\n".join(results[:count]), link)
            text = "\n\n".join(filter(None, parts))
            if len(text) <= MOST:
                return text
    # A very long title is not cut.
    return "\n\n".join(filter(None, (sample, story.title, link)))


def _first_sentence(story: Story) -> str:
    passages = read_passages(story.body)
    told = split_sentences(story.summary) or [sentence for passage in passages for sentence in passage]
    return told[0] if told else ""
