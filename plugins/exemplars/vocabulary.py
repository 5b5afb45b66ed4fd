"""content/danh-muc/*.yaml -> the Vocabulary that stories are read against, and every contradiction in it.

Without a sound vocabulary no story can be filed, so its errors stop a build.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from plugins.exemplars.terms import Commune, Field, Movement, Publisher
from plugins.sources import values
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record, Value, parse_record
from plugins.sources.text import read_text
from plugins.sources.yaml_nodes import Node, parse_yaml
from plugins.vietnamese import format_date, nearest, squash

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

FOLDER = "content/danh-muc"
FILES = ("co-quan.yaml", "linh-vuc.yaml", "phong-trao.yaml", "xa.yaml")


def _identifier(value: Value) -> str:
    written = values.text(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", written):
        raise Invalid(f'Mã "{written}" không hợp lệ', "chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ kinh-te")
    return written


def _color(value: Value) -> str:
    written = values.text(value).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", written):
        raise Invalid(f'Màu "{written}" không hợp lệ', 'viết mã sáu chữ số trong ngoặc kép, ví dụ "#8a5a00"')
    return written


def _site_url(value: Value) -> str:
    written = values.text(value).rstrip("/")
    if not is_placeholder(written) and not re.fullmatch(r"https?://[^\s/?#]+", written):
        raise Invalid(
            f'Địa chỉ trang "{written}" không hợp lệ', "viết dạng https://ten-mien, không có đường dẫn phía sau"
        )
    return written


FIELD_KEYS = (
    Key("id", "mã", _identifier, "Dùng trong địa chỉ trang, không đổi", required=True),
    Key("name", "tên", values.text, "Tên đầy đủ", required=True),
    Key("short", "tên gọn", values.text, "Tên dùng trong danh sách; bỏ trống thì dùng tên đầy đủ"),
    Key("aliases", "tên khác", values.texts, "Cách gọi khác mà bài viết có thể dùng"),
    Key("color", "màu", _color, "Màu trên nền sáng", required=True, example='"#8a5a00"'),
    Key("dark_color", "màu tối", _color, "Màu trên nền tối; bỏ trống thì dùng màu trên nền sáng"),
    Key("description", "mô tả", values.text, "Một câu giới thiệu", required=True),
)
COMMUNE_KEYS = (
    Key("id", "mã", _identifier, "Dùng trong địa chỉ trang, không đổi", required=True),
    Key(
        "type",
        "loại",
        values.choice("Loại", {"xã": "xã", "thị trấn": "thị trấn", "phường": "phường"}),
        "xã | thị trấn | phường",
        required=True,
    ),
    Key("name", "tên", values.text, "Tên chính thức, không kèm loại", required=True),
    Key("aliases", "tên khác", values.texts, "Cách viết khác"),
    Key("code", "mã số", values.text, "Mã của cơ quan thống kê", required=True),
    Key("parent", "thuộc", values.text, "Huyện, tỉnh", required=True),
    Key("since", "từ ngày", values.day, "Ngày đầu tiên của đơn vị"),
    Key("until", "đến ngày", values.day, "Ngày cuối cùng của đơn vị"),
    Key("successor", "nay thuộc", _identifier, "Mã của đơn vị kế tiếp"),
    Key("resolution", "theo", values.text, "Văn bản thành lập"),
)
MOVEMENT_KEYS = (
    Key("id", "mã", _identifier, "Dùng trong địa chỉ trang, không đổi", required=True),
    Key(
        "type",
        "loại",
        values.choice("Loại", {"phong trào": "phong trào", "cuộc vận động": "cuộc vận động"}),
        "phong trào | cuộc vận động",
        required=True,
    ),
    Key("name", "tên", values.text, "Tên đầy đủ", required=True),
    Key("short", "tên gọn", values.text, "Tên dùng trong danh sách"),
    Key("description", "mô tả", values.text, "Một câu giới thiệu", required=True),
)
PUBLISHER_KEYS = (
    Key("name", "tên", values.text, "Tên cơ quan", required=True),
    Key("short", "tên gọn", values.text, "Tên ở đầu trang", required=True),
    Key("area", "địa bàn", values.text, "Tỉnh hoặc huyện, hiện dưới tên", required=True),
    Key("governing_body", "cơ quan chủ quản", values.text, "Cơ quan cấp trên", required=True),
    Key("responsible", "chịu trách nhiệm", values.text, "Ai chịu trách nhiệm nội dung", required=True),
    Key("address", "địa chỉ", values.text, "Địa chỉ trụ sở", required=True),
    Key("phone", "điện thoại", values.text, "Điện thoại cơ quan", required=True),
    Key("email", "thư điện tử", values.text, "Hộp thư cơ quan", required=True),
    Key("site_url", "địa chỉ trang", _site_url, "Địa chỉ công khai của trang này", required=True),
    Key("until", "đến ngày", values.day, "Ngày cơ quan kết thúc hoạt động, nếu có"),
    Key("successor", "kế tục", values.text, "Ai làm tiếp công việc, nếu có"),
)


Found = TypeVar("Found")


@dataclass(frozen=True)
class Vocabulary:
    """Every term, in the order of its file, with the ways in which a story may name it.

    `unread` names the files that could not be read: nothing is said about the terms of such a file, so that one
    broken line there does not come out as a problem of every story.
    """

    fields: tuple[Field, ...] = ()
    communes: tuple[Commune, ...] = ()
    movements: tuple[Movement, ...] = ()
    publisher: Publisher = field(default_factory=Publisher)
    unread: frozenset[str] = frozenset()

    def commune(self, identifier: str) -> Commune:
        """Return the commune with this id; KeyError when there is none."""
        return self._communes_by_id[identifier]

    def today(self, commune: Commune) -> Commune:
        """Return what the commune has become: its last successor, or itself."""
        seen = {commune.id}
        # A vocabulary that contradicts itself is refused, but must not hang the check that says so.
        while commune.successor in self._communes_by_id and commune.successor not in seen:
            seen.add(commune.successor)
            commune = self.commune(commune.successor)
        return commune

    def predecessors(self, commune: Commune) -> tuple[Commune, ...]:
        """Return the communes that became this one, directly, in Vietnamese order."""
        return tuple(sorted((c for c in self.communes if c.successor == commune.id), key=lambda c: c.sort_key))

    def find_field(self, name: str) -> Field | None:
        """Return the field that the name means; Invalid when none does."""
        return self._find("Lĩnh vực", name, "linh-vuc.yaml", self._fields, [term.name for term in self.fields])

    def find_movement(self, name: str) -> Movement | None:
        """Return the movement or campaign that the name means; Invalid when none does."""
        return self._find(
            "Phong trào", name, "phong-trao.yaml", self._movements, [term.short for term in self.movements]
        )

    def find_communes(self, name: str) -> tuple[Commune, ...]:
        """Return every commune of that name, of any time; just the one when its id is given. Invalid when none is."""
        if name in self._communes_by_id:
            return (self.commune(name),)
        return self._find("Xã", name, "xa.yaml", self._communes, [term.name for term in self.communes]) or ()

    def _find(self, what: str, name: str, file: str, by_name: dict[str, Found], shown: list[str]) -> Found | None:
        if file in self.unread:
            return None
        if (key := squash(name)) in by_name:
            return by_name[key]
        near = nearest(name, shown)
        fix = f'ý bạn là "{near}"?' if near else f"chọn một trong: {', '.join(dict.fromkeys(shown))}"
        raise Invalid(f'{what} "{name}" không có trong danh mục', fix)

    def __post_init__(self) -> None:
        by_name: dict[str, tuple[Commune, ...]] = {}
        for commune in self.communes:
            for name in dict.fromkeys(_commune_names(commune)):
                by_name[name] = (*by_name.get(name, ()), commune)
        self._communes.update(by_name)
        self._communes_by_id.update({commune.id: commune for commune in self.communes})
        self._fields.update({name: term for term in self.fields for name in _names(term)})
        self._movements.update({name: term for term in self.movements for name in _names(term)})

    # Lookups by squashed name, made once: a build asks for them some thousands of times.
    _communes_by_id: dict[str, Commune] = field(default_factory=dict, init=False, repr=False, compare=False)
    _communes: dict[str, tuple[Commune, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _fields: dict[str, Field] = field(default_factory=dict, init=False, repr=False, compare=False)
    _movements: dict[str, Movement] = field(default_factory=dict, init=False, repr=False, compare=False)


def is_placeholder(value: str) -> bool:
    """Tell whether a publisher's fact is still to be filled in: nothing, dots, or [words in brackets]."""
    return not value.strip(" .…?-") or (value.startswith("[") and value.endswith("]"))


