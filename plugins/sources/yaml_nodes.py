"""Parse YAML into strings, lists and mappings with line numbers, and explain errors in Vietnamese.

PyYAML composes the node graph only, without resolving types: schemas decide whether 19/8/2020 is a date. It reports, in
English, where parsing stopped, which is often lines after the mistake.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import yaml

from plugins.sources.problem import Problem

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
# A quote that opens a value, after its key or in a list, and the text up to the closing quote.
_OPENING = re.compile(r"""^ *(?:- +)?(?:[^\n:"'#\[{]+: +)?(["'])""", re.MULTILINE)
_CLOSING = {
    '"': re.compile(r"""(?:[^"\\]|\\[\s\S])*"([^\n]*)"""),
    "'": re.compile(r"""(?:[^']|'')*'(?!')([^\n]*)"""),
}
# A key with no space after its colon, other than the scheme of an address.
_CLOSE_COLON = re.compile(r" *(?:- +)?(?P<name>[^\W\d_][\w ]*):(?P<value>[^\s/].*)")
# A key with another sign that looks like a colon, from a keyboard for another script.
_OTHER_COLON = re.compile(r" *(?:- +)?(?P<name>[^\W\d_][\w ]*)(?P<sign>[：﹕꞉∶ː])(?P<value>.*)")
_INDENTED_KEY = re.compile(r" +[^\W\d_][\w ]*: (?!.*: )")
# Indicators of YAML, with which a value may not begin.
_SIGN = re.compile(r" *(?:- +)?(?:[^:]+: +)?(?P<sign>[*&!@`%|>?,])")
# A syntax error: line from 0, message and fix.
YamlFault = tuple[int, str, str]


# Not frozen, which would triple the time to create the dozens of nodes of a story.
@dataclass(slots=True)
class Node:
    """A value with its line (from 1): `text` of a scalar, `items` of a list, or `pairs` of a mapping, by `kind`."""

    line: int
    kind: Literal["scalar", "list", "mapping"]
    text: str = ""
    items: "tuple[Node, ...]" = ()
    pairs: "tuple[tuple[Node, Node], ...]" = ()
    cut: str = ""  # a comment that was likely meant as part of the value: YAML reads “Tổ #3” as “Tổ”


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
        line, what, fix = explain_yaml_error(error, text)
        return Problem(path, line + first_line, what, fix)
    except RecursionError:
        what = "Danh sách lồng nhau quá sâu hoặc tự trỏ vào mình"
        return Problem(path, first_line, what, "viết lại thành danh sách một tầng")
    except (yaml.YAMLError, ValueError):
        return Problem(path, first_line, "Có ký tự điều khiển lạ trong tệp", "xóa ký tự ấy rồi gõ lại dòng chữ")


def compose_yaml(text: str) -> yaml.Node | None:
    """Return PyYAML's node graph of a text, None for an empty one; YAMLError, ValueError, RecursionError if invalid."""
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
            return Node(line, "scalar", text=node.value.strip(), cut=find_cut_off(node, _rest(lines, node.end_mark)))
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


def explain_yaml_error(error: yaml.MarkedYAMLError, text: str) -> YamlFault:  # noqa: PLR0911 - one for each fault
    """Return the likely mistake behind an error of PyYAML, by its message and line."""
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    # A missing closing mark is noticed at the end, but fixed where it was opened.
    opening = error.context_mark.line if error.context_mark else line
    said = f"{error.context or ''} {error.problem or ''}"
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    whole = "đặt cả giá trị trong ngoặc kép"
    if "escape" in said:
        what = "Giá trị trong ngoặc kép có dấu gạch chéo ngược \\"
        return (line, what, "gõ / thay cho \\, hoặc đặt giá trị trong dấu nháy đơn")
    if fault := _find_open_quote(text, line):
        return fault
    if "while parsing a flow" in said:
        what = "Giá trị bắt đầu bằng [ hoặc { mà không có dấu đóng"
        return (opening, what, f"thêm dấu đóng ở cuối, hoặc {whole}")
    if "\\t" in said or "\t" in here[: len(here) - len(here.lstrip())]:
        return (line, "Có phím Tab thụt đầu dòng", "thay phím Tab bằng hai dấu cách")
    # A faulty colon after a key is noticed at the next key, or the key is taken for a bare word.
    for at in (opening, line, line - 1):
        if 0 <= at < len(lines) and (colon := _find_colon(lines[at])):
            return (at, *colon)
    if "mapping values are not allowed" in said:
        return _explain_colon(here, line)
    if "could not find expected ':'" in said:
        return (opening, "Dòng không có dấu hai chấm sau tên mục", "viết theo mẫu Tên mục: giá trị")
    if found := _SIGN.match(here):
        return (line, f"Giá trị bắt đầu bằng dấu {found['sign']}", f"{whole}, hoặc bỏ dấu ấy")
    unclear = "viết theo mẫu Tên mục: giá trị; đặt giá trị có ký tự lạ trong ngoặc kép"
    return (line, "Không hiểu được cách viết ở dòng này", unclear)


def _find_colon(line: str) -> tuple[str, str] | None:
    """Return message and fix for a line whose key has no proper colon after it."""
    if found := _CLOSE_COLON.fullmatch(line):
        what = "Thiếu dấu cách sau dấu hai chấm"
    elif found := _OTHER_COLON.fullmatch(line):
        what = f"Dấu “{found['sign']}” sau tên mục không phải dấu hai chấm thường"
    return (what, f"viết {found['name']}: {found['value'].strip()}") if found else None


def _find_open_quote(text: str, last: int) -> YamlFault | None:
    """Return a fault for the first value not enclosed by its quotes, which PyYAML notices only at the next quote."""
    for opening in _OPENING.finditer(text):
        line = text.count("\n", 0, opening.end())
        if line > last:
            break
        closing = _CLOSING[opening[1]].match(text, opening.end())
        after = closing[1].strip() if closing else ""
        if closing and (after in ("", ",", "]") or after.startswith(("#", ":"))):
            continue
        if closing and "\n" not in closing[0]:
            return (line, "Còn chữ sau dấu nháy đóng", "thay hai dấu nháy ấy bằng “ ”")
        return (line, "Dấu nháy mở mà không đóng", f"thêm dấu {opening[1]} ở cuối giá trị, hoặc bỏ dấu nháy ở đầu")
    return None


def _explain_colon(here: str, line: int) -> YamlFault:
    if _INDENTED_KEY.match(here):
        what = "Dòng này thụt vào nên bị hiểu là phần tiếp của dòng trên"
        fix = "xóa dấu cách ở đầu dòng; nếu đúng là phần tiếp thì đặt cả giá trị trong ngoặc kép"
        return (line, what, fix)
    fix = 'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"'
    if ": “" in here:
        fix = 'gõ dấu nháy thẳng " ở hai đầu giá trị; “ ” chỉ là chữ'
    return (line, "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép", fix)
