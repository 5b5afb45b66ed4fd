"""Every rule of language by its name, and what they all say of one story. Advice: it never keeps a story out."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from plugins.language import privacy, writing
from plugins.language.draft import build_draft
from plugins.sources import values
from plugins.sources.problem import Level, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from plugins.language.draft import Advice, Draft
    from plugins.markdown.body import Body
    from plugins.sources.front_matter import FrontMatter
    from plugins.sources.schema import Record, Value

# Of one rule in one story: whoever has mended these finds the rest by looking.
MOST_OF_A_RULE = 3
_MOST_LOOKED_FOR = 100
EVERYTHING = "tất cả"

# By the name by which a story turns it off: what each has to say of a draft.
RULES: dict[str, Callable[[Draft], Iterator[Advice]]] = {
    "tiêu đề dài": writing.long_title,
    "tóm tắt": writing.lead,
    "đoạn dài": writing.wall_of_text,
    "kiểu bỏ dấu": writing.mixed_tones,
    "dấu cách": writing.spaces,
    "dấu câu": writing.space_before_mark,
    "dấu nháy": writing.straight_quotes,
    "chữ hoa": writing.capitals,
    "ngày tháng": writing.dates,
    "con số": writing.numbers,
    "số điện thoại": privacy.phone,
    "số giấy tờ": privacy.identity,
    "số tài khoản": privacy.account,
    "dữ liệu nhạy cảm": privacy.sensitive,
    "tên trẻ em": privacy.child,
    "người chụp": privacy.photo_credit,
}
_RULE = values.choice("Lời nhắc", {name: name for name in (*RULES, EVERYTHING)})


def parse_muted(value: Value) -> frozenset[str]:
    """Read the names of the rules that a story does without, in a list or with commas; “tất cả” is all of them."""
    names = [name.strip() for line in values.texts(value) for name in re.split("[,;]", line)]
    muted = frozenset(_RULE(name) for name in names if name)
    return frozenset(RULES) if EVERYTHING in muted else muted


def advise(matter: FrontMatter, body: Body, record: Record, prose: Container[str]) -> list[Problem]:
    """Return what the rules that are on say of a story, sound or not; at most a few of each rule.

    `prose` are the keys that hold sentences or names.
    """
    muted = record.get("muted", frozenset())
    if len(muted) == len(RULES):
        return []
    draft = build_draft(matter, body, record, prose)
    problems: list[Problem] = []
    for name, rule in RULES.items():
        if name in muted:
            continue
        said = sorted(islice(rule(draft), _MOST_LOOKED_FOR), key=lambda advice: advice.line)
        if not said:
            continue
        rest = f"{'hơn ' if len(said) == _MOST_LOOKED_FOR else ''}{len(said) - MOST_OF_A_RULE}"
        for number, advice in enumerate(said[:MOST_OF_A_RULE], 1):
            more = f" (bài còn {rest} chỗ như thế)" if number == MOST_OF_A_RULE < len(said) else ""
            message = f"Nên xem lại ({name}): {advice.message}"
            problems.append(Problem(record.path, advice.line, message, f"{advice.fix}{more}", Level.ADVICE))
    return problems
