"""What is not for the public is nowhere: no draft, no sample, not their addresses, titles or pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate

_FIX = "gửi dòng này cho người phụ trách kỹ thuật; bản đang dùng không đổi"


def find_leaks(candidate: Candidate) -> Iterator[Finding]:
    """Yield each trace of a story that this edition does not show."""
    edition = candidate.edition
    hidden = {story.url: "bài nháp" for story in edition.drafts_left_out}
    hidden |= {story.url: "bài mẫu" for story in edition.samples_left_out}
    stories = (*edition.drafts_left_out, *edition.samples_left_out)
    # Of the title of one that is shown, nobody can tell whose it is.
    titles = {" ".join(story.title.split()): hidden[story.url] for story in stories}
    for source in edition.sources.values():
        titles.pop(" ".join(source.title.split()), None)
    for path, facts in candidate.files.items():
        url = page_url(path)
        folder = f"{url.rpartition('/')[0]}/"
        if folder in hidden:
            yield Finding(url, f"{hidden[folder]} không được đưa lên mà có trong bản mới", _FIX)
        for target in facts.links:
            own = candidate.find_own(path, target)
            if own and own.path in hidden and own.path != url:
                yield Finding(url, f"nhắc tới {hidden[own.path]} “{own.path}”", _FIX)
        for words in facts.headings:
            if words in titles:
                yield Finding(url, f"có tiêu đề của {titles[words]} “{words}”", _FIX)
        for label in facts.labels:
            yield Finding(url, f"có nhãn “{label}”", _FIX)
