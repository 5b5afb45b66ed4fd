"""YAML text -> plain values that remember their lines, or one Problem in Vietnamese.

PyYAML composes the node graph and resolves nothing: whether 19/8/2020 is a date is for the schema to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import yaml

from plugins.sources.problem import Problem

# libyaml is ten times faster; where it is missing, or for the words of an error, the pure loader serves.
_FAST_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# libyaml's composer overflows the stack on deep nesting, which ends the process; the pure loader raises instead.
_MOST_OPENINGS = 1000
# What YAML takes a value for when its writer says nothing; a word that begins with ! would be read as saying so.
_UNTAGGED = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
# A quote that opens a value, after its key or in a list, and what runs up to the quote that closes it.
_OPENING = re.compile(r"""^ *(?:- +)?(?:[^\n:"'#\[{]+: +)?(["'])""", re.MULTILINE)
_HASH = re.compile(r" +(#[^\s#].*)")
_CLOSING = {
    '"': re.compile(r"""(?:[^"\\]|\\[\s\S])*"([^\n]*)"""),
    "'": re.compile(r"""(?:[^']|'')*'(?!')([^\n]*)"""),
}


@dataclass(frozen=True)
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


def parse_yaml(text: str, path: str, first_line: int = 1) -> Node | Problem | None:
    """Parse one YAML document; `first_line` is where the text starts in its file. None when it is empty."""
    if sum(map(text.count, ("[", "{", "- ", "? "))) <= _MOST_OPENINGS:
        try:
            return _parse(text, _FAST_LOADER, first_line)
        except (yaml.YAMLError, ValueError):
            pass
        except RecursionError:
            return _too_deep(path, first_line)
    try:
        return _parse(text, yaml.BaseLoader, first_line)
    except yaml.MarkedYAMLError as error:
        return _explain(error, text, path, first_line)
    except RecursionError:
        return _too_deep(path, first_line)
    except (yaml.YAMLError, ValueError):
        return Problem(path, first_line, "Có ký tự điều khiển lạ trong tệp", "xóa ký tự ấy rồi gõ lại dòng chữ")


def _parse(text: str, loader: type, first_line: int) -> Node | None:
    root = yaml.compose(text, Loader=loader)
    return _plain(root, first_line, {}, text.split("\n") if "#" in text else []) if root else None


def _plain(node: yaml.Node, first_line: int, made: dict[int, Node | None], lines: list[str]) -> Node:
    if node.tag not in _UNTAGGED:
        raise yaml.MarkedYAMLError(problem="found a tag", problem_mark=node.start_mark)
    line = node.start_mark.line + first_line
    if isinstance(node, yaml.ScalarNode):
        return Node(line, "scalar", text=node.value.strip(), cut=_find_cut(node, lines))
    # What aliases repeat is made once, so that no few lines grow without end; None while it is being made.
    if id(node) in made:
        if (known := made[id(node)]) is None:
            raise RecursionError
        return known
    made[id(node)] = None
    if isinstance(node, yaml.SequenceNode):
        result = Node(line, "list", items=tuple(_plain(item, first_line, made, lines) for item in node.value))
    else:
        pairs = tuple(
            (_plain(name, first_line, made, lines), _plain(given, first_line, made, lines))
            for name, given in node.value
        )
        result = Node(line, "mapping", pairs=pairs)
    made[id(node)] = result
    return result


def _find_cut(node: yaml.ScalarNode, lines: list[str]) -> str:
    # Whoever writes a comment leaves a space after its sign.
    if node.style or node.end_mark.line >= len(lines):
        return ""
    found = _HASH.match(lines[node.end_mark.line], node.end_mark.column)
    return found[1].rstrip() if found else ""


def _too_deep(path: str, line: int) -> Problem:
    return Problem(path, line, "Danh sách lồng nhau quá sâu hoặc tự trỏ vào mình", "viết lại thành danh sách một tầng")


def _explain(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    """Say in Vietnamese what PyYAML found, at the line where a writer would look for it."""
    found = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    # What was opened and not closed is noticed at the end, but mended where it opens.
    opening = error.context_mark or mark
    line = mark.line if mark else 0
    here = text.split("\n")[line : line + 1]
    if "escape" in found:
        what = "Giá trị trong ngoặc kép có dấu gạch chéo ngược \\"
        fix = "gõ / thay cho \\, hoặc đặt giá trị trong dấu nháy đơn"
    elif quote := _faulty_quote(text, line):
        line, what, fix = quote
    elif "while parsing a flow" in found and opening:
        line = opening.line
        what = "Giá trị bắt đầu bằng [ hoặc { mà không có dấu đóng"
        fix = "thêm dấu đóng ở cuối, hoặc đặt cả giá trị trong ngoặc kép"
    elif "\\t" in found or any("\t" in indent[: len(indent) - len(indent.lstrip())] for indent in here):
        what, fix = "Có phím Tab thụt đầu dòng", "thay phím Tab bằng hai dấu cách"
    elif "mapping values are not allowed" in found:
        what = "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép"
        fix = 'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"'
    elif "could not find expected ':'" in found and opening:
        line = opening.line
        what, fix = "Dòng không có dấu hai chấm sau tên mục", "viết theo mẫu Tên mục: giá trị"
    else:
        what = "Không hiểu được cách viết ở dòng này"
        fix = "viết theo mẫu Tên mục: giá trị; đặt giá trị có ký tự lạ trong ngoặc kép"
    return Problem(path, line + first_line, what, fix)


def _faulty_quote(text: str, last_line: int) -> tuple[int, str, str] | None:
    """Find the first value whose quotes do not enclose it: PyYAML notices only at the next quote, lines later."""
    for opening in _OPENING.finditer(text):
        line = text.count("\n", 0, opening.end())
        if line > last_line:
            break
        closing = _CLOSING[opening[1]].match(text, opening.end())
        after = closing[1].strip() if closing else ""
        if closing and (after in ("", ",", "]") or after.startswith(("#", ":"))):
            continue
        if closing and "\n" not in closing[0]:
            return line, "Còn chữ sau dấu nháy đóng", "thay hai dấu nháy ấy bằng “ ”"
        return line, "Dấu nháy mở mà không đóng", f"thêm dấu {opening[1]} ở cuối giá trị, hoặc bỏ dấu nháy ở đầu"
    return None
