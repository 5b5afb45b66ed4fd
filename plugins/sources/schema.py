"""Read a mapping by a schema, a table of keys, for stories, pages, documents and vocabulary alike."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.yaml_nodes import Node
from plugins.vietnamese import nearest, squash

Value = str | list[str]


@dataclass(frozen=True)
class Input:
    """An input of a form: its label, its kind, and its options if limited; options `apart` are under a heading."""

    name: str = ""
    kind: Literal["line", "passage", "day", "photo", "exemplar"] = "line"
    options: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()  # option, heading

    @property
    def grouped(self) -> dict[str, list[str]]:
        """The options by heading, those without first."""
        headings = dict(self.apart)
        groups: dict[str, list[str]] = {"": []}
        for option in self.options:
            groups.setdefault(headings.get(option, ""), []).append(option)
        return groups


@dataclass(frozen=True)
class Widget:
    """The inputs of a form for a value, written with bars between them; `many` for several such lines."""

    parts: tuple[Input, ...] = (Input(),)
    many: bool = False
    lacking: Literal["last", "first"] = "last"  # the parts that a shorter line lacks


LINE = Widget()
# Bullets pasted from Word. To YAML such a list is one line of text.
_BULLET = re.compile("([•·▪●○–—]) .* \\1 ")


@dataclass(frozen=True)
class Need:
    """The condition under which a key is required: in words, and as a predicate of the value of the key `cause`."""

    when: str
    cause: str
    applies: Callable[[Any], bool]
    # In place of the usual ones, at the line of `cause`; {} is its value.
    message: str = ""
    fix: str = ""


# Compared by identity, so that a tuple of keys is a fast cache key.
@dataclass(frozen=True, eq=False)
class Key:
    """A row of a schema: attribute, Vietnamese name, parser and help; forms ask for it by `widget`, within `group`."""

    attribute: str
    name: str
    parse: Callable[[Value], Any]
    help: str
    example: str = ""
    widget: Widget = LINE
    group: str = ""
    required: bool = False  # of every record
    required_of: Need | None = None  # of those that it matches
    prose: bool = False  # sentences and names, as opposed to vocabulary words, files and numbers
    fills: str = ""  # the attribute of the resulting object, when it differs
    aliases: tuple[str, ...] = ()  # other names that staff may write

    @property
    def requirement(self) -> str:
        """When the key is required, in Vietnamese; "" for never."""
        return "bắt buộc" if self.required else f"bắt buộc {self.required_of.when}" if self.required_of else ""

    def is_required_in(self, given: Mapping[str, Any]) -> bool:
        """Return whether a record with these values requires the key."""
        need = self.required_of
        return self.required or (need is not None and need.applies(given.get(need.cause)))


@dataclass
class Record:
    """A parsed mapping: values by attribute (only those given), the line of each, and problems."""

    line: int
    path: str
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Keys with invalid values or likely misspelt names, which must not be reported as missing.
    refused: set[str] = field(default_factory=set)

    def get(self, attribute: str, default: Any = None) -> Any:
        """Return a valid value, or the default."""
        return self.values.get(attribute, default)

    def report(self, attribute: str | None, message: str, fix: str, level: Level = Level.ERROR) -> None:
        """Add a problem at the line of a key, by default of the record."""
        line = self.lines.get(attribute, self.line) if attribute else self.line
        self.problems.append(Problem(self.path, line, message, fix, level))


def find_key(keys: Sequence[Key], name: str) -> Key | None:
    """Return the key with this name or attribute, or None."""
    return _sort_out(tuple(keys))[0].get(squash(name))


def parse_record(keys: Sequence[Key], mapping: Node, path: str, line: int = 1) -> Record:
    """Read a mapping node by a schema, collecting all problems."""
    record = Record(line, path)
    by_name, needed = _sort_out(tuple(keys))
    for name_node, node in mapping.pairs:
        name = name_node.text
        if (key := by_name.get(squash(name))) is None:
            _report_unknown(record, keys, name, name_node.line)
            continue
        if key.attribute in record.lines:
            what = f'Mục "{key.name}" được khai hai lần (lần đầu ở dòng {record.lines[key.attribute]})'
            record.problems.append(Problem(path, name_node.line, what, "xóa một trong hai"))
            continue
        record.lines[key.attribute] = name_node.line
        try:
            if value := read_value(key, node):
                record.values[key.attribute] = key.parse(value)
        except Invalid as invalid:
            record.refused.add(key.attribute)
            record.report(key.attribute, invalid.message, invalid.fix)
            if invalid.meant is not None:
                record.values[key.attribute] = invalid.meant
    for key in needed:
        is_missing = record.values.get(key.attribute, "") == "" and key.attribute not in record.refused
        # An unreadable value may or may not ask for the key: nothing is claimed of it.
        is_decided = key.required_of is None or key.required_of.cause not in record.refused - record.values.keys()
        if is_missing and is_decided and key.is_required_in(record.values):
            report_missing(record, key)
    return record


@lru_cache(maxsize=32)
def _sort_out(keys: tuple[Key, ...]) -> tuple[dict[str, Key], list[Key]]:
    """Return the keys by all their names, and those that may be required."""
    by_name = {squash(name): key for key in keys for name in (*key.aliases, key.attribute, key.name)}
    return by_name, [key for key in keys if key.requirement]


def report_missing(record: Record, key: Key) -> None:
    """Report a missing key, at its own line if it is there but empty."""
    if (need := key.required_of) and need.message:
        at = key.attribute if key.attribute in record.lines else need.cause
        record.report(at, need.message.format(record.get(need.cause)), need.fix)
        return
    record.report(key.attribute, f'Thiếu mục "{key.name}"', f"thêm dòng {key.name}: {key.example or '…'}")


def _report_unknown(record: Record, keys: Sequence[Key], name: str, line: int) -> None:
    if not name:
        # For example in brackets, a list in YAML.
        fix = "viết theo mẫu Tên mục: giá trị, tên mục để trần, không có dấu gì"
        record.problems.append(Problem(record.path, line, "Đầu dòng không phải tên một mục", fix))
        return
    near = nearest(name, [key.name for key in keys] + [key.attribute for key in keys])
    record.refused.update(key.attribute for key in keys if near in (key.name, key.attribute))
    fix = f'ý bạn là "{near}"?' if near else "xóa mục này hoặc xem bảng các mục trong sổ tay"
    record.problems.append(Problem(record.path, line, f'Không có mục nào tên "{name}"', fix))


def read_value(key: Key, node: Node) -> Value:
    """Return the raw value of a node; Invalid if it is neither a line nor a list of lines."""
    # No deeper than a valid value, as aliases can grow exponentially.
    parts = (node, *node.items, *(value for item in node.items for _, value in item.pairs))
    if cut := next((part.cut for part in parts if part.cut), ""):
        fix = "đặt cả giá trị trong ngoặc kép, hoặc thêm dấu cách sau dấu # nếu là ghi chú"
        raise Invalid(f'Mục "{key.name}": từ "{cut}" trở đi bị hiểu là ghi chú và bị bỏ', fix)
    if node.kind == "scalar":
        if bullet := _BULLET.match(node.text):
            fix = f"thay {bullet[1]} ở đầu mỗi dòng bằng dấu gạch nối và một dấu cách: - …"
            raise Invalid(f'Mục "{key.name}": danh sách không bắt đầu bằng dấu gạch nối', fix)
        return node.text
    lines = [_as_line(item) for item in node.items]
    if node.kind == "list" and None not in lines:
        return [line for line in lines if line]
    raise Invalid(
        f'Giá trị của mục "{key.name}" không phải một dòng chữ hay một danh sách',
        "đặt giá trị trong ngoặc kép nếu nó có dấu hai chấm, hoặc viết mỗi ý một dòng bắt đầu bằng “- ”",
    )


def _as_line(item: Node) -> str | None:
    """Return an item of a list as one line; None if it is more."""
    # In YAML, “- Ngày đầu tiên. Ảnh: thôn 3” is a mapping.
    if item.kind == "mapping" and len(item.pairs) == 1:
        name, value = item.pairs[0]
        return f"{name.text}: {value.text}".rstrip() if (name.kind, value.kind) == ("scalar", "scalar") else None
    return item.text if item.kind == "scalar" else None
