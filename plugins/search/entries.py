"""Stories, documents and pages -> what is searched of each, what a result shows, and what it is filtered by. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.content.page import Document
from plugins.content.story import Story
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from plugins.content.page import Page
    from plugins.content.vocabulary import Vocabulary

# The facets by their name in the address; exemplars.sheets lists their terms beside the results.
FACETS = ("linh-vuc", "xa", "loai", "nam")
# What is no exemplar is still of a kind to someone who looks for it.
NEWS, DOCUMENT, PAGE = "tin", "van-ban", "trang"
KIND_NAMES = {NEWS: "Tin tức", DOCUMENT: "Văn bản", PAGE: "Trang chung"}

_NOT_READ = re.compile(r'<a class="footnote-(?:ref|backref)".*?</a>', re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|blockquote|tr|dt|dd|figcaption|figure|div|table|hr|br)\b[^>]*>")
_BETWEEN_CELLS = re.compile(r"</t[dh]>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Entry:
    """One thing to find. `terms` are the names it is filed under, `facets` their ids; `more` stands beside its text."""

    url: str
    title: str
    name: str = ""
    terms: tuple[str, ...] = ()
    lead: str = ""
    text: str = ""
    more: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    filed: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """What a result needs to show itself; the text is for its excerpt."""
        parts = {"url": self.url, "title": self.title, "name": self.name, **self.filed}
        parts |= {"lead": self.lead, "text": self.text, "more": self.more}
        return {key: value for key, value in parts.items() if value}


def read_text(body: str) -> str:
    """Return the words of a body's HTML, one line a paragraph."""
    text = _BLOCK.sub("\n", _NOT_READ.sub("", body.replace("\n", " ")))
    text = html.unescape(_TAG.sub("", _BETWEEN_CELLS.sub(" ", text)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def build_entry(source: Story | Page, vocabulary: Vocabulary, body: str) -> Entry:
    """Return what can be found of a story, a document or a page, whose body is given as HTML."""
    if isinstance(source, Story):
        return _story_entry(source, vocabulary, body)
    kind = DOCUMENT if isinstance(source, Document) else PAGE
    facets, filed = {"loai": kind}, {"kind": KIND_NAMES[kind]}
    terms: tuple[str, ...] = ()
    if isinstance(source, Document):
        terms = (KIND_NAMES[kind], source.number, source.issuer)
        if source.date:
            facets["nam"] = str(source.date.year)
            filed["date"] = format_date(source.date)
    return Entry(source.url, source.title, "", terms, source.summary, read_text(body), "", facets, filed)


def _story_entry(story: Story, vocabulary: Vocabulary, body: str) -> Entry:
    kind = story.kind.id if story.kind else NEWS
    kind_name = story.kind.name if story.kind else KIND_NAMES[NEWS]
    facets = {"loai": kind, "nam": story.year.id}
    filed = {"kind": kind_name, "date": format_date(story.date)}
    terms = [kind_name, story.year.title, *(field.name for field in story.fields)]
    if story.field:
        facets["linh-vuc"] = story.field.id
        filed |= {"field": story.field.id, "fieldName": story.field.short}
    if story.commune:
        facets["xa"] = story.commune.id
        filed["commune"] = story.commune.short
        terms += dict.fromkeys((story.commune.title, vocabulary.today(story.commune).title))
    terms += [movement.name for movement in story.movements]
    if story.draft or story.sample:
        filed["mark"] = "Bài nháp" if story.draft else "Bài mẫu"
    name = story.exemplar if story.exemplar != story.title else ""
    text = read_text(body)
    return Entry(story.url, story.title, name, tuple(terms), story.summary, text, _beside(story), facets, filed)


def _beside(story: Story) -> str:
    results = [f"{result.quantity} {result.label}".strip() for result in story.results]
    praise = [commendation.title for commendation in story.commendations]
    others = [text for _, text in story.summaries]
    lines = ["; ".join(results), "; ".join(praise), *others, story.photo_caption, story.author, story.source]
    return "\n".join(line for line in lines if line)
