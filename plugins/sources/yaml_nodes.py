"""YAML text -> plain values that remember their lines, or one Problem in Vietnamese.

PyYAML composes the node graph and resolves nothing: whether 19/8/2020 is a date is for the schema to say.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import yaml

from plugins.sources.problem import Problem
from plugins.sources.yaml_faults import explain_yaml_error

# libyaml is ten times faster; where it is missing, or for the words of an error, the pure loader serves.
_FAST_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Ten times the longest: a vocabulary of all communes, a story of a hundred photos. PyYAML reads 100 KB a second.
MOST_LETTERS = 100_000
# libyaml's composer overflows the stack on deep nesting, which ends the process; the pure loader raises instead.
_MOST_OPENINGS = 1000
# What YAML takes a value for when its writer says nothing; a word that begins with ! would be read as saying so.
_UNTAGGED = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
_HASH = re.compile(r" +(#[^\s#].*)")
# What only an escape brings, “D:\anh” in double quotes, and no page or document can hold.
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


# Lines that mean what they seem to mean: no sign in them is one of YAML's, or could be, and their letters are those of
# Vietnamese and its neighbours. A key, with a value or without; one of a list; nothing.
_UNUSUAL = re.compile("[^\n -~\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u22ff]")
_VALUE = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`][^\n:#]*(?:(?::(?![ \n]|\Z)|(?<! )#)[^\n:#]*)*"""
_PLAIN_LINE = re.compile(rf"^(?:([^\W_][^\n:#]{{0,99}}):(?: +({_VALUE}))? *|( *-) +({_VALUE})|)$", re.MULTILINE)


# Not frozen: there are dozens a story, and each would take three times as long to make.
@dataclass(slots=True)
class Node:
    """A value with its line (from 1): `text` of a scalar, `items` of a list, or `pairs` of a mapping, by `kind`.

    `cut` is what followed on the line and was likely meant to belong to it: “Tổ #3” is “Tổ” to YAML.
    """

    line: int
    kind: Literal["scalar", "list", "mapping"]
    text: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()
    cut: str = ""


def parse_yaml(text: str, path: str, first_line: int = 1, most: int = MOST_LETTERS) -> Node | Problem | None:
    """Parse one YAML document; `first_line` is where the text starts in its file. None when it is empty."""
    if len(text) > most:
        what = f"Phần khai báo dài quá {most // 1000}.000 chữ cái"
        return Problem(path, first_line, what, "chỉ giữ các dòng Tên mục: giá trị; chữ dài thì viết vào thân bài")
    text = plain_spaces(text)
    return parse_plain_lines(text, first_line) or _parse_or_explain(text, path, first_line)


def _parse_or_explain(text: str, path: str, first_line: int) -> Node | Problem | None:
    try:
        if not _is_deep(text):
            with suppress(yaml.YAMLError, ValueError):
                return _parse(text, _FAST_LOADER, first_line)
        return _parse(text, yaml.BaseLoader, first_line)
    except yaml.MarkedYAMLError as error:
        fault = explain_yaml_error(error, text)
        return Problem(path, fault.line + first_line, fault.what, fault.fix)
    except RecursionError:
        what = "Danh sách lồng nhau quá sâu hoặc tự trỏ vào mình"
        return Problem(path, first_line, what, "viết lại thành danh sách một tầng")
    except (yaml.YAMLError, ValueError):
        return Problem(path, first_line, "Có ký tự điều khiển lạ trong tệp", "xóa ký tự ấy rồi gõ lại dòng chữ")


def compose_yaml(text: str) -> yaml.Node | None:
    """Return the nodes of a text that `parse_yaml` takes, with their places in it.

    YAMLError, ValueError or RecursionError when it cannot be read.
    """
    if not _is_deep(text):
        with suppress(yaml.YAMLError, ValueError):
            return yaml.compose(plain_spaces(text), Loader=_FAST_LOADER)
    return yaml.compose(plain_spaces(text), Loader=yaml.BaseLoader)


