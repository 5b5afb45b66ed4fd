"""A story's text with new values of some keys; other keys, comments and the order of keys are kept.

Its front matter is edited as lines, each key with its own.
"""

import re
import sys
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeVar

import yaml

from plugins.sources.front_matter import FrontMatter, parse_front_matter, split_front_matter
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key, find_key, read_value
from plugins.sources.yaml_nodes import Node, compose_yaml, find_cut_off
from plugins.vietnamese import nfc, without_unseen

Lines = tuple[str, ...]
Read = TypeVar("Read")
# The beginning of a comment that asks the writer to confirm the value below it.
GUESS = "đoán: "
# A comment after a value, and a line that YAML takes for an indented comment.
_COMMENT = re.compile(r"[ \t]+#.*")
_INDENTED_COMMENT = re.compile(r"[ \t]+#")
BY_HAND = "sửa cả tệp ở dạng chữ"


def read_fields(matter: FrontMatter, keys: Sequence[Key]) -> dict[str, Lines]:
    """Return the lines of each key's value by attribute; Invalid when a value cannot be read as lines."""
    found: dict[str, Lines] = {}
    for name, node in matter.mapping.pairs:
        if (key := find_key(keys, name.text)) is None:
            continue
        if key.attribute in found:
            raise Invalid(f'Mục "{key.name}" được khai hai lần', BY_HAND)
        # With the text that YAML cuts off as a comment, which the check reports.
        value = read_value(key, _whole(node))
        found[key.attribute] = tuple(line for line in ([value] if isinstance(value, str) else value) if line)
    return found


def read_guesses(text: str, keys: Sequence[Key]) -> dict[str, str]:
    """Return the sources of unconfirmed guesses, by the attribute of the key below the comment."""
    entries, _ = split_keys(sound(split_front_matter(text, "")).yaml)
    return {
        key.attribute: line.lstrip("# ").removeprefix(GUESS)
        for entry in entries
        if (key := find_key(keys, entry.name))
        for line in entry.above
        if _is_guess(line)
    }


def rewrite(
    text: str, keys: Sequence[Key], wanted: Mapping[str, Sequence[str]], body: str, confirmed: Container[str] = ()
) -> str:
    """Return the text with the values of `wanted`, lines by attribute, and a new body; all other lines are kept.

    Guesses that are `confirmed` or changed lose their comment. Invalid when the text cannot be taken apart.
    """
    matter, split = sound(parse_front_matter(text, "")), sound(split_front_matter(text, ""))
    before = read_fields(matter, keys)
    changed: dict[Key, Lines] = {}
    for key in keys:
        lines = _clean(wanted.get(key.attribute, before.get(key.attribute, ())))
        if not _mean_the_same(key, _clean(before.get(key.attribute, ())), lines):
            changed[key] = lines
    front = _rewrite_front(split.yaml, keys, changed, confirmed)
    rest = text[split.start + len(split.yaml) :]
    if _plain(body) != _plain(split.body):
        fence = rest.removesuffix(split.body)
        rest = fence + ("" if fence.endswith("\n") else "\n") + _replace_body(split.body, _plain(body))
    made = f"{text[: split.start]}{front}{rest}"
    expected = before | {key.attribute: lines for key, lines in changed.items()}
    if _given(read_fields(sound(parse_front_matter(made, "")), keys)) != _given(expected):
        raise Invalid("Phần khai báo viết theo cách mà biểu mẫu không sửa riêng từng mục được", BY_HAND)
    return made


def sound(read: Read | Problem) -> Read:
    """Return a value, or raise a problem as Invalid."""
    if isinstance(read, Problem):
        raise Invalid(read.message, read.fix)
    return read


def _is_guess(line: str) -> bool:
    return line.startswith("#") and line.lstrip("# ").startswith(GUESS)


def _whole(node: Node) -> Node:
    """Return a node and its items with the text that YAML cut off as a comment."""
    # No deeper than values go: aliases can make a node endless.
    items = (replace(item, pairs=tuple((name, _uncut(value)) for name, value in item.pairs)) for item in node.items)
    return replace(_uncut(node), items=tuple(map(_uncut, items)))


