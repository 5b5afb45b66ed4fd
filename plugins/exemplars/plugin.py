"""The door to Pelican: generators for every page, and a writer that writes LF everywhere.

Content is read by library.py and not by readers of Pelican's: ten thousand of its articles take time and memory.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.utils import sanitised_join
from pelican.writers import Writer

from plugins import vietnamese
from plugins.content import terms
from plugins.content.library import Kept, Library, Source, load_library
from plugins.content.page import Document, Page
from plugins.content.story import Story
from plugins.content.terms import is_placeholder
from plugins.exemplars import feeds, open_data, structured_data
from plugins.exemplars.chain_picture import draw_chain
from plugins.exemplars.fragments import Fragments
from plugins.exemplars.head import Head
from plugins.exemplars.kept_bodies import KeptBodies, Rendered
from plugins.exemplars.memory import Memory
from plugins.exemplars.replication import Replication
from plugins.exemplars.selection import select_edition
from plugins.exemplars.sharing import build_share_card, draw_qr, share_links
from plugins.exemplars.sheets import Sheet, Sheets, page_crumbs, story_crumbs
from plugins.exemplars.signposts import plan_signposts
from plugins.photos.photo import open_cache
from plugins.photos.publish import find_picture, write_pictures
from plugins.sources.problem import Level
from plugins.teamwork import Team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Template
    from pelican import Pelican

    from plugins.exemplars.edition import Edition

logger = logging.getLogger(__name__)

# Where `preview` serves: absolute addresses need some host as long as the publisher's is not filled in.
LOCAL_URL = "http://localhost:8000"


def connect() -> None:
    """Connect every handler. All are named functions, since Pelican holds them weakly."""
    signals.initialized.connect(_take_content)
    signals.article_generator_init.connect(_open_edition)
    signals.generator_init.connect(_add_filters)
    signals.get_generators.connect(_get_generators)
    signals.get_writer.connect(_get_writer)


class SiteWriter(Writer):  # type: ignore[misc]
    """Writes each page once, with LF on every system, so that the same content gives the same bytes.

    A page waits for `begin`, from when other processes may take part; what comes later is written at once.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waiting: list[_Page] = []
        self._team: Any = None  # until it begins
        signals.finalized.connect(self._finish)

    def begin(self) -> None:
        """Have what waits written while the caller goes on."""
        self._team = Team(self._waiting, _write_page, "Ghi trang", alone=self.settings.get("ALONE", False)).start()

    def _finish(self, _: Any) -> None:
        if self._team is None:
            self.begin()
        self._team.finish()
        for page in self._waiting:
            signals.content_written.send(str(page.target), context=page.context)

    def write_file(  # type: ignore[no-untyped-def]
        self,
        name,
        template,
        context,
        relative_urls=False,
        paginated=None,
        template_name=None,
        override_output=False,
        url=None,
        **kwargs,
    ) -> None:
        del relative_urls, paginated, template_name, override_output, url
        if not name:
            return
        page = _Page(Path(sanitised_join(self.output_path, name)), template, context, kwargs)
        if self._team is None:
            self._waiting.append(page)
            return
        _write_page(page)
        signals.content_written.send(str(page.target), context=context)


@dataclass(frozen=True)
class _Page:
    """A page to be written: where, and of what it is made."""

    target: Path
    template: Template
    context: dict[str, Any]
    values: dict[str, Any]


def _write_page(page: _Page) -> None:
    html = page.template.render(page.context, **page.values)
    page.target.parent.mkdir(parents=True, exist_ok=True)
    page.target.write_bytes(html.encode())


@dataclass(frozen=True, slots=True)
class Shown:
    """What the templates of stories, standing pages and documents read: the source, and its body as HTML."""

    source: Source
    content: str

    @property
    def story(self) -> Source:
        return self.source

    page = document = story


class SourceGenerator(Generator):  # type: ignore[misc]
    """Makes the page of each story, standing page and document."""

    def generate_context(self) -> None:
        self._sources = {f"{source.url}index.html": source for source in self.context["edition"].sources.values()}

    def generate_output(self, writer: SiteWriter) -> None:
        edited = self.context["memory"].edited
        for file, source in self._sources.items():
            if edited is None or source.path in edited:
                template, values = self._plan(source)
                writer.write_file(file.lstrip("/"), template, self.context, **values)

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        source = self._sources.get(f"/{path}")
        return partial(self._render, source) if source else None

    def _render(self, source: Source) -> bytes:
        template, values = self._plan(source)
        text: str = template.render(self.context, **values)
        return text.encode()

    def _plan(self, source: Source) -> tuple[Template, dict[str, Any]]:
        shown = Shown(source, self.context["bodies"][source.path])
        if isinstance(source, Story):
            return self.env.get_template("article.html"), {"article": shown}
        kind = "document" if isinstance(source, Document) else "page"
        return self.env.get_template(f"{kind}.html"), {"page": shown}


