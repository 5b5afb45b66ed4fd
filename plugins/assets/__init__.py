"""Style, scripts, fonts and icons of theme/static, each at an address with a hash of its content.

Templates ask for an address by `asset("css/site.css")`. Files that belong to a story or a page are not assets.
"""

from collections.abc import Iterable
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plugins.content.addresses.sections import ASSETS_URL
from plugins.exemplars.hooks import Capability, File
from plugins.exemplars.hooks import register as register

if TYPE_CHECKING:
    from jinja2 import Environment

    from plugins.assets.bundle import Assets

# Assets rendered from the vocabularies: the template, and the path as if in theme/static.
_GENERATED = {"fields.css": "css/fields.css", "weave.svg": "weave.svg"}
# Under the project.
_KEPT_STYLE = ".cache/builds/style"


class AssetCapability(Capability):
    """Style, scripts, fonts and icons."""

    name = "assets"
    root = ASSETS_URL.lstrip("/")
    head = ("partials/looks.html",)

    def context(self) -> dict[str, Any]:
        from jinja2 import TemplateRuntimeError

        # Built now, so that a broken style sheet is reported before any page is made.
        assets = self._assets

        def address(name: str) -> str:
            try:
                return assets.url(name)
            except LookupError as error:
                raise TemplateRuntimeError(f'asset("{name}"): không có tệp theme/static/{name}') from error

        return {"asset": address}

    def files(self) -> Iterable[File]:
        return ((self.root + path, partial(bytes, data)) for path, data in self._assets.files.items())

    @cached_property
    def _assets(self) -> "Assets":
        from plugins.assets.bundle import read_static

        templates, context = self.site.templates, self.site.context
        if templates not in _static:
            _static[templates] = read_static(Path(context["THEME"]) / "static")
        generated = {name: templates.get_template(made).render(context).encode() for made, name in _GENERATED.items()}
        kept = None if context.get("ALONE") else self.site.edition.content.project / _KEPT_STYLE
        return _build_assets(tuple((_static[templates] | generated).items()), kept)


# The preview makes new templates whenever the theme changes, and its style sheets with them.
_static: "WeakKeyDictionary[Environment, dict[str, bytes]]" = WeakKeyDictionary()


# The preview builds again after every change, rarely of these files.
@lru_cache(maxsize=1)
def _build_assets(static: tuple[tuple[str, bytes], ...], kept: Path | None) -> "Assets":
    from plugins.assets.bundle import build_assets

    return build_assets(dict(static), kept)


def capability() -> type[Capability]:
    """Return the capability of this plugin."""
    return AssetCapability
