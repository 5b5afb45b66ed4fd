"""Files that others have sent: saved, or removed; the earlier file goes to the history."""

from enum import StrEnum
from pathlib import Path

from plugins.editing.history import EDITING, keep_earlier
from plugins.editing.saving import follow
from plugins.sources.files import write_whole
from plugins.sources.folders import find_link
from plugins.sources.held import explain_writing
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc


class Received(StrEnum):
    """The outcome for a file received."""

    NEW = "mới"
    REPLACED = "thay bản trước"
    SAME = "đã có"


def receive(project: Path, folder: str, name: str, data: bytes) -> Received:
    """Write a file into a folder of the project; Invalid when it cannot be written."""
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
