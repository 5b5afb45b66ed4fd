"""The HTML of each body of an edition. Others begin to render them at once; what was kept is not rendered again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from plugins.exemplars.kept_bodies import KeptBodies, Rendered
from plugins.teamwork import Team

if TYPE_CHECKING:
    from plugins.content.library import Source
    from plugins.content.page import Page
    from plugins.exemplars.edition import Edition


class Bodies:
    """`renderer` keeps what is shown now and nothing else."""

    def __init__(self, edition: Edition, before: KeptBodies, *, alone: bool = False) -> None:
        self._edition, self.renderer = edition, KeptBodies()
        found = ((path, before.find(*edition.body(source))) for path, source in edition.sources.items())
        self._kept = {path: rendered for path, rendered in found if rendered}
        missing = [source for path, source in edition.sources.items() if path not in self._kept]
        self._missing = [source.path for source in missing]
        self._team = Team(missing, self._render, "Dựng bài", alone=alone).start()

    def html(self, source: Source | Page) -> str:
        """Return the HTML of a body."""
        if source.path in self._edition.sources:
            return self._html[source.path]
        return self._edition.render(source, self.renderer)

    def finish(self) -> None:
        """Wait for what others render."""
        self._html  # noqa: B018

    @cached_property
    def _html(self) -> dict[str, str]:
        rendered = self._kept | dict(zip(self._missing, self._team.finish(), strict=True))
        for path, body in rendered.items():
            self.renderer.keep(*self._edition.body(self._edition.sources[path])[:2], body)
        return {path: self._edition.mend(body[0]) for path, body in rendered.items()}

    def _render(self, source: Source) -> Rendered:
        return self.renderer.render_anew(*self._edition.body(source))
