"""A story and what some of its keys shall say -> its text, with every other key, comment and order as it was."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING, TypeVar

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, PlainScalarString

from plugins.sources.front_matter import parse_front_matter, split_front_matter
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import find_cut, find_key, read_value
from plugins.sources.yaml_nodes import plain_spaces
from plugins.vietnamese import nfc, without_unseen

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from plugins.sources.front_matter import FrontMatter
    from plugins.sources.schema import Key, Value

Lines = tuple[str, ...]
Read = TypeVar("Read")
# How a comment begins that asks a writer to confirm the value below it.
GUESS = "đoán: "
_BY_HAND = "sửa cả tệp ở dạng chữ"


class _Words(VersionedResolver):
    """Takes no word for anything but a word: whether 2020-08-19 is a date is for the schema to say."""

    @property
    def versioned_resolver(self) -> dict[str, object]:
        return {}


class _Writer(yaml.SafeDumper):
    yaml_implicit_resolvers = {}  # noqa: RUF012 - the base class has it as one for all


def read_fields(matter: FrontMatter, keys: Sequence[Key]) -> dict[str, Lines]:
    """Return what each key that is given says, by attribute, line by line; Invalid when one cannot be put in lines."""
    found: dict[str, Lines] = {}
    for name, node in matter.mapping.pairs:
        key = find_key(keys, name.text)
        if key is None:
            continue
        if key.attribute in found:
            raise Invalid(f'Mục "{key.name}" được khai hai lần', _BY_HAND)
        if cut := find_cut(node):
            # What its writer meant, which the checker asks to be put in quotes.
            found[key.attribute] = (f"{node.text} {cut}",)
            continue
        value = read_value(key, node)
        found[key.attribute] = tuple(line for line in ([value] if isinstance(value, str) else value) if line)
    return found


def read_guesses(text: str, keys: Sequence[Key]) -> dict[str, str]:
    """Return what a comment asks to have confirmed, by the attribute of the key below it."""
    lines = _sound(split_front_matter(text, "")).yaml.split("\n")
    return {
        attribute: lines[number].lstrip("# ").removeprefix(GUESS) for number, attribute in _guess_lines(lines, keys)
    }


def rewrite(
    text: str, keys: Sequence[Key], wanted: Mapping[str, Sequence[str]], body: str, confirmed: Container[str] = ()
) -> str:
    """Return the text with the keys of `wanted` saying those lines, and the body replaced.

    Guesses that are confirmed, or said otherwise, are no longer marked. What says the same as before is left as it is
    written. Invalid when the text is too broken to be changed in parts.
    """
    matter = _sound(parse_front_matter(text, ""))
    before = read_fields(matter, keys)
    changed: dict[Key, Lines] = {}
    for key in keys:
        lines = _clean(wanted.get(key.attribute, before.get(key.attribute, ())))
        if not _mean_the_same(key, before.get(key.attribute, ()), lines):
            changed[key] = lines
    front = _sound(split_front_matter(text, "")).yaml
    written = (_rewrite_front(front, keys, changed) if changed else front).split("\n")
    for number, name in reversed(list(_guess_lines(written, keys))):
        if name in confirmed or find_key(keys, name) in changed:
            del written[number]
    front = "\n".join(written)
    body = f"\n{_plain(body)}\n" if _plain(body) != _plain(matter.body) else matter.body
    made = f"---\n{front}---\n{body}"
    expected = before | {key.attribute: lines for key, lines in changed.items()}
    if _given(read_fields(_sound(parse_front_matter(made, "")), keys)) != _given(expected):
        raise Invalid("Phần khai báo viết theo cách mà biểu mẫu không sửa riêng từng mục được", _BY_HAND)
    return made


def write_scalar(value: str) -> str:
    """Return one line of text as YAML: as it is, or in the double quotes that every message speaks of."""
    written = yaml.dump(value, Dumper=_Writer, allow_unicode=True, width=sys.maxsize)
    if not value or written.startswith(("'", '"')):
        written = yaml.dump(value, Dumper=_Writer, allow_unicode=True, width=sys.maxsize, default_style='"')
    return written.splitlines()[0]


def _sound(read: Read | Problem) -> Read:
    """Return what was read of a text; Invalid when that is a problem."""
    if isinstance(read, Problem):
        raise Invalid(read.message, read.fix)
    return read


def _guess_lines(front: Sequence[str], keys: Sequence[Key]) -> Iterator[tuple[int, str]]:
    """Yield the number, from 0, of each line that marks a guess, with the attribute of the key below it."""
    waiting: list[int] = []
    for number, line in enumerate(front):
        if line.startswith("#"):
            waiting += [number] if line.lstrip("# ").startswith(GUESS) else []
        elif key := find_key(keys, line.partition(":")[0]):
            yield from ((comment, key.attribute) for comment in waiting)
            waiting.clear()


def _mean_the_same(key: Key, before: Lines, lines: Lines) -> bool:
    """Tell whether a form gives back what was written, if in the words of its lists: “nam dong” as “Nam Dong”."""
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
    return {attribute: lines for attribute, lines in fields.items() if lines}


def _clean(lines: Sequence[str]) -> Lines:
    cleaned = (" ".join(nfc(without_unseen(line)).split()) for line in lines)
    return tuple(line for line in cleaned if line)


def _plain(body: str) -> str:
    # The last is Word's own line end.
    for end in ("\r\n", "\r", "\x0b"):
        body = body.replace(end, "\n")
    return nfc(without_unseen(body)).strip("\n")


def _rewrite_front(front: str, keys: Sequence[Key], changed: Mapping[Key, Lines]) -> str:
    round_trip = YAML()
    round_trip.Resolver = _Words
    round_trip.preserve_quotes = True
    round_trip.width = sys.maxsize
    round_trip.indent(mapping=2, sequence=4, offset=2)
    try:
        mapping = round_trip.load(plain_spaces(front))
    except (YAMLError, ValueError, RecursionError):
        mapping = None
    if not isinstance(mapping, CommentedMap):
        raise Invalid("Phần khai báo viết theo cách mà biểu mẫu không đọc được", _BY_HAND)
    names = {key.attribute: name for name in mapping if (key := find_key(keys, str(name)))}
    for number, key in enumerate(keys):
        if key not in changed:
            continue
        lines = changed[key]
        name = names.get(key.attribute)
        if name is None:
            before = [names[other.attribute] for other in keys[:number] if other.attribute in names]
            names[key.attribute] = name = key.name
            mapping.insert(list(mapping).index(before[-1]) + 1 if before else 0, name, _value(lines))
        elif isinstance(mapping[name], CommentedSeq) and lines:
            _rewrite_items(mapping[name], lines)
        else:
            _drop_cut(mapping, name)
            mapping[name] = _value(lines)
    out = StringIO()
    round_trip.dump(mapping, out)
    return out.getvalue()


def _value(lines: Lines) -> CommentedSeq | PlainScalarString | DoubleQuotedScalarString:
    return _scalar(lines[0] if lines else "") if len(lines) < 2 else CommentedSeq(_scalar(line) for line in lines)


def _scalar(line: str) -> PlainScalarString | DoubleQuotedScalarString:
    kind = DoubleQuotedScalarString if line and write_scalar(line).startswith('"') else PlainScalarString
    return kind(line)  # type: ignore[no-any-return]


def _rewrite_items(items: CommentedSeq, lines: Lines) -> None:
    """Make a list say these lines; what stays keeps its comment."""
    while len(items) > len(lines):
        # The last of those that go, so that comments stay beside what they are about.
        del items[max(number for number, item in enumerate(items) if number == len(items) - 1 or item not in lines)]
    for number, line in enumerate(lines):
        if number == len(items):
            items.append(_scalar(line))
        elif str(items[number]) != line:
            items[number] = _scalar(line)


def _drop_cut(mapping: CommentedMap, name: str) -> None:
    """Take away the rest of a value that YAML took for a comment: it is in the new value now."""
    comments = mapping.ca.items.get(name)
    if comments and comments[2] and not comments[2].value.startswith(("# ", "\n", "#\n")):
        comments[2].value = "\n"