def load_vocabulary(project: Path, *, publishing: bool = False) -> tuple[Vocabulary, list[Problem]]:
    """Read the vocabulary files of a project. When publishing, a missing fact of the publisher is an error."""
    problems: list[Problem] = []
    unread: set[str] = set()
    fields = _load_terms(project, "linh-vuc.yaml", FIELD_KEYS, _field, problems, unread)
    communes = _load_terms(project, "xa.yaml", COMMUNE_KEYS, _commune, problems, unread)
    movements = _load_terms(project, "phong-trao.yaml", MOVEMENT_KEYS, _movement, problems, unread)
    problems += _clashes(fields, _names)
    problems += _clashes(communes, _commune_names, together=_lives_overlap)
    problems += _clashes(movements, _names)
    problems += _broken_lives(communes, complete="xa.yaml" not in unread)
    publisher = _load_publisher(project, problems, Level.ERROR if publishing else Level.ADVICE)
    vocabulary = Vocabulary(
        fields=tuple(term for term, _ in fields),
        communes=tuple(term for term, _ in communes),
        movements=tuple(term for term, _ in movements),
        publisher=publisher,
        unread=frozenset(unread),
    )
    return vocabulary, problems


Loaded = list[tuple[Any, Record]]


def _load_terms(
    project: Path,
    name: str,
    keys: tuple[Key, ...],
    build: Callable[[Record], Any],
    problems: list[Problem],
    unread: set[str],
) -> Loaded:
    path = f"{FOLDER}/{name}"
    node = _load_yaml(project, name, problems)
    if node and node.kind != "list":
        problems.append(Problem(path, node.line, "Danh mục phải là một danh sách", "bắt đầu mỗi mục bằng “- mã: …”"))
        node = None
    if node is None:
        unread.add(name)
        return []
    loaded: Loaded = []
    for item in node.items:
        if item.kind != "mapping":
            problems.append(Problem(path, item.line, "Mục không gồm các dòng Tên: giá trị", "bắt đầu bằng “- mã: …”"))
            unread.add(name)
            continue
        record = parse_record(keys, item, path, item.line)
        problems += record.problems
        if record.problems:
            unread.add(name)
        else:
            loaded.append((build(record), record))
    return loaded


