"""The text of the peers' pages, prepared from our own lists so that their templates need only print it.

Names, addresses and trails stand once a site (`build_data`), what is said of a list once a list (`build_lists`); the
front matter of a story names them by their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader

from plugins.content.addresses import sections
from plugins.content.territory.words import kind_words
from plugins.content.vocabulary.terms import KINDS, Commune, Field, Year
from plugins.exemplars.model.edition import select_edition
from plugins.exemplars.pages.plan import ByNameSheet, CommuneSheet, FacetSheet, MovementSheet, PairSheet, plan_sheets
from plugins.exemplars.pages.sheet import ListSheet
from plugins.exemplars.pages.structured_data import describe_place
from plugins.exemplars.pages.template_values import FILTERS, Head
from plugins.vietnamese import capitalize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.content.addresses.sections import Crumb
    from plugins.content.content import Content
    from plugins.content.page import OfficialDocument, Page
    from plugins.content.stories.story import Story
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.exemplars.pages.sheet import Sheet

SITE_URL = "http://localhost:8000"
Front = dict[str, Any]


def build_data(library: Content) -> dict[str, Front]:
    """Return fields, communes, kinds and movements by id; the trails of pages by the address of their parent."""
    vocabulary = library.vocabulary
    trails = [story.crumbs for story in library.stories]
    trails += [page.crumbs for page in (*library.pages, *library.documents)]
    trails += [sheet.crumbs for sheet in _plan(library)]
    return {
        "fields": {
            term.id: {"id": term.id, "name": term.name, "short": term.short, "url": term.url}
            for term in vocabulary.fields
        },
        "communes": {commune.id: _describe_commune(commune, vocabulary) for commune in vocabulary.communes},
        "kinds": {kind.id: kind.name for kind in KINDS},
        "movements": {term.id: {"name": term.short, "url": term.url} for term in vocabulary.movements},
        "trails": {trail[-2].url: [{"name": step.title, "url": step.url} for step in trail[:-1]] for trail in trails},
    }


def build_lists(library: Content, templates: Path) -> dict[str, Front]:
    """Return what is said of each list, by its address; `templates` are ours: what a page says stands there."""
    ours = Environment(loader=FileSystemLoader(templates), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    ours.filters.update(FILTERS)
    merger = ours.get_template("partials/merger.html")
    edition = select_edition(library, drafts=False, samples=True)
    words = library.vocabulary.site_words(library.day)
    known = {
        "index": edition.index,
        "vocabulary": library.vocabulary,
        "sections": sections,
        "place_words": words,
        "all_place_words": words.beside(library.vocabulary.communes),
        "kind_words": kind_words,
    }

    def read_head(sheet: Sheet) -> Head:
        context = ours.get_template(sheet.template).new_context(
            {**known, "sheet": sheet, "Head": Head, "describe_collection": _nothing, "describe_place": _nothing}
        )
        # All that a template sets is known before the first of its page is written.
        next(ours.get_template(sheet.template).root_render_func(context))
        head: Head = context.vars["head"]
        return head

    def describe(sheet: Sheet) -> Front:
        commune = sheet.commune if isinstance(sheet, CommuneSheet | PairSheet) else None
        head = read_head(sheet)
        return {
            "title": head.title,
            "short": sheet.crumbs[-1].title,
            "url": sheet.url,
            "description": head.description,
            **_stand(sheet.crumbs),
            "lead": _lead(sheet),
            "notice": merger.render(commune=commune, **known) if commune and commune.successor else "",
            "place": sheet.commune.id if isinstance(sheet, CommuneSheet) else "",
            "followed": bool(isinstance(sheet, ListSheet) and sheet.feed),
            "more": _lead_on(sheet),
        }

    return {sheet.url: describe(sheet) for sheet in _plan(library)}


def _nothing(*_: Any, **__: Any) -> None:
    """Stand for what a head has beside its words."""


def build_front(story: Story) -> Front:
    """Return what the templates of Hugo and Eleventy show of a story."""
    return {
        "title": story.title,
        "date": story.date.isoformat(),
        "description": story.summary,
        "author": story.author,
        "source": story.source,
        "kind": story.kind.id if story.kind else "",
        "exemplar": story.exemplar,
        "fields": [field.id for field in story.fields],
        "commune": story.commune.id if story.commune else "",
        "pair": pair_id(story),
        "year": story.year.id,
        "results": [{"quantity": result.quantity, "label": result.label} for result in story.results],
        "praise": [act.title for act in story.honors],
        "movements": [movement.id for movement in story.movements],
        "sample": story.sample,
        **_stand(story.crumbs),
    }


def build_page_front(page: Page | OfficialDocument) -> Front:
    """Return what the templates of Hugo and Eleventy show of a standing page, beside its text."""
    return {"title": page.title, **_stand(page.crumbs)}


def pair_id(story: Story) -> str:
    """Return the id of a story's commune × field; "" where it has not both."""
    return "--".join(term.id for term in story.pair) if story.pair else ""


def _plan(library: Content) -> list[Sheet]:
    edition = select_edition(library, drafts=False, samples=True)
    return [sheet for sheet in plan_sheets(edition) if len(sheet.crumbs) > 1]


def _stand(crumbs: Sequence[Crumb]) -> Front:
    return {"trail": crumbs[-2].url, "section": crumbs[1].url}


def _describe_commune(commune: Commune, vocabulary: Vocabulary) -> Front:
    today = vocabulary.today(commune)
    later = {"name": f"{today.distinct_name}, {today.parent}", "url": today.url}
    return {
        "id": commune.id,
        "name": commune.distinct_name,
        "title": commune.distinct_title,
        "short": commune.distinct_short,
        "url": commune.url,
        "now": today.id,
        "place": describe_place(commune, SITE_URL),
        **({"successor": later} if commune.successor else {}),
    }


def _lead(sheet: Sheet) -> str:
    match sheet:
        case CommuneSheet(commune=commune):
            code = f" · mã số {commune.code}" if commune.code else ""
            return f"{capitalize(commune.type)} thuộc {commune.parent}{code}"
        case FacetSheet(term=Field() as term):
            return term.description
    return ""


def _lead_on(sheet: Sheet) -> list[Front]:
    everything = {"name": "Cả danh mục điển hình", "url": sections.EXEMPLARS.url}
    match sheet:
        case PairSheet(commune=commune):
            return [{"name": f"Mọi điển hình của {commune.distinct_name}", "url": commune.url}]
        case FacetSheet(term=Year() as year):
            return [{"name": f"Số liệu năm {year.number}", "url": sections.report_url(year.number)}, everything]
        case FacetSheet() | ByNameSheet() | MovementSheet():
            return [everything]
    return []
