"""Renders the pages of an edition and makes all its other files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from plugins.content.content import Source
from plugins.content.page import Page
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.exemplars.hooks import Capability, Site, write_files
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.pages.machine_files import Make, plan_files, plan_streams
from plugins.exemplars.pages.plan import plan_sheets, plan_signposts
from plugins.exemplars.pages.sharing import find_plate
from plugins.exemplars.pages.sheet import Sheet
from plugins.exemplars.pages.template_values import template_values
from plugins.photos.photo import open_cache
from plugins.photos.publish import find_picture, write_pictures
from plugins.plates.plate import KEPT, Plate, make_plates
from plugins.sources.files import put, put_parts


class Fragments:
    """Memoised template partials, rendered once for each set of hashable values, which they read with the context."""

    def __init__(self, environment: Environment, context: dict[str, Any]) -> None:
        def render(template: str, **values: Any) -> Markup:
            # Escaped by the template.
            return Markup(environment.get_template(template).render(context, **values))  # noqa: S704

        self.fragment = cache(render)

    def cards(self, stories: Iterable[Listed]) -> Markup:
        """Return the cards of these stories, one a line."""
        return Markup("\n".join(self.fragment("partials/card.html", story=story) for story in stories))  # noqa: S704


class Renderer:
    """Makes the files of an edition but stories and standing pages, which are Pelican's; `html` returns a body's."""

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
        """Yield every page, in the order of the site map."""
        for sheet, _ in self._sheets():
            yield from sheet.each_page()

    def own_pages(self) -> Iterator[Sheet]:
        """Yield the pages of no capability, and those at former addresses."""
        yield from chain.from_iterable(sheet.each_page() for sheet, part in self._sheets() if part is None)
        yield from plan_signposts(self.edition)

    def pages_of(self, part: Capability) -> Iterator[Sheet]:
        """Yield a capability's pages."""
        yield from chain.from_iterable(sheet.each_page() for sheet, owner in self._sheets() if owner is part)

    def render(self, sheet: Sheet) -> bytes:
        """Return a page's HTML."""
        return self._templates.get_template(sheet.template).render(self.context, sheet=sheet).encode()

    def write_files(self, output: Path) -> Iterator[str]:
        """Write pictures and the files for programs. Yields their paths under the output folder."""
        yield from write_files(self._files.items(), output)
        for path, write in self._streams.items():
            put_parts(output, path, map(str.encode, write()))
            yield path
        project, alone = self.edition.content.project, self.context.get("ALONE", False)
        plates = make_plates(self._plates.values(), None if alone else project / KEPT)
        for url, data in plates.items():
            put(output, url.lstrip("/"), data)
            yield url.lstrip("/")
        stories = self.edition.index.stories
        photos = [photo for story in stories for photo in story.photos.values()]
        cards = [card for story in stories if (card := self.context["share_card"](story))]
        yield from write_pictures(photos, cards, output, open_cache(project), alone=alone)

    def find(self, path: str) -> Make | None:
        """Return a function that makes the file at a path under the output folder; None when there is no such file."""
        if path.endswith(".html"):
            sheet = self.find_sheet(path)
            return partial(self.render, sheet) if sheet else None
        if make := self._files.get(path):
            return make
        if write := self._streams.get(path):
            return lambda: "".join(write()).encode()
        if plate := self._plates.get(path):
            return plate.make
        found = (make for part in self.parts if (make := part.find(path)))
        return next(found, None) or self._find_picture(f"/{path}")

    def find_sheet(self, file: str) -> Sheet | None:
        """Return the page of a file, None when there is none."""
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
        """Yield every sheet with its capability, planned lazily."""
        # By number, as a template may iterate over all of them while a build does.
        for number in count():
            if number == len(self._planned):
                self._planned += islice(self._rest, 1)
            if number == len(self._planned):
                return
            yield self._planned[number]

    def _plan(self) -> Iterator[tuple[Sheet, Capability | None]]:
        waiting = list(self.parts)
        for sheet in plan_sheets(self.edition):
            yield sheet, None
            for part in [part for part in waiting if part.follows == sheet.url]:
                waiting.remove(part)
                yield from ((own, part) for own in part.sheets())
        for part in waiting:
            yield from ((own, part) for own in part.sheets())

    @cached_property
    def _files(self) -> dict[str, Make]:
        return plan_files(self.edition, self.context, self._templates, self)

    @cached_property
    def _plates(self) -> dict[str, Plate]:
        plates = map(find_plate, (story for story in self.edition.index.stories if not story.photo))
        return {plate.url.lstrip("/"): plate for plate in plates}

    @cached_property
    def _streams(self) -> dict[str, Callable[[], Iterator[str]]]:
        return plan_streams(self.edition, self.context["site_url"])
