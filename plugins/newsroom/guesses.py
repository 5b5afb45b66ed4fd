"""Guesses for the keys of a story from its text. Each says where it was seen; nothing is invented."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plugins.content.territory.kinds import Tier
from plugins.content.vocabulary.terms import COLLECTIVE, INDIVIDUAL, MODEL, Commune, Field
from plugins.content.vocabulary.vocabulary import Vocabulary, spellings
from plugins.newsroom.heads import Role, read_byline, read_lines
from plugins.newsroom.scaffold import read_commune
from plugins.newsroom.titles import find_title
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import agrees, fold, format_date, squash
from plugins.word.blocks import Block

_DATE = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s*(?:/|\.|-|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|\.|-|,?\s+năm\s+)\s*(\d{4})(?!\d)"
)
_WRITER = re.compile(r"nguoi viet(?: bai| tin| thu| bao cao)?|tac gia")
_PERSON = re.compile(r"(ông|bà|anh|chị|cô|chú|bác|già làng|thầy|nghệ nhân|cựu chiến binh)\s+(?=\w)", re.IGNORECASE)
_GROUP = re.compile(r"^(ban|chi hội|chi bộ|chi đoàn|hội|tổ|nhóm|câu lạc bộ|hợp tác xã)\b", re.IGNORECASE)
# Words common to all fields: people, places and function words. “cán bộ” four times means nothing.
_EVERYWHERE_WORDS = """
can bo ba con thon buon bon to dan pho mat tran doan the chi thanh nien xay dung tu va nhung giup ngay cung nhau viec
gin kheo len cho
"""
_EVERYWHERE = frozenset(_EVERYWHERE_WORDS.split())
_FEWEST_WORDS = 3  # of 52 filed stories, 7 are guessed correctly and none wrongly; with 2 words it is 8 and 1


@dataclass(frozen=True)
class Guess:
    """A value for a key as a story writes it, and in words for the writer where it was seen."""

    value: str
    seen: str


def guess_title(blocks: Sequence[Block]) -> tuple[Guess | None, Sequence[Block]]:
    """Return the title, and the remaining blocks for the body."""
    title = find_title(blocks)
    return (Guess(title.text, title.seen), title.rest) if title else (None, blocks)


def guess_date(blocks: Sequence[Block], today: date) -> Guess | None:
    """Return the day of the dateline, else the latest past day in the text; None without one."""
    for line in read_lines(blocks):
        if line.role is Role.DAY and (day := next(_days(line.text), None)):
            return Guess(format_date(day), "dòng ghi nơi và ngày viết")
    past = [day for block in blocks for day in _days(block.text) if day <= today]
    seen = "ngày muộn nhất được nhắc trong bài; ngày đăng có thể khác"
    return Guess(format_date(max(past)), seen) if past else None


def _days(text: str) -> Iterator[date]:
    for match in _DATE.finditer(text):
        with suppress(Invalid):
            yield values.day("/".join(match.groups()))


def guess_commune(blocks: Sequence[Block], title: str, vocabulary: Vocabulary, day: date | None) -> Guess | None:
    """Return the commune named in the title, else the one named most; None if only mentioned once by bare name."""
    text = "\n".join([title, *(block.text for block in blocks)])
    # Folded letter by letter, and the offset in the text of each; fold() drops spaces at the ends: here, every space.
    letters = [" " if letter.isspace() else fold(letter) for letter in text]
    folded, offsets = "".join(letters), [at for at, plain in enumerate(letters) for _ in plain]
    counts: dict[str, tuple[int, int]] = {}
    for commune in vocabulary.communes:
        if day is None or commune.since is None or commune.since <= day:
            places = _mentions(text, folded, offsets, commune)
            # “xã Đồng Xuân” means the commune; the bare name may be that of a road, a market, a district.
            full = sum(fold(text[max(0, at - 12) : at]).endswith(fold(commune.type)) for at in places)
            full = len(places) if commune.kind.tier is Tier.HAMLET else full
            in_title = sum(at < len(title) for at in places)
            if full or in_title or len(places) > 1:
                counts[commune.written] = -(len(places) + full + 5 * in_title), places[0]
    if not counts:
        return None
    name = min(counts, key=lambda name: counts[name])
    others = [other for other in counts if other != name]
    seen = f"nơi được nhắc nhiều nhất; bài còn nhắc {', '.join(others)}" if others else "nơi được nhắc trong bài"
    return Guess(read_commune(vocabulary, name, day) if day else name, seen)


def _mentions(text: str, folded: str, offsets: Sequence[int], commune: Commune) -> list[int]:
    """Return the offsets at which a commune is named, without districts of the same name."""
    found: set[int] = set()
    is_hamlet = commune.kind.tier is Tier.HAMLET
    names = [f"{commune.type} {name}" if is_hamlet else name for name in (commune.name, *commune.aliases)]
    for spelling in {fold(name) for name in names}:
        for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", folded):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            before = fold(text[max(0, start - 12) : start])
            written = text[start:end]
            is_named = (is_hamlet or written[:1].isupper()) and any(agrees(written, name) for name in names)
            if is_named and not before.endswith("huyen"):
                found.add(start)
    return sorted(found)


def guess_field(blocks: Sequence[Block], vocabulary: Vocabulary) -> Guess | None:
    """Return the field that the text states, else the one whose description has clearly most in common with it."""
    if stated := _stated(blocks, "lĩnh vực"):
        for field in vocabulary.fields:
            if any(agrees(stated, name) for name in spellings(field)):
                return Guess(field.name, "bài ghi rõ lĩnh vực")
    words = re.findall(r"\w+", fold(" ".join(block.text for block in blocks)))
    # Every story has a “nhà văn hóa”.
    text = f" {' '.join(words)} ".replace(" nha van hoa ", " ")
    pairs = {field: _pairs(field) for field in vocabulary.fields}
    scores: list[tuple[int, Field]] = []
    for field, known in pairs.items():
        own = known.difference(*(theirs for other, theirs in pairs.items() if other is not field))
        scores.append((len(re.findall(rf"(?<= )(?:{'|'.join(sorted(own))})(?= )", text)) if own else 0, field))
    scores.sort(key=lambda score: -score[0])
    if not scores or scores[0][0] < _FEWEST_WORDS or (len(scores) > 1 and scores[0][0] < 3 * scores[1][0]):
        return None
    return Guess(scores[0][1].name, f"bài có {scores[0][0]} chỗ dùng từ của lĩnh vực này trong danh mục")


def _pairs(field: Field) -> set[str]:
    """Return the distinctive pairs of neighbouring words, folded, in a field's description in the vocabulary."""
    phrases = re.split(r"[,;.–]", " , ".join((field.description, *spellings(field)[1:])))
    pairs = {pair for phrase in phrases for pair in pairwise(fold(phrase).split())}
    return {" ".join(pair) for pair in pairs if not _EVERYWHERE.intersection(pair)}


