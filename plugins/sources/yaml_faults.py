"""What is wrong with YAML that does not parse, in a writer's words, at the line where a writer would look for it.

PyYAML says, in English, where it could not go on; the slip is often lines before, and never called by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml

# A quote that opens a value, after its key or in a list, and what runs up to the quote that closes it.
_OPENING = re.compile(r"""^ *(?:- +)?(?:[^\n:"'#\[{]+: +)?(["'])""", re.MULTILINE)
_CLOSING = {
    '"': re.compile(r"""(?:[^"\\]|\\[\s\S])*"([^\n]*)"""),
    "'": re.compile(r"""(?:[^']|'')*'(?!')([^\n]*)"""),
}
# A key whose colon no space follows; in an address slashes do.
_CLOSE_COLON = re.compile(r" *(?:- +)?(?P<name>[^\W\d_][\w ]*):(?P<value>[^\s/].*)")
_INDENTED_KEY = re.compile(r" +[^\W\d_][\w ]*: (?!.*: )")
# What a value may not begin with: to YAML each is a sign of its own.
_SIGN = re.compile(r" *(?:- +)?(?:[^:]+: +)?(?P<sign>[*&!@`%|>?,])")


class Fault(NamedTuple):
    """What is wrong in a text: the line (from 0), what it is, and what to do."""

    line: int
    what: str
    fix: str


@dataclass(frozen=True)
class _Stop:
    """Where PyYAML stopped: its words, the text, the line (from 0), and where what it was reading opens."""

    said: str
    text: str
    lines: list[str]
    line: int
    opening: int

    @property
    def here(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""


def explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return the fault for which PyYAML stopped."""
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    # What was opened and not closed is noticed at the end, but mended where it opens.
    opening = error.context_mark.line if error.context_mark else line
    stop = _Stop(f"{error.context or ''} {error.problem or ''}", text, text.split("\n"), line, opening)
    unclear = "viết theo mẫu Tên mục: giá trị; đặt giá trị có ký tự lạ trong ngoặc kép"
    return next(
        (fault for find in _FINDERS if (fault := find(stop))),
        Fault(line, "Không hiểu được cách viết ở dòng này", unclear),
    )


def _backslash(stop: _Stop) -> Fault | None:
    if "escape" not in stop.said:
        return None
    what = "Giá trị trong ngoặc kép có dấu gạch chéo ngược \\"
    return Fault(stop.line, what, "gõ / thay cho \\, hoặc đặt giá trị trong dấu nháy đơn")


def _quote(stop: _Stop) -> Fault | None:
    """Find the first value whose quotes do not enclose it: PyYAML notices only at the next quote, lines later."""
    for opening in _OPENING.finditer(stop.text):
        line = stop.text.count("\n", 0, opening.end())
        if line > stop.line:
            break
        closing = _CLOSING[opening[1]].match(stop.text, opening.end())
        after = closing[1].strip() if closing else ""
        if closing and (after in ("", ",", "]") or after.startswith(("#", ":"))):
            continue
        if closing and "\n" not in closing[0]:
            return Fault(line, "Còn chữ sau dấu nháy đóng", "thay hai dấu nháy ấy bằng “ ”")
        fix = f"thêm dấu {opening[1]} ở cuối giá trị, hoặc bỏ dấu nháy ở đầu"
        return Fault(line, "Dấu nháy mở mà không đóng", fix)
    return None


def _bracket(stop: _Stop) -> Fault | None:
    if "while parsing a flow" not in stop.said:
        return None
    what = "Giá trị bắt đầu bằng [ hoặc { mà không có dấu đóng"
    return Fault(stop.opening, what, "thêm dấu đóng ở cuối, hoặc đặt cả giá trị trong ngoặc kép")


def _tab(stop: _Stop) -> Fault | None:
    indent = stop.here[: len(stop.here) - len(stop.here.lstrip())]
    if "\\t" not in stop.said and "\t" not in indent:
        return None
    return Fault(stop.line, "Có phím Tab thụt đầu dòng", "thay phím Tab bằng hai dấu cách")


def _close_colon(stop: _Stop) -> Fault | None:
    """Find a key that is none for want of a space: PyYAML notices at the next key, or takes it for a bare word."""
    for line in (stop.opening, stop.line, stop.line - 1):
        if 0 <= line < len(stop.lines) and (found := _CLOSE_COLON.fullmatch(stop.lines[line])):
            fix = f"viết {found['name']}: {found['value'].strip()}"
            return Fault(line, "Thiếu dấu cách sau dấu hai chấm", fix)
    return None


def _colon(stop: _Stop) -> Fault | None:
    if "mapping values are not allowed" not in stop.said:
        return None
    if _INDENTED_KEY.match(stop.here):
        what = "Dòng này thụt vào nên bị hiểu là phần tiếp của dòng trên"
        fix = "xóa dấu cách ở đầu dòng; nếu đúng là phần tiếp thì đặt cả giá trị trong ngoặc kép"
        return Fault(stop.line, what, fix)
    fix = 'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"'
    if ": “" in stop.here:
        fix = 'gõ dấu nháy thẳng " ở hai đầu giá trị; “ ” chỉ là chữ'
    return Fault(stop.line, "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép", fix)


def _no_colon(stop: _Stop) -> Fault | None:
    if "could not find expected ':'" not in stop.said:
        return None
    return Fault(stop.opening, "Dòng không có dấu hai chấm sau tên mục", "viết theo mẫu Tên mục: giá trị")


def _sign(stop: _Stop) -> Fault | None:
    found = _SIGN.match(stop.here)
    if not found:
        return None
    fix = "đặt cả giá trị trong ngoặc kép, hoặc bỏ dấu ấy"
    return Fault(stop.line, f"Giá trị bắt đầu bằng dấu {found['sign']}", fix)


# The first that knows the fault names it.
_FINDERS = (_backslash, _quote, _bracket, _tab, _close_colon, _colon, _no_colon, _sign)
