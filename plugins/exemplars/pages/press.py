"""Makes the files of an edition's site: all of them for a build, or for the preview the one that is asked for."""

from __future__ import annotations

from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from plugins.content.stories.story import Story
from plugins.exemplars.hooks import Site, write_files
from plugins.exemplars.open_data import schema, tables
from plugins.exemplars.pages import feeds
from plugins.exemplars.pages.facet_data import FACET_DATA_URL, build_facet_data
from plugins.exemplars.pages.plan import plan_sheets, plan_signposts
from plugins.exemplars.pages.sharing import find_plate
from plugins.exemplars.pages.template_values import template_values
from plugins.photos.photo import open_cache
from plugins.photos.publish import find_picture, write_pictures
from plugins.sources.files import put_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jinja2 import Environment

    from plugins.content.content import Source
    from plugins.content.page import Page
    from plugins.content.stories.listed import Listed
    from plugins.content.vocabulary.terms import Office
    from plugins.exemplars.hooks import Capability
    from plugins.exemplars.model.edition import Edition
    from plugins.exemplars.pages.sheet import Sheet

    Make = Callable[[], bytes]


class Fragments:
    """Parts of pages that look the same wherever they stand, such as a header or a card: rendered once a build.

    Each is rendered once for each set of values. It may read these, and what is the same for every page.
    """

    def __init__(self, environment: Environment, context: dict[str, Any]) -> None:
        self._environment, self._context = environment, context
        self._fragments: dict[tuple[Any, ...], Markup] = {}
        self._cards: dict[Listed, str] = {}

    def fragment(self, template: str, **values: Any) -> Markup:
        """Return the partial as these values make it; they are hashable."""
        key = (template, *values, *values.values())
        if key not in self._fragments:
            # The template escapes what it prints.
            self._fragments[key] = Markup(self._render(template, values))  # noqa: S704
        return self._fragments[key]

    def cards(self, stories: Iterable[Listed]) -> Markup:
        """Return the cards of these stories, each on a line of its own."""
        return Markup("\n".join(map(self._card, stories)))  # noqa: S704

    def _card(self, story: Listed) -> str:
        if story not in self._cards:
            self._cards[story] = self._render("partials/card.html", {"story": story})
        return self._cards[story]

    def _render(self, template: str, values: dict[str, Any]) -> str:
        return self._environment.get_template(template).render(self._context, **values)


# A site map holds 50,000 addresses at most, those of lists and standing pages too.
MOST_STORIES = 30_000


