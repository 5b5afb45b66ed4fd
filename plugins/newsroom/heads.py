"""The lines at the head or foot of a document, with the role of each by its words: office, motto, byline… Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from plugins.language.names import find_names
from plugins.newsroom.letterheads import is_office, read_document_type
from plugins.vietnamese import fold
from plugins.word.blocks import Block


class Role(Enum):
    """The role of a line. TEXT is any other line: a title, a subject, or something unforeseen."""

    RULE = auto()  # _____, -----, =====o0o=====, *
    MOTTO = auto()
    OFFICE = auto()  # author or signatory of the document
    NUMBER = auto()
    DAY = auto()  # place and date
    MARK = auto()  # a remark on the paper: (Dự thảo), Mẫu số 01, Chuyên mục: …
    GREETING = auto()  # addressee
    ABOUT = auto()  # V/v …, Về việc …
    KIND = auto()  # the type of the document alone
    OPENING = auto()  # the type, followed by the subject
    BYLINE = auto()
    PERSON = auto()  # a name alone
    FACT = auto()  # Lĩnh vực: …, Họ và tên: …
    SECTION = auto()  # I. …, 1. …, Phần thứ nhất
    BODY = auto()
    TEXT = auto()


LONGEST = 300  # characters of a title
_LONGEST_PLAIN = 160  # of a plain line that may be one
_MOST_BLOCKS = 40
_NATION = "cong hoa xa hoi chu nghia viet nam"
_BLANK = r"[\d\s.…_]*"  # a number, or a blank for one


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# All are matched with a folded line, patterns for whole lines without brackets and stars around it.
_RULE = re.compile(r"[\W_]*(?:[o0]{2,4})?[\W_]*")
_DAY = _any(
    rf"(?:[^.!?:;]{{2,60}}?,?\s*)?(?:ngay{_BLANK} ?)?thang{_BLANK} ?nam{_BLANK}",
    r"[^.!?:;]{2,40},\s*ngay\s*\d+[-/.]\d+[-/.]\d+",
)
_MARK = _any(
    r"(?:mau|bieu|phieu)(?: mau)?(?: so)?\s*[:\d].{0,20}",
    r"du thao.{0,15}",
    r"mat|toi mat|(?:thuong |hoa )?(?:khan|toc)",
    r"ban (?:sao|chinh|thao).{0,15}",
    r"luu hanh noi bo|khong so|gop y lan.*|lan (?:thu )?\d+",
    r"chuyen (?:muc|trang)\b.*|(?:trang|muc)\s*:.*",
)
_MOTTO = _any(
    rf"\b(?:{_NATION}|doc lap\W+tu do\W+hanh phuc)\W*$",
    r"^\W*dang cong san viet nam\W*$",
)
_ABOUT = _any(r"\W*v\s*[/.]\s*v\b", r"\W*ve viec\b", r"\W*trich yeu\s*:")
_NUMBER = _any(r"\W*so\s*[:.…]", r"\W*so\s*[\d…_\s]*[-/]\s*[a-z]{2}")
_GREETING = _any(
    r"(?:dong )?kinh (?:gui|trinh|thua|moi)\b", r"than gui|gui\s*:|noi nhan", r"(?:thua|kinh) (?:cac|toan)\b"
)
_FACT = re.compile(
    r"(?:ho (?:va|,)? ?ten|ten \w+(?: \w+)?|toi ten|nam sinh|sinh (?:ngay|nam)|que quan|dan toc|nghe nghiep|chuc vu"
    r"|don vi|dia chi|dien thoai|noi o|lop|truong|thoi gian|dia diem|thanh phan|chu tri|thu ky|linh vuc|loai(?: hinh)?"
    r"|hinh thuc|nguoi \w+(?: \w+)?|tom tat|anh|so phieu|nguon|theo)\b[^:]{0,30}:"
)
_SECTION = _any(
    r"(?:[ivx]{1,5}|[a-e]|\d{1,2}(?:\.\d{1,2})*)\s?[.)/\-–]+\s?\D",
    r"(?:phan|chuong|dieu|muc) (?:thu )?(?:[ivx\d]+|mot|nhat|hai|ba|bon)\b(?!\s*thang)",
)
# Beginnings of body text, in plain lines.
_BEGINS = _any(
    r"hom nay\b|loi dau tien\b|can cu\b|gui \w|kinh thua",
    r"(?:(?:sang|trua|chieu|toi|vao|tu|ngay) )+\d|vao (?:luc|hoi)\b|hoi \d",
    r"(?:thuc hien|theo|tiep theo|qua|xet)\b.{0,60}\b(?:so|ngay)\b",
    r"(?:toi|chung toi|em|chau|gia dinh toi|thay mat|duoc su)\b",
    r"trong (?:nhung|thoi|nam|cac|suot)\b.*,",
)
_ENDS = re.compile(r"[.!?…;:,][”\"’)]?$")
_WRITER = re.compile(
    r"^\W*(?:(?P<who>tác giả|người viết(?: bài| tin)?|bài viết(?: của)?)"
    r"|(?:tin|bài)(?:,? (?:và )?bài)?(?:,? ?(?:và |- ?)?ảnh)?)"
    r"\s*:\s*(?P<name>[^\W\d_][^:;|]{1,79}?)(?:[\s,;.–-]+(?:ảnh|hình)\s*:[^:]*)?\W*$",
    re.IGNORECASE,
)
# In capitals most family names are words too: NÔNG THÔN, MÙA XUÂN, ĐOÀN KẾT. These are surely names.
_SURE = _any(
    "(?:NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|NGÔ|ĐINH|TRỊNH|TRƯƠNG|ĐÀM|TRIỆU|HỨA) ",
    r"\S+ (?:VĂN|THỊ) \S",
    r"H[’'ʼ‘`]\S|Y \S",
)
_HIGHLAND = re.compile(r"(?:(?:Điểu|Thị) )?K[’'ʼ‘`]\w+(?: \w+)?|Điểu \w+")


class _Seen(NamedTuple):
    text: str
    folded: str
    bare: str
    stands_out: bool
    is_arranged: bool

    @property
    def is_sentence(self) -> bool:
        """Whether this is a sentence of the body, or begins one."""
        if self.stands_out:
            return len(self.text) > 120 and self.text.endswith((".", ";", ":"))
        return bool(_ENDS.search(self.text) or len(self.text) > _LONGEST_PLAIN or _BEGINS.match(self.folded))


# The first condition that holds decides.
_ROLES: tuple[tuple[Role, Callable[[_Seen], object]], ...] = (
    (Role.RULE, lambda seen: _RULE.fullmatch(seen.bare)),
    (Role.DAY, lambda seen: _DAY.fullmatch(seen.bare)),
    (Role.BYLINE, lambda seen: read_byline(seen.text)),
    (Role.ABOUT, lambda seen: _ABOUT.match(seen.folded)),
    (Role.MARK, lambda seen: re.fullmatch(r"\(.*\)", seen.text) or _MARK.fullmatch(seen.bare)),
    (Role.MOTTO, lambda seen: _MOTTO.search(seen.folded)),
    (Role.NUMBER, lambda seen: _NUMBER.match(seen.folded)),
    (Role.GREETING, lambda seen: _GREETING.match(seen.folded)),
    (Role.FACT, lambda seen: _FACT.match(seen.folded)),
    (Role.SECTION, lambda seen: _SECTION.match(seen.folded)),
    (Role.BODY, lambda seen: len(seen.text) > LONGEST),
    (Role.KIND, lambda seen: (kind := read_document_type(seen.text)) and not kind.has_subject),
    (Role.OPENING, lambda seen: seen.stands_out and read_document_type(seen.text)),
    (Role.OFFICE, lambda seen: is_office(seen.text, is_arranged=seen.is_arranged)),
    (Role.PERSON, lambda seen: is_person(seen.text)),
    (Role.BODY, lambda seen: seen.is_sentence),
)


def classify(text: str, *, stands_out: bool, is_arranged: bool = False) -> Role:
    """Return the role of a line by its words, and by whether it stands out or is in the table of a letterhead."""
    seen = _Seen(text, fold(text), fold(text).strip("()* .:"), stands_out, is_arranged)
    return next((role for role, holds in _ROLES if holds(seen)), Role.TEXT)


def read_byline(text: str) -> str:
    """Return the name in a byline, "" for any other line: “Tin: …” may also begin a title."""
    found = _WRITER.match(text)
    if not found or not found["name"][0].isupper():
        return ""
    names = re.split(r"\s*(?:[,;&–-]|\bvà\b)\s*", found["name"])
    is_named = all(is_office(name) or all(word[0].isupper() for word in name.split()) for name in names if name)
    return found["name"].strip() if found["who"] or is_named else ""


def is_person(text: str) -> bool:
    """Tell whether a line is only the name of a person."""
    text = text.strip(" .,()*")
    if text.isupper():
        if len(text.split()) > 4 or not _SURE.match(text):
            return False
        text = text.title()
    is_named = any((name.start, name.end) == (0, len(text)) for name in find_names(text))
    return is_named or bool(_HIGHLAND.fullmatch(text))


@dataclass(frozen=True)
class HeadLine:
    """A line with its role and look; `block` is the index of its block."""

    text: str
    role: Role
    block: int
    is_styled: bool = False  # in the style Title
    level: int = 0  # of a heading, 0 for any other
    is_bold: bool = False
    is_arranged: bool = False

    @property
    def is_capital(self) -> bool:
        return self.text.isupper()

    @property
    def stands_out(self) -> bool:
        return self.is_styled or self.level > 0 or self.is_bold or self.is_capital

    @property
    def look(self) -> tuple[bool, bool, int]:
        # Bold lines become headings because of the lines that follow, not because of their look.
        return self.is_styled, self.is_bold, 0 if self.is_bold else self.level


def read_head(blocks: Sequence[Block]) -> list[HeadLine]:
    """Return the lines of a document up to the first of its body text, without tables and pictures."""
    lines: list[HeadLine] = []
    for number, block in enumerate(blocks[:_MOST_BLOCKS]):
        # Stars with spaces between them look like a list.
        if block.kind == "list" and classify(block.text, stands_out=False) is not Role.RULE:
            break
        for line in _lines(number, block):
            lines.append(line)
            if line.role in (Role.BODY, Role.SECTION):
                return lines
    return lines


def read_lines(blocks: Sequence[Block]) -> list[HeadLine]:
    """Return every line of paragraphs and headings."""
    return [line for number, block in enumerate(blocks) for line in _lines(number, block)]


def _lines(number: int, block: Block) -> Iterator[HeadLine]:
    if block.kind not in ("title", "heading", "paragraph"):
        return
    level = len(block.markdown) - len(block.markdown.lstrip("#")) if block.kind == "heading" else 0
    for text in filter(None, map(str.strip, block.text.split("\n"))):
        stands_out = block.kind != "paragraph" or block.bold or text.isupper()
        role = classify(text, stands_out=stands_out, is_arranged=block.arranged)
        yield HeadLine(text, role, number, block.kind == "title", level, block.bold, block.arranged)