def _load_yaml(project: Path, name: str, problems: list[Problem]) -> Node | None:
    path = f"{FOLDER}/{name}"
    file = project / FOLDER / name
    if not file.is_file():
        problems.append(Problem(path, 1, f"Thiếu tệp danh mục {name}", "chép lại tệp này từ bản sao gần nhất"))
        return None
    text = read_text(file, path)
    node = text if isinstance(text, Problem) else parse_yaml(text, path)
    if node is None:
        node = Problem(path, 1, "Tệp danh mục không có mục nào", "chép lại tệp này từ bản sao gần nhất")
    if isinstance(node, Problem):
        problems.append(node)
        return None
    return node


def _field(record: Record) -> Field:
    given = record.values
    return Field(**{"short": given["name"], "dark_color": given["color"]} | given)


def _commune(record: Record) -> Commune:
    return Commune(**record.values)


def _movement(record: Record) -> Movement:
    return Movement(**{"short": record.values["name"]} | record.values)


def _load_publisher(project: Path, problems: list[Problem], level: Level) -> Publisher:
    name = "co-quan.yaml"
    node = _load_yaml(project, name, problems)
    if node is None:
        return Publisher()
    path = f"{FOLDER}/{name}"
    if node.kind != "mapping":
        problems.append(
            Problem(path, node.line, "Tệp phải gồm các dòng Tên: giá trị", "viết lại theo mẫu trong README")
        )
        return Publisher()
    optional = [Key(key.attribute, key.name, key.parse, key.help) for key in PUBLISHER_KEYS]
    record = parse_record(optional, node, path)
    refused = {problem.line for problem in record.problems}
    for key in PUBLISHER_KEYS:
        if not key.required or record.lines.get(key.attribute) in refused:
            continue
        if key.attribute not in record.lines:
            record.report(None, f'Thiếu mục "{key.name}" của cơ quan', f"thêm dòng {key.name}: …", level)
        elif is_placeholder(record.get(key.attribute, "")):
            fix = "điền trước khi xuất bản"
            record.report(key.attribute, f'Mục "{key.name}" của cơ quan chưa được điền', fix, level)
    problems += record.problems
    return Publisher(**record.values)


def _names(term: Field | Movement) -> list[str]:
    return [squash(name) for name in (term.id, term.name, term.short, *getattr(term, "aliases", ()))]


