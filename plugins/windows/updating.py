"""`cap-nhat.cmd`: replace the engine by that of a newer zip: `python -m plugins.windows.updating [ZIP]`.

Touches only may/ and the files beside it that come with a bundle, never files that people made. The new engine is
unpacked and verified before it is put into use.
"""

import re
import shutil
import sys
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from plugins import crash, streams
from plugins.engine import BUNDLE, ENGINE, project_of
from plugins.output import discard, explain
from plugins.release.manifest import NAME, Manifest, describe, render_manifest
from plugins.release.store import Busy, locked
from plugins.sources.files import put_in_place, write_whole
from plugins.windows import contents
from plugins.windows.starting import COMING, LOCK, remove_engine, tell_depth

# Errors of reading a damaged or encrypted zip.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, UnicodeDecodeError)
_SPARE = 50_000_000  # bytes to leave free on the disk
# Paths that lead out of their folder, on Windows too.
_OUTWARD = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|:")
_NO_BUNDLE = "{} không phải bộ chạy trên Windows; xin lại đúng tệp"
_BROKEN = "{} hỏng hoặc chép chưa xong; chép lại tệp ấy"


class UpdateError(Exception):
    """An update that is not made, with nothing changed; the message, in Vietnamese, says why."""


class UnreadableZip(UpdateError):
    """A zip that cannot be read."""


def update(engine: Path, given: Sequence[str]) -> int:
    """Update from a zip, by default the only newer one beside content/. Returns the exit code, 1 for a refusal."""
    project = project_of(engine)
    try:
        with locked(engine.parent / LOCK):
            file, name = _choose(project, engine, [Path(path) for path in given])
            if name == engine.name and not contents.look_at(engine).damaged:
                print(f"{file.name} là bản đang dùng ({name}): không có gì để cập nhật.")
                return 0
            lines = _put_in(file, name, project, engine)
    except UpdateError as refused:
        print(f"Chưa cập nhật, vẫn dùng bản cũ: {refused}.", file=sys.stderr)
    except Busy:
        print("Chưa cập nhật: đang có một lần mở hay cập nhật khác; chờ xong rồi bấm lại.", file=sys.stderr)
    except OSError as error:
        print(f"Chưa cập nhật, vẫn dùng bản cũ: {explain(error, project)}.", file=sys.stderr)
    else:
        print(f"Đã cập nhật lên bản {name}. content/ và những gì cơ quan làm ra giữ nguyên.")
        print("Đóng cửa sổ xem thử đang mở, nếu có, rồi bấm đúp xem-thu.cmd.")
        for line in filter(None, lines):
            print(line)
        return 0
    return 1


def _choose(project: Path, engine: Path, given: Sequence[Path]) -> tuple[Path, str]:
    """Return the zip to update from, and the name of its engine."""
    if given:
        return given[0], _read_engine_name(given[0])
    found: dict[Path, str] = {}
    broken: list[UnreadableZip] = []
    for file in sorted(project.glob("*.zip")):
        try:
            found[file] = _read_engine_name(file)
        except UnreadableZip as error:
            broken.append(error)
        except UpdateError:
            continue
    newer = {file: name for file, name in found.items() if name != engine.name}
    if broken and not newer:
        raise broken[0]
    if not found:
        raise UpdateError(
            f"không thấy tệp zip bản mới trong {project}; chép tệp ấy vào đó, hoặc kéo nó thả vào cap-nhat.cmd"
        )
    if len(newer) > 1:
        names = ", ".join(file.name for file in newer)
        raise UpdateError(f"có {len(newer)} tệp zip ({names}); kéo tệp muốn dùng thả vào cap-nhat.cmd")
    return (newer or found).popitem()


