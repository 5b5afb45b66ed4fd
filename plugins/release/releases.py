"""`releases` and `rollback`: list the releases that are kept, and make an earlier one current."""

import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from plugins import hint, job_status
from plugins.content.addresses.urls import file_of_url
from plugins.output import BuildError, explain
from plugins.release import store
from plugins.release.manifest import NAME, find_damage, load_manifest
from plugins.release.store import FOLDER, Busy, locked
from plugins.site.messages import some
from plugins.vietnamese import format_date, format_number

GONE = "gone.txt"  # beside each site: the addresses of withdrawn stories, one a line
BUSY = "Đang có một lệnh khác xuất bản hoặc đổi bản trên máy này; chờ lệnh ấy xong rồi chạy lại."


def list_releases(project: Path) -> int:
    """Print every release that is kept, newest first, and return the exit code."""
    releases = project / FOLDER
    try:
        current = store.read_current(releases, surely=True)
    except OSError as error:
        print(f"Chưa rõ bản nào đang dùng: {explain(error, project, doing='đọc')}.", file=sys.stderr)
        return 1
    names = store.list_names(releases)
    for name in reversed(names):
        if (manifest := load_manifest(releases / name)) is None:
            print(f"{name}  hỏng: không đọc được {NAME}")
            continue
        made = datetime.fromtimestamp((releases / name / NAME).stat().st_mtime).astimezone()
        pages = sum(path.endswith(".html") for path in manifest)
        size = Decimal(f"{sum(entry.bytes for entry in manifest.values()) / 1_000_000:.1f}")
        mark = "  ← đang dùng" if name == current else ""
        counts = f"{format_number(pages)} trang, {format_number(size)} MB"
        print(f"{name}  {made:%H:%M} {format_date(made.date())}  {counts}{mark}")
    if not names:
        print(f"Chưa có bản nào; làm bản đầu tiên bằng lệnh: {hint.command('publish')}")
    return 0


def rollback(project: Path, number: str = "") -> int:
    """Make an earlier release current: the one before, or that with a number, and return the exit code."""
    releases = project / FOLDER
    try:
        with locked(releases / store.LOCK):
            _roll_back(releases, number.strip())
    except Busy:
        print(f"Chưa đổi bản được: {BUSY}", file=sys.stderr)
    except BuildError as refused:
        print(f"Chưa đổi bản được: {refused}", file=sys.stderr)
    except OSError as error:
        print(f"Chưa đổi bản được: {explain(error, project)}.", file=sys.stderr)
    else:
        return 0
    return 1


def _roll_back(releases: Path, number: str) -> None:
    names, current = store.list_names(releases), store.read_current(releases, surely=True)
    if number:
        wanted = next((name for name in names if number.isdecimal() and int(name) == int(number)), None)
        why = f"không có bản {number}"
    else:
        wanted = next((name for name in reversed(names) if current and int(name) < int(current)), None)
        why = "không có bản nào trước bản đang dùng"
    if wanted is None:
        kept = f"đang giữ: {', '.join(names)}" if names else "chưa xuất bản lần nào"
        raise BuildError(f"{why}; {kept}.")
    if wanted == current:
        print(f"Bản {wanted} đang dùng rồi.")
        return
    if damage := find_damage(releases / wanted):
        what = f"bản {wanted} không còn nguyên, {some(damage, 1, 'tệp')} đã mất hoặc bị sửa"
        raise BuildError(f"{what}; chọn bản khác.")
    back = find_back(releases, names, wanted)
    if back and not number:
        how = f"vẫn muốn dùng thì gõ rõ số bản: {hint.command(f'rollback {int(wanted)}')}"
        raise BuildError(f"bản {wanted} còn bài đã gỡ ({', '.join(back)}); {how}")
    store.write_current(releases, wanted)
    if back:
        print(f"Bài đã gỡ lại có trong bản này: {', '.join(back)}")
    before = f" (trước đó dùng bản {current})" if current else ""
    print(f"Máy này đã trở lại bản {wanted}{before}. {tell_readers()}")


def find_back(releases: Path, names: list[str], wanted: str) -> list[str]:
    """Return the address of each story that a later release withdrew and this one still shows."""
    shown = load_manifest(releases / wanted) or {}
    gone = read_gone(releases / names[-1]) - read_gone(releases / wanted)
    return sorted(url for url in gone if file_of_url(url) in shown)


def read_gone(release: Path) -> set[str]:
    """Return the addresses of the stories withdrawn by the time of a release."""
    try:
        return {*(release / GONE).read_text(encoding="utf-8").splitlines()}
    except OSError:
        return set()


def tell_readers() -> str:
    """Return how to bring a new current release to readers, from the desk or from a terminal."""
    if job_status.find_folder():
        return "Bạn đọc thấy sau khi bấm “Đưa lên mạng”; máy này là máy chủ của trang thì đã thấy rồi."
    command = hint.command("deploy <nơi đến>")
    return (
        f"Máy này không phải máy chủ của trang thì bạn đọc chưa thấy gì mới: lệnh {command} đưa bản đang dùng lên đó."
    )
