"""Results of stories -> figures that can be added, and their totals: one a unit and a label. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plugins.content.stories.listed import Listed, Result
from plugins.exemplars.model.quantity import Quantity, parse_quantity, sum_quantities
from plugins.vietnamese import sort_key

# A gift is a second figure in the line of its givers: “46 hộ | hiến 1.850 m² đất”. Any other number in a label explains
# the first (“nhận 5 kg mỗi tháng”, “trên 146 hộ dự họp”), and is not added.
_GIVEN = re.compile(
    r"(?P<verb>hiến|góp|đóng góp|quyên góp|ủng hộ) (?P<quantity>\d[\d.,]* ?(?:tỷ|triệu|nghìn|ngàn) đồng|\d[\d.,]* ?\S+)"
    r"(?P<rest>[^\d,;]*)"
)
_RATE = re.compile(r"\b(mỗi|một|từng)\b|/", re.IGNORECASE)
# Means, shares and portions (“mỗi người được chia”) are not added; amounts per time are:
# “rác giảm mỗi tháng”.
_NO_SUM = re.compile(
    r"\b(bình quân|trung bình|tỷ lệ|tỉ lệ)\b"
    r"|\b(mỗi|từng) (?!(bữa|buổi|ngày|đêm|tuần|tháng|quý|năm|vụ|mùa|đợt|lần|kỳ|sáng|trưa|chiều|tối)\b)|/",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A quantity with its label, in one story."""

    quantity: Quantity
    label: str
    story: Listed


@dataclass(frozen=True)
class Total:
    """The sum of all figures of one measure and label, with those figures in the order of their stories."""

    quantity: Quantity
    label: str
    figures: tuple[Figure, ...]

    @property
    def is_sum(self) -> bool:
        """Tell whether there are several figures."""
        return len(self.figures) > 1


def read_figures(result: Result, story: Listed) -> tuple[Figure, ...]:
    """Return the figures of one result: none when its quantity is not an exact number, two for a gift."""
    if (quantity := parse_quantity(result.quantity)) is None:
        return ()
    if given := _GIVEN.fullmatch(result.label):
        gift = parse_quantity(given["quantity"])
        if gift and not _RATE.search(given["rest"]):
            label = f"{given['verb']} {given['rest'].strip()}".strip()
            return Figure(quantity, label, story), Figure(gift, label, story)
    return (Figure(quantity, result.label, story),)


def add_up(stories: Iterable[Listed]) -> tuple[Total, ...]:
    """Return the totals of all figures of the stories, by label in Vietnamese order, then by unit.

    Labels are the same if they differ only in case, punctuation or the spelling of tones (hòa, hoà).
    """
    groups: dict[Any, list[Figure]] = {}
    for story in stories:
        for result in story.results:
            for figure in read_figures(result, story):
                key = sort_key(figure.label)[0], figure.quantity.measure
                # A figure that cannot be added is a total of its own.
                is_added = figure.quantity.adds_up and not _NO_SUM.search(figure.label)
                groups.setdefault(key if is_added else id(figure), []).append(figure)
    totals = [
        Total(sum_quantities(figure.quantity for figure in figures), figures[0].label, tuple(figures))
        for figures in groups.values()
    ]
    return tuple(sorted(totals, key=lambda total: (sort_key(total.label), sort_key(total.quantity.unit))))


def find_unread(stories: Iterable[Listed]) -> tuple[tuple[Listed, Result], ...]:
    """Return the results whose quantity is not an exact number, with their stories: they are in no total."""
    return tuple(
        (story, result)
        for story in stories
        for result in story.results
        if result.quantity and not read_figures(result, story)
    )