def _read_engine_name(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as bundle:
            name = bundle.read(f"{BUNDLE}/{contents.BROUGHT}").decode("ascii").strip()
    except FileNotFoundError as error:
        raise UpdateError(f"không có tệp {file}; xem lại tên tệp") from error
    except KeyError as error:
        raise UpdateError(_NO_BUNDLE.format(file.name)) from error
    except _UNREADABLE as error:
        raise UnreadableZip(_BROKEN.format(file.name)) from error
    if not contents.IS_NAME(name):
        raise UpdateError(_NO_BUNDLE.format(file.name))
    return name


def _put_in(file: Path, name: str, project: Path, engine: Path) -> list[str]:
    """Unpack the engine of a zip, verify it, and put it into use. Returns messages."""
    if name == engine.name:
        own = contents.save_changes(project, engine)
        kept = f"; tệp khác bản gốc đã cất vào {contents.KEPT}/{name}/" if own else ""
        what = f"bản đang dùng thiếu, hỏng hoặc bị sửa tay, mà tệp zip là chính bản ấy{kept}"
        raise UpdateError(f"{what}; đóng xem thử rồi giải nén tệp zip đè lên thư mục này")
    new, coming = engine.with_name(name), engine.with_name(f"{COMING}{name}")
    is_there = new.is_dir() and not contents.look_at(new).damaged
    discard(coming)
    try:
        if not is_there:
            print(f"Đang giải nén và kiểm tra bản {name}, có thể mất vài phút…", flush=True)
            _unpack(file, name, coming)
        _check(file, new if is_there else coming, engine)
        if not is_there:
            if new.exists():
                # Partly unpacked by hand.
                remove_engine(new)
            put_in_place(coming, new)
    finally:
        discard(coming)
    own = contents.save_changes(project, engine)
    lines = [contents.tell_saved(own, engine.name), *_write_top(project, engine, new)]
    contents.use(new, engine)
    return lines


def _check(file: Path, new: Path, engine: Path) -> None:
    """Raise UpdateError when an unpacked engine is older than the one in use, or its paths are too long."""
    if contents.read_version(new) < contents.read_version(engine):
        raise UpdateError(
            f"{file.name} cũ hơn bản đang dùng, có thể không đọc được bài viết bằng bản này; xin bản mới nhất"
        )
    if too_long := tell_depth(project_of(engine), new):
        raise UpdateError(too_long.rstrip("."))


def _unpack(file: Path, name: str, coming: Path) -> None:
    """Unpack an engine from a zip into `coming`. Raises UpdateError when its hash does not match its name."""
    top = f"{BUNDLE}/{name}/"
    try:
        with zipfile.ZipFile(file) as bundle:
            entries = [entry for entry in bundle.infolist() if entry.filename.startswith(top)]
            needed, free = sum(entry.file_size for entry in entries), shutil.disk_usage(coming.parent).free
            if free < needed + _SPARE:
                raise UpdateError(
                    f"đĩa chỉ còn {free // 1_000_000} MB, cần {(needed + _SPARE) // 1_000_000}; dọn bớt rồi bấm lại"
                )
            found: Manifest = {}
            for entry in entries:
                path, data = entry.filename.removeprefix(top), bundle.read(entry)
                if _OUTWARD.search(path):
                    raise UpdateError(_NO_BUNDLE.format(file.name))
                (coming / path).parent.mkdir(parents=True, exist_ok=True)
                (coming / path).write_bytes(data)
                found[path] = describe(data)
    except _UNREADABLE as error:
        raise UnreadableZip(_BROKEN.format(file.name)) from error
    listed = found.pop(NAME, None)
    if contents.name_engine(found) != name or listed != describe(render_manifest(found).encode()):
        raise UpdateError(f"{file.name} không nguyên vẹn; xin lại đúng tệp")


def _write_top(project: Path, engine: Path, new: Path) -> list[str]:
    """Update the files beside content/ from the new engine, saving manual changes. Returns messages."""
    lines = []
    for path, inside in contents.TOP.items():
        target, fresh = project / path, (new / inside).read_bytes()
        now = target.read_bytes() if target.is_file() else fresh
        if now not in (fresh, (engine / inside).read_bytes()):
            write_whole(project / contents.KEPT / engine.name / path, now)
            lines.append(f"Tệp {path} đã bị sửa tay, bản sửa cất ở {contents.KEPT}/{engine.name}/{path}.")
        if not target.is_file() or now != fresh:
            write_whole(target, fresh)
    return lines


if __name__ == "__main__":
    streams.use_utf8()
    sys.exit(crash.run_guarded(project_of(ENGINE), lambda: update(ENGINE, sys.argv[1:])))