def _uncut(node: Node) -> Node:
    return replace(node, text=f"{node.text} {node.cut}".strip(), cut="") if node.cut else node


def _mean_the_same(key: Key, before: Lines, lines: Lines) -> bool:
    """Return whether two values are equal or parse to the same, as “dong xuan” and “Đồng Xuân” do."""
    if before == lines or not (before and lines):
        return before == lines
    meant = _meaning(key, before)
    # With a broken vocabulary a key parses all words to the same.
    return bool(meant == _meaning(key, lines)) and meant != _meaning(key, ("?",))


def _meaning(key: Key, lines: Lines) -> object:
    """Return the parsed value of lines; a unique object if it is invalid."""
    try:
        return key.parse(lines[0] if len(lines) == 1 else list(lines))
    except Invalid:
        return object()


def _given(fields: Mapping[str, Lines]) -> dict[str, Lines]:
    return {attribute: _clean(lines) for attribute, lines in fields.items() if lines}


def _clean(lines: Sequence[str]) -> Lines:
    return tuple(filter(None, map(clean_line, lines)))


def _plain(body: str) -> str:
    # \x0b is a manual line break copied from Word.
    for end in ("\r\n", "\r", "\x0b"):
        body = body.replace(end, "\n")
    return nfc(without_unseen(body)).strip("\n")


def _replace_body(before: str, body: str) -> str:
    """Return a body with the blank lines that are around the present one."""
    if not before.strip("\n"):
        return f"\n{body}\n"
    start, end = len(before) - len(before.lstrip("\n")), len(before.rstrip("\n"))
    return f"{before[:start]}{body}{before[end:]}"


def _rewrite_front(front: str, keys: Sequence[Key], changed: Mapping[Key, Lines], confirmed: Container[str]) -> str:
    entries, below = split_keys(front)
    by_key: dict[Key, WrittenKey] = {key: entry for entry in entries if (key := find_key(keys, entry.name))}
    for key, entry in by_key.items():
        if key in changed:
            entry.text = write_entry(entry, changed[key])
        if key in changed or key.attribute in confirmed:
            entry.above = [line for line in entry.above if not _is_guess(line)]
    for number, key in enumerate(keys):
        if changed.get(key) and key not in by_key:
            before = [by_key[other] for other in keys[:number] if other in by_key]
            by_key[key] = made = new_entry(key.name, changed[key], entries[0] if entries else None)
            entries.insert(entries.index(before[-1]) + 1 if before else 0, made)
    return join(entries, below)


