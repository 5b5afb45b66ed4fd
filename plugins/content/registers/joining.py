"""Merge the acts that registers and stories state, so that every page counts the same, and compare both. Pure.

Contradictions are errors, which keep the story out; information missing on one side is advice.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plugins.content.registers.act import PRAISES, Act, ActKind, split_by_day
from plugins.content.registers.registration import FILES_OF_ACTS, Register, Registration, State, code_year
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Year
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.sources.problem import Level, Problem, suggest
from plugins.vietnamese import fold, format_date

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


def is_of(one: Act, other: Act) -> bool:
    """Return whether two statements are about the same act: equal kind and, for praise, form and level."""
    # An equal form matches even if one calls it praise and the other an award.
    is_one_form = fold(one.form) == fold(other.form)
    is_one_kind = one.kind is other.kind or (one.form != "" and is_one_form and {one.kind, other.kind} <= {*PRAISES})
    is_one_level = one.level == other.level or "" in (one.level, other.level)
    return is_one_kind and is_one_level and (is_one_form or "" in (one.form, other.form))


def check_agreement(
    stories: Iterable[Story],
    registers: Mapping[int, Register],
    vocabulary: Vocabulary,
    day: date,
    unsound: Collection[int] = (),
    untold: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield problems between stories and their registrations.

    `unsound` are the years whose registers have errors; `untold` the codes of registrations that need no story.
    """
    registrations = {one.code: one for register in registers.values() for one in register.registrations}
    stories = list(stories)
    told: dict[str, Story] = {}
    for story in stories:
        code = story.registration
        if not code:
            continue
        if not story.is_exemplar:
            yield _at(story, "registration", "Tin thường mà khai Đăng ký", "thêm dòng Loại: …, hoặc xóa mục này")
        elif registration := registrations.get(code):
            if other := told.get(code):
                where = f"{other.path}:{other.lines.get('registration', 1)}"
                message = f"Đăng ký {code} đã được kể ở {where}, nên điển hình ấy bị đếm hai lần"
                fix = "giữ Loại và Đăng ký ở một bài; ở bài kia xóa cả hai mục để thành tin thường"
                yield _at(story, "registration", message, fix, Level.ADVICE)
            told.setdefault(code, story)
            yield from _compare_facts(story, registration, vocabulary)
            yield from _compare_acts(story, registration, is_whole=registration.year not in unsound)
        elif code_year(code) not in unsound:
            yield _report_unknown(story, registers)
    for registration in registrations.values():
        recognised = any(act.kind is ActKind.RECOGNITION and act.since <= day for act in registration.acts)
        if recognised and not registration.sample and registration.code not in (*told, *untold):
            message = f"{registration.code} đã được công nhận mà chưa có bài viết"
            fix = f"viết bài, ghi Đăng ký: {registration.code}; có bài rồi thì thêm mục ấy vào bài"
            yield Problem(*registration.where, message, fix, Level.ADVICE)


def check_days(stories: Iterable[Story], registers: Mapping[int, Register], day: date) -> Iterator[Problem]:
    """Yield advice about acts dated after the day, which are not counted: one problem per file."""
    acts = [(one.code, act) for register in registers.values() for one in register.registrations for act in one.acts]
    acts += [(act.title, act) for story in stories if not story.draft for act in stated_by(story)]
    ahead: dict[str, list[tuple[int, str]]] = {}
    for name, act in acts:
        if act.day and act.day > day:
            ahead.setdefault(act.where[0], []).append((act.where[1], name))
    for path, found in ahead.items():
        names = ", ".join(dict.fromkeys(name for _, name in sorted(found)))
        message = f"Việc có ngày còn ở phía trước (hôm nay là {format_date(day)}): {names}"
        yield Problem(path, min(found)[0], message, "chưa tới ngày ấy thì chưa tính; ghi nhầm thì sửa", Level.ADVICE)


def _compare_facts(story: Story, registration: Registration, vocabulary: Vocabulary) -> Iterator[Problem]:
    code, row = registration.code, _row(registration)
    fix = "sửa bài hoặc sổ cho khớp nhau"
    where = registration.commune
    # The office's own registrations have no commune.
    if story.commune and where and not vocabulary.are_one(story.commune, where):
        message = f"Bài ghi {story.commune.full_name}, còn {code} ở {row} ghi {where.full_name}"
        yield _at(story, "commune", message, fix)
    for attribute, noun in (("kind", "loại"), ("field", "lĩnh vực chính là")):
        ours, theirs = getattr(story, attribute), getattr(registration, attribute)
        if ours and ours != theirs:
            yield _at(story, attribute, f"Bài ghi {noun} {ours.name}, còn {code} ở {row} ghi {theirs.name}", fix)
    if "year" in story.lines and story.year.number != registration.year:
        message = f"Bài ghi Năm {story.year.number}, còn {code} thuộc sổ năm {registration.year}"
        yield _at(story, "year", message, "xóa mục Năm: bài có đăng ký thuộc năm của sổ; hoặc sửa mã Đăng ký")
    # Else a sample could add to a published registration.
    if story.sample != registration.sample:
        which = ("là bài mẫu", "không phải dòng mẫu") if story.sample else ("không phải bài mẫu", "là dòng mẫu")
        message = f"Bài {which[0]}, còn {code} ở {row} {which[1]}"
        yield _at(story, "registration", message, "ghi Mẫu: có ở cả bài và sổ, hoặc bỏ ở cả hai")


def _compare_acts(story: Story, registration: Registration, *, is_whole: bool) -> Iterator[Problem]:
    """Yield advice about acts of a story that the register states differently or, if it `is_whole`, lacks."""
    for act in stated_by(story):
        attribute = "recognition" if act.kind is ActKind.RECOGNITION else "commendations"
        alike = [row for row in registration.acts if is_of(act, row)]
        # A bare status of praise may stand for any praise.
        may_be = (row.is_bare and {act.kind, row.kind} <= {*PRAISES} for row in registration.acts)
        same_time = (act.year == row.year and (act.day == row.day or None in (act.day, row.day)) for row in alike)
        if any(may_be) or any(row.is_bare for row in alike) or any(same_time):
            continue
        if alike:
            says = f"Bài ghi {act.title}, còn {registration.code} ở {_row(alike[0])} ghi {alike[0].title}"
            fix = "sửa bài hoặc sổ cho khớp nhau; nếu là hai lần thì ghi cả hai vào sổ"
        elif not is_whole:
            continue
        else:
            says = f"Bài ghi {act.title}, còn {registration.code} ở {_row(registration)} chưa ghi việc ấy"
            fix = f"thêm một dòng vào {FILES_OF_ACTS.format(registration.year)}, hoặc sửa bài"
        yield _at(story, attribute, says, fix, Level.ADVICE)


def _report_unknown(story: Story, registers: Mapping[int, Register]) -> Problem:
    code, year = story.registration, code_year(story.registration)
    if year not in registers:
        fix = "đặt sổ vào đó, hoặc xóa mục này"
        return _at(story, "registration", f"Chưa có sổ đăng ký content/dang-ky/{year}.csv để tìm {code}", fix)
    fix = suggest(code, (one.code for one in registers[year].registrations), "sửa mã, hoặc thêm vào sổ")
    return _at(story, "registration", f"Không có {code} trong sổ đăng ký năm {year}", fix)


def _at(story: Story, attribute: str, message: str, fix: str, level: Level = Level.ERROR) -> Problem:
    return Problem(story.path, story.lines.get(attribute, 1), message, fix, level)


def _row(stated: Registration | Act) -> str:
    path, line = stated.where
    return f"{path}:{line}"
