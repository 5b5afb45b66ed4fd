"""Rules of privacy: personal numbers, sensitive data, names of children, credits of photos.

Law: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (in force 1/1/2026), Điều 24 on children; Nghị định 356/2025/NĐ-CP, Điều 4
on sensitive data. A child is a person under 16 (Luật Trẻ em 2016, Điều 1).
"""

import re
from collections.abc import Iterator
from itertools import count

from plugins.language.draft import Advice, Draft, Passage
from plugins.language.names import Name, find_names

_ADULT = 16
_LAST_GRADE = 10
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")
_SHORT_NUMBER = re.compile(r"\d(?:[ .-]?\d){5}")
# Mobile numbers are personal; those of offices are land lines.
_MOBILE = re.compile(r"(?<![\w.,/-])(?:\+?84[ .-]?|0)[35789]\d(?:[ .-]?\d){7}(?![\w/]|[.,]\d)")
_IDENTITY = re.compile(r"(?<![\w.,/-])0\d{2}(?:[ .]?\d{3}){3}(?![\w/]|[.,]\d)")
_IDENTITY_NAMED = re.compile(
    r"(?:cmnd|cccd|cmt|chứng minh|căn cước|định danh)[^\d\n]{0,40}(?P<number>\d(?:[ .]?\d){8}(?:(?:[ .]?\d){3})?)(?!\d)"
)
_ACCOUNT_NAMED = re.compile(
    r"(?:số tài khoản|tài khoản(?: ngân hàng)? số|số tk|stk)[^\d\n]{0,40}(?P<number>\d(?:[ .-]?\d){5,18})(?!\d)"
)

# All patterns below are for lower case.
_PEOPLES = (
    r"ê[ -]?đê|m[’']?nông|tày|nùng|h?[’']?mông|dao|thái|mường|gia[ -]?rai|j[’']?rai|ba[ -]?na|mạ|cơ[ -]?ho|k[’']?ho|"
    r"khơ[ -]?me|khmer|chăm|hoa|sán chay|sán dìu|sán chỉ|cao lan|giáy|thổ|xơ[ -]?đăng|vân kiều|x?[’']?tiêng|kinh"
)
_FAITHS = r"tin lành|thiên chúa(?: giáo)?|công giáo|phật(?: giáo)?|cao đài|hòa hảo|hoà hảo|hồi giáo"
_ILLS = r"bệnh|ung thư|hiv|lao|tai biến|tiểu đường|tâm thần|trầm cảm|động kinh|bại liệt|suy thận|viêm gan|chất độc"
# Each pattern begins with a literal, which the regex engine finds much faster than an alternation.
_SENSITIVE = tuple(
    (kind, re.compile(rf"{opening}(?:{rest})(?!\w)"))
    for kind, openings, rest in (
        ("dân tộc", ("người (?:dân tộc )?", "dân tộc ", "gốc "), _PEOPLES),
        ("tôn giáo", ("đạo ", "người "), _FAITHS),
        ("tôn giáo", ("giáo dân", "phật tử", "tín đồ"), ""),
        ("sức khỏe", ("bị ", "mắc ", "mang ", "nhiễm "), rf"{_ILLS}|khuyết tật"),
        ("sức khỏe", ("khuyết tật", "tàn tật", "ung thư", "chạy thận"), ""),
    )
    for opening in openings
)
_BY_LAW = "dữ liệu cá nhân nhạy cảm theo Điều 4 Nghị định 356/2025/NĐ-CP"
# Words between a name and a statement about the person; after any other word it may be about someone else.
_GLUE = r"(?:là|vốn|một|con|đã|đang|từng|cũng|không may|nay|năm nay|hay|theo|\d{1,3} tuổi|sinh năm \d{4}|năm \d{4})"
_SAID_OF = re.compile(rf"[\s,(–-]*(?:{_GLUE}[\s,(–-]+){{0,4}}")
_CALLED = re.compile(r"[\s,(–-]*(?:(?:tên(?: là)?|là|của)\s+)?")