def guess_kind(blocks: Sequence[Block], title: str) -> Guess | None:
    """Return the kind that the text states or the title suggests."""
    if stated := _stated(blocks, "loại|loại hình|hình thức"):
        for kind in (COLLECTIVE, INDIVIDUAL, MODEL):
            if squash(stated).startswith(squash(kind.name)):
                return Guess(kind.name, "bài ghi rõ loại")
    if re.search(r"\bmô hình\b", title, re.IGNORECASE):
        return Guess(MODEL.name, "tiêu đề nói tới mô hình")
    if (person := _PERSON.match(title)) and title[person.end()].isupper():
        return Guess(INDIVIDUAL.name, "tiêu đề mở đầu bằng tên người; bài về cá nhân phải có số phiếu ở mục Đồng ý")
    if _GROUP.match(title):
        return Guess(COLLECTIVE.name, "tiêu đề mở đầu bằng tên tập thể")
    return None


def guess_author(blocks: Sequence[Block]) -> Guess | None:
    """Return the author: from a byline, or a name alone at the end that does not sign for an office."""
    lines = read_lines(blocks)
    for line in [*lines[-8:][::-1], *lines[:15]]:
        if name := read_byline(line.text):
            return Guess(name, "dòng ghi người viết")
    end = [line for line in lines[-6:] if line.role is not Role.RULE]
    if len(lines) < 3 or not end or end[-1].role is not Role.PERSON:
        return None
    name = end[-1].text.strip(" .,()*")
    if any(_WRITER.fullmatch(fold(line.text).strip(" :()")) for line in end[-3:-1]):
        return Guess(name, "tên dưới chữ “Người viết”")
    # Whoever signs for an office may not be the author.
    if any(line.role in (Role.OFFICE, Role.PERSON, Role.DAY, Role.GREETING, Role.MARK) for line in end[:-1]):
        return None
    is_letter = any(line.role in (Role.NUMBER, Role.MOTTO) for line in lines)
    return None if is_letter else Guess(name, "tên đứng riêng ở dòng cuối")


def _stated(blocks: Sequence[Block], key: str) -> str:
    pattern = re.compile(rf"^\W*(?:{key})\s*:\s*(.{{2,80}}?)\W*$", re.IGNORECASE)
    return next((found[1] for block in blocks if (found := pattern.match(block.text))), "")
