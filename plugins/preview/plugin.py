"""The door to Pelican: its settings and generators, kept ready to make any one file of an edition when it is asked for.

Pelican itself is not run: ten thousand article objects take it longer than a writer waits. The generators are those
of a build, so that what they make has the bytes of a build; only articles and standing pages are handed to the
templates by a generator of our own.
"""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import TemplateError
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.settings import read_settings

from plugins.exemplars.page import Document
from plugins.exemplars.plugin import fill_context
from plugins.exemplars.selection import select_edition
from plugins.exemplars.story import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from plugins.exemplars.body import BodyRenderer
    from plugins.exemplars.edition import Edition
    from plugins.exemplars.kept_bodies import KeptBodies
    from plugins.exemplars.library import Library, Source


class Press:
    """Settings, plugins and templates as they were when this was made; `open` an edition, then `find` its files."""

    def __init__(self, project: Path, bodies: KeptBodies) -> None:
        overrides = {
            "PATH": str(project / "content"),
            "THEME": str(project / "theme"),
            # Nothing is written there.
            "OUTPUT_PATH": str(project / "output"),
            "SHOW_DRAFTS": True,
        }
        self._settings = read_settings(str(project / "pelicanconf.py"), overrides)
        # Pelican would log what a plugin raises, and go on without it.
        for name in self._settings["PLUGINS"]:
            importlib.import_module(name).register()
        pelican = Pelican(self._settings)
        self._bodies = bodies
        context = self._settings.copy()
        classes = [made for _, made in signals.get_generators.send(pelican) if hasattr(made, "find_output")]
        self._generators = [
            made(context, self._settings, pelican.path, pelican.theme, pelican.output_path)
            for made in (SourceGenerator, *classes)
        ]
        # One set of compiled templates for all. They do not change: after a change of the theme there is another Press.
        self._env = self._generators[0].env
        self._env.auto_reload = False
        for generator in self._generators:
            generator.env = self._env

    def open(self, library: Library) -> Edition:
        """Make ready what the library shows in a preview, drafts and samples and all."""
        edition = select_edition(library, drafts=True, samples=self._settings["SHOW_SAMPLES"])
        context = self._settings.copy()
        fill_context(context, edition)
        context["renderer"] = self._bodies
        for generator in self._generators:
            generator.context = context
            generator.generate_context()
        self._address: Callable[[str], str] = context["asset"]
        return edition

    def compile_templates(self) -> Iterator[Exception]:
        """Compile every template now, whatever happens to the files later; yield what is wrong with any."""
        for name in self._env.loader.loaders[0].list_templates():
            try:
                self._env.get_template(name)
            except (TemplateError, UnicodeDecodeError) as error:
                yield error

    def find(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        for generator in self._generators:
            if make := generator.find_output(path):
                return make  # type: ignore[no-any-return]
        return None

    def asset(self, name: str) -> str:
        """Return the address of a file of theme/static."""
        return self._address(name)


class SourceGenerator(Generator):  # type: ignore[misc]
    """Makes the page of each story, standing page and document."""

    def generate_context(self) -> None:
        edition: Edition = self.context["edition"]
        self._shown = [Shown(source, edition, self.context["renderer"]) for source in edition.sources.values()]
        self._by_path = {f"{shown.url}index.html": shown for shown in self._shown}
        self.context["articles"] = [shown for shown in self._shown if isinstance(shown.source, Story)]
        self.context["pages"] = [shown for shown in self._shown if not isinstance(shown.source, Story)]

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        shown = self._by_path.get(path)
        if shown is None:
            return None
        template = self.env.get_template(f"{shown.template}.html")
        name = "article" if isinstance(shown.source, Story) else "page"
        return lambda: template.render(self.context, **{name: shown}).encode()


class Shown:
    """What templates and generators read of Pelican's articles and pages; the body is rendered when it is read."""

    def __init__(self, source: Source, edition: Edition, renderer: BodyRenderer) -> None:
        self.source = source
        self.url = source.url.lstrip("/")
        self._edition, self._renderer = edition, renderer
        if isinstance(source, Story):
            self.template, self.story = "article", source
        elif isinstance(source, Document):
            self.template, self.document = "document", source
        else:
            self.template, self.page = "page", source

    @cached_property
    def content(self) -> str:
        return self._edition.render(self.source, self._renderer)