_CHILD_CUE = re.compile(
    r"(?P<called>cháu|bé|học sinh)[ \u00a0]|(?<!\d)(?P<age>1?\d) tuổi(?!\w)|lớp (?P<grade>1[0-2]|[1-9])(?!\d)|"
    r"mẫu giáo|mầm non|tiểu học"
)
# Literals of which a match has at least one.
_SIGNS = ("cháu[ \u00a0]", "bé[ \u00a0]", "học sinh[ \u00a0]", " tuổi", "lớp \\d", "mẫu giáo", "mầm non", "tiểu học")
_CHILD_SIGNS = tuple(map(re.compile, _SIGNS))
_SENTENCE_ENDS = (". ", "! ", "? ", "\n")
_FAR = 200  # characters
# Not others: in “con trai anh Nguyễn Văn A, 12 tuổi” the age is not that of the named person.
_CHILDS_TITLES = ("", "em", "cháu", "bé", "học sinh")
# Words between a child's name and its age or class.
_APPOSED = re.compile(r"[\s,(–-]*(?:(?:là|học|đang|mới|năm nay|hiện|học sinh|em)\s+)*")

_CREDIT = re.compile(
    r"\b(?:(?:ảnh|hình|tranh|video|đồ họa)(?:\s*:| (?:của|do|vẽ|tư liệu|minh))|nguồn|chụp bởi|tư liệu)"
)


def phone(draft: Draft) -> Iterator[Advice]:
    """Mobile phone numbers."""
    for passage, found in draft.find(_MOBILE) if _LONG_NUMBER.search(draft.figures) else ():
        yield _hide(passage, *found.span(), "có số điện thoại riêng “{}”, ai đọc cũng gọi được", kept=4)


def identity(draft: Draft) -> Iterator[Advice]:
    """Numbers of identity cards, 12 digits or the former 9."""
    if not _LONG_NUMBER.search(draft.figures):
        return
    spans = {(passage, *found.span()) for passage, found in draft.find(_IDENTITY)}
    spans |= {(passage, *found.span("number")) for passage, found in draft.find(_IDENTITY_NAMED, in_lower=True)}
    for passage, start, end in sorted(spans, key=lambda span: span[1:]):
        yield _hide(passage, start, end, "có số giấy tờ tùy thân “{}”, có thể bị lợi dụng")


def account(draft: Draft) -> Iterator[Advice]:
    """Numbers of bank accounts that are called so."""
    for passage, found in draft.find(_ACCOUNT_NAMED, in_lower=True) if _SHORT_NUMBER.search(draft.figures) else ():
        yield _hide(passage, *found.span("number"), "có số tài khoản “{}”")


