"""A whole site by Pelican: its articles and pages are our stories and standing pages, and one generator makes the rest.

`build` and `publish` hand over what they have read; run by hand, Pelican reads it itself, by the same function.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pelican
from jinja2 import Environment, FileSystemLoader, TemplateError
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.log import console
from pelican.settings import read_settings
from pelican.utils import wait_for_changes

from plugins.content.load import load_content
from plugins.content.stories.story import Story
from plugins.exemplars.door.articles import StandingPage, StoryArticle, Terms
from plugins.exemplars.door.writer import SiteWriter
from plugins.exemplars.hooks import find_capabilities
from plugins.exemplars.model.selection import select_edition
from plugins.exemplars.pages.press import Press
from plugins.exemplars.pages.template_values import FILTERS
from plugins.sources import values
from plugins.sources.files import write_whole
from plugins.sources.problem import Invalid, Level
from plugins.vietnamese import today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import BytecodeCache
    from pelican.generators import PagesGenerator

    from plugins.content.content import Content
    from plugins.exemplars.model.edition import Edition

logger = logging.getLogger(__name__)
# What the last run by hand wrote into a folder, by the hash of its path.
_WRITTEN = ".cache/pelican"


class SitePelican(Pelican):  # type: ignore[misc]
    """Pelican, which reads the content where nobody has, and fails when a story is left out for an error."""

    settings: dict[str, Any]

    def run(self) -> None:
        if "CONTENT" in self.settings:
            super().run()
            return
        content = self._read()
        given: dict[str, Any] = self.settings
        try:
            self.settings = given | {"CONTENT": content}
            super().run()
        finally:
            self.settings = given
        if content.errors and not (given.get("PUBLISHING") or _is_watching()):
            sys.exit(1)

    def _read(self) -> Content:
        """Read the content and log what is wrong; where nothing can be built, wait for a change, or give up."""
        while True:
            settings = self.settings
            try:
                day = values.day(settings["DAY"]) if settings.get("DAY") else today()
            except Invalid as invalid:
                logger.error("DAY: %s; %s", invalid.message, invalid.fix)  # noqa: TRY400 - nobody reads a traceback
                sys.exit(1)
            capabilities = find_capabilities(settings["PLUGINS"])
            content = load_content(
                Path(self.path).parent, day, capabilities, publishing=settings.get("PUBLISHING", False)
            )
            for problem in content.problems:
                logger.log(logging.ERROR if problem.level is Level.ERROR else logging.WARNING, "%s", problem)
            if not content.stopping(publishing=settings.get("PUBLISHING", False)):
                return content
            if not _is_watching():
                sys.exit(1)
            # What was last built stays as it is. To raise here would have Pelican try again without end.
            wait_for_changes("", settings)


def run_pelican(content: Content, settings_file: Path, overrides: dict[str, Any]) -> Edition:
    """Let Pelican write a site, without a word. Returns the edition that it shows."""
    was_quiet, console.quiet = console.quiet, True
    try:
        folders = {"PATH": str(content.project / "content"), "THEME": str(settings_file.parent / "theme")}
        settings = read_settings(str(settings_file), folders | overrides)
        edition = _choose(content, settings)
        templates = settings["JINJA_ENVIRONMENT"] | {"bytecode_cache": settings["BUILD_CACHE"].templates}
        SitePelican(settings | {"CONTENT": content, "EDITION": edition, "JINJA_ENVIRONMENT": templates}).run()
    finally:
        console.quiet = was_quiet
    return edition


def _choose(content: Content, settings: Mapping[str, Any]) -> Edition:
    """Return the edition that the settings ask for. What is published says nothing of days to come."""
    shown = {"drafts": settings["SHOW_DRAFTS"], "samples": settings["SHOW_SAMPLES"]}
    return select_edition(content, **shown, later=not settings.get("PUBLISHING", False))


def compile_templates(settings_file: Path, templates: BytecodeCache) -> None:
    """Compile what a build will need into `templates`; what is wrong with any is for that build to say."""
    logging.disable()
    try:
        # Any folder does for the content: none of it is read.
        settings = read_settings(str(settings_file), {"PATH": str(settings_file.parent)})
        loader = FileSystemLoader(str(settings_file.parent / "theme/templates"))
        env = Environment(loader=loader, bytecode_cache=templates, **settings["JINJA_ENVIRONMENT"])  # noqa: S701 - there
        env.filters.update(FILTERS)
        for name in env.list_templates():
            with suppress(TemplateError, UnicodeDecodeError, OSError):
                env.get_template(name)
    finally:
        logging.disable(logging.NOTSET)


def _is_watching() -> bool:
    """Tell whether Pelican runs on and on, with `--autoreload`."""
    return any(frame.f_code is pelican.autoreload.__code__ for frame, _ in traceback.walk_stack(None))


def connect() -> None:
    """Connect every handler. All are named functions, since Pelican holds them weakly."""
    signals.initialized.connect(_take_content)
    signals.generator_init.connect(_share_templates)
    signals.article_generator_init.connect(_open_site)
    signals.article_generator_pretaxonomy.connect(_hand_over_stories)
    signals.page_generator_finalized.connect(_hand_over_pages)
    signals.all_generators_finalized.connect(_leave_out_lists)
    signals.get_generators.connect(_get_generators)
    signals.get_writer.connect(_get_writer)


def _take_content(site: Pelican) -> None:
    """Leave no file of content/ to Pelican's own readers."""
    site.settings |= {"ARTICLE_PATHS": [], "PAGE_PATHS": []}


