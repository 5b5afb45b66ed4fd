"""The theme as it was last sound, rendering pages of the site."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from plugins.content.content import Content
from plugins.exemplars.model.edition import Edition
from plugins.preview.live.faults import explain_exception

if TYPE_CHECKING:
    from plugins.exemplars.door.on_demand import OnDemand
    from plugins.sources.problem import Problem

STYLE = "css/site.css"
PICTURES = (".webp", ".jpg", ".png")


class Theme:
    """Templates and assets that render pages; `faults` are those of the theme on the disk."""

    def __init__(self, project: Path, templates: BytecodeCache) -> None:
        self._project, self._templates = project, templates
        self.faults: tuple[Problem, ...] = ()
        self._is_read = False
        self._renderer: OnDemand | None = None
        # Renders text that is not saved.
        self._trial: OnDemand | None = None

    def forget(self) -> None:
        """Read the theme again when content is opened next."""
        self._is_read = False

    def open(self, content: Content) -> Edition | None:
        """Return the edition of some content, whose pages can then be found; None while no theme was ever sound."""
        # Imported here, as only Pelican's own package may need Pelican to be imported.
        from plugins.exemplars.door.on_demand import OnDemand

        if not self._is_read:
            self._is_read, self._trial = True, None
            try:
                renderer = OnDemand(self._project, self._templates)
                self.faults = tuple(explain_exception(error, self._project) for error in renderer.compile_templates())
                if not self.faults:
                    edition = renderer.open(content)
                    self._renderer = renderer
                    return edition
            except Exception as error:  # noqa: BLE001 - shown as a problem; the last sound theme stays
                self.faults = (explain_exception(error, self._project),)
        return self._renderer.open(content) if self._renderer else None

    @property
    def style(self) -> str:
        """The address of the style sheet; "" while no page can be rendered."""
        return self._renderer.asset(STYLE) if self._renderer else ""

    def find(self, path: str) -> Callable[[], bytes] | None:
        """Return a function that renders a file of the site; None when there is no such file."""
        render = self._renderer.find(path) if self._renderer else None
        if render is None and self._trial and path.endswith(PICTURES):
            # A photo of a story that is not saved.
            return self._trial.find(path)
        return render

    def try_out(self, content: Content, path: str) -> bytes:
        """Return a page of content that is not saved; b"" when it has no such page."""
        from plugins.exemplars.door.on_demand import OnDemand

        self._trial = self._trial or OnDemand(self._project)
        self._trial.open(content)
        render = self._trial.find(path)
        return render() if render else b""
