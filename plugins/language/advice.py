"""The rules of language by name, and the advice of all of them about a story."""

import re
from collections.abc import Callable, Container, Iterator
from itertools import islice

from plugins.language import privacy, writing
from plugins.language.draft import Advice, Draft, build_draft
from plugins.markdown.body import Body
from plugins.sources import values
from plugins.sources.front_matter import FrontMatter
from plugins.sources.problem import Level, Problem
from plugins.sources.schema import Record, Value

# Maximum advice of one rule about one story.
MOST_OF_A_RULE = 3
_MOST_LOOKED_FOR = 100
EVERYTHING = "tất cả"

# By the name with which a story mutes a rule: the rule, and what it looks at, for the staff handbook.
RULES: dict[str, tuple[Callable[[Draft], Iterator[Advice]], str]] = {
    "tiêu đề dài": (writing.long_title, f"tiêu đề quá {writing.MOST_OF_TITLE} ký tự"),
    "tóm tắt": (writing.lead, f"bài chưa có tóm tắt, hoặc tóm tắt quá {writing.MOST_OF_LEAD} chữ"),
    "đoạn dài": (writing.wall_of_text, f"một đoạn quá {writing.MOST_OF_PARAGRAPH} chữ"),
    "kiểu bỏ dấu": (writing.mixed_tones, "một bài có cả “hòa” lẫn “hoà”; tên người thì để nguyên"),
    "dấu cách": (writing.spaces, "hai dấu cách liền nhau; đoạn thụt đầu dòng bằng dấu cách"),
    "dấu câu": (writing.space_before_mark, "dấu cách đứng trước dấu phẩy, dấu chấm"),
    "dấu nháy": (
        writing.straight_quotes,
        "dấu nháy thẳng ở tiêu đề, tóm tắt, chú thích; trong bài thì trang tự đổi thành “ ”",
    ),
    "chữ hoa": (writing.capitals, "cả cụm từ viết hoa, trừ chữ viết tắt"),
    "ngày tháng": (writing.dates, "ngày có năm hai chữ số, hoặc tháng viết trước ngày"),
    "con số": (writing.numbers, "dấu phẩy ở hàng nghìn, dấu chấm ở số lẻ"),
    "số điện thoại": (privacy.phone, "số di động của một người"),
    "số giấy tờ": (privacy.identity, "số căn cước, chứng minh nhân dân"),
    "số tài khoản": (privacy.account, "số tài khoản ngân hàng"),
    "dữ liệu nhạy cảm": (privacy.sensitive, "nói dân tộc, tôn giáo hay sức khỏe của một người có tên"),
    "tên trẻ em": (privacy.child, "có thể đang nêu tên người dưới 16 tuổi"),
    "người chụp": (privacy.photo_credit, "chú thích ảnh chưa ghi ảnh của ai"),
}
_RULE = values.choice("Lời nhắc", {name: name for name in (*RULES, EVERYTHING)})


def parse_muted(value: Value) -> frozenset[str]:
    """Return the rules that a story mutes, written as a list or with commas; “tất cả” is all."""
    names = [name.strip() for line in values.texts(value) for name in re.split("[,;]", line)]
    muted = frozenset(_RULE(name) for name in names if name)
    return frozenset(RULES) if EVERYTHING in muted else muted


def advise(matter: FrontMatter, body: Body, record: Record, prose: Container[str]) -> list[Problem]:
    """Return the advice of all unmuted rules, limited for each; `prose` are the attributes with sentences or names."""
    muted = record.get("muted", frozenset())
    if len(muted) == len(RULES):
        return []
    draft = build_draft(matter, body, record, prose)
    problems: list[Problem] = []
    for name, (rule, _) in RULES.items():
        if name in muted:
            continue
        said = sorted(islice(rule(draft), _MOST_LOOKED_FOR), key=lambda advice: advice.line)
        rest = f"{'hơn ' if len(said) == _MOST_LOOKED_FOR else ''}{len(said) - MOST_OF_A_RULE}"
        for number, advice in enumerate(said[:MOST_OF_A_RULE], 1):
            more = f" (bài còn {rest} chỗ như thế)" if number == MOST_OF_A_RULE < len(said) else ""
            message = f"Nên xem lại ({name}): {advice.message}"
            problems.append(Problem(record.path, advice.line, message, f"{advice.fix}{more}", Level.ADVICE))
    return problems