def _is_deep(text: str) -> bool:
    """Tell whether what lies in what may be nested deeply: by the brackets, and by the line that goes deepest."""
    brackets = text.count("[") + text.count("{")
    # Without brackets, what lies deeper stands further to the right, or follows its dash on one line.
    is_long = len(text) > MOST_LETTERS or text.count("- ") + text.count("? ") > _MOST_OPENINGS
    lines = text.split("\n") if is_long else []
    dashes = max((line.count("- ") + line.count("? ") + 2 * _indent(line) for line in lines), default=0)
    return brackets + dashes > _MOST_OPENINGS


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def parse_plain_lines(text: str, first_line: int) -> Node | None:
    """Read what nearly every story has: keys with a value or a plain list, a line each. None: it takes all of YAML.

    It gives what PyYAML would, in a quarter of the time.
    """
    found = [] if _UNUSUAL.search(text) else _PLAIN_LINE.findall(text)
    if len(found) != text.count("\n") + 1:
        return None
    names: list[Node] = []
    values: list[Node | list[Node]] = []
    indent = ""
    for line, (name, value, dash, item) in enumerate(found, first_line):
        if name:
            names.append(Node(line, "scalar", name.strip()))
            values.append(Node(line, "scalar", value.strip()))
        elif dash:
            last = values[-1] if values else None
            if isinstance(last, list) and dash == indent:
                last.append(Node(line, "scalar", item.strip()))
            elif isinstance(last, Node) and not last.text:
                values[-1], indent = [Node(line, "scalar", item.strip())], dash
            else:
                return None
    pairs = [one if isinstance(one, Node) else Node(one[0].line, "list", items=tuple(one)) for one in values]
    return Node(names[0].line, "mapping", pairs=tuple(zip(names, pairs, strict=True))) if names else None


def find_cut_off(node: yaml.Node, rest: str) -> str:
    """Return what of the rest of its line was likely meant to belong to a value, and is a comment to YAML."""
    # Whoever writes a comment leaves a space after its sign.
    cut = _HASH.match(rest) if isinstance(node, yaml.ScalarNode) and not node.style else None
    return cut[1].rstrip() if cut else ""


def plain_spaces(text: str) -> str:
    """Return the text with spaces for what Word puts into it that looks like them, and to YAML is a letter."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _parse(text: str, loader: type, first_line: int) -> Node | None:
    root = yaml.compose(text, Loader=loader)
    lines = text.split("\n") if any(map(text.count, "#&!")) else []
    # What aliases repeat is made once, so that no few lines grow without end; None while it is being made.
    made: dict[int, Node | None] = {}

    def plain(node: yaml.Node) -> Node:
        if node.tag not in _UNTAGGED:
            raise yaml.MarkedYAMLError(problem="found a tag", problem_mark=node.start_mark)
        line = node.start_mark.line + first_line
        if isinstance(node, yaml.ScalarNode):
            # “&Bà con” is “con” to YAML, “! Bà con” is “Bà con”.
            if _rest(lines, node.start_mark).startswith(("&", "!")):
                raise yaml.MarkedYAMLError(problem="found a sign", problem_mark=node.start_mark)
            if node.style == '"' and _ESCAPED.search(node.value):
                raise yaml.MarkedYAMLError(problem="found an escape", problem_mark=node.start_mark)
            cut = find_cut_off(node, _rest(lines, node.end_mark))
            return Node(line, "scalar", text=node.value.strip(), cut=cut)
        if id(node) in made:
            if (known := made[id(node)]) is None:
                raise RecursionError
            return known
        made[id(node)] = None
        if isinstance(node, yaml.SequenceNode):
            result = Node(line, "list", items=tuple(plain(item) for item in node.value))
        else:
            pairs = tuple((plain(name), plain(given)) for name, given in node.value)
            result = Node(line, "mapping", pairs=pairs)
        made[id(node)] = result
        return result

    return plain(root) if root else None


def _rest(lines: list[str], mark: yaml.Mark) -> str:
    # YAML counts more line ends than ours (U+2028).
    return lines[mark.line][mark.column :] if mark.line < len(lines) else ""
