"""What a text seems to say of the keys of a story. Each guess says where it was seen; nothing is made up."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from plugins.content.terms import COLLECTIVE, INDIVIDUAL, MODEL
from plugins.content.vocabulary import spellings
from plugins.newsroom.questions import read_commune
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import agrees, fold, format_date, squash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plugins.content.terms import Commune, Field
    from plugins.content.vocabulary import Vocabulary
    from plugins.word.blocks import Block


@dataclass(frozen=True)
class Guess:
    """A value for a key as a story writes it, and for the writer where it comes from."""

    value: str
    seen: str


# What a document calls itself, over its title.
_DOCUMENT_TYPE = re.compile("bao cao|bai viet|tham luan|guong dien hinh|bao cao thanh tich|ban thanh tich|bai du thi")
# What stands over the title of a letter and is none: who writes, to whom, the number, the motto.
_LETTERHEAD = re.compile(
    r"(cong hoa xa hoi|doc lap|uy ban|ubnd|ubmttq|mat tran to quoc|ban thuong truc|dang uy|so ?:|kinh gui|chuyen muc|"
    r"(huyen|xa|thi tran|tinh) |\W*$)"
)
_DATE = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s*(?:/|\.|-|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|\.|-|,?\s+năm\s+)\s*(\d{4})(?!\d)"
)
_DATELINE = re.compile(r"^[^.!?]{2,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")
_BYLINE = re.compile(
    r"^\W*(?:tác giả|người viết|người thực hiện|tin,? ?(?:và )?(?:bài,? ?)?(?:và )?ảnh|bài,? ?(?:và )?ảnh|tin,? bài"
    r"|bài viết|bài|tin)"
    r"\s*:\s*(?P<name>[^:;|]{2,80}?)\W*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?(?: [^\W\d_]+(?:[’'][^\W\d_]+)?){1,4}")
_STATED = r"^\W*{key}\s*:\s*(.{{2,80}}?)\W*$"
_PERSON = re.compile(r"(ông|bà|anh|chị|cô|chú|bác|già làng|thầy|nghệ nhân|cựu chiến binh)\s+(?=\w)", re.IGNORECASE)
_GROUP = re.compile(
    r"^(ban|chi hội|chi bộ|chi đoàn|hội|tổ|nhóm|câu lạc bộ|hợp tác xã|thôn|buôn|bon|xã|nhân dân|cán bộ)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 250
# With fewer of a field's words, of 51 stories that people filed three times as many were guessed wrong.
_FEWEST_WORDS = 4


def guess_title(blocks: Sequence[Block]) -> tuple[Guess | None, int, int]:
    """Return the title, and from which block to which it stands; the second is the first when there is none."""
    styled = next((at for at, block in enumerate(blocks) if block.kind == "title"), None)
    if styled is not None:
        titles = list(takewhile(lambda block: block.kind == "title", blocks[styled:]))
        return Guess(_joined(titles), "kiểu Tiêu đề trong tệp"), styled, styled + len(titles)
    for at, block in enumerate(blocks[:15]):
        if block.kind not in ("heading", "paragraph") or _is_letterhead(block) or len(block.text) > _LONGEST_TITLE:
            continue
        if block.kind == "heading" or block.bold or block.text.isupper():
            end = at + 1
            while end < len(blocks) and _goes_on(blocks[end - 1], blocks[end]):
                end += 1
            is_plain = block.kind == "heading" and not block.bold
            seen = "đề mục đầu tiên" if is_plain else "dòng in đậm hoặc viết hoa đầu tiên"
            return Guess(_joined(blocks[at:end]), seen), at, end
        if len(block.text) > 120 or block.text.endswith((".", "!", "…")):
            break
        return Guess(_joined([block]), "dòng đầu tiên"), at, at + 1
    return None, 0, 0


def _joined(blocks: Sequence[Block]) -> str:
    return " ".join(" ".join(block.text for block in blocks).split())


def _is_letterhead(block: Block) -> bool:
    return block.arranged or bool(_LETTERHEAD.match(fold(block.text)) or _DATELINE.match(block.text))


def _goes_on(block: Block, after: Block) -> bool:
    """Tell whether a title goes on in the block after it."""
    if after.kind not in ("heading", "paragraph") or after.arranged or not after.bold or len(after.text) > 150:
        return False
    is_type = _DOCUMENT_TYPE.fullmatch(fold(block.text).strip(" :."))
    return bool(is_type) or (block.text.isupper() and after.text.isupper())


def guess_date(blocks: Sequence[Block], today: date) -> Guess | None:
    """Return the day of the dateline, else the last day that is named and has come; None when no day is."""
    for block in blocks:
        if _DATELINE.match(block.text) and (days := _days(block.text)):
            return Guess(format_date(days[0]), "dòng ghi nơi và ngày viết")
    past = [day for block in blocks for day in _days(block.text) if day <= today]
    if not past:
        return None
    return Guess(format_date(max(past)), "ngày muộn nhất được nhắc trong bài; ngày đăng có thể khác")


def _days(text: str) -> list[date]:
    days = []
    for match in _DATE.finditer(text):
        with suppress(Invalid):
            days.append(values.day("/".join(match.groups())))
    return days


def guess_commune(blocks: Sequence[Block], title: str, vocabulary: Vocabulary, day: date | None) -> Guess | None:
    """Return the commune that the title names, else the one named most; None when one is named in passing only."""
    text = "\n".join([title, *(block.text for block in blocks)])
    counts: dict[str, tuple[int, int]] = {}
    for commune in vocabulary.communes:
        if day is None or commune.since is None or commune.since <= day:
            places = _mentions(text, commune)
            # “xã Nam Dong” speaks of the commune; the plain name may be a road's, a market's, a district's.
            full = sum(fold(text[max(0, at - 12) : at]).endswith(fold(commune.type)) for at in places)
            in_title = sum(at < len(title) for at in places)
            if full or in_title or len(places) > 1:
                counts[commune.name] = -(len(places) + full + 5 * in_title), places[0]
    if not counts:
        return None
    name = min(counts, key=lambda name: counts[name])
    others = [other for other in counts if other != name]
    seen = f"xã được nhắc nhiều nhất; bài còn nhắc {', '.join(others)}" if others else "xã được nhắc trong bài"
    return Guess(read_commune(vocabulary, name, day) if day else name, seen)


def _mentions(text: str, commune: Commune) -> list[int]:
    """Return where a commune is named; a district of the same name is none."""
    folded, places = _folded_with_places(text)
    found: set[int] = set()
    names = (commune.name, *commune.aliases)
    for spelling in {fold(name) for name in names}:
        for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", folded):
            start, end = places[match.start()], places[match.end() - 1] + 1
            before = fold(text[max(0, start - 12) : start])
            written = text[start:end]
            is_named = written[:1].isupper() and any(agrees(written, name) for name in names)
            if is_named and not before.endswith("huyen"):
                found.add(start)
    return sorted(found)


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the text folded letter by letter, and where in the text each letter of that stood."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        # A fold drops spaces at its ends, which here are the space between two words.
        for plain in " " if letter.isspace() else fold(letter):
            letters.append(plain)
            places.append(at)
    return "".join(letters), places


def guess_field(blocks: Sequence[Block], vocabulary: Vocabulary) -> Guess | None:
    """Return the field that the text states, else the one whose description shares most with it, well before others."""
    if stated := _stated(blocks, "lĩnh vực"):
        for field in vocabulary.fields:
            if any(agrees(stated, name) for name in spellings(field)):
                return Guess(field.name, "bài ghi rõ lĩnh vực")
    words = re.findall(r"\w+", fold(" ".join(block.text for block in blocks)))
    text = f" {' '.join(words)} "
    pairs = {field: _pairs(field) for field in vocabulary.fields}
    scores: list[tuple[int, int, Field]] = []
    for at, field in enumerate(vocabulary.fields):
        others = set().union(*(pairs[other] for other in vocabulary.fields if other is not field))
        scores.append((sum(text.count(f" {pair} ") for pair in pairs[field] - others), -at, field))
    scores.sort(key=lambda score: score[:2], reverse=True)
    if not scores or scores[0][0] < _FEWEST_WORDS or (len(scores) > 1 and scores[0][0] < 3 * scores[1][0]):
        return None
    return Guess(scores[0][2].name, f"bài có {scores[0][0]} chỗ dùng từ của lĩnh vực này trong danh mục")


def _pairs(field: Field) -> set[str]:
    """Return the pairs of neighbouring words by which the vocabulary describes a field, folded."""
    found: set[str] = set()
    for phrase in re.split(r"[,;.–]", " , ".join((field.description, *spellings(field)[1:]))):
        words = fold(phrase).split()
        found |= {" ".join(pair) for pair in pairwise(words)}
    return found


def guess_kind(blocks: Sequence[Block], title: str) -> Guess | None:
    """Return the kind that the text states or that its title begins with."""
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
    """Return whom a byline names, else the name that stands alone in the last line."""
    texts = [block for block in blocks if block.kind in ("paragraph", "heading")]
    for block in [*texts[-6:][::-1], *texts[:5]]:
        if found := _BYLINE.match(block.text):
            return Guess(found["name"].strip(), "dòng ghi người viết")
    if len(texts) > 2 and _is_name(texts[-1].text):
        return Guess(texts[-1].text.strip(), "tên đứng riêng ở dòng cuối")
    return None


def _is_name(text: str) -> bool:
    text = text.strip(" .()")
    return bool(_NAME.fullmatch(text)) and all(word[0].isupper() for word in text.split())


def _stated(blocks: Sequence[Block], key: str) -> str:
    pattern = re.compile(_STATED.format(key=f"(?:{key})"), re.IGNORECASE)
    return next((found[1] for block in blocks if (found := pattern.match(block.text))), "")
