"""Text of a Markdown file -> its front matter with lines, and its body; or Problems."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.sources.problem import Problem
from plugins.sources.yaml_nodes import Node, parse_yaml

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_EXAMPLE = "mở đầu tệp bằng một dòng ---, các mục như Tiêu đề: …, rồi một dòng ---"


@dataclass(frozen=True)
class FrontMatter:
    """The mapping node between the two --- lines, and the Markdown after them, which starts at `body_line`."""

    mapping: Node
    body: str
    body_line: int


def parse_front_matter(text: str, path: str) -> FrontMatter | Problem:
    """Split the text at its --- lines and parse what stands between."""
    start = len(text) - len(text.lstrip("\n"))
    opening = _FENCE.match(text, start)
    if not opening:
        return Problem(path, 1, "Tệp không có phần khai báo ở đầu", _EXAMPLE)
    closing = _FENCE.search(text, opening.end())
    if not closing:
        return Problem(path, 1, "Phần khai báo ở đầu tệp không có dòng --- đóng lại", "thêm một dòng --- sau mục cuối")
    first_line = text.count("\n", 0, opening.end()) + 2
    node = parse_yaml(text[opening.end() + 1 : closing.start()], path, first_line)
    if isinstance(node, Problem):
        return node
    if node is None:
        return Problem(path, 1, "Phần khai báo ở đầu tệp trống", _EXAMPLE)
    if node.kind != "mapping":
        return Problem(
            path, node.line, "Phần khai báo không phải các mục Tên: giá trị", "viết mỗi dòng theo mẫu Tên mục: giá trị"
        )
    body_line = text.count("\n", 0, closing.end()) + 2
    return FrontMatter(node, text[closing.end() + 1 :], body_line)
