"""The hooks by which a plugin adds to the site.

A plugin in PLUGINS takes part when its package has a `capability()` that returns a subclass of `Capability`. One object
of it is made for each site. Every hook has a default that adds nothing, and a site is whole without any plugin.

    class Weather(Capability):
        name = "weather"

        def context(self) -> dict[str, Any]:
            return {"temperature": 31}
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from plugins.content.content import Content, Source
from plugins.content.page import Page
from plugins.engine import engine_of
from plugins.sources.files import put
from plugins.sources.problem import Problem

if TYPE_CHECKING:
    from jinja2 import Environment

    from plugins.exemplars.model.edition import Edition
    from plugins.exemplars.pages.sheet import Sheet

File = tuple[str, Callable[[], bytes]]


@dataclass(frozen=True)
class Site:
    """The site that a capability belongs to: its edition, the context of all templates, and the templates."""

    edition: "Edition"
    context: Mapping[str, Any]
    templates: "Environment"
    html: Callable[[Source | Page], str]  # the HTML of a body

    @property
    def samples(self) -> bool:
        """Whether illustrative stories and registrations are shown."""
        return bool(self.context["SHOW_SAMPLES"])


class Capability:
    """A plugin's part in one site; templates test for its name: `{% if "search" in capabilities %}`."""

    name: ClassVar[str] = ""
    # The folder of its files, such as theme/, which it shares with no other.
    root: ClassVar[str] = ""
    # The address of the sheet after which its own come in the site map; "" for the end.
    follows: ClassVar[str] = ""
    # Partials in the head of every page; each is given `fonts`, the additional fonts of the page.
    head: ClassVar[tuple[str, ...]] = ()

    def __init__(self, site: Site) -> None:
        self.site = site

    @staticmethod
    def check(content: Content) -> Iterable[Problem]:
        """Return problems of the content that only this capability can find."""
        del content
        return ()

    def context(self) -> Mapping[str, Any]:
        """Return additional values for all templates, by name."""
        return {}

    def sheets(self) -> Iterable["Sheet"]:
        """Return its pages, which are rendered after its files are made, and may name them."""
        return ()

    def files(self) -> Iterable[File]:
        """Return its other files: the path under the output folder, and a function that makes the bytes."""
        return ()

    def find(self, path: str) -> Callable[[], bytes] | None:
        """Return a function that makes one of its files; None when there is no such file."""
        return dict(self.files()).get(path) if path.startswith(self.root) else None

    def write(self, output: Path) -> Iterable[str]:
        """Write its files into the output folder and return their paths in it."""
        return list(write_files(self.files(), output))


def write_files(files: Iterable[File], output: Path) -> Iterator[str]:
    """Write files into the output folder. Yields the path of each in it."""
    for path, make in files:
        put(output, path, make())
        yield path


def register() -> None:
    """Do nothing, since plugins.exemplars connects every plugin; Pelican requires it."""


def find_capabilities(plugins: Iterable[Any]) -> tuple[type[Capability], ...]:
    """Return the capabilities of the plugins that PLUGINS names, in its order."""
    modules = [_load(plugin) if isinstance(plugin, str) else plugin for plugin in plugins]
    return tuple(module.capability() for module in modules if hasattr(module, "capability"))


def _load(plugin: str) -> Any:
    try:
        return import_module(plugin)
    except ModuleNotFoundError as error:
        # Pelican resolves short names ("sitemap") and plugin folders itself; none of those is a capability.
        if error.name != plugin or plugin.startswith("plugins."):
            raise
        return None


def installed(project: Path) -> tuple[type[Capability], ...]:
    """Return the capabilities in a project's pelicanconf.py, for commands that need no Pelican."""
    import runpy

    return find_capabilities(runpy.run_path(str(engine_of(project) / "pelicanconf.py"))["PLUGINS"])
