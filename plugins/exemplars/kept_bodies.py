"""Rendered bodies, kept by their content: only what is edited is rendered again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.markdown.body import BodyRenderer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.photos.photo import Photo

# The HTML, and where each link of the body led.
Rendered = tuple[str, dict[str, str | None]]


class KeptBodies(BodyRenderer):
    """Renders as its base does, each body once as long as its photos and what its links lead to are the same."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, frozenset[tuple[str, Photo]]], Rendered] = {}

    def __getstate__(self) -> object:
        return self._kept

    def __setstate__(self, kept: object) -> None:
        self.__init__()  # type: ignore[misc]
        self._kept = kept  # type: ignore[assignment]

    def render(self, body: str, photos: Mapping[str, Photo], link: Callable[[str], str | None]) -> str:
        rendered = self.find(body, photos, link)
        if rendered is None:
            rendered = self.render_anew(body, photos, link)
            self.keep(body, photos, rendered)
        return rendered[0]

    def find(self, body: str, photos: Mapping[str, Photo], link: Callable[[str], str | None]) -> Rendered | None:
        """Return what is kept of a body; None when there is nothing that still holds."""
        rendered = self._kept.get((body, frozenset(photos.items())))
        if rendered is None or any(link(target) != url for target, url in rendered[1].items()):
            return None
        return rendered

    def keep(self, body: str, photos: Mapping[str, Photo], rendered: Rendered) -> None:
        """Keep what `render_anew` gave for a body."""
        self._kept[body, frozenset(photos.items())] = rendered

    def render_anew(self, body: str, photos: Mapping[str, Photo], link: Callable[[str], str | None]) -> Rendered:
        """Return the HTML of a body, and where each of its links leads, without keeping it."""
        links: dict[str, str | None] = {}

        def follow(target: str) -> str | None:
            links[target] = link(target)
            return links[target]

        return super().render(body, photos, follow), links
