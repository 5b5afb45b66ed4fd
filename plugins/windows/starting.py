"""The start of a bundle: makes content/ the first time, and hands over to a new engine that was unpacked meanwhile."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from plugins import streams
from plugins.engine import project_of
from plugins.environment import run_task
from plugins.machine import DEEPEST_PAGE, find_depth
from plugins.output import discard, explain
from plugins.release.manifest import NAME, load_manifest
from plugins.release.store import Busy, locked
from plugins.sources.files import put_in_place
from plugins.windows.contents import (
    BROUGHT,
    IS_NAME,
    SAMPLE,
    USED,
    keep_aside,
    look_at,
    read_name,
    read_version,
    tell_kept,
    use,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# An update and the tidying after one are never done at once.
LOCK = ".lock"
# What is on its way out or in, under may/.
DOOMED, COMING = ".bo-", ".moi-"
_FOR_DEVELOPERS = {"test", "bench", "audit", "audit-dependencies", "bundle-windows"}
# Seconds for another start, or an update, to end.
_PATIENCE = 300
_UNPACK = "giải nén lại cả tệp zip vào một thư mục mới rồi mở từ đó (content/ đã có thì chép sang)"


def start(engine: Path, arguments: Sequence[str]) -> None:
    """Make sure that this engine can work here; exits with a sentence where not, with another's code if that took over.

    Returns for the command to be run.
    """
    streams.use_utf8()
    project = project_of(engine)
    if missing := _FOR_DEVELOPERS.intersection(arguments[:1]):
        sys.exit(f"Lệnh {missing.pop()} chỉ có ở bản đầy đủ của dự án, không có trong bộ chạy trên Windows.")
    _check_writable(project)
    try:
        with _turn(engine.parent / LOCK):
            _make_ready(project, engine)
            newer = _take_brought(project, engine)
    except OSError as error:
        sys.exit(f"Chưa mở được: {explain(error, project)}.")
    if newer:
        # By words, too, that it is to print in UTF-8: this Python listens to nothing in the environment.
        sys.exit(run_task([find_python(newer), "-X", "utf8", newer / "tasks.py"], arguments))


def find_python(engine: Path) -> Path:
    """Return the Python of an engine; where it has none that runs here, this one."""
    own = engine / "python/python.exe"
    return own if os.name == "nt" and own.is_file() else Path(sys.executable)


@contextmanager
def _turn(lock: Path) -> Iterator[None]:
    """Hold the lock; where another start or an update has it, as after two double clicks, wait for that to end."""
    for tried in range(_PATIENCE * 5):
        with ExitStack() as held:
            try:
                held.enter_context(locked(lock))
            except Busy:
                if not tried:
                    print("Đang có một lần mở hay cập nhật khác; chờ việc ấy xong…", flush=True)
                time.sleep(0.2)
                continue
            yield
            return
    sys.exit("Một lần mở hay cập nhật khác chạy mãi chưa xong; khởi động lại máy rồi mở lại.")


def _check_writable(project: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=project):
            pass
    except OSError:
        sys.exit(
            f"Thư mục {project} chỉ đọc được, không ghi được (đĩa, USB khóa ghi, ổ mạng, hay tệp zip chưa giải nén); "
            "chép cả thư mục vào ổ đĩa của máy này, ví dụ D:\\Dan-van-kheo, rồi bấm đúp lại xem-thu.cmd."
        )


def _make_ready(project: Path, engine: Path) -> None:
    if read_name(engine.parent / USED) != engine.name:
        # An unpacking that was cut off, a file that was put into quarantine.
        if too_long := tell_depth(project, engine):
            sys.exit(too_long)
        print("Lần đầu mở: đang chuẩn bị, có thể mất một, hai phút…", flush=True)
        if any(part.casefold().startswith("onedrive") for part in project.parts):
            what = "Thư mục này nằm trong OneDrive, nơi tệp hay bị giữ lại trong lúc đồng bộ"
            print(f"{what}; nên chuyển cả thư mục ra ngoài, ví dụ D:\\Dan-van-kheo.", flush=True)
        if damaged := look_at(engine, closely=False).damaged:
            some = ", ".join(damaged[:3])
            sys.exit(f"Bộ này thiếu hoặc hỏng {len(damaged)} tệp ({some}); {_UNPACK}.")
        use(engine)
    content = project / "content"
    if not content.exists():
        if not (engine / SAMPLE).is_dir():
            sys.exit(
                "Chưa có thư mục content/ với bài viết và danh mục; chép thư mục ấy vào cạnh xem-thu.cmd rồi mở lại."
            )
        _copy_sample(engine / SAMPLE, content)
        print("Đã tạo thư mục content/: bài viết, ảnh, danh mục và sổ của cơ quan nằm ở đó.", flush=True)


def tell_depth(project: Path, engine: Path) -> str:
    """Return the sentence that says that the paths of an engine are too long for Windows here; "" when they are not."""
    inside = max(map(len, load_manifest(engine) or [NAME]))
    return find_depth(project, max(len(str(engine.relative_to(project))) + 1 + inside, DEEPEST_PAGE))


def _copy_sample(sample: Path, content: Path) -> None:
    """Make content/, whole or not at all."""
    making = content.with_name(f"{COMING}{content.name}")
    discard(making)
    # The times are of today: these are files that somebody will write in.
    shutil.copytree(sample, making, copy_function=shutil.copyfile)
    put_in_place(making, content)


def _take_brought(project: Path, engine: Path) -> Path | None:
    """Return the engine of a newer zip that was unpacked over this one, once it is in use; None when there is none."""
    new = engine.parent / (read_name(engine.parent / BROUGHT) or engine.name)
    if new == engine or not new.is_dir():
        _tidy(project, engine)
        return None
    if damaged := look_at(new).damaged:
        what = f"Bản mới trong {new.parent.name}/{new.name}/ thiếu hay hỏng {len(damaged)} tệp nên chưa dùng"
        print(f"{what}, vẫn mở bản cũ; giải nén lại tệp zip mới, hay dùng cap-nhat.cmd.", flush=True)
        return None
    if read_version(new) < read_version(engine):
        what = f"Bản vừa giải nén ({new.name}) cũ hơn bản đang dùng nên chưa dùng"
        print(f"{what}; giải nén bản mới nhất, hay xóa thư mục {new.parent.name}/{new.name}.", flush=True)
        return None
    own = keep_aside(project, engine)
    use(new, engine)
    print("Đã chuyển sang bản mới; content/ giữ nguyên.", flush=True)
    if own:
        print(tell_kept(own, engine.name), flush=True)
    return new


def _tidy(project: Path, engine: Path) -> None:
    """Delete the engines before this one but what is open; what somebody changed in them is kept aside."""
    for entry in [*engine.parent.iterdir()]:
        if entry.name.startswith((DOOMED, COMING)):
            discard(entry)
        elif entry != engine and IS_NAME(entry.name) and load_manifest(entry) is not None:
            with suppress(OSError):
                keep_aside(project, entry)
                remove_engine(entry)


def remove_engine(engine: Path) -> None:
    """Delete an engine; OSError, and all of it stays, while a program of it runs."""
    doomed = engine.with_name(f"{DOOMED}{engine.name}")
    discard(doomed)
    put_in_place(engine, doomed)
    discard(doomed)
