"""Parts of pages that look the same wherever they stand, such as a header or a card: rendered once a build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from plugins.content.story import Story


class Fragments:
    """Renders a partial once for each set of values. It may read these, and what is the same for every page."""

    def __init__(self, environment: Environment, context: dict[str, Any]) -> None:
        self._environment, self._context = environment, context
        self._fragments: dict[tuple[Any, ...], Markup] = {}
        self._cards: dict[Story, str] = {}

    def fragment(self, template: str, **values: Any) -> Markup:
        """Return the partial as these values make it; they are hashable."""
        key = (template, *values, *values.values())
        if key not in self._fragments:
            # The template escapes what it prints.
            self._fragments[key] = Markup(self._render(template, values))  # noqa: S704
        return self._fragments[key]

    def cards(self, stories: Iterable[Story]) -> Markup:
        """Return the cards of these stories, each on a line of its own."""
        return Markup("\n".join(map(self._card, stories)))  # noqa: S704

    def _card(self, story: Story) -> str:
        if story not in self._cards:
            self._cards[story] = self._render("partials/card.html", {"story": story})
        return self._cards[story]

    def _render(self, template: str, values: dict[str, Any]) -> str:
        return self._environment.get_template(template).render(self._context, **values)
