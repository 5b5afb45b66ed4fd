"""Parse YAML into strings, lists and mappings with line numbers.

PyYAML composes the node graph only, without resolving types: schemas decide whether 19/8/2020 is a date.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import yaml

from plugins.sources.problem import Problem
from plugins.sources.yaml_faults import explain_yaml_error

# libyaml is ten times faster; the pure loader is used if it is missing, and for error messages.
_FAST_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Ten times the longest vocabulary or front matter. The pure loader parses 100 KB a second.
MOST_LETTERS = 100_000
# Deep nesting overflows the stack of libyaml and kills the process; the pure loader raises instead.
_MOST_OPENINGS = 1000
# The default tags. A word that begins with ! would set another.
_UNTAGGED = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
_HASH = re.compile(r" +(#[^\s#].*)")
# Control characters from escapes, such as “D:\anh” in double quotes, which no page can contain.
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


# Not frozen, which would triple the time to create the dozens of nodes of a story.
@dataclass(slots=True)
class Node:
    """A value with its line (from 1): `text` of a scalar, `items` of a list, or `pairs` of a mapping, by `kind`.

    `cut` is a comment that was likely meant as part of the value: YAML reads “Tổ #3” as “Tổ”.
    """

    line: int
    kind: Literal["scalar", "list", "mapping"]
    text: str = ""
    items: "tuple[Node, ...]" = ()
    pairs: "tuple[tuple[Node, Node], ...]" = ()
    cut: str = ""


def parse_yaml(text: str, path: str, first_line: int = 1, most: int = MOST_LETTERS) -> Node | Problem | None:
    """Parse a YAML document, None if it is empty; `first_line` is its line in the file."""
    if len(text) > most:
        what = f"Phần khai báo dài quá {most // 1000}.000 chữ cái"
        return Problem(path, first_line, what, "chỉ giữ các dòng Tên mục: giá trị; chữ dài thì viết vào thân bài")
    text = plain_spaces(text)
    try:
        root = compose_yaml(text)
        return _convert(root, text, first_line) if root else None
    except yaml.MarkedYAMLError as error:
        fault = explain_yaml_error(error, text)
        return Problem(path, fault.line + first_line, fault.what, fault.fix)
    except RecursionError:
        what = "Danh sách lồng nhau quá sâu hoặc tự trỏ vào mình"
        return Problem(path, first_line, what, "viết lại thành danh sách một tầng")
    except (yaml.YAMLError, ValueError):
        return Problem(path, first_line, "Có ký tự điều khiển lạ trong tệp", "xóa ký tự ấy rồi gõ lại dòng chữ")


def compose_yaml(text: str) -> yaml.Node | None:
    """Return PyYAML's node graph of a text, with positions; None for an empty text.

    Raises YAMLError, ValueError or RecursionError if it is invalid.
    """
    if not _is_deep(text):
        with suppress(yaml.YAMLError, ValueError):
            return yaml.compose(plain_spaces(text), Loader=_FAST_LOADER)
    return yaml.compose(plain_spaces(text), Loader=yaml.BaseLoader)


def _is_deep(text: str) -> bool:
    """Return whether a text may be nested deeply, judged by its brackets, dashes and indentation."""
    brackets = text.count("[") + text.count("{")
    # Without brackets, nesting takes indentation or several dashes on a line.
    is_long = len(text) > MOST_LETTERS or text.count("- ") + text.count("? ") > _MOST_OPENINGS
    lines = text.split("\n") if is_long else []
    steps = ((line.count("- ") + line.count("? "), len(line) - len(line.lstrip())) for line in lines)
    return brackets + max((dashes + 2 * indent for dashes, indent in steps), default=0) > _MOST_OPENINGS


def find_cut_off(node: yaml.Node, rest: str) -> str:
    """Return the comment after a value that was likely meant as part of it, or ""."""
    # Real comments have a space after the #.
    cut = _HASH.match(rest) if isinstance(node, yaml.ScalarNode) and not node.style else None
    return cut[1].rstrip() if cut else ""


def plain_spaces(text: str) -> str:
    """Return a text with plain spaces for those that Word inserts, which are letters in YAML."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _convert(root: yaml.Node, text: str, first_line: int) -> Node:
    lines = text.split("\n") if any(map(text.count, "#&!")) else []
    # Aliased nodes are converted once, so that they cannot grow exponentially; None during conversion.
    made: dict[int, Node | None] = {}

    def plain(node: yaml.Node) -> Node:
        if node.tag not in _UNTAGGED:
            raise yaml.MarkedYAMLError(problem="found a tag", problem_mark=node.start_mark)
        line = node.start_mark.line + first_line
        if isinstance(node, yaml.ScalarNode):
            # YAML reads “&Bà con” as “con”, and “! Bà con” as “Bà con”.
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
            result = Node(line, "list", items=tuple(map(plain, node.value)))
        else:
            result = Node(line, "mapping", pairs=tuple((plain(name), plain(given)) for name, given in node.value))
        made[id(node)] = result
        return result

    return plain(root)


def _rest(lines: list[str], mark: yaml.Mark) -> str:
    # YAML has further line ends (U+2028).
    return lines[mark.line][mark.column :] if mark.line < len(lines) else ""
