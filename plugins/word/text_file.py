"""A .txt in any encoding of Notepad or an old editor -> a paragraph for each line or wrapped paragraph."""

import re
from collections.abc import Iterator
from itertools import pairwise

from plugins.sources.problem import Invalid
from plugins.sources.text import MAX_BYTES
from plugins.vietnamese import nfc
from plugins.word.legacy import ENCODINGS, count_vietnamese_words, find_doubtful, marked_words, to_unicode
from plugins.word.nodes import Inline, Parsed
from plugins.word.package import LONG, MAX_PARAGRAPHS
from plugins.word.paragraphs import make_paragraph
from plugins.word.report import ImportReport

# Editors wrap lines at 60 to 100 characters; a text of fewer lines may only look wrapped.
_NARROWEST, _WIDEST, _FEWEST_LINES = 50, 110, 3
# Beginnings of lines that are paragraphs of their own: a dash, a bullet, a number.
_BEGINNING = re.compile(r"[-+•*●▪–]\s|\d{1,3}(\.\d+)*[.)]\s|[a-zđ]\)\s|[IVXLC]+[.)]\s")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_text_file(data: bytes, report: ImportReport) -> Parsed:
    """Return the paragraphs of a text; Invalid if it is in no encoding of Vietnamese."""
    if len(data) > MAX_BYTES:
        raise Invalid("Tệp chữ nặng quá 1 MB", "chỉ giữ phần chữ của bài trong tệp này")
    name, text = _decode(data)
    if "\0" in text:
        raise Invalid("Tệp không phải tệp chữ", "mở bằng chương trình đã tạo ra nó, lưu thành .docx rồi thử lại")
    if len(text.splitlines()) > MAX_PARAGRAPHS:
        raise LONG
    if name:
        report.changed[f"chữ từ mã {name} thành Unicode"] += len(text.split())
        report.doubtful += find_doubtful(nfc(text))
    lines = _unwrapped(text.splitlines(), report)
    return Parsed([node for line in lines for node in make_paragraph([Inline("text", line)], "p", report)])


def _unwrapped(lines: list[str], report: ImportReport) -> Iterator[str]:
    """Yield the paragraphs of a text, unwrapped if an editor wrapped its lines."""
    width = _width(lines)
    before, paragraph = "", ""
    for line in [*map(str.strip, lines), ""]:
        # A short line ends its paragraph, unless the next word did not fit on it.
        if width and before and line and len(before) + len(line.split()[0]) >= width and not _begins(line):
            paragraph = f"{paragraph} {line}"
            report.changed["chỗ ngắt dòng bỏ đi để nối lại đoạn văn"] += 1
        else:
            if paragraph:
                yield paragraph
            paragraph = line
        before = line


def _begins(line: str) -> bool:
    return bool(_BEGINNING.match(line)) or line.isupper()


def _width(lines: list[str]) -> int:
    """Return the width of a text clearly wrapped, with full lines that go on in small letters; 0 for any other."""
    written = [line.strip() for line in lines]
    longest = max(map(len, written), default=0)
    pairs = [(line, after) for line, after in pairwise(written) if line and after and not _begins(after)]
    if len(pairs) < _FEWEST_LINES or not _NARROWEST <= longest <= _WIDEST:
        return 0
    full = [after for line, after in pairs if len(line) + len(after.split()[0]) >= longest]
    going_on = [after for after in full if after[:1].islower()]
    return longest if len(full) * 3 >= len(pairs) * 2 and len(going_on) * 2 > len(full) else 0


def _decode(data: bytes) -> tuple[str, str]:
    """Return the text, and the name of its encoding if not Unicode: the one in which most words are spelt correctly."""
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return "", data.decode(codec, "replace")
    try:
        text = data.decode("utf-8")
        readings = {"": text}
    except UnicodeDecodeError:
        # cp1252 lacks five codes and moves others; these encodings use none of them for a letter.
        text = data.decode("cp1252", "replace")
        readings = {"Windows-1258": data.decode("cp1258", "replace")}
    for encoding in ENCODINGS:
        readings[encoding.name] = "".join(to_unicode([text], encoding) or text)
    name, best = max(readings.items(), key=lambda reading: count_vietnamese_words(nfc(reading[1])))
    if name and count_vietnamese_words(nfc(best)) * 2 < len(marked_words(nfc(best))):
        raise Invalid("Không nhận ra tệp chữ này ở bảng mã nào", "mở tệp, lưu lại với mã hóa UTF-8 rồi thử lại")
    return name, best