class SheetGenerator(Generator):  # type: ignore[misc]
    """Makes every page that is not of a source, and the feeds, data, photos and site map.

    All of them for a build, or for the preview the one file that is asked for.
    """

    def generate_context(self) -> None:
        self.edition: Edition = self.context["edition"]
        self.sheets = Sheets(self.edition)
        self.context["sheets"] = self.sheets
        # Addresses of sheets that need what another generator makes: it has them written itself.
        self.context["late_sheets"] = set()
        fragments = Fragments(self.env, self.context)
        self.context["fragment"], self.context["cards"] = fragments.fragment, fragments.cards

    def generate_output(self, writer: SiteWriter) -> None:
        if self.context["memory"].edited is not None:
            # None of what is made here shows the body of a story.
            writer.begin()
            return
        late = self.context["late_sheets"]
        for sheet in self.sheets:
            if sheet.url not in late:
                writer.write_file(sheet.file, self.env.get_template(sheet.template), self.context, sheet=sheet)
        for sheet in plan_signposts(self.edition):
            writer.write_file(sheet.file, self.env.get_template(sheet.template), self.context, sheet=sheet)
        writer.begin()
        for path, make in self._machine_files():
            target = Path(self.output_path) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(make(), encoding="utf-8", newline="")
        stories = self.edition.index.stories
        photos = [photo for story in stories for photo in story.photos.values()]
        cards = [card for story in stories if (card := self.context["share_card"](story))]
        write_pictures(photos, cards, Path(self.output_path), open_cache(self.edition.library.project))

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        if path.endswith(".html"):
            signposts = (sheet for sheet in plan_signposts(self.edition) if sheet.file == path)
            sheet = self.sheets.find(path) or next(signposts, None)
            return partial(self._render, sheet) if sheet else None
        if make := dict(self._machine_files()).get(path):
            return lambda: make().encode()
        return self._find_picture(f"/{path}")

    def _render(self, sheet: Sheet) -> bytes:
        text: str = self.env.get_template(sheet.template).render(self.context, sheet=sheet)
        return text.encode()

    def _find_picture(self, url: str) -> Callable[[], bytes] | None:
        folder = url.rpartition("/")[0]
        story = self.edition.index.by_slug.get(folder.rpartition("/")[2])
        if story is None:
            return None
        card = self.context["share_card"](story)
        pictures = (*story.photos.values(), *([card] if card else []))
        return find_picture(pictures, url, open_cache(self.edition.library.project))

    def _machine_files(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Yield the path of each file that people do not read, and what makes its text."""
        index, publisher = self.edition.index, self.edition.library.vocabulary.publisher
        site_url = self.context["site_url"]
        made: dict[str, Callable[[], str]] = {
            open_data.EXEMPLARS_CSV: partial(open_data.build_exemplars_csv, index, site_url),
            open_data.EXEMPLARS_JSON: partial(open_data.build_exemplars_json, index, site_url),
            open_data.REPLICATIONS_CSV: partial(open_data.build_replications_csv, index),
            open_data.DICTIONARY_CSV: open_data.build_dictionary_csv,
        }
        for feed in feeds.plan_feeds(index, publisher):
            made[feed.url] = partial(feeds.build_feed, feed, publisher, site_url)
        # Where nothing else leads on, a reader program finds there what is at the new address, which it names.
        made |= {old: made[url] for old, url in self.edition.moved.items() if url in made}
        for url, make in made.items():
            yield url.lstrip("/"), make
        for name in ("sitemap.xml", "robots.txt", "manifest.webmanifest"):
            yield name, partial(self.env.get_template(name).render, self.context)


def _take_content(pelican: Pelican) -> None:
    """Leave no file of content/ to Pelican's own generators."""
    pelican.settings |= {"ARTICLE_PATHS": [], "PAGE_PATHS": []}


def _open_edition(generator: ArticlesGenerator) -> None:
    """Read the content, unless whoever started this build already has, and choose what this edition shows."""
    settings = generator.settings
    edition: Edition | None = settings.get("EDITION")
    if edition is None:
        library = _load_and_log(Path(settings["PATH"]).parent)
        edition = select_edition(library, drafts=settings["SHOW_DRAFTS"], samples=settings["SHOW_SAMPLES"])
    fill_context(generator.context, edition)
    # Pelican run by hand remembers nothing.
    memory: Memory = settings.get("MEMORY") or Memory(Kept(edition.library.project))
    generator.context["memory"] = memory
    bodies = generator.context["bodies"] = Bodies(edition, memory.bodies, alone=settings.get("ALONE", False))
    generator.context["renderer"] = memory.bodies = bodies.renderer
    if memory.edited is None:
        # While others are at the bodies; and once for all, before others begin to write pages.
        for name in generator.env.loader.loaders[0].list_templates():
            generator.env.get_template(name)


class Bodies:
    """The HTML of each file's body by path. Others begin to render them at once; what was kept is not rendered again.

    `renderer` keeps what is shown now and nothing else.
    """

    def __init__(self, edition: Edition, before: KeptBodies, *, alone: bool = False) -> None:
        self._edition, self.renderer = edition, KeptBodies()
        found = ((path, before.find(*edition.body(source))) for path, source in edition.sources.items())
        self._kept = {path: rendered for path, rendered in found if rendered}
        missing = [source for path, source in edition.sources.items() if path not in self._kept]
        self._missing = [source.path for source in missing]
        self._team = Team(missing, self._render, "Dựng bài", alone=alone).start()

    def __getitem__(self, path: str) -> str:
        return self._html[path]

    @cached_property
    def _html(self) -> dict[str, str]:
        rendered = self._kept | dict(zip(self._missing, self._team.finish(), strict=True))
        for path, body in rendered.items():
            self.renderer.keep(*self._edition.body(self._edition.sources[path])[:2], body)
        return {path: self._edition.mend(body[0]) for path, body in rendered.items()}

    def _render(self, source: Source) -> Rendered:
        return self.renderer.render_anew(*self._edition.body(source))


def fill_context(context: dict[str, Any], edition: Edition) -> None:
    """Add to the settings, of which a context is made, what templates and generators read of an edition."""
    context["edition"] = edition
    context.update(_template_values(edition))
    fonts = Path(context["THEME"]) / "static/fonts"
    draw = partial(build_share_card, publisher=edition.library.vocabulary.publisher, fonts=fonts)
    context["share_card"] = draw if context["SHARE_PICTURES"] else _no_card


def _no_card(_: Story) -> None:
    return None


def _load_and_log(project: Path) -> Library:
    library = load_library(project)
    for problem in library.problems:
        logger.log(logging.ERROR if problem.level is Level.ERROR else logging.WARNING, "%s", problem)
    return library


def _add_filters(generator: Generator) -> None:
    generator.env.filters.update(FILTERS)
    # Else each generator would compile the templates anew.
    generator.env = generator.context.setdefault("templates", generator.env)


def _get_generators(_: Any) -> tuple[type[Generator], ...]:
    return SourceGenerator, SheetGenerator


def _get_writer(_: Any) -> type[Writer]:
    return SiteWriter


def _template_values(edition: Edition) -> dict[str, Any]:
    """Return what every template may read, beside the settings."""
    vocabulary, index = edition.library.vocabulary, edition.index
    publisher = vocabulary.publisher
    site_url = LOCAL_URL if is_placeholder(publisher.site_url) else publisher.site_url
    return {
        "index": index,
        "vocabulary": vocabulary,
        "publisher": publisher,
        "site_url": site_url,
        # In the order of their paths, stories aside: Pelican's own lists are in no order that two systems share.
        "standing": [source for source in edition.sources.values() if not isinstance(source, Story)],
        "standing_pages": {source.slug: source for source in edition.sources.values() if type(source) is Page},
        "updated": edition.updated,
        "replication": Replication(index),
        "draw_chain": draw_chain,
        "terms": terms,
        "Head": Head,
        "feed_url": feeds.feed_url,
        "story_crumbs": story_crumbs,
        "page_crumbs": page_crumbs,
        "is_placeholder": is_placeholder,
        "share_links": share_links,
        "draw_qr": _draw_qr,
        "describe_article": partial(
            structured_data.describe_article, index=index, publisher=publisher, site_url=site_url
        ),
        "describe_crumbs": partial(structured_data.describe_crumbs, site_url=site_url),
        "describe_place": partial(structured_data.describe_place, site_url=site_url),
        "describe_collection": partial(structured_data.describe_collection, site_url=site_url),
        "describe_home": partial(structured_data.describe_home, publisher, site_url),
    }


def _draw_qr(address: str) -> Markup:
    # Drawn by a library: nothing of the address is in it as text.
    return Markup(draw_qr(address))  # noqa: S704


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write_json(value: Any) -> Markup:
    """Return JSON that may stand inside a script element: nothing in it can close the element."""
    text = _JSON.encode(value)
    # Escaped here, by the rules of a script element.
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


FILTERS = {
    "date": vietnamese.format_date,
    "weekday_date": vietnamese.format_weekday_date,
    "long_date": vietnamese.format_long_date,
    "number": vietnamese.format_number,
    "capitalize_first": vietnamese.capitalize,
    "ld_json": write_json,
}
