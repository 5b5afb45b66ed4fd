"""Stories, documents and pages -> entries of the search: searched text, shown values and facets. Pure."""

from dataclasses import dataclass, field

from plugins.content.page import OfficialDocument, Page
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.vietnamese import format_date

# Facets by their name in the search page's query string; partials/filters.html lists their terms.
FACETS = ("linh-vuc", "xa", "loai", "nam")
# Kinds, for the filter, of entries that are not exemplars.
NEWS, DOCUMENT, PAGE = "tin", "van-ban", "trang"
KIND_NAMES = {NEWS: "Tin tức", DOCUMENT: "Văn bản", PAGE: "Trang chung"}


@dataclass(frozen=True)
class SearchEntry:
    """A page to find. `terms` are names of its facets, `facets` their ids; `more` is text beside the body."""

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
        """The values of a result, without empty ones; `text` is for its excerpt."""
        parts = {"url": self.url, "title": self.title, "name": self.name, **self.filed}
        parts |= {"lead": self.lead, "text": self.text, "more": self.more}
        return {key: value for key, value in parts.items() if value}


def build_entry(source: Listed | Page, vocabulary: Vocabulary, text: str) -> SearchEntry:
    """Return the entry of a story, a document or a page with the words of its body."""
    if isinstance(source, Listed):
        return _story_entry(source, vocabulary, text)
    kind = DOCUMENT if isinstance(source, OfficialDocument) else PAGE
    facets, filed = {"loai": kind}, {"kind": KIND_NAMES[kind]}
    terms: tuple[str, ...] = ()
    if isinstance(source, OfficialDocument):
        terms = (KIND_NAMES[kind], source.number, source.issuer)
        if source.date:
            facets["nam"] = str(source.date.year)
            filed["date"] = format_date(source.date)
    return SearchEntry(source.url, source.title, "", terms, source.summary, text, "", facets, filed)


def _story_entry(story: Listed, vocabulary: Vocabulary, text: str) -> SearchEntry:
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
        filed["commune"] = story.commune.distinct_short
        terms += dict.fromkeys((story.commune.title, vocabulary.today(story.commune).title))
    terms += [movement.name for movement in story.movements]
    if story.draft or story.sample:
        filed["mark"] = "Bài nháp" if story.draft else "Bài mẫu"
    if story.site:
        filed["site"] = story.site
    if story.place:
        terms.append(story.place)
    name = story.exemplar if story.exemplar != story.title else ""
    return SearchEntry(story.url, story.title, name, tuple(terms), story.summary, text, _beside(story), facets, filed)


def _beside(story: Listed) -> str:
    results = [f"{result.quantity} {result.label}".strip() for result in story.results]
    praise = [act.title for act in story.honors]
    lines = ["; ".join(results), "; ".join(praise)]
    if isinstance(story, Story):
        lines += [*(text for _, text in story.summaries), story.photo_caption, story.author, story.source]
    else:
        lines.append(story.site)
    return "\n".join(line for line in lines if line)
