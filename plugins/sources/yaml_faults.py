"""Explain YAML syntax errors in Vietnamese, at the line of the mistake.

PyYAML reports, in English, where parsing stopped, which is often lines after the mistake.
"""

import re
from typing import NamedTuple

import yaml

# A quote that opens a value, after its key or in a list, and the text up to the closing quote.
_OPENING = re.compile(r"""^ *(?:- +)?(?:[^\n:"'#\[{]+: +)?(["'])""", re.MULTILINE)
_CLOSING = {
    '"': re.compile(r"""(?:[^"\\]|\\[\s\S])*"([^\n]*)"""),
    "'": re.compile(r"""(?:[^']|'')*'(?!')([^\n]*)"""),
}
# A key with no space after its colon, other than the scheme of an address.
_CLOSE_COLON = re.compile(r" *(?:- +)?(?P<name>[^\W\d_][\w ]*):(?P<value>[^\s/].*)")
_INDENTED_KEY = re.compile(r" +[^\W\d_][\w ]*: (?!.*: )")
# Indicators of YAML, with which a value may not begin.
_SIGN = re.compile(r" *(?:- +)?(?:[^:]+: +)?(?P<sign>[*&!@`%|>?,])")


class YamlFault(NamedTuple):
    """A syntax error: line from 0, message and fix."""

    line: int
    what: str
    fix: str


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
        return YamlFault(line, what, "gõ / thay cho \\, hoặc đặt giá trị trong dấu nháy đơn")
    if fault := _find_open_quote(text, line):
        return fault
    if "while parsing a flow" in said:
        what = "Giá trị bắt đầu bằng [ hoặc { mà không có dấu đóng"
        return YamlFault(opening, what, f"thêm dấu đóng ở cuối, hoặc {whole}")
    if "\\t" in said or "\t" in here[: len(here) - len(here.lstrip())]:
        return YamlFault(line, "Có phím Tab thụt đầu dòng", "thay phím Tab bằng hai dấu cách")
    # A key without a space after its colon is noticed at the next key, or taken for a bare word.
    for at in (opening, line, line - 1):
        if 0 <= at < len(lines) and (found := _CLOSE_COLON.fullmatch(lines[at])):
            return YamlFault(at, "Thiếu dấu cách sau dấu hai chấm", f"viết {found['name']}: {found['value'].strip()}")
    if "mapping values are not allowed" in said:
        return _explain_colon(here, line)
    if "could not find expected ':'" in said:
        return YamlFault(opening, "Dòng không có dấu hai chấm sau tên mục", "viết theo mẫu Tên mục: giá trị")
    if found := _SIGN.match(here):
        return YamlFault(line, f"Giá trị bắt đầu bằng dấu {found['sign']}", f"{whole}, hoặc bỏ dấu ấy")
    unclear = "viết theo mẫu Tên mục: giá trị; đặt giá trị có ký tự lạ trong ngoặc kép"
    return YamlFault(line, "Không hiểu được cách viết ở dòng này", unclear)


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
            return YamlFault(line, "Còn chữ sau dấu nháy đóng", "thay hai dấu nháy ấy bằng “ ”")
        fix = f"thêm dấu {opening[1]} ở cuối giá trị, hoặc bỏ dấu nháy ở đầu"
        return YamlFault(line, "Dấu nháy mở mà không đóng", fix)
    return None


def _explain_colon(here: str, line: int) -> YamlFault:
    if _INDENTED_KEY.match(here):
        what = "Dòng này thụt vào nên bị hiểu là phần tiếp của dòng trên"
        fix = "xóa dấu cách ở đầu dòng; nếu đúng là phần tiếp thì đặt cả giá trị trong ngoặc kép"
        return YamlFault(line, what, fix)
    fix = 'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"'
    if ": “" in here:
        fix = 'gõ dấu nháy thẳng " ở hai đầu giá trị; “ ” chỉ là chữ'
    return YamlFault(line, "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép", fix)
