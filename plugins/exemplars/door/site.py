"""A whole site by Pelican: its generators write stories and standing pages, SiteGenerator everything else.

`build` and `publish` hand over the content; the `pelican` command reads it here, by the same function.
"""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pelican
from jinja2 import BytecodeCache, Environment, FileSystemLoader, Template, TemplateError
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.log import console
from pelican.settings import read_settings
from pelican.utils import sanitised_join, wait_for_changes
from pelican.writers import Writer

from plugins.content.content import Content
from plugins.content.load import load_content
from plugins.content.stories.story import Story
from plugins.exemplars.door.articles import FromSource, StandingPage, StoryArticle, Terms
from plugins.exemplars.hooks import find_capabilities
from plugins.exemplars.model.edition import Edition, select_edition
from plugins.exemplars.pages.renderer import Renderer
from plugins.exemplars.pages.sheet import Sheet
from plugins.exemplars.pages.template_values import FILTERS
from plugins.sources import values
from plugins.sources.files import put, write_whole
from plugins.sources.problem import Invalid, Level
from plugins.teamwork import Team
from plugins.vietnamese import today

logger = logging.getLogger(__name__)
# Lists of the files that the last run of the `pelican` command wrote, by the hash of the output's path.
_WRITTEN = ".cache/pelican"


class SitePelican(Pelican):  # type: ignore[misc]
    """Pelican that reads the content unless it is given, and exits with 1 when a story is left out for an error."""

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
        """Read the content and log its problems. If nothing can be built, exit, or wait with `--autoreload`."""
        while True:
            settings = self.settings
            try:
                day = values.day(settings["DAY"]) if settings.get("DAY") else today()
            except Invalid as invalid:
                logger.error("DAY: %s; %s", invalid.message, invalid.fix)  # noqa: TRY400 - nobody reads a traceback
                sys.exit(1)
            project, publishing = Path(self.path).parent, settings.get("PUBLISHING", False)
            content = load_content(project, day, find_capabilities(settings["PLUGINS"]), publishing=publishing)
            for problem in content.problems:
                logger.log(logging.ERROR if problem.level is Level.ERROR else logging.WARNING, "%s", problem)
            if not content.stopping(publishing=publishing):
                return content
            if not _is_watching():
                sys.exit(1)
            # The last output stays. An exception would make Pelican try again without end.
            wait_for_changes("", settings)


def run_pelican(content: Content, settings_file: Path, overrides: dict[str, Any]) -> Edition:
    """Let Pelican write a site, silently, and return its edition."""
    was_quiet, console.quiet = console.quiet, True
    try:
        folders = {"PATH": str(content.project / "content"), "THEME": str(settings_file.parent / "theme")}
        settings = read_settings(str(settings_file), folders | overrides)
        edition = _choose(content, settings)
        templates = settings["JINJA_ENVIRONMENT"] | {"bytecode_cache": settings["TEMPLATE_CACHE"]}
        SitePelican(settings | {"CONTENT": content, "EDITION": edition, "JINJA_ENVIRONMENT": templates}).run()
    finally:
        console.quiet = was_quiet
    return edition


def _choose(content: Content, settings: Mapping[str, Any]) -> Edition:
    """Return the edition that the settings ask for. A published one has nothing of later days."""
    shown = {"drafts": settings["SHOW_DRAFTS"], "samples": settings["SHOW_SAMPLES"]}
    return select_edition(content, **shown, later=not settings.get("PUBLISHING", False))


def compile_templates(settings_file: Path, templates: BytecodeCache) -> None:
    """Compile the templates of a build into its cache; errors in them are left to that build."""
    logging.disable()
    try:
        # Pelican wants an existing folder for the content, and reads nothing of it here.
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
    """Tell whether Pelican runs with `--autoreload`."""
    return any(frame.f_code is pelican.autoreload.__code__ for frame, _ in traceback.walk_stack(None))


def connect() -> None:
    """Connect every handler. All are named functions, as Pelican holds them weakly."""
    signals.initialized.connect(_take_content)
    signals.generator_init.connect(_share_templates)
    signals.article_generator_init.connect(_open_site)
    signals.article_generator_pretaxonomy.connect(_hand_over_stories)
    signals.page_generator_finalized.connect(_hand_over_pages)
    signals.all_generators_finalized.connect(_leave_out_lists)
    signals.get_generators.connect(_get_generators)
    signals.get_writer.connect(_get_writer)


def _take_content(site: Pelican) -> None:
    """Keep Pelican's own readers from content/."""
    site.settings |= {"ARTICLE_PATHS": [], "PAGE_PATHS": []}


def _share_templates(generator: Generator) -> None:
    """Share one template environment, so that each template is compiled once."""
    generator.env.filters.update(FILTERS)
    generator.env = generator.context.setdefault("templates", generator.env)


