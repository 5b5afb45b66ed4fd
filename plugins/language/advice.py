"""Every rule of language by its name, and what they all say of one story. Advice: it never keeps a story out."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Rule:
    """One rule: the name by which a story turns it off, and what it has to say of a draft."""

    name: str
    advise: Callable[[Draft], Iterator[Advice]]


RULES = (
    Rule("tiêu đề dài", writing.long_title),
    Rule("tóm tắt", writing.lead),
    Rule("đoạn dài", writing.wall_of_text),
    Rule("kiểu bỏ dấu", writing.mixed_tones),
    Rule("dấu cách", writing.spaces),
    Rule("dấu câu", writing.space_before_mark),
    Rule("dấu nháy", writing.straight_quotes),
    Rule("chữ hoa", writing.capitals),
    Rule("ngày tháng", writing.dates),
    Rule("con số", writing.numbers),
    Rule("số điện thoại", privacy.phone),
    Rule("số giấy tờ", privacy.identity),
    Rule("số tài khoản", privacy.account),
    Rule("dữ liệu nhạy cảm", privacy.sensitive),
    Rule("tên trẻ em", privacy.child),
    Rule("người chụp", privacy.photo_credit),
)
_RULE = values.choice("Lời nhắc", {rule.name: rule.name for rule in RULES} | {EVERYTHING: EVERYTHING})


def parse_muted(value: Value) -> frozenset[str]:
    """Read the names of the rules that a story does without, in a list or with commas; “tất cả” is all of them."""
    names = [name.strip() for line in values.texts(value) for name in re.split("[,;]", line)]
    muted = frozenset(_RULE(name) for name in names if name)
    return frozenset(rule.name for rule in RULES) if EVERYTHING in muted else muted


def advise(matter: FrontMatter, body: Body, record: Record, prose: Container[str]) -> list[Problem]:
    """Return what the rules that are on say of a story, sound or not; at most a few of each rule.

    `prose` are the keys that hold sentences or names.
    """
    muted = record.get("muted", frozenset())
    if len(muted) == len(RULES):
        return []
    draft = build_draft(matter, body, record, prose)
    problems: list[Problem] = []
    for rule in RULES:
        if rule.name in muted:
            continue
        said = sorted(islice(rule.advise(draft), _MOST_LOOKED_FOR), key=lambda advice: advice.line)
        if not said:
            continue
        rest = f"{'hơn ' if len(said) == _MOST_LOOKED_FOR else ''}{len(said) - MOST_OF_A_RULE}"
        for number, advice in enumerate(said[:MOST_OF_A_RULE], 1):
            more = f" (bài còn {rest} chỗ như thế)" if number == MOST_OF_A_RULE < len(said) else ""
            message = f"Nên xem lại ({rule.name}): {advice.message}"
            problems.append(Problem(record.path, advice.line, message, f"{advice.fix}{more}", Level.ADVICE))
    return problems
