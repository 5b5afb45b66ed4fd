"""The door to Pelican: gives every template `asset(name)`, and writes what is served under /theme/."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateRuntimeError
from pelican import signals
from pelican.generators import Generator

from plugins.assets.bundle import ROOT, Assets, build_assets, read_static

if TYPE_CHECKING:
    from collections.abc import Callable

    from pelican.writers import Writer

    from plugins.exemplars.memory import Memory

# Style that is made from the vocabularies: a template, and where its sheet would stand in theme/static.
GENERATED = {"fields.css": "css/fields.css"}


def connect() -> None:
    """Connect the generator."""
    signals.get_generators.connect(_get_generator)


class AssetGenerator(Generator):  # type: ignore[misc]
    """Builds the assets before any page is written, since every page names them."""

    @cached_property
    def static(self) -> dict[str, bytes]:
        """Every file of theme/static, read once: the preview asks again after every change."""
        return read_static(Path(self.theme) / "static")

    def generate_context(self) -> None:
        # The preview has no memory.
        memory: Memory | None = self.context.get("memory")
        if memory is not None and memory.edited is not None:
            # Neither the theme nor a vocabulary has changed: the files are there, at the same addresses.
            self.assets = Assets({}, memory.assets)
        else:
            self.assets = self._build()
        if memory is not None:
            memory.assets = self.assets.paths
        self.context["asset"] = self._address

    def _build(self) -> Assets:
        static = dict(self.static)
        for template, name in GENERATED.items():
            static[name] = self.env.get_template(template).render(self.context).encode()
        return _build_assets(tuple(static.items()))

    def generate_output(self, writer: Writer) -> None:
        del writer
        if self.context["memory"].edited is not None:
            return
        for path, data in self.assets.files.items():
            target = Path(self.output_path) / ROOT.strip("/") / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        data = self.assets.files.get(path.removeprefix(ROOT.lstrip("/"))) if f"/{path}".startswith(ROOT) else None
        return None if data is None else lambda: data

    def _address(self, name: str) -> str:
        try:
            return self.assets.url(name)
        except LookupError as error:
            raise TemplateRuntimeError(f'asset("{name}"): không có tệp theme/static/{name}') from error


# The preview asks again after every change, and hardly ever is it one of these files.
@lru_cache(maxsize=1)
def _build_assets(static: tuple[tuple[str, bytes], ...]) -> Assets:
    return build_assets(dict(static))


def _get_generator(_: Any) -> type[Generator]:
    return AssetGenerator
