"""Merge the acts that registers and stories state, so that every page and report counts the same. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plugins.content.registers.act import PRAISES, Act, ActKind, split_by_day
from plugins.content.registers.registration import Register, Registration, State, code_year
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Year
from plugins.vietnamese import fold

Acts = tuple[Act, ...]
_ENDS = {ActKind.COMPLETION: State.COMPLETED, ActKind.STOP: State.STOPPED}


def join_facts(
    registers: Mapping[int, Register], stories: Sequence[Story], day: date
) -> tuple[dict[int, Register], list[Story]]:
    """Return registers and stories as of a day, both with the merged acts.

    Later registrations are left out. A story with a registration takes the year of its register.
    """
    shown = [story for story in stories if not story.draft]
    copied = _find_copies(shown)
    told: dict[str, list[Story]] = {}
    for story in shown:
        if story.registration and story.is_exemplar:
            told.setdefault(story.registration, []).append(story)
    joined: dict[int, Register] = {}
    for year, register in registers.items():
        begun = (one for one in register.registrations if one.registered_on <= day)
        joined[year] = Register(year, tuple(_join(one, told.get(one.code, []), copied, day) for one in begun))
    by_code = {one.code: one for register in joined.values() for one in register.registrations}
    return joined, [_join_story(story, by_code.get(story.registration), copied, day) for story in stories]


def _join(registration: Registration, stories: Sequence[Story], copied: Mapping[str, Acts], day: date) -> Registration:
    rows = registration.acts
    for story in stories:
        # Acts stated by both are taken from the register.
        told = (act for act in stated_by(story) if not any(is_of(act, row) for row in rows))
        rows = (*rows, *told, *copied.get(story.slug, ()))
    acts, undated = split_by_day(tuple(_without_repeats(rows)), day)
    state = registration.state
    if ends := [act for act in rows if act.kind in _ENDS]:
        happened = [act for act in acts if act.kind in _ENDS]
        state = _ENDS[happened[-1].kind] if happened else State.UNDER_WAY
        undated = tuple(act for act in undated if act not in ends)
    return replace(registration, state=state, acts=acts, undated=undated)


def _without_repeats(acts: Acts) -> Iterator[Act]:
    """Yield the acts; bare ones only if no other act of their kind is known."""
    told: set[ActKind] = set()
    for act in sorted(acts, key=lambda act: act.is_bare):
        if not (act.is_bare and act.kind in told):
            yield act
            told.update(PRAISES if act.kind in PRAISES else (act.kind,))


def _join_story(story: Story, registration: Registration | None, copied: Mapping[str, Acts], day: date) -> Story:
    if registration and not story.draft:
        acts, undated = registration.acts, registration.undated
    else:
        acts, undated = split_by_day((*stated_by(story), *copied.get(story.slug, ())), day)
    year = Year(code_year(story.registration)) if story.registration else story.year
    is_joined = (acts, undated, year) == (story.acts, story.undated, story.year)
    return story if is_joined else replace(story, acts=acts, undated=undated, year=year)


def _find_copies(stories: Sequence[Story]) -> dict[str, Acts]:
    """Return the replication acts by the slug of the origin, one for each story that replicates it."""
    found: dict[str, Acts] = {}
    for story in stories:
        if story.replicates:
            receiver = f"{story.name} ({story.commune.full_name})" if story.commune else story.name
            where = story.path, story.lines.get("replicates", 1)
            kind, day = ActKind.REPLICATION, story.date
            act = Act(kind, day, day.year, where, receiver=receiver, sample=story.sample)
            found[story.replicates] = (*found.get(story.replicates, ()), act)
    return found


def stated_by(story: Story) -> Acts:
    """Return the acts that a story itself states: recognition, praise and awards."""
    return tuple(
        replace(act, where=(story.path, story.lines.get(attribute, 1)), sample=story.sample)
        for attribute, acts in (("recognition", story.recognition), ("commendations", story.commendations))
        for act in acts
    )


def is_same_time(one: Act, other: Act) -> bool:
    """Return whether the times of two statements of an act agree."""
    return one.year == other.year and (one.day == other.day or None in (one.day, other.day))


def is_of(one: Act, other: Act) -> bool:
    """Return whether two statements are about the same act: equal kind and, for praise, form and level.

    An equal form matches even if one calls it praise and the other an award.
    """
    is_one_form = one.form != "" and fold(one.form) == fold(other.form)
    return (
        (one.kind is other.kind or (is_one_form and one.kind in PRAISES and other.kind in PRAISES))
        and (not one.form or not other.form or fold(one.form) == fold(other.form))
        and (not one.level or not other.level or one.level == other.level)
    )