def _commune_names(commune: Commune) -> list[str]:
    types = (commune.type, {"xã": "x", "thị trấn": "tt", "phường": "p"}[commune.type])
    names = [squash(name) for name in (commune.name, *commune.aliases)]
    return [*names, *(squash(kind) + name for kind in types for name in names)]


def _lives_overlap(one: Commune, other: Commune) -> bool:
    ends_before = one.until and other.since and one.until < other.since
    begins_after = other.until and one.since and other.until < one.since
    return not (ends_before or begins_after)


def _clashes(
    loaded: Loaded, names: Callable[[Any], list[str]], together: Callable[[Any, Any], bool] = lambda *_: True
) -> list[Problem]:
    """Name the pairs of terms that share an id, or a folded name while both exist."""
    problems: list[Problem] = []
    by_id: dict[str, Record] = {}
    by_name: dict[str, list[tuple[Any, Record]]] = {}
    for term, record in loaded:
        if first := by_id.get(term.id):
            record.report("id", f'Mã "{term.id}" đã dùng ở dòng {first.lines["id"]}', "đổi một trong hai mã")
            problems.append(record.problems.pop())
            continue
        by_id[term.id] = record
        clashing: dict[int, tuple[str, Any, Record]] = {}
        for name in names(term):
            for other, elsewhere in by_name.setdefault(name, []):
                if other is not term and together(other, term):
                    clashing.setdefault(id(other), (name, other, elsewhere))
            by_name[name].append((term, record))
        for name, other, elsewhere in clashing.values():
            line = elsewhere.lines[_named_by(elsewhere, name)]
            record.report(
                _named_by(record, name),
                f'"{other.name}" (dòng {line}) và "{term.name}" có tên trùng nhau khi bỏ dấu',
                "đổi tên hoặc tên khác của một mục",
            )
            problems.append(record.problems.pop())
    return problems


def _named_by(record: Record, folded: str) -> str:
    """Return the attribute that gives a term this folded name."""
    for attribute in ("name", "short", "aliases"):
        given = record.get(attribute, ())
        if folded in map(squash, [given] if isinstance(given, str) else given):
            return attribute
    return "id"


def _broken_lives(loaded: Loaded, *, complete: bool) -> list[Problem]:
    """Find communes whose dates or successors contradict each other; one that could not be read contradicts none."""
    problems: list[Problem] = []
    by_id: dict[str, Commune] = {commune.id: commune for commune, _ in loaded}
    for commune, record in loaded:
        before = len(record.problems)
        if commune.since and commune.until and commune.until < commune.since:
            start, end = format_date(commune.since), format_date(commune.until)
            record.report(
                "until", f'"{commune.name}" kết thúc ngày {end}, trước khi bắt đầu ngày {start}', "sửa lại hai ngày"
            )
        if commune.successor:
            if complete or commune.successor in by_id:
                _check_successor(commune, record, by_id)
        elif commune.until:
            record.report(
                "until", f'"{commune.name}" đã kết thúc mà không nói nay thuộc đâu', "thêm dòng nay thuộc: <mã>"
            )
        problems += record.problems[before:]
    return problems


def _check_successor(commune: Commune, record: Record, by_id: dict[str, Commune]) -> None:
    successor = by_id.get(commune.successor or "")
    if successor is None:
        near = nearest(commune.successor or "", by_id)
        fix = f'ý bạn là "{near}"?' if near else "dùng mã của một xã có trong tệp này"
        record.report("successor", f'"{commune.name}" nay thuộc "{commune.successor}", nhưng không có mã ấy', fix)
        return
    seen = {commune.id}
    following: Commune | None = successor
    while following:
        if following.id in seen:
            # A circle that this commune only leads into is reported where it runs.
            if following is commune:
                what = f'"{commune.name}" nối vòng về chính mình qua "nay thuộc"'
                record.report("successor", what, "sửa lại chuỗi kế tiếp")
            return
        seen.add(following.id)
        following = by_id.get(following.successor or "")
    day: date | None = commune.until
    if day is None:
        record.report("successor", f'"{commune.name}" có đơn vị kế tiếp mà không có ngày cuối', "thêm dòng đến ngày: …")
    elif successor.since and successor.since <= day:
        record.report(
            "until",
            f'"{commune.name}" còn đến {format_date(day)} mà "{successor.name}" có từ {format_date(successor.since)}',
            "sửa lại hai ngày cho nối nhau",
        )
