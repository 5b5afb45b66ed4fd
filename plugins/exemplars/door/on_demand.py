"""Makes single files of an edition, in the bytes of a build, by Pelican's settings and templates without running it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, TemplateError
from pelican import Pelican
from pelican.generators import Generator
from pelican.settings import read_settings

from plugins.content.addresses.urls import file_of_url
from plugins.content.content import Content, Source
from plugins.content.stories.story import Story
from plugins.engine import engine_of
from plugins.exemplars.door.articles import StandingPage, StoryArticle, Terms
from plugins.exemplars.hooks import find_capabilities
from plugins.exemplars.model.edition import Edition, select_edition
from plugins.exemplars.pages.renderer import Renderer


class OnDemand:
    """Settings, plugins and templates as they were when this was made; `open` content, then `find` its files."""

    def __init__(self, project: Path, templates: BytecodeCache | None = None) -> None:
        overrides: dict[str, Any] = {
            "PATH": str(project / "content"),
            "THEME": str(engine_of(project) / "theme"),
            # Nothing is written to it.
            "OUTPUT_PATH": str(project / "output"),
            "SHOW_DRAFTS": True,
        }
        self._settings = read_settings(str(engine_of(project) / "pelicanconf.py"), overrides)
        self._settings["JINJA_ENVIRONMENT"] = self._settings["JINJA_ENVIRONMENT"] | {"bytecode_cache": templates}
        # Found here, as Pelican would only log a plugin's exception.
        self._capabilities = find_capabilities(self._settings["PLUGINS"])
        pelican = Pelican(self._settings)
        # A change of the theme makes a new OnDemand, so that templates need no reloading.
        context = self._settings.copy()
        self._env = Generator(context, self._settings, pelican.path, pelican.theme, pelican.output_path).env
        self._env.auto_reload = False

    def open(self, content: Content) -> Edition:
        """Open content for `find`, with its drafts, and return its edition."""
        edition = select_edition(content, drafts=True, samples=self._settings["SHOW_SAMPLES"])
        context = self._context = self._settings.copy()
        context["html"] = edition.html
        self._renderer = Renderer(edition, self._capabilities, context, self._env, edition.html)
        self._sources = {file_of_url(source.url): source for source in edition.sources.values()}
        return edition

    def compile_templates(self) -> Iterator[Exception]:
        """Compile every template now, before its file changes, and yield the errors."""
        for name in self._env.loader.loaders[0].list_templates():
            try:
                self._env.get_template(name)
            except (TemplateError, UnicodeDecodeError) as error:
                yield error

    def find(self, path: str) -> Callable[[], bytes] | None:
        """Return a function that makes the file at a path under the output folder; None when there is no such file."""
        source = self._sources.get(path)
        return (lambda: self._render(source)) if source else self._renderer.find(path)

    def asset(self, name: str) -> str:
        """Return the address of a file of theme/static; "" where none is served."""
        address = self._context.get("asset")
        return address(name) if address else ""

    def _render(self, source: Source) -> bytes:
        context, settings = self._context, self._settings
        shown: Any
        if isinstance(source, Story):
            shown, name = StoryArticle(source, context, settings, Terms(settings)), "article"
        else:
            shown, name = StandingPage(source, context, settings), "page"
        template = self._env.get_template(f"{shown.template}.html")
        text: str = template.render(context, **{name: shown})
        return text.encode()
