"""Opening, saving and receiving a file: whole or not at all, never over a concurrent edit, the earlier text kept."""

import re
from codecs import BOM_UTF8
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from pathlib import Path, PurePosixPath

from plugins.editing.history import EDITING, keep_earlier
from plugins.markdown.references import CONTENT
from plugins.sources.files import numbered, write_whole
from plugins.sources.folders import find_link
from plugins.sources.held import explain_reading, explain_writing, insist_on_reading
from plugins.sources.problem import Invalid, Problem
from plugins.sources.text import MAX_BYTES, decode_text
from plugins.vietnamese import nfc

EDITABLE = (".md", ".yaml")
# Bytes of a name: file systems raise an error for longer ones.
_LONGEST = 255
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# Lines beyond which the most frequent ones are not matched, which would take minutes.
_MOST = 4000


class ChangedMeanwhile(Invalid):
    """The file has changed since it was opened; the text to be saved is in the history as `kept`."""

    def __init__(self, kept: str) -> None:
        fix = "mở lại trang này để thấy bản mới; bản vừa gõ đã cất vào các bản trước"
        super().__init__("Tệp đã được sửa ở nơi khác từ lúc mở nên chưa lưu", fix)
        self.kept = kept


class Missing(Invalid):
    """The file does not exist; it may have been renamed, moved or removed."""

    def __init__(self, path: str) -> None:
        super().__init__(f"Không có tệp {path} (có thể đã đổi tên)", "chọn lại bài từ trang Ban biên tập")


def at_line(problem: Problem) -> Invalid:
    """Return a problem of an open file as an exception that names its line."""
    return Invalid(f"Dòng {problem.line}: {problem.message[:1].lower()}{problem.message[1:]}", problem.fix)


@dataclass(frozen=True)
class Opened:
    """A file that may be edited, with its text as edited and the `version` of its bytes, a hash."""

    path: str
    file: Path
    text: str
    version: str


def open_file(project: Path, path: str) -> Opened:
    """Open a file of content/ by its path in the project; Invalid when it cannot be edited, Missing when it is gone."""
    file = _find(project, path)
    try:
        data = insist_on_reading(file.read_bytes)
    except FileNotFoundError:
        raise Missing(path) from None
    except OSError as error:
        raise explain_reading(error) from None
    if len(data) > MAX_BYTES:
        raise Invalid("Tệp quá 1 MB, không phải tệp chữ của một bài", "mở thư mục và xem lại tệp ấy")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("Tệp không ở mã UTF-8", "mở tệp bằng Notepad, chọn Lưu thành… với mã hóa UTF-8") from None
    return Opened(nfc(path), file, normalize_text(text), _version(data))


def save_file(opened: Opened, project: Path, version: str, text: str) -> str:
    """Replace a version of a file by a text and return the new version.

    ChangedMeanwhile when the file has another version by now, Missing when it is gone; Invalid when the text is
    unfit or cannot be written.
    """
    data = text.encode("utf-8")
    checked = decode_text(data, opened.path)
    if isinstance(checked, Problem):
        raise at_line(checked)
    if len(data) > MAX_BYTES:
        raise Invalid("Bài dài quá 1 MB chữ", "tách thành nhiều bài")
    with EDITING:
        try:
            before = insist_on_reading(opened.file.read_bytes)
            if _version(before) != version:
                raise ChangedMeanwhile(keep_earlier(project, opened.path, data, unsaved=True))
            if (data := write_lines(text, before)) != before:
                keep_earlier(project, opened.path, before)
                write_whole(opened.file, data, flush=True)
        except FileNotFoundError:
            raise Missing(opened.path) from None
        except OSError as error:
            raise explain_writing(error, "" if error.filename else opened.path, project=project) from None
    return _version(data)


def free_name(folder: Path, wanted: str, data: bytes) -> tuple[str, bool]:
    """Return a name for a photo in a folder, numbered if taken, and whether the same photo has that name already."""
    files = (folder / name for name in numbered(Path(wanted).stem, Path(wanted).suffix))
    file = next(file for file in files if not file.exists() or (file.is_file() and file.read_bytes() == data))
    return file.name, file.exists()


