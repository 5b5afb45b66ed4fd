"""Starting a bundle: create content/ the first time, and hand over to a newer engine that was unpacked meanwhile."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from plugins import streams
from plugins.engine import project_of
from plugins.environment import run_task
from plugins.machine import DEEPEST_PAGE, find_depth
from plugins.output import discard, explain
from plugins.release.manifest import NAME, load_manifest
from plugins.release.store import Busy, locked
from plugins.sources.files import free_path, put_in_place
from plugins.sources.held import insist
from plugins.windows import contents

LOCK = ".lock"  # excludes starts and updates at the same time
# Prefixes under may/: engines being deleted, and being unpacked.
DOOMED, COMING = ".bo-", ".moi-"
_FOR_DEVELOPERS = {"test", "bench", "audit", "audit-dependencies", "bundle-windows"}
_PATIENCE = 300  # seconds to wait for another start, or an update
_UNPACK = "giải nén lại cả tệp zip vào một thư mục mới rồi mở từ đó (content/ đã có thì chép sang)"


def start(engine: Path, arguments: Sequence[str]) -> None:
    """Prepare the engine and the project; return when the command can run.

    Exits with a message when it cannot, and with the exit code of a newer engine that ran the command instead.
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
        # -X utf8, as a Python with a ._pth ignores PYTHONUTF8.
        sys.exit(run_task([find_python(newer), "-X", "utf8", newer / "tasks.py"], arguments))


def find_python(engine: Path) -> Path:
    """Return the Python of an engine; on other systems, in tests, the running one."""
    own = engine / "python/python.exe"
    return own if os.name == "nt" and own.is_file() else Path(sys.executable)


@contextmanager
def _turn(lock: Path) -> Iterator[None]:
    """Hold the lock, waiting while another start or an update does, as after two double clicks."""
    for tried in range(_PATIENCE * 5):
        with ExitStack() as held:
            try:
                held.enter_context(locked(lock))
            except Busy:
                if not tried:
                    print("Đang có một lần mở hay cập nhật khác; chờ xong sẽ mở tiếp…", flush=True)
                time.sleep(0.2)
                continue
            yield
            return
    sys.exit("Một lần mở hay cập nhật khác chạy quá lâu chưa xong; khởi động lại máy rồi mở lại.")


def _check_writable(project: Path) -> None:
    # Not with tempfile, which hangs on Windows when a folder denies writing (python/cpython#66305).
    probe = free_path(project, ".thu-ghi-")
    try:
        probe.touch(exist_ok=False)
    except OSError:
        sys.exit(
            f"Thư mục {project} chỉ đọc được, không ghi được (đĩa, USB khóa ghi, ổ mạng, hay tệp zip chưa giải nén); "
            "chép cả thư mục vào ổ đĩa của máy này, ví dụ D:\\Dan-van-kheo, rồi bấm đúp lại xem-thu.cmd."
        )
    with suppress(OSError):
        insist(probe.unlink)


def _make_ready(project: Path, engine: Path) -> None:
    if contents.read_name(engine.parent / contents.USED) != engine.name:
        if too_long := tell_depth(project, engine):
            sys.exit(too_long)
        print("Lần đầu mở: đang chuẩn bị, có thể mất một, hai phút…", flush=True)
        if any(part.casefold().startswith("onedrive") for part in project.parts):
            what = "Thư mục này nằm trong OneDrive, nơi tệp hay bị giữ lại trong lúc đồng bộ"
            print(f"{what}; nên chuyển cả thư mục ra ngoài, ví dụ D:\\Dan-van-kheo.", flush=True)
        # An interrupted unpacking, or a file in quarantine.
        if damaged := contents.look_at(engine, closely=False).damaged:
            sys.exit(f"Bộ này thiếu hoặc hỏng {len(damaged)} tệp ({', '.join(damaged[:3])}); {_UNPACK}.")
        contents.use(engine)
    if not (content := project / "content").exists():
        if not (engine / contents.SAMPLE).is_dir():
            what = "Chưa có thư mục content/ với bài viết và danh mục"
            sys.exit(f"{what}; chép thư mục ấy vào cạnh xem-thu.cmd rồi mở lại.")
        # Completely or not at all, and with the time of now, not of the zip: people work on these files.
        making = content.with_name(f"{COMING}{content.name}")
        discard(making)
        shutil.copytree(engine / contents.SAMPLE, making, copy_function=shutil.copyfile)
        put_in_place(making, content)
        print("Đã tạo thư mục content/: bài viết, ảnh, danh mục và sổ của cơ quan nằm ở đó.", flush=True)


def tell_depth(project: Path, engine: Path) -> str:
    """Return the message that an engine's paths are too long for Windows here, or ""."""
    inside = max(map(len, load_manifest(engine) or [NAME]))
    return find_depth(project, max(len(str(engine.relative_to(project))) + 1 + inside, DEEPEST_PAGE))


def _take_brought(project: Path, engine: Path) -> Path | None:
    """Put the engine of a zip that was unpacked over this one into use. Returns it; None without a usable newer one."""
    new = engine.parent / (contents.read_name(engine.parent / contents.BROUGHT) or engine.name)
    if new == engine or not new.is_dir():
        _tidy(project, engine)
        return None
    if damaged := contents.look_at(new).damaged:
        what = f"Bản mới trong {new.parent.name}/{new.name}/ thiếu hoặc hỏng {len(damaged)} tệp, vẫn mở bản cũ"
        print(f"{what}; giải nén lại tệp zip mới, hoặc dùng cap-nhat.cmd.", flush=True)
        return None
    if contents.read_version(new) < contents.read_version(engine):
        what = f"Bản vừa giải nén ({new.name}) cũ hơn bản đang dùng, vẫn mở bản đang dùng"
        print(f"{what}; giải nén bản mới nhất, hoặc xóa thư mục {new.parent.name}/{new.name}.", flush=True)
        return None
    own = contents.save_changes(project, engine)
    contents.use(new, engine)
    print("Đã chuyển sang bản mới; content/ giữ nguyên.", flush=True)
    if own:
        print(contents.tell_saved(own, engine.name), flush=True)
    return new


def _tidy(project: Path, engine: Path) -> None:
    """Delete all other engines, except running ones, after saving manual changes in them."""
    for entry in [*engine.parent.iterdir()]:
        if entry.name.startswith((DOOMED, COMING)):
            discard(entry)
        elif entry != engine and contents.IS_NAME(entry.name) and load_manifest(entry) is not None:
            with suppress(OSError):
                contents.save_changes(project, entry)
                remove_engine(entry)


def remove_engine(engine: Path) -> None:
    """Delete an engine; OSError, and nothing is deleted, while a program of it runs."""
    doomed = engine.with_name(f"{DOOMED}{engine.name}")
    discard(doomed)
    put_in_place(engine, doomed)
    discard(doomed)
