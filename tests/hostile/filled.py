"""Templates that somebody broke or wrote to harm: each is refused in a sentence, or filled and opens again."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from plugins.letters.fields import MergeValues
from plugins.letters.filling import fill, find_faults
from plugins.letters.kinds import EVERY_FIELDS, KINDS
from plugins.letters.template import open_template
from plugins.sources.problem import Invalid, Problem
from tests.hostile.mutation import mutate_package
from tests.letters.documents import runs, with_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def prepare(_: Path, check_problems: Callable[[Iterable[Problem]], None]) -> Callable[[int], None]:
    """Ready the first templates. Returns the trial of one input."""
    whole = with_body("".join(runs(f"«{name}» [[{name}]]") for name in KINDS[0].fields.names))
    seeds = [(kind, kind.make_starter()) for kind in KINDS] + [(KINDS[0], whole)]

    def try_one(number: int) -> None:
        random = Random(f"templates {number}")
        kind, data = random.choice(seeds)
        mutated = mutate_package(random, data)
        try:
            template = open_template(mutated)
            faults = find_faults(template, kind.fields, EVERY_FIELDS)
            check_problems(Problem("content/mau/a.docx", 1, *fault) for fault in faults)
            if not faults:
                rows = {
                    one.name: [dict.fromkeys((f.name for f in one.columns), "một")] * 3 for one in kind.fields.lists
                }
                fill(template, kind.fields, MergeValues(dict.fromkeys(kind.fields.names, "hai\nba"), rows), "MẪU")
                open_template(template.save())
        except Invalid as invalid:
            check_problems([Problem("content/mau/a.docx", 1, invalid.message, invalid.fix)])

    return try_one