def _share_templates(generator: Generator) -> None:
    """Give every generator the same templates: else each would compile them anew."""
    generator.env.filters.update(FILTERS)
    generator.env = generator.context.setdefault("templates", generator.env)


def _open_site(generator: ArticlesGenerator) -> None:
    """Choose what this edition shows, and make ready whatever makes its files."""
    context, settings = generator.context, generator.settings
    if "CONTENT" not in settings:
        raise RuntimeError('pelicanconf.py: thiếu PELICAN_CLASS = "plugins.SitePelican"')
    content: Content = settings["CONTENT"]
    edition: Edition = settings.get("EDITION") or _choose(content, settings)
    context["html"] = edition.html
    context["press"] = Press(edition, find_capabilities(settings["PLUGINS"]), context, generator.env, edition.html)
    # Once for all, before others begin to write pages.
    for name in generator.env.loader.loaders[0].list_templates():
        generator.env.get_template(name)


def _hand_over_stories(generator: ArticlesGenerator) -> None:
    """Give Pelican its articles, newest first. Their order is that of the index."""
    edition: Edition = generator.context["edition"]
    terms = Terms(generator.settings)
    generator.articles = [
        StoryArticle(story, generator.context, generator.settings, terms) for story in edition.index.stories
    ]


def _hand_over_pages(generator: PagesGenerator) -> None:
    """Give Pelican its pages: standing pages and documents."""
    sources = generator.context["edition"].sources.values()
    pages = (source for source in sources if not isinstance(source, Story))
    generator.pages.extend(StandingPage(source, generator.context, generator.settings) for source in pages)


def _leave_out_lists(generators: list[Generator]) -> None:
    """Spare Pelican the lists that have no page: it takes them apart all the same, in quadratic time."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            settings = generator.settings
            if not settings["CATEGORY_SAVE_AS"]:
                generator.categories = []
            if not settings["TAG_SAVE_AS"]:
                generator.tags = {}
            if not settings["AUTHOR_SAVE_AS"]:
                generator.authors = []


class SiteGenerator(Generator):  # type: ignore[misc]
    """Writes all that is no story and no standing page."""

    def generate_output(self, writer: SiteWriter) -> None:
        press: Press = self.context["press"]
        output = Path(self.output_path)
        for sheet in press.own_pages():
            writer.write_file(sheet.file, self.env.get_template(sheet.template), self.context, sheet=sheet)
        writer.begin(alone=self.settings.get("ALONE", False))
        writer.written.update(press.write_files(output))
        for part in press.parts:
            writer.written.update(part.write(output))
            for sheet in press.pages_of(part):
                writer.write_file(sheet.file, self.env.get_template(sheet.template), self.context, sheet=sheet)
        writer.finish()
        if "BUILD_CACHE" not in self.settings:
            _remove_stale(press.edition.content.project, output, writer.written)


def _remove_stale(project: Path, output: Path, written: set[str]) -> None:
    """Delete what the last run by hand wrote into a folder and this one did not; nothing that is not ours."""
    record = project / _WRITTEN / f"{sha256(str(output.resolve()).encode()).hexdigest()[:16]}.json"
    with suppress(OSError, ValueError):
        for path in set(json.loads(record.read_bytes())) - written:
            (output / path).unlink(missing_ok=True)
            for folder in (output / path).relative_to(output).parents:
                with suppress(OSError):
                    (output / folder).rmdir()
    with suppress(OSError):
        write_whole(record, json.dumps(sorted(written)).encode())


def _get_generators(_: Any) -> type[Generator]:
    return SiteGenerator


def _get_writer(_: Any) -> type[SiteWriter]:
    return SiteWriter
