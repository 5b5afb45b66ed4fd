"""No number by which a person can be called or robbed, but the publisher's own and what a writer stands by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.content.page import Page
from plugins.content.story import Story
from plugins.language.privacy import find_numbers
from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate

_WHAT = {
    "số điện thoại": "số điện thoại riêng",
    "số giấy tờ": "số giấy tờ tùy thân",
    "số tài khoản": "số tài khoản",
}


def find_numbers_shown(candidate: Candidate) -> Iterator[Finding]:
    """Yield each number that is someone's own, with the page that shows it."""
    allowed = _find_allowed(candidate)
    for path, facts in candidate.files.items():
        for rule, number in facts.numbers:
            if _digits(number) not in allowed:
                fix = f"bỏ số ấy; được phép đăng thì ghi “Bỏ nhắc: {rule}” ở bài"
                yield Finding(page_url(path), f"có {_WHAT[rule]} “{number}”", fix)


def _find_allowed(candidate: Candidate) -> set[str]:
    """Return the numbers of the publisher, of its standing pages, and of stories whose writer turned the rule off."""
    publisher = candidate.edition.content.vocabulary.publisher
    allowed = {_digits(publisher.phone), *(_digits(number) for _, number in find_numbers(publisher.address))}
    allowed |= {_digits(number) for number in re.findall(r"[\d .()+-]{8,}", publisher.phone)}
    for source in candidate.edition.sources.values():
        facts = candidate.pages.get(source.url)
        if facts is None:
            continue
        if type(source) is Page:
            allowed |= {_digits(number) for _, number in facts.numbers}
        elif isinstance(source, Story):
            allowed |= {_digits(number) for rule, number in facts.numbers if rule in source.muted}
    return allowed


def _digits(number: str) -> str:
    """Return the digits of a number, as they are dialled at home."""
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:]}" if number.strip().startswith(("+84", "84")) and len(digits) == 11 else digits
