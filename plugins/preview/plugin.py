"""The door to Pelican: its settings and generators, kept ready to make any one file of an edition when it is asked for.

Pelican itself is not run: it would write every file. The generators are those of a build, so that what they make has
the bytes of a build; only bodies are rendered no sooner than they are shown.
"""

from __future__ import annotations

import importlib
from itertools import chain
from typing import TYPE_CHECKING

from jinja2 import TemplateError
from pelican import Pelican, signals
from pelican.settings import read_settings

from plugins.exemplars.plugin import fill_context
from plugins.exemplars.selection import select_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from plugins.content.library import Library
    from plugins.exemplars.edition import Edition
    from plugins.exemplars.kept_bodies import KeptBodies
    from plugins.markdown.body import BodyRenderer


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
        given = [made if isinstance(made, tuple) else (made,) for _, made in signals.get_generators.send(pelican)]
        self._generators = [
            made(context, self._settings, pelican.path, pelican.theme, pelican.output_path)
            for made in chain.from_iterable(given)
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
        context["bodies"] = _Bodies(edition, self._bodies)
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


class _Bodies:
    """The HTML of each file's body by path, rendered when it is asked for."""

    def __init__(self, edition: Edition, renderer: BodyRenderer) -> None:
        self._edition, self._renderer = edition, renderer

    def __getitem__(self, path: str) -> str:
        return self._edition.render(self._edition.sources[path], self._renderer)
