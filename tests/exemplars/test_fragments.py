"""Memoised partials: rendered once for each set of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from plugins.exemplars.pages.renderer import Fragments

if TYPE_CHECKING:
    from tests.conftest import Project


@pytest.fixture
def rendered() -> list[str]:
    """Values rendered by the templates, in order."""
    return []


@pytest.fixture
def fragments(rendered: list[str]) -> Fragments:
    def note(text: str) -> str:
        rendered.append(text)
        return text

    templates = {
        "filed.html": "<p>{{ note(site ~ (field or '') ~ (commune or '')) }}</p>",
        "partials/card.html": "<li>{{ note(story.title) }}</li>\n",
    }
    environment = Environment(loader=DictLoader(templates), autoescape=True)
    return Fragments(environment, {"site": "A & B ", "note": note})


def test_a_part_is_rendered_once_for_each_set_of_values(fragments: Fragments, rendered: list[str]) -> None:
    first = fragments.fragment("filed.html", field="Kinh tế")
    assert first == "<p>A &amp; B Kinh tế</p>"
    assert fragments.fragment("filed.html", field="Kinh tế") is first
    assert fragments.fragment("filed.html", field="Văn hóa") == "<p>A &amp; B Văn hóa</p>"
    # The same value by another name is another thing.
    assert fragments.fragment("filed.html", commune="Kinh tế") == "<p>A &amp; B Kinh tế</p>"
    assert fragments.fragment("filed.html", field="", commune="Kinh tế") == "<p>A &amp; B Kinh tế</p>"
    assert len(rendered) == 4


def test_fragments_are_not_escaped_twice(fragments: Fragments) -> None:
    page = Environment(autoescape=True).from_string("{{ fragment('filed.html') }}")
    assert page.render(fragment=fragments.fragment) == "<p>A &amp; B </p>"


def test_cards_stand_a_line_each_in_the_order_given(
    fragments: Fragments, rendered: list[str], district: Project
) -> None:
    by_slug = district.edition().index.by_slug
    kenh, tin = by_slug["kenh"], by_slug["tin"]
    assert fragments.cards([tin, kenh]) == f"<li>{tin.title}</li>\n<li>{kenh.title}</li>"
    assert fragments.cards([kenh]) == f"<li>{kenh.title}</li>"
    assert fragments.cards([]) == ""
    assert rendered == [tin.title, kenh.title]
