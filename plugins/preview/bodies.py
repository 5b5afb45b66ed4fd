"""Rendered bodies, kept by their content: only what is edited is rendered again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.exemplars.body import BodyRenderer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.photos.photo import Photo


class KeptBodies(BodyRenderer):
    """Renders as its base does, each body once as long as its photos and what its links lead to are the same."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, frozenset[tuple[str, Photo]]], tuple[str, dict[str, str | None]]] = {}

    def render(self, body: str, photos: Mapping[str, Photo], link: Callable[[str], str | None]) -> str:
        key = body, frozenset(photos.items())
        html, links = self._kept.get(key, (None, {}))
        if html is None or any(link(target) != url for target, url in links.items()):
            links = {}

            def follow(target: str) -> str | None:
                links[target] = link(target)
                return links[target]

            html = super().render(body, photos, follow)
            self._kept[key] = html, links
        return html
