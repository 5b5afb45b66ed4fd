"""A story and what some of its keys shall say -> its text, with every other key, comment and order as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from plugins.editing.front_lines import BY_HAND, Entry, join, lay_out, new_entry, write_entry
from plugins.sources.front_matter import parse_front_matter, split_front_matter
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import find_key, read_value
from plugins.vietnamese import nfc, without_unseen

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from plugins.sources.front_matter import FrontMatter
    from plugins.sources.schema import Key, Value
    from plugins.sources.yaml_nodes import Node

Lines = tuple[str, ...]
Read = TypeVar("Read")
# How a comment begins that asks a writer to confirm the value below it.
GUESS = "đoán: "


def read_fields(matter: FrontMatter, keys: Sequence[Key]) -> dict[str, Lines]:
    """Return what each key that is given says, by attribute, line by line; Invalid when one cannot be put in lines."""
    found: dict[str, Lines] = {}
    for name, node in matter.mapping.pairs:
        key = find_key(keys, name.text)
        if key is None:
            continue
        if key.attribute in found:
            raise Invalid(f'Mục "{key.name}" được khai hai lần', BY_HAND)
        # With what its writer meant to belong to it, which the checker asks to be put in quotes.
        value = read_value(key, _whole(node))
        found[key.attribute] = tuple(line for line in ([value] if isinstance(value, str) else value) if line)
    return found


def read_guesses(text: str, keys: Sequence[Key]) -> dict[str, str]:
    """Return what a comment asks to have confirmed, by the attribute of the key below it."""
    entries, _ = lay_out(_sound(split_front_matter(text, "")).yaml)
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
    """Return the text with the keys of `wanted` saying those lines, and the body replaced.

    Guesses that are confirmed, or said otherwise, are no longer marked. Every other line is left as it is written.
    Invalid when the text is too broken to be changed in parts.
    """
    matter, split = _sound(parse_front_matter(text, "")), _sound(split_front_matter(text, ""))
    before = read_fields(matter, keys)
    changed: dict[Key, Lines] = {}
    for key in keys:
        lines = _clean(wanted.get(key.attribute, before.get(key.attribute, ())))
        if not _mean_the_same(key, _clean(before.get(key.attribute, ())), lines):
            changed[key] = lines
    front = _rewrite_front(split.yaml, keys, changed, confirmed)
    fence = text[split.start + len(split.yaml) : len(text) - len(split.body)]
    if _plain(body) != _plain(split.body):
        fence = fence if fence.endswith("\n") else f"{fence}\n"
        body = _replace_body(split.body, _plain(body))
    else:
        body = split.body
    made = f"{text[: split.start]}{front}{fence}{body}"
    expected = before | {key.attribute: lines for key, lines in changed.items()}
    if _given(read_fields(_sound(parse_front_matter(made, "")), keys)) != _given(expected):
        raise Invalid("Phần khai báo viết theo cách mà biểu mẫu không sửa riêng từng mục được", BY_HAND)
    return made


def _sound(read: Read | Problem) -> Read:
    """Return what was read of a text; Invalid when that is a problem."""
    if isinstance(read, Problem):
        raise Invalid(read.message, read.fix)
    return read


def _is_guess(line: str) -> bool:
    return line.startswith("#") and line.lstrip("# ").startswith(GUESS)


def _whole(node: Node) -> Node:
    """Return a value with what YAML cut off from it, or from its items."""
    # No deeper than a value may go: aliases can make what lies below grow without end.
    items = (replace(item, pairs=tuple((name, _uncut(value)) for name, value in item.pairs)) for item in node.items)
    return replace(_uncut(node), items=tuple(map(_uncut, items)))


def _uncut(node: Node) -> Node:
    return replace(node, text=f"{node.text} {node.cut}".strip(), cut="") if node.cut else node


def _mean_the_same(key: Key, before: Lines, lines: Lines) -> bool:
    """Tell whether a form gives back what was written, if in the words of its lists: “dong xuan” as “Đồng Xuân”."""
    if before == lines or not (before and lines):
        return before == lines
    meant = _meaning(key, before)
    # A key whose vocabulary is broken takes any word for the same.
    return bool(meant == _meaning(key, lines)) and meant != _meaning(key, ("?",))


def _meaning(key: Key, lines: Lines) -> object:
    """Return what lines mean to a key; what is like nothing else when it does not take them."""
    try:
        return key.parse(_as_value(lines))
    except Invalid:
        return object()


def _as_value(lines: Lines) -> Value:
    return lines[0] if len(lines) == 1 else list(lines)


def _given(fields: Mapping[str, Lines]) -> dict[str, Lines]:
    return {attribute: _clean(lines) for attribute, lines in fields.items() if lines}


def _clean(lines: Sequence[str]) -> Lines:
    cleaned = (" ".join(nfc(without_unseen(line)).split()) for line in lines)
    return tuple(line for line in cleaned if line)


def _plain(body: str) -> str:
    # The last is Word's own line end.
    for end in ("\r\n", "\r", "\x0b"):
        body = body.replace(end, "\n")
    return nfc(without_unseen(body)).strip("\n")


def _replace_body(before: str, body: str) -> str:
    """Return a body in the place of another, with the blank lines around it that are there."""
    if not before.strip("\n"):
        return f"\n{body}\n"
    start, end = len(before) - len(before.lstrip("\n")), len(before.rstrip("\n"))
    return f"{before[:start]}{body}{before[end:]}"


def _rewrite_front(front: str, keys: Sequence[Key], changed: Mapping[Key, Lines], confirmed: Container[str]) -> str:
    entries, below = lay_out(front)
    by_key: dict[Key, Entry] = {key: entry for entry in entries if (key := find_key(keys, entry.name))}
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
