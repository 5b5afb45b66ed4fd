"""Tables of the handbook, made of the program's own declarations: keys, columns, commands, advice."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from plugins.content.agenda import MEETING_KEYS
from plugins.content.members.members import member_keys
from plugins.content.page import DOCUMENT_KEYS, PAGE_KEYS
from plugins.content.prose import PROSE_KEYS
from plugins.content.registers.columns import act_columns, paper_columns, register_columns
from plugins.content.registers.schedule import schedule_keys
from plugins.content.sent import SENT_COLUMNS
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import COMMUNE_KEYS, FIELD_KEYS, MOVEMENT_KEYS
from plugins.content.vocabulary.offices import OFFICE_KEYS
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.language.advice import RULES
from plugins.sources.schema import Key
from plugins.staff_program import read_tasks
from plugins.vietnamese import slugify

_PLACEHOLDER = re.compile(r"^\[\[bảng: (.+)\]\]$", re.MULTILINE)
# Signs with a meaning in Markdown that a declaration has as plain text.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#])")


def fill_tables(source: str, vocabulary: Vocabulary) -> str:
    """Return a chapter's Markdown with each placeholder replaced by its table; KeyError for an unknown one."""
    return _PLACEHOLDER.sub(lambda found: TABLES[found[1]](vocabulary), source)


def row_anchor(prefix: str, attribute: str) -> str:
    """Return the id of the row of a key, column, command or rule."""
    return f"muc-{prefix}-{attribute.replace('_', '-')}"


def _of_keys(name: str, vocabulary: Vocabulary) -> str:
    prefix, keys = OF_KEYS[name]
    rows = []
    for key in keys(vocabulary):
        cells = [f"`{key.attribute}`", key.requirement, _plain(key.help), _plain(key.example)]
        rows.append((row_anchor(prefix, key.attribute), _plain(key.name), cells))
    return _table([name.partition(" ")[0].capitalize(), "Tên tiếng Anh", "Bắt buộc", "Ghi gì", "Ví dụ"], rows)


def _of_tasks(_vocabulary: Vocabulary) -> str:
    rows = []
    for name, task in read_tasks().items():
        options = [_describe_option(option, told) for option, told in (task.help or {}).items()]
        rows.append((row_anchor("lenh", name), f"`{name}`", [_plain(task.__doc__ or ""), "<br>".join(options)]))
    return _table(["Lệnh", "Làm gì", "Ghi thêm được"], rows)


def _describe_option(name: str, told: str) -> str:
    # The help of a flag that is on by default names the option that turns it off.
    off, _, rest = told.partition(": ")
    name, told = (off, rest) if off.startswith("--no-") else (f"--{name}", told)
    return f"`{name}`: {_plain(told)}"


def _of_advice(_vocabulary: Vocabulary) -> str:
    rows = [(advice_anchor(name), f"`{name}`", [_plain(what)]) for name, (_, what) in RULES.items()]
    return _table(["Lời nhắc", "Khi nào"], rows)


def advice_anchor(name: str) -> str:
    """Return the id of the row of a rule of language."""
    return row_anchor("nhac", slugify(name))


def _table(headings: Sequence[str], rows: Iterable[tuple[str, str, Sequence[str]]]) -> str:
    lines = [headings, ["---"] * len(headings)]
    lines += [[f'<span id="{anchor}">{name}</span>', *cells] for anchor, name, cells in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


# By the name in a placeholder: how ids of its rows begin, and the keys.
OF_KEYS: dict[str, tuple[str, Callable[[Vocabulary], Sequence[Key]]]] = {
    "mục của bài": ("bai", story_keys),
    "mục của trang": ("trang", lambda _: PAGE_KEYS),
    "mục của văn bản": ("van-ban", lambda _: DOCUMENT_KEYS),
    "mục của lời báo cáo": ("bao-cao", lambda _: PROSE_KEYS),
    "mục của cơ quan": ("co-quan", lambda _: OFFICE_KEYS),
    "mục của lĩnh vực": ("linh-vuc", lambda _: FIELD_KEYS),
    "mục của địa bàn": ("xa", lambda _: COMMUNE_KEYS),
    "mục của phong trào": ("phong-trao", lambda _: MOVEMENT_KEYS),
    "mục của thời hạn": ("ke-hoach", schedule_keys),
    "mục của lịch": ("lich", lambda _: MEETING_KEYS),
    "mục của trang thành viên": ("nguon", member_keys),
    "cột của sổ đăng ký": ("dang-ky", register_columns),
    "cột của việc": ("viec", lambda _: act_columns()),
    "cột của văn bản": ("theo-doi", paper_columns),
    "cột của sổ gửi bài": ("gui-bai", lambda _: SENT_COLUMNS),
}
TABLES: dict[str, Callable[[Vocabulary], str]] = {
    "các lệnh": _of_tasks,
    "lời nhắc": _of_advice,
    **{name: partial(_of_keys, name) for name in OF_KEYS},
}
