"""Split a Markdown file into front matter, with lines, and body."""

import re
from dataclasses import dataclass

from plugins.sources.problem import Problem
from plugins.sources.yaml_nodes import Node, parse_yaml

# Invisible spaces after the hyphens, including those of Word.
_BLANKS = "[ \t\u00a0\u202f]*"
_OPENING = re.compile(f"---{_BLANKS}$", re.MULTILINE)
# Searching for a line end is faster than for the start of a line.
_CLOSING = re.compile(f"\n---{_BLANKS}$", re.MULTILINE)
# Misspelt fences, such as the dashes of Word.
_NEARLY_A_FENCE = re.compile(f"^{_BLANKS}(?P<typed>[-–—―_*=]+){_BLANKS}$", re.MULTILINE)
_EXAMPLE = "mở đầu tệp bằng một dòng ---, các mục như Tiêu đề: …, rồi một dòng ---"


@dataclass(frozen=True)
class FrontMatter:
    """The mapping node between the two --- lines, and the Markdown after them, which starts at `body_line`."""

    mapping: Node
    body: str
    body_line: int


@dataclass(frozen=True)
class Split:
    """A text split at its --- lines; `start` is the offset of the YAML in it."""

    yaml: str
    start: int
    first_line: int
    body: str
    body_line: int


def parse_front_matter(text: str, path: str) -> FrontMatter | Problem:
    """Split a text at its --- lines and parse the front matter."""
    if isinstance(split := split_front_matter(text, path), Problem):
        return split
    if isinstance(node := parse_yaml(split.yaml, path, split.first_line), Problem):
        return node
    if node is None:
        return Problem(path, 1, "Phần khai báo ở đầu tệp trống", _EXAMPLE)
    if node.kind != "mapping":
        what = "Phần khai báo không phải các mục Tên: giá trị"
        return Problem(path, node.line, what, "viết mỗi dòng theo mẫu Tên mục: giá trị")
    return FrontMatter(node, split.body, split.body_line)


def split_front_matter(text: str, path: str) -> Split | Problem:
    """Split a text at its --- lines."""
    start = len(text) - len(text.lstrip("\n"))
    if not (opening := _OPENING.match(text, start)):
        none = Problem(path, 1, "Tệp không có phần khai báo ở đầu", _EXAMPLE)
        return _name_nearly(_NEARLY_A_FENCE.match(text, start), text, none)
    if not (closing := _CLOSING.search(text, opening.end())):
        none = Problem(path, 1, "Phần khai báo ở đầu tệp không có dòng --- đóng lại", "thêm một dòng --- sau mục cuối")
        return _name_nearly(_NEARLY_A_FENCE.search(text, opening.end() + 1), text, none)
    start = opening.end() + 1
    first_line = text.count("\n", 0, start) + 1
    body_line = text.count("\n", 0, closing.end()) + 2
    return Split(text[start : closing.start() + 1], start, first_line, text[closing.end() + 1 :], body_line)


def _name_nearly(nearly: re.Match[str] | None, text: str, otherwise: Problem) -> Problem:
    """Return a problem at a misspelt fence, if there is one."""
    if not nearly:
        return otherwise
    line = text.count("\n", 0, nearly.start("typed")) + 1
    typed = nearly["typed"]
    what = "Dòng --- thụt vào" if typed == "---" else f"Dòng “{typed[:10]}” không phải đúng ba dấu gạch nối"
    return Problem(otherwise.path, line, what, "gõ lại dòng ấy thành --- ở sát đầu dòng")