def find_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield each personal number in a text as (name of its rule, number as written)."""
    if not _SHORT_NUMBER.search(text):
        return
    # Including a sign before, and the characters that may not follow.
    runs = [(max(0, run.start() - 1), run.end() + 2) for run in _LONG_NUMBER.finditer(text)]
    yield from (("số điện thoại", found.group()) for run in runs for found in _MOBILE.finditer(text, *run))
    yield from (("số giấy tờ", found.group()) for run in runs for found in _IDENTITY.finditer(text, *run))
    lower = text.lower()
    yield from (("số giấy tờ", found["number"]) for found in _IDENTITY_NAMED.finditer(lower))
    yield from (("số tài khoản", found["number"]) for found in _ACCOUNT_NAMED.finditer(lower))


def sensitive(draft: Draft) -> Iterator[Advice]:
    """Ethnicity, religion or health of a named person."""
    for kind, pattern in _SENSITIVE:
        for passage, found in draft.find(pattern, in_lower=True):
            start, sentence = _sentence(passage.prose, found.start())
            if said := _said_of(sentence, found.start() - start, found.end() - start):
                name, cut_from, cut_to = said
                fix = passage.mend(start + cut_from, start + cut_to, "")
                box = f"cần thì người ấy phải đánh dấu ô “{kind.capitalize()}” trong phiếu đồng ý"
                yield Advice(
                    passage.line_of(found.start()),
                    f"nói {kind} của {name.shown} (“{passage.text[found.start() : found.end()]}”), là {_BY_LAW}",
                    f"chuyện không cần thì bỏ, {fix}; {box}",
                )


def child(draft: Draft) -> Iterator[Advice]:
    """Names of children: after cháu or bé, or before an age or a class."""
    if not any(sign.search(draft.lower) for sign in _CHILD_SIGNS):
        return
    told: set[tuple[Passage, int]] = set()
    for passage, cue in draft.find(_CHILD_CUE, in_lower=True):
        start, sentence = _sentence(passage.prose, cue.start())
        name = _childs_name(sentence, cue, cue.start() - start)
        if name is None or (passage, start + name.start) in told:
            continue
        told.add((passage, start + name.start))
        fix = passage.mend(start + name.start, start + name.end, name.initials)
        yield Advice(
            passage.line_of(start + name.start),
            f"có thể đang nêu tên trẻ em: “{name.shown}” ({cue.group().strip()})",
            f"viết tắt tên, {fix}; cần nêu đủ thì cha mẹ và em (từ 7 tuổi) cùng ký phiếu đồng ý",
        )


def photo_credit(draft: Draft) -> Iterator[Advice]:
    """Captions without a photo credit."""
    captions = [(passage.line, passage.text, passage.text) for passage in draft.of("photo_caption")]
    for passage in draft.of("gallery"):
        name, _, rest = passage.text.partition("|")
        caption = rest.partition("|")[2].strip()
        captions += [(passage.line, caption, f"{name.strip()} |{rest}")] if caption else []
    captions += [(photo.line, photo.caption, photo.caption) for photo in draft.read.photos if photo.caption]
    for line, caption, written in captions:
        if not _CREDIT.search(caption.lower()):
            fix = f"thêm người chụp: “{written.rstrip(' .')}. Ảnh: …”"
            yield Advice(line, "chú thích ảnh chưa ghi người chụp", fix)


def _hide(passage: Passage, start: int, end: int, message: str, kept: int = 0) -> Advice:
    """Return advice to remove a number or mask all digits after the first `kept`; {} in the message is the number."""
    number, places = passage.text[start:end], count()
    masked = re.sub(r"\d", lambda digit: digit[0] if next(places) < kept else "x", number)
    fix = f"bỏ số ấy, hoặc {passage.mend(start, end, masked)}"
    return Advice(passage.line_of(start), message.format(number), fix)


def _sentence(text: str, position: int) -> tuple[int, str]:
    """Return the start and the text of the sentence around a position, limited in length."""
    first, last = max(0, position - _FAR), min(len(text), position + _FAR)
    start = max(first - 1, *(text.rfind(mark, first, position) for mark in _SENTENCE_ENDS)) + 1
    ends = [end for mark in _SENTENCE_ENDS if (end := text.find(mark, position, last)) >= 0]
    return start, text[start : min(ends, default=last)]


def _said_of(sentence: str, start: int, end: int) -> tuple[Name, int, int] | None:
    """Return the person of a statement, and the span to remove from the sentence."""
    for name in find_names(sentence):
        if name.end <= start and _SAID_OF.fullmatch(sentence, name.end, start):
            return name, name.end, end + (sentence[end : end + 1] == ")")
        if name.begin >= end and _CALLED.fullmatch(sentence, end, name.begin):
            return name, start, name.begin
    return None


def _childs_name(sentence: str, cue: re.Match[str], at: int) -> Name | None:
    """Return the name of a child that a cue at a position of the sentence refers to."""
    if (cue["age"] and int(cue["age"]) >= _ADULT) or (cue["grade"] and int(cue["grade"]) > _LAST_GRADE):
        return None
    for name in find_names(sentence):
        if cue["called"]:
            if name.title and name.begin == at:
                return name
        elif name.title.lower() in _CHILDS_TITLES and name.end <= at and _APPOSED.fullmatch(sentence, name.end, at):
            return name
    return None