def _open_site(generator: ArticlesGenerator) -> None:
    """Choose the edition, and make its renderer."""
    context, settings = generator.context, generator.settings
    if "CONTENT" not in settings:
        raise RuntimeError('pelicanconf.py: thiếu PELICAN_CLASS = "plugins.SitePelican"')
    content: Content = settings["CONTENT"]
    edition: Edition = settings.get("EDITION") or _choose(content, settings)
    context["html"] = edition.html
    capabilities = find_capabilities(settings["PLUGINS"])
    context["renderer"] = Renderer(edition, capabilities, context, generator.env, edition.html)
    # Compiled once, before other processes write pages.
    for name in generator.env.loader.loaders[0].list_templates():
        generator.env.get_template(name)


def _hand_over_stories(generator: ArticlesGenerator) -> None:
    """Give Pelican its articles in the order of the index, newest first."""
    context, settings, terms = generator.context, generator.settings, Terms(generator.settings)
    stories = context["edition"].index.stories
    generator.articles = [StoryArticle(story, context, settings, terms) for story in stories]


def _hand_over_pages(generator: PagesGenerator) -> None:
    """Give Pelican its pages: standing pages and documents."""
    sources = generator.context["edition"].sources.values()
    pages = (source for source in sources if not isinstance(source, Story))
    generator.pages.extend(StandingPage(source, generator.context, generator.settings) for source in pages)


def _leave_out_lists(generators: list[Generator]) -> None:
    """Empty the lists that have no page, which Pelican would sort all the same, in quadratic time."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            settings = generator.settings
            if not settings["CATEGORY_SAVE_AS"]:
                generator.categories = []
            if not settings["TAG_SAVE_AS"]:
                generator.tags = {}
            if not settings["AUTHOR_SAVE_AS"]:
                generator.authors = []


@dataclass(frozen=True)
class _Waiting:
    output: Path
    name: str
    template: Template
    context: dict[str, Any]
    values: dict[str, Any]

    def write(self) -> None:
        put(self.output, self.name, self.template.render(self.context, **self.values).encode())

    def tell(self) -> None:
        signals.content_written.send(str(self.output / self.name), context=self.context | self.values)


class SiteWriter(Writer):  # type: ignore[misc]
    """Writes articles, standing pages and sheets itself, and leaves any other file to Pelican's writer.

    Pages wait for `begin`, from when other processes take part, and are all written when `finish` returns.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._output = Path(self.output_path)
        self._waiting: list[_Waiting] = []
        self._team: Team[_Waiting, None] | None = None
        self.written: set[str] = set()

    def write_file(self, name: str, template: Template, context: dict[str, Any], *more: Any, **values: Any) -> None:
        if not any(isinstance(value, FromSource | Sheet) for value in values.values()):
            super().write_file(name, template, context, *more, **values)
            return
        for option in ("relative_urls", "paginated", "template_name", "override_output", "url"):
            values.pop(option, None)
        # Raises for a path outside the output folder.
        sanitised_join(self.output_path, name)
        page = _Waiting(self._output, name, template, context, values)
        self.written.add(name)
        if self._team is None:
            self._waiting.append(page)
        else:
            page.write()
            page.tell()

    def begin(self, *, alone: bool) -> None:
        """Let other processes write the waiting pages while the caller goes on; later pages are written at once."""
        self._team = Team(self._waiting, _Waiting.write, "Ghi trang", alone=alone).start()

    def finish(self) -> None:
        """Write the remaining pages, and send `content_written` for each, as Pelican's writer does."""
        if self._team:
            self._team.finish()
        for page in self._waiting if signals.content_written.receivers else ():
            page.tell()


class SiteGenerator(Generator):  # type: ignore[misc]
    """Writes everything but stories and standing pages."""

    def generate_output(self, writer: SiteWriter) -> None:
        renderer: Renderer = self.context["renderer"]
        output = Path(self.output_path)
        for sheet in renderer.own_pages():
            writer.write_file(sheet.file, self.env.get_template(sheet.template), self.context, sheet=sheet)
        writer.begin(alone=self.settings.get("ALONE", False))
        for part in renderer.parts:
            writer.written.update(part.write(output))
            for sheet in renderer.pages_of(part):
                writer.write_file(sheet.file, self.env.get_template(sheet.template), self.context, sheet=sheet)
        # Last, since other processes take part in it too: what one does alone would leave them idle at the end.
        writer.written.update(renderer.write_files(output))
        writer.finish()
        if "TEMPLATE_CACHE" not in self.settings:
            _remove_stale(renderer.edition.content.project, output, writer.written)


def _remove_stale(project: Path, output: Path, written: set[str]) -> None:
    """Delete files that the last run of the `pelican` command wrote into this folder and this one did not."""
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
