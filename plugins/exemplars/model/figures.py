"""Results of stories -> figures that can be added, and their totals: one a unit and a label. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.exemplars.model.quantity import Quantity, parse_quantity, sum_quantities
from plugins.vietnamese import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.content.stories.listed import Listed, Result

# What is given is a figure of its own in the line of those who give it: “46 hộ | hiến 1.850 m² đất”. Any other number
# in a label says how the first is meant (“nhận 5 kg mỗi tháng”, “trên 146 hộ dự họp”), and has no sum.
_GIVEN = re.compile(
    r"(?P<verb>hiến|góp|đóng góp|quyên góp|ủng hộ) (?P<quantity>\d[\d.,]* ?(?:tỷ|triệu|nghìn|ngàn) đồng|\d[\d.,]* ?\S+)"
    r"(?P<rest>[^\d,;]*)"
)
_RATE = re.compile(r"\b(mỗi|một|từng)\b|/", re.IGNORECASE)
# Two means make no sum, nor do two shares, nor what each of some got: “mỗi người được chia”. What comes with time does:
# “rác giảm mỗi tháng”.
_NO_SUM = re.compile(
    r"\b(bình quân|trung bình|tỷ lệ|tỉ lệ)\b"
    r"|\b(mỗi|từng) (?!(bữa|buổi|ngày|đêm|tuần|tháng|quý|năm|vụ|mùa|đợt|lần|kỳ|sáng|trưa|chiều|tối)\b)|/",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A quantity of what the label says, in one story."""

    quantity: Quantity
    label: str
    story: Listed


@dataclass(frozen=True)
class Total:
    """The sum of all figures of one measure and one label, and those figures, in the order of their stories."""

    quantity: Quantity
    label: str
    figures: tuple[Figure, ...]

    @property
    def is_sum(self) -> bool:
        """Tell whether anything was added: a single figure is no total of anything."""
        return len(self.figures) > 1


def read_figures(result: Result, story: Listed) -> tuple[Figure, ...]:
    """Return the figures of one line of results: none when its quantity is no exact number, two when it is a gift."""
    quantity = parse_quantity(result.quantity)
    if quantity is None:
        return ()
    if given := _GIVEN.fullmatch(result.label):
        gift = parse_quantity(given["quantity"])
        if gift and not _RATE.search(given["rest"]):
            label = f"{given['verb']} {given['rest'].strip()}".strip()
            return Figure(quantity, label, story), Figure(gift, label, story)
    return (Figure(quantity, result.label, story),)


def add_up(stories: Iterable[Listed]) -> tuple[Total, ...]:
    """Return the totals of all figures of the stories, by label in Vietnamese order, then by unit.

    Labels are one when a Vietnamese dictionary would file them at one place: case, punctuation and hòa/hoà aside.
    """
    groups: dict[Any, list[Figure]] = {}
    for story in stories:
        for result in story.results:
            for figure in read_figures(result, story):
                key = sort_key(figure.label)[0], figure.quantity.measure
                # What has no sum stays apart, each a total of its own.
                is_added = figure.quantity.adds_up and not _NO_SUM.search(figure.label)
                groups.setdefault(key if is_added else id(figure), []).append(figure)
    totals = [
        Total(sum_quantities(figure.quantity for figure in figures), figures[0].label, tuple(figures))
        for figures in groups.values()
    ]
    return tuple(sorted(totals, key=lambda total: (sort_key(total.label), sort_key(total.quantity.unit))))


def find_unread(stories: Iterable[Listed]) -> tuple[tuple[Listed, Result], ...]:
    """Return the results that give a quantity which is no exact number, with their stories: they are in no total."""
    return tuple(
        (story, result)
        for story in stories
        for result in story.results
        if result.quantity and not read_figures(result, story)
    )
