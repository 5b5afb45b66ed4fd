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

# By the name with which a story mutes a rule.
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
# What each looks at, for the staff handbook.
WHEN = {
    "tiêu đề dài": f"tiêu đề quá {writing.MOST_OF_TITLE} ký tự",
    "tóm tắt": f"bài chưa có tóm tắt, hoặc tóm tắt quá {writing.MOST_OF_LEAD} chữ",
    "đoạn dài": f"một đoạn quá {writing.MOST_OF_PARAGRAPH} chữ",
    "kiểu bỏ dấu": "một bài có cả “hòa” lẫn “hoà”; tên người thì để nguyên",
    "dấu cách": "hai dấu cách liền nhau; đoạn thụt đầu dòng bằng dấu cách",
    "dấu câu": "dấu cách đứng trước dấu phẩy, dấu chấm",
    "dấu nháy": "dấu nháy thẳng ở tiêu đề, tóm tắt, chú thích; trong bài thì trang tự đổi thành “ ”",
    "chữ hoa": "cả cụm từ viết hoa, trừ chữ viết tắt",
    "ngày tháng": "ngày có năm hai chữ số, hoặc tháng viết trước ngày",
    "con số": "dấu phẩy ở hàng nghìn, dấu chấm ở số lẻ",
    "số điện thoại": "số di động của một người",
    "số giấy tờ": "số căn cước, chứng minh nhân dân",
    "số tài khoản": "số tài khoản ngân hàng",
    "dữ liệu nhạy cảm": "nói dân tộc, tôn giáo hay sức khỏe của một người có tên",
    "tên trẻ em": "có thể đang nêu tên người dưới 16 tuổi",
    "người chụp": "chú thích ảnh chưa ghi ảnh của ai",
}
_RULE = values.choice("Lời nhắc", {name: name for name in (*RULES, EVERYTHING)})


def parse_muted(value: Value) -> frozenset[str]:
    """Return the rules that a story mutes, written as a list or with commas; “tất cả” is all."""
    names = [name.strip() for line in values.texts(value) for name in re.split("[,;]", line)]
    muted = frozenset(_RULE(name) for name in names if name)
    return frozenset(RULES) if EVERYTHING in muted else muted


def advise(matter: FrontMatter, body: Body, record: Record, prose: Container[str]) -> list[Problem]:
    """Return the advice of all unmuted rules about a story, limited for each rule.

    `prose` are the attributes with sentences or names.
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