def add_file(folder: Path, wanted: str, data: bytes) -> str:
    """Add a file to a folder under a free name, unless it is there, and return the name; Invalid if unwritable."""
    with EDITING:
        try:
            name, is_there = free_name(folder, wanted, data)
            if not is_there:
                write_whole(folder / name, data, flush=True)
        except OSError as error:
            raise explain_writing(error, wanted) from None
    return name


class Received(StrEnum):
    """The outcome for a file received."""

    NEW = "mới"
    REPLACED = "thay bản trước"
    SAME = "đã có"


def receive(project: Path, folder: str, name: str, data: bytes) -> Received:
    """Write a file that others have sent into a folder of the project; Invalid when it cannot be written."""
    path = f"{folder}/{nfc(name)}"
    with EDITING:
        try:
            file = follow(project, path)
            if find_link(file) or (file.exists() and not file.is_file()):
                raise Invalid(f"{path} không phải tệp thường", "đổi tên tệp gửi rồi thả lại")
            before = file.read_bytes() if file.exists() else None
            if before == data:
                return Received.SAME
            if before is not None:
                keep_earlier(project, path, before)
            write_whole(file, data, flush=True)
        except OSError as error:
            raise explain_writing(error, project=project) from None
    return Received.NEW if before is None else Received.REPLACED


def put_away(project: Path, path: str) -> None:
    """Move a file from its folder into the history; Invalid when it is missing or held open."""
    with EDITING:
        file = follow(project, path)
        if ".." in path.split("/") or not file.is_file():
            raise Invalid(f"Không còn {path}", "tải lại trang")
        try:
            keep_earlier(project, path, file.read_bytes())
            file.unlink()
        except OSError as error:
            raise explain_writing(error, doing="bỏ ra", project=project) from None


def follow(project: Path, path: str) -> Path:
    """Return the file or folder at a path in NFC; on the disk the names may be decomposed."""
    found = project
    for part in PurePosixPath(nfc(path)).parts:
        if not (step := found / part).exists():
            names = (entry for entry in found.iterdir() if nfc(entry.name) == part) if found.is_dir() else iter(())
            step = next(names, step)
        found = step
    return found


def normalize_text(text: str) -> str:
    """Return a text in NFC with LF line ends."""
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def write_lines(text: str, before: bytes) -> bytes:
    """Return the bytes of a text that replaces `before`, with its byte order mark if it had one.

    New lines get the most frequent line end. A text with CR, which is an earlier one restored, keeps its line ends.
    """
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    if "\r" in text:
        return mark + text.encode()
    written = before.removeprefix(BOM_UTF8).decode(errors="replace")
    old = [(line, end) for line, end in _LINE.findall(written) if line or end]
    ends = Counter(end for _, end in old if end)
    most = ends.most_common(1)[0][0] if ends else "\n"
    if len(ends) < 2 and nfc(written) == written:
        return mark + text.replace("\n", most).encode()
    lines = text.split("\n")
    is_open = bool(lines[-1])
    lines = lines if is_open else lines[:-1]
    made = [(line, most) for line in lines]
    matcher = SequenceMatcher(None, [nfc(line) for line, _ in old], lines, autojunk=len(old) + len(lines) > _MOST)
    for i, j, size in matcher.get_matching_blocks():
        for at, number in zip(range(i, i + size), range(j, j + size), strict=True):
            line, end = old[at]
            made[number] = (line, end or most)
            if number and line + end == "\n" and made[number - 1][1] == "\r":
                # CR and LF of different lines would become one line end.
                made[number] = (line, "\r")
    data = "".join(map("".join, made))
    return mark + (data[: -len(made[-1][1])] if is_open else data).encode()


def _find(project: Path, path: str) -> Path:
    parts = PurePosixPath(nfc(path)).parts
    is_sound = not any(part.startswith(".") or len(part.encode()) > _LONGEST for part in parts)
    if not is_sound or parts[:1] != (CONTENT,) or not path.endswith(EDITABLE):
        raise Invalid(f'"{path}" không phải tệp sửa được ở đây', "chọn lại bài từ trang Ban biên tập")
    found = follow(project, path)
    if not found.is_file() or not found.resolve().is_relative_to((project / CONTENT).resolve()):
        raise Missing(path)
    return found


def _version(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
