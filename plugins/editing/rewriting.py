"""A story's text with new values of some keys; other keys, comments and the order of keys are kept."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from plugins.editing.front_lines import BY_HAND, WrittenKey, clean_line, join, new_entry, split_keys, write_entry
from plugins.sources.front_matter import FrontMatter, parse_front_matter, split_front_matter
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key, find_key, read_value
from plugins.sources.yaml_nodes import Node
from plugins.vietnamese import nfc, without_unseen

Lines = tuple[str, ...]
Read = TypeVar("Read")
# The beginning of a comment that asks the writer to confirm the value below it.
GUESS = "đoán: "


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