class Press:
    """An edition, the templates, and every capability's part. Pages of stories and standing pages are Pelican's."""

    def __init__(
        self,
        edition: Edition,
        capabilities: Sequence[type[Capability]],
        context: dict[str, Any],
        templates: Environment,
        html: Callable[[Source | Page], str],
    ) -> None:
        self.edition, self.context, self._templates = edition, context, templates
        context.update(template_values(edition, Path(context["THEME"]), pictures=context["SHARE_PICTURES"]))
        fragments = Fragments(templates, context)
        context |= {
            "fragment": fragments.fragment,
            "cards": fragments.cards,
            "sheets": self,
            "capabilities": {capability.name for capability in capabilities},
            "head_partials": [partial for capability in capabilities for partial in capability.head],
        }
        site = Site(edition, context, templates, html)
        self.parts = [capability(site) for capability in capabilities]
        for part in self.parts:
            context.update(part.context())
        self._planned: list[tuple[Sheet, Capability | None]] = []
        self._rest = self._plan()

    def __iter__(self) -> Iterator[Sheet]:
        """Yield every page of every sheet, in the order of the site map."""
        for sheet, _ in self._sheets():
            yield from sheet.each_page()

    def own_pages(self) -> Iterator[Sheet]:
        """Yield every page that is no capability's, and the signposts of old addresses."""
        yield from chain.from_iterable(sheet.each_page() for sheet, part in self._sheets() if part is None)
        yield from plan_signposts(self.edition)

    def pages_of(self, part: Capability) -> Iterator[Sheet]:
        """Yield a capability's pages."""
        yield from chain.from_iterable(sheet.each_page() for sheet, owner in self._sheets() if owner is part)

    def render(self, sheet: Sheet) -> bytes:
        """Return a page's HTML."""
        return self._templates.get_template(sheet.template).render(self.context, sheet=sheet).encode()

    def write_files(self, output: Path) -> Iterator[str]:
        """Write feeds, data, the files for machines, and pictures. Yields their paths under the output folder."""
        yield from write_files(self._files.items(), output)
        for path, write in self._streams.items():
            put_parts(output, path, map(str.encode, write()))
            yield path
        stories = self.edition.index.stories
        photos = [photo for story in stories for photo in story.photos.values()]
        cards = [card for story in stories if (card := self.context["share_card"](story))]
        cache, alone = open_cache(self.edition.content.project), self.context.get("ALONE", False)
        yield from write_pictures(photos, cards, output, cache, alone=alone)

    def find(self, path: str) -> Make | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        if path.endswith(".html"):
            sheet = self.find_sheet(path)
            return partial(self.render, sheet) if sheet else None
        if make := self._files.get(path):
            return make
        if write := self._streams.get(path):
            return lambda: "".join(write()).encode()
        found = (make for part in self.parts if (make := part.find(path)))
        return next(found, None) or self._find_picture(f"/{path}")

    def find_sheet(self, file: str) -> Sheet | None:
        """Return the page that is written to a file; None when there is none."""
        near = (sheet for sheet, _ in self._sheets() if f"/{file}".startswith(sheet.url))
        pages = chain.from_iterable(sheet.each_page() for sheet in near)
        return next((page for page in chain(pages, plan_signposts(self.edition)) if page.file == file), None)

    def _find_picture(self, url: str) -> Make | None:
        folder = url.rpartition("/")[0]
        story = self.edition.index.by_slug.get(folder.rpartition("/")[2])
        if not isinstance(story, Story):
            return None
        card = self.context["share_card"](story)
        pictures = (*story.photos.values(), *([card] if card else []))
        return find_picture(pictures, url, open_cache(self.edition.content.project))

    def _sheets(self) -> Iterator[tuple[Sheet, Capability | None]]:
        """Yield every sheet with the capability that it belongs to, planned no further than it is asked for."""
        number = 0
        while True:
            if number == len(self._planned):
                planned = next(self._rest, None)
                if planned is None:
                    return
                self._planned.append(planned)
            yield self._planned[number]
            number += 1

    def _plan(self) -> Iterator[tuple[Sheet, Capability | None]]:
        waiting = list(self.parts)

        def place(parts: Iterable[Capability]) -> Iterator[tuple[Sheet, Capability]]:
            for part in parts:
                waiting.remove(part)
                yield from ((sheet, part) for sheet in part.sheets())

        for sheet in plan_sheets(self.edition):
            yield sheet, None
            yield from place([part for part in waiting if part.follows == sheet.url])
        yield from place(list(waiting))

    @cached_property
    def _files(self) -> dict[str, Make]:
        """What makes each file that people do not read, by its path."""
        index, office = self.edition.index, self.edition.content.office
        site_url = self.context["site_url"]
        made: dict[str, Callable[[], str]] = {
            tables.EXEMPLARS_JSON: partial(tables.build_exemplars_json, index, office, site_url),
            tables.EXEMPLARS_SCHEMA: partial(schema.build_exemplars_schema, site_url),
            tables.REPLICATIONS_JSON: partial(self._copies_json, office, site_url),
            tables.REPLICATIONS_SCHEMA: partial(schema.build_copies_schema, site_url),
            tables.REPLICATIONS_CSV: partial(tables.build_replications_csv, index),
            tables.DICTIONARY_CSV: partial(tables.build_dictionary_csv, index),
            FACET_DATA_URL: partial(build_facet_data, index),
        }
        for feed in feeds.plan_feeds(index, office.site_name):
            made[feed.url] = partial(feeds.build_feed, feed, office, index.vocabulary, site_url)
        # A reader program that asks at an old address finds what is at the new one, which it names.
        made |= {old: made[url] for old, url in self.edition.moved.items() if url in made}
        for name in ("robots.txt", "manifest.webmanifest"):
            made[f"/{name}"] = partial(self._templates.get_template(name).render, self.context)
        made |= self._site_maps()
        files = {url.lstrip("/"): partial(_encode, make) for url, make in made.items()}
        plates = {find_plate(story) for story in index.stories if not story.photo}
        return files | {plate.url.lstrip("/"): plate.make for plate in plates}

    @cached_property
    def _streams(self) -> dict[str, Callable[[], Iterator[str]]]:
        """What writes each file of open data that has every exemplar, part by part, by its path."""
        index, office, site_url = self.edition.index, self.edition.content.office, self.context["site_url"]
        made = {tables.EXEMPLARS_CSV: partial(tables.write_exemplars_csv, index, site_url)}
        if len(index.everything) > len(index.stories):
            made[tables.GATHERED_JSON] = partial(tables.write_gathered_json, index, office, site_url)
        return {url.lstrip("/"): write for url, write in made.items()}

    def _copies_json(self, office: Office, site_url: str) -> str:
        copies = tables.find_copies(self.edition.index, office, site_url)
        return tables.build_copies_json(copies, tables.name_origins(self.edition.index, site_url), office, site_url)

    def _site_maps(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Yield the site map; for very many stories that of the other pages, those of the stories, and one of these."""
        stories = self.edition.index.stories
        render = partial(self._templates.get_template("sitemap.xml").render, self.context)
        if len(stories) <= MOST_STORIES:
            yield "/sitemap.xml", partial(render, stories=stories, listed=self)
            return
        parts = [stories[start : start + MOST_STORIES] for start in range(0, len(stories), MOST_STORIES)]
        names = [f"sitemap-{number}.xml" for number in range(len(parts) + 1)]
        yield f"/{names[0]}", partial(render, stories=(), listed=self)
        for name, part in zip(names[1:], parts, strict=True):
            yield f"/{name}", partial(render, stories=part, listed=(), standing=())
        yield (
            "/sitemap.xml",
            partial(self._templates.get_template("sitemap-index.xml").render, self.context, maps=names),
        )


def _encode(make: Callable[[], str]) -> bytes:
    return make().encode()
