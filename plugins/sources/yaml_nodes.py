"""YAML text -> plain values that remember their lines, or one Problem in Vietnamese.

PyYAML composes the node graph and resolves nothing: whether 19/8/2020 is a date is for the schema to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import yaml

from plugins.sources.problem import Problem

# libyaml is ten times faster; where it is missing, or for the words of an error, the pure loader serves.
_FAST_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Node:
    """A value with its line (from 1): `text` of a scalar, `items` of a list, or `pairs` of a mapping, by `kind`."""

    line: int
    kind: Literal["scalar", "list", "mapping"]
    text: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()


def parse_yaml(text: str, path: str, first_line: int = 1) -> Node | Problem | None:
    """Parse one YAML document; `first_line` is where the text starts in its file. None when it is empty."""
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
    return _plain(root, first_line) if root else None


def _plain(node: yaml.Node, first_line: int, depth: int = 0) -> Node:
    # Also what ends a list that holds itself by an alias.
    if depth > 8:
        raise RecursionError
    line = node.start_mark.line + first_line
    if isinstance(node, yaml.ScalarNode):
        return Node(line, "scalar", text=node.value.strip())
    if isinstance(node, yaml.SequenceNode):
        return Node(line, "list", items=tuple(_plain(item, first_line, depth + 1) for item in node.value))
    pairs = tuple(tuple(_plain(part, first_line, depth + 1) for part in pair) for pair in node.value)
    return Node(line, "mapping", pairs=pairs)


def _too_deep(path: str, line: int) -> Problem:
    return Problem(path, line, "Danh sách lồng nhau quá sâu hoặc tự trỏ vào mình", "viết lại thành danh sách một tầng")


def _explain(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    """Say in Vietnamese what PyYAML found, at the line where a writer would look for it."""
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    what = f"{error.context or ''} {error.problem or ''}"
    lines = text.split("\n")
    if "quoted scalar" in what and error.context_mark:
        return Problem(
            path,
            error.context_mark.line + first_line,
            "Dấu nháy mở mà không đóng",
            'thêm dấu " ở cuối giá trị, hoặc bỏ dấu nháy ở đầu',
        )
    here = lines[line] if line < len(lines) else ""
    if "\\t" in what or "\t" in here[: len(here) - len(here.lstrip())]:
        return Problem(path, line + first_line, "Có phím Tab thụt đầu dòng", "thay phím Tab bằng hai dấu cách")
    if "mapping values are not allowed" in what:
        return Problem(
            path,
            line + first_line,
            "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép",
            'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"',
        )
    if "could not find expected ':'" in what:
        return Problem(
            path,
            (error.context_mark.line if error.context_mark else line) + first_line,
            "Dòng không có dấu hai chấm sau tên mục",
            "viết theo mẫu Tên mục: giá trị",
        )
    return Problem(
        path,
        line + first_line,
        "Không hiểu được cách viết ở dòng này",
        "viết theo mẫu Tên mục: giá trị; đặt giá trị có ký tự lạ trong ngoặc kép",
    )