@dataclass
class WrittenKey:
    """A key with the lines between the previous key and it, `above`, and its own lines joined, `text`.

    The marks of `value`, the YAML node, count from the beginning of the front matter, and `text` begins at `offset`.
    """

    name: str
    above: list[str]
    text: str
    value: yaml.Node | None = None
    offset: int = 0

    def start_of(self, node: yaml.Node) -> int:
        """Return the index in the text at which a node begins."""
        return int(node.start_mark.index) - self.offset

    def end_of(self, node: yaml.Node) -> int:
        """Return the index in the text at which a node ends, for a list its last item."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self.end_of(last if isinstance(last, yaml.Node) else last[1])
        start, end = self.start_of(node), int(node.end_mark.index) - self.offset
        return start + len(self.text[start:end].rstrip()) if end > start else end

    def rest_after(self, node: yaml.Node) -> str:
        """Return the rest of the line after a node."""
        return self.text[self.end_of(node) :].partition("\n")[0]

    def comment_of(self, node: yaml.Node) -> str:
        """Return the comment after a node with the space before it; "" if there is none."""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            found = _COMMENT.search(self.text[self.start_of(node) :].partition("\n")[0])
        elif find_cut_off(node, rest := self.rest_after(node)):
            found = None
        else:
            found = _COMMENT.match(rest)
        return found[0] if found else ""


def split_keys(front: str) -> tuple[list[WrittenKey], list[str]]:
    """Return the keys of front matter in order, and the lines after the last; Invalid if it is no block of keys."""
    try:
        root = compose_yaml(front)
    except (yaml.YAMLError, ValueError, RecursionError):
        root = None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise Invalid("Phần khai báo viết theo cách mà biểu mẫu không đọc được", BY_HAND)
    entries: list[WrittenKey] = []
    end = -1
    for name, value in root.value:
        start = front.rfind("\n", 0, name.start_mark.index) + 1
        if start <= end or front[start : name.start_mark.index].strip() or not isinstance(name, yaml.ScalarNode):
            raise Invalid("Phần khai báo viết theo cách mà biểu mẫu không đọc được", BY_HAND)
        entry = WrittenKey(name.value.strip(), _between(front, end, start), front[start:], value, start)
        length = entry.text.find("\n", entry.end_of(value))
        entry.text = entry.text[:length] if length >= 0 else entry.text
        if entries:
            # An indented comment belongs to the key above.
            while entry.above and _INDENTED_COMMENT.match(entry.above[0]):
                entries[-1].text += f"\n{entry.above.pop(0)}"
        entries.append(entry)
        end = start + len(entry.text)
    return entries, _between(front, end, len(front))


def join(entries: Sequence[WrittenKey], below: Sequence[str]) -> str:
    """Return the front matter of keys and the lines below them."""
    lines = [line for entry in entries for line in (*entry.above, entry.text)]
    return "".join(f"{line}\n" for line in (*lines, *below))


def write_entry(entry: WrittenKey, lines: Sequence[str]) -> str:
    """Return the text of a key with a new value of these lines, keeping comments and unchanged items."""
    value = entry.value
    if isinstance(value, yaml.SequenceNode):
        return _write_flow(entry, value, lines) if value.flow_style else _write_items(entry, value, lines)
    if value is None:
        raise TypeError(entry.name)
    start, end, beside = entry.start_of(value), entry.end_of(value), entry.comment_of(value)
    below = entry.text[end + len(entry.rest_after(value)) :]
    if isinstance(value, yaml.ScalarNode) and len(lines) == 1:
        space = " " if entry.text[:start].endswith(":") else ""
        return f"{entry.text[:start]}{space}{write_scalar(lines[0])}{beside}{below}"
    key = f"{entry.text[:start].rstrip()}{beside}"
    return key + "".join(f"\n{_indent(entry)}  - {write_scalar(line)}" for line in lines) + below


def new_entry(name: str, lines: Sequence[str], like: WrittenKey | None) -> WrittenKey:
    """Return a new key with a value of these lines, indented like another key."""
    indent = _indent(like) if like else ""
    if len(lines) == 1:
        return WrittenKey(name, [], f"{indent}{name}: {write_scalar(lines[0])}")
    return WrittenKey(name, [], f"{indent}{name}:" + "".join(f"\n{indent}  - {write_scalar(line)}" for line in lines))


def write_scalar(value: str) -> str:
    """Return a line as a YAML scalar, plain or in double quotes."""
    written = _dump(value)
    return _dump(value, default_style='"') if not value or written.startswith(("'", '"')) else written


class _Writer(yaml.SafeDumper):
    # Every scalar is text to us: no quotes for 2020-08-19.
    yaml_implicit_resolvers = {}  # noqa: RUF012 - the base class has it as one for all


def _dump(value: object, **how: str | bool) -> str:
    written: str = yaml.dump(value, Dumper=_Writer, allow_unicode=True, width=sys.maxsize, **how)  # type: ignore[call-overload]
    return written.splitlines()[0]


def _between(front: str, end: int, start: int) -> list[str]:
    """Return the whole lines after the one that ends at an index, up to another index."""
    return front[end + 1 : start].split("\n")[:-1]


def _indent(entry: WrittenKey) -> str:
    return entry.text[: len(entry.text) - len(entry.text.lstrip())]


def _write_flow(entry: WrittenKey, value: yaml.SequenceNode, lines: Sequence[str]) -> str:
    start, end = entry.start_of(value), entry.end_of(value)
    if "\n" not in entry.text[start:end] and lines:
        items = (line if _dump([line], default_flow_style=True) == f"[{line}]" else _quote(line) for line in lines)
        return f"{entry.text[:start]}[{', '.join(items)}]{entry.text[end:]}"
    # A flow list over several lines becomes a block list, its comments above the items.
    places = [start + 1, *(place for item in value.value for place in (entry.start_of(item), entry.end_of(item))), end]
    gaps = [entry.text[a:b] for a, b in zip(places[::2], places[1::2], strict=True)]
    comments = [comment.strip() for gap in gaps for comment in re.findall(r"(?<!\S)#.*", gap)]
    indent = f"\n{_indent(entry)}  "
    key = f"{entry.text[:start].rstrip()}{entry.comment_of(value)}"
    below = entry.text[end + len(entry.rest_after(value)) :]
    above = "".join(f"{indent}{comment}" for comment in comments)
    return key + above + "".join(f"{indent}- {write_scalar(line)}" for line in lines) + below


def _quote(line: str) -> str:
    return _dump(line, default_style='"')


def _write_items(entry: WrittenKey, value: yaml.SequenceNode, lines: Sequence[str]) -> str:
    """Return the text of a block list with new items, keeping the text of unchanged and moved items."""
    text, items = entry.text, value.value
    key_end = text.index("\n")
    ends = [entry.end_of(item) + len(entry.rest_after(item)) for item in items]
    starts = []
    for item, before in zip(items, [key_end, *ends], strict=False):
        dash = re.compile(r"^[ \t]*-(?=\s|$)", re.MULTILINE).search(text, before + 1)
        if dash is None or dash.start() > entry.start_of(item):
            raise Invalid("Phần khai báo viết theo cách mà biểu mẫu không đọc được", BY_HAND)
        starts.append(dash.start())
    written = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    indent = written[0][: written[0].index("-")]
    after, came = _match([_read_item(entry, item) for item in items], lines)

    def edit(number: int, line: str) -> str:
        start = entry.start_of(items[number])
        space = " " if text[:start].endswith("-") else ""
        return f"{text[starts[number] : start]}{space}{write_scalar(line)}{entry.comment_of(items[number])}"

    def write(one: _Item) -> str:
        if one.moved is not None:
            return written[one.moved]
        return edit(one.instead, one.line) if one.instead is not None else f"{indent}- {write_scalar(one.line)}"

    parts = [text[:key_end], *map(write, came)]
    before = key_end
    for number, start in enumerate(starts):
        parts += [text[before + 1 : start - 1]] if start - 1 > before else []
        parts += map(write, after[number])
        before = ends[number]
    return "\n".join(parts) + text[before:]


@dataclass
class _Item:
    """A new item: the old one with the same value, `moved`, the old one that it replaces, `instead`, or neither."""

    line: str
    moved: int | None = None
    instead: int | None = None


def _match(old: Sequence[str], lines: Sequence[str]) -> tuple[list[list[_Item]], list[_Item]]:
    """Return the new items at and after the place of each old one, and those before the first."""
    after: list[list[_Item]] = [[] for _ in old]
    came: list[_Item] = []
    changes = SequenceMatcher(None, old, lines, autojunk=False).get_opcodes()
    free = [number for what, i, j, _, _ in changes if what != "equal" for number in range(i, j)]
    found: list[tuple[int, _Item]] = []
    for what, i, i_end, j, j_end in changes:
        for number, line in enumerate(lines[j:j_end]):
            if what == "equal":
                after[i + number].append(_Item(line, moved=i + number))
                continue
            if (moved := next((at for at in free if old[at] == line), None)) is not None:
                free.remove(moved)
            place = min(i + number, i_end - 1)
            one = _Item(line, moved)
            (after[place] if place >= 0 else came).append(one)
            found += [(i + number, one)] if i + number < i_end else []
    for place, one in found:
        if one.moved is None and place in free:
            one.instead = place
    return after, came


def _read_item(entry: WrittenKey, item: yaml.Node) -> str:
    if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
        name, value = item.value[0]
        line = f"{name.value}: {value.value}"
        item = value
    else:
        line = str(item.value)
    return clean_line(f"{line} {find_cut_off(item, entry.rest_after(item))}")


def clean_line(line: str) -> str:
    """Return a line in NFC, without invisible characters and repeated spaces."""
    return " ".join(nfc(without_unseen(line)).split())
