"""`deploy`: the current release onto a host, by rclone; readers never meet a page without what it needs."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins import progress
from plugins.release.deploy_plan import FINGERPRINTED, NOTES, Note, Plan, build_plan, emptied_folders, parse_note
from plugins.release.last_target import read_target, remember_target
from plugins.release.manifest import NoRelease, Release, load_current
from plugins.release.policy import FOR_EVER, REVALIDATED
from plugins.release.rclone import (
    REPLACES_WHOLE,
    ConnectionLost,
    DeployError,
    Rclone,
    TargetMissing,
    find_rclone,
    show_target,
)
from plugins.site import some
from plugins.vietnamese import format_number, nfc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LABELS = ("Tải lên ảnh, kiểu chữ", "Tải lên dữ liệu", "Tải lên trang mới", "Thay trang", "Tải lên nguồn tin")
# Hosts that keep a file with headers of its own (object stores) hand these on; others pay no heed.
_LASTING, _CHANGING = f"Cache-Control: {FOR_EVER}", f"Cache-Control: {REVALIDATED}"
# Seconds to wait before going on when the line was cut; after the last it is said, and run again by hand.
PAUSES = (2, 10)
_NOTE = re.compile(r"[0-9a-f]{20}\.json")


def deploy(project: Path, target: str = "", *, dry_run: bool = False, replace: bool = False) -> int:
    """Bring a target to the current release. Returns the exit code: 1 when it could not be done, or not wholly.

    `target` is `remote:path` of rclone, or a folder; by default that of the last deploy. `replace` allows replacing
    files there that no deploy of ours put there; nothing foreign is ever deleted. A deploy that was cut goes on where
    it was when it is run again.
    """
    begun = time.monotonic()
    try:
        release = load_current(project)
        place = Place(find_rclone(), resolve_target(project, target or read_target(project)))
        if not target:
            print(f"Nơi đến như lần trước: {place.shown}", flush=True)
        if dry_run:
            there = place.read()
            _print_plan(release, build_plan(release.files, there.sizes, there.notes), place.shown)
            return 0
        with progress.showing(begun):
            plan = _bring(release, place, project, replace=replace)
    except (DeployError, NoRelease) as refused:
        print(f"Chưa đưa trang lên được: {refused}.", file=sys.stderr)
        return 1
    _print_done(release, plan, place)
    return 0


def _bring(release: Release, place: Place, project: Path, *, replace: bool) -> Plan:
    """Bring the target to the release; when the line is cut, wait a little and go on. Returns the last plan."""
    pauses, least = iter(PAUSES), sys.maxsize
    while True:
        left = least
        try:
            there = place.read()
            plan = build_plan(release.files, there.sizes, there.notes)
            left = len(plan.uploaded) + len(plan.deleted)
            if plan.in_the_way and not replace:
                foreign = f"{some(plan.in_the_way, 3, 'tệp')} không phải do lệnh này đưa lên"
                raise DeployError(
                    f"nơi đến đã có {foreign}; dời đi chỗ khác, hoặc thêm --replace nếu chắc chắn được thay"
                )
            release.check(plan.uploaded)
            # It is there, and ours to change: cut off, the next one goes on with it.
            remember_target(project, place.target)
            _carry_out(release, plan, place, there)
        except ConnectionLost:
            if left < least:
                # It does get on: as long as it does, it is not given up.
                pauses, least = iter(PAUSES), left
            if (pause := next(pauses, None)) is None:
                raise
            time.sleep(pause)
        else:
            return plan


def resolve_target(project: Path, target: str) -> str:
    """Return the target as rclone takes it, a folder as an absolute path; DeployError inside or around the project."""
    if target.startswith("-"):
        # To rclone it would be an option.
        raise DeployError("nơi đến không bắt đầu bằng dấu gạch; ghi như may-chu:public_html, hoặc một thư mục")
    if not is_folder(target):
        return target.rstrip("/") if not target.endswith(":/") else target
    if not target.strip():
        raise DeployError("lần đầu cần ghi nơi đến, ví dụ may-chu:public_html hoặc một thư mục")
    folder = Path(target).expanduser().resolve()
    inside = project.resolve()
    if folder == inside or inside in folder.parents or folder in inside.parents:
        raise DeployError("nơi đến phải là một thư mục riêng, ở ngoài thư mục của dự án này và không chứa nó")
    return str(folder)


def is_folder(target: str, *, windows: bool = sys.platform == "win32") -> bool:
    r"""Tell whether a target is a folder of this machine: no `remote:` before the path; D:\web is one on Windows."""
    before, colon, _ = target.partition(":")
    return not colon or "/" in before or "\\" in before or (windows and len(before) == 1 and before.isalpha())


class There(NamedTuple):
    """What lies at a target: the size of every file by its path; our notes by their names, None for a broken one."""

    sizes: Mapping[str, int]
    read: Mapping[str, Note | None]

    @property
    def notes(self) -> list[Note]:
        return [note for note in self.read.values() if note]


@dataclass(frozen=True)
class Place:
    """A target, read and written by rclone."""

    rclone: Rclone
    target: str

    @property
    def shown(self) -> str:
        return show_target(self.target)

    def read(self) -> There:
        """Return what lies at the target."""
        listed = "lsjson", "--recursive", "--files-only", "--no-modtime", "--no-mimetype", "--fast-list"
        try:
            entries = json.loads(self._run(*listed, self.target))
        except TargetMissing:
            return There({}, {})
        sizes = {nfc(entry["Path"]): entry["Size"] for entry in entries}
        if not sizes:
            return There({}, {})
        with tempfile.TemporaryDirectory() as folder:
            # Asked for even when it is not in the list: many an FTP server does not list what begins with a dot.
            with suppress(TargetMissing):
                self._run("copy", self._at(NOTES), folder)
            read = {file.name: parse_note(file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir())}
        return There(sizes, read)

    def write_note(self, note: Note) -> str:
        """Write a note. Returns its name."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, note.name)
            file.write_bytes(note.render())
            self._run("copyto", "--ignore-times", str(file), self._at(f"{NOTES}/{note.name}"))
        return note.name

    def upload(self, site: Path, paths: Sequence[str], count: Counter, header: str) -> None:
        """Copy files of a site, each whole, whatever lies there by that name."""
        self._run_on(paths, "copy", "--ignore-times", "--header-upload", header, str(site), self.target, count=count)

    def delete(self, paths: Sequence[str], count: Counter | None = None) -> None:
        self._run_on(paths, "delete", self.target, count=count)

    def remove_folder(self, path: str) -> None:
        """Remove a folder that has become empty. An object store has none; and one that stays does no harm."""
        with suppress(DeployError):
            self._run("rmdirs", self._at(path))

    def _run_on(self, paths: Sequence[str], *words: str, count: Counter | None) -> None:
        if not paths:
            # To rclone an empty list is no list: it would take everything.
            return
        with tempfile.TemporaryDirectory() as folder:
            names = Path(folder, "names.txt")
            names.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8", newline="\n")
            self._run(*words, "--files-from-raw", str(names), tell=count.tell if count else None)
        if count:
            count.add(len(paths))

    def _run(self, *words: str, tell: Any = None) -> bytes:
        return self.rclone.run(*words, target=self.target, tell=tell)

    def _at(self, path: str) -> str:
        return f"{self.target}{'' if self.target.endswith((':', '/')) else '/'}{path}"


class Counter:
    """How many files are done, over all steps, as the bar shows it."""

    def __init__(self, total: int) -> None:
        self.label = ""
        self._total = total
        self._done = 0

    def tell(self, figures: Mapping[str, Any]) -> None:
        """Show the figures of the step at work."""
        now = int(figures.get("transfers") or 0) + int(figures.get("deletes") or 0)
        progress.tell(self.label, min(self._done + now, self._total), self._total)

    def add(self, done: int) -> None:
        """Count a step that has ended."""
        self._done += done
        progress.tell(self.label, self._done, self._total)


def _carry_out(release: Release, plan: Plan, place: Place, there: There) -> None:
    replaced = {path: there.sizes[path] for path in plan.in_the_way}
    begun = Note(release.number, release.files, whole=False, replaced=replaced)
    whole = Note(release.number, release.files, whole=True, replaced={})
    notes = {name for name in there.read if _NOTE.fullmatch(name)}
    if not any(note.files == release.files for note in there.notes):
        notes.add(place.write_note(begun))
    count = Counter(len(plan.uploaded) + len(plan.deleted))
    for step, paths in enumerate(plan.uploads):
        count.label = _LABELS[step]
        place.upload(release.site, paths, count, _LASTING if step == FINGERPRINTED else _CHANGING)
    count.label = "Xóa tệp cũ"
    for paths in plan.deletes:
        place.delete(paths, count)
    kept = {*there.sizes, *release.files} - set(plan.deleted)
    for folder in emptied_folders(plan.deleted, kept):
        place.remove_folder(folder)
    if whole not in there.notes:
        place.write_note(whole)
    place.delete([f"{NOTES}/{name}" for name in sorted(notes - {whole.name})])


def _print_plan(release: Release, plan: Plan, shown: str) -> None:
    size = sum(release.files[path].bytes for path in plan.uploaded)
    print(
        f"Nếu chạy thật, {shown} sẽ thành bản {release.number}: đưa lên {format_number(len(plan.uploaded))} tệp "
        f"({format_number(-(-size // 1024))} KB), xóa {format_number(len(plan.deleted))} tệp cũ. Chưa có gì thay đổi."
    )
    for label, paths in zip(_LABELS, plan.uploads, strict=True):
        for path in paths:
            print(f"  {label}: {path}")
    for path in plan.deleted:
        print(f"  Xóa: {path}")
    if plan.in_the_way:
        print(f"Phải thêm --replace mới thay được {some(plan.in_the_way, 3, 'tệp')}: không phải do lệnh này đưa lên.")
    _print_changed(plan)


def _print_done(release: Release, plan: Plan, place: Place) -> None:
    if plan.uploaded or plan.deleted:
        print(
            f"Đã đưa bản {release.number} lên {place.shown}: {format_number(len(plan.uploaded))} tệp mới hoặc đổi, "
            f"xóa {format_number(len(plan.deleted))} tệp cũ."
        )
    else:
        print(f"{place.shown} đã là bản {release.number}: không có gì phải đưa lên.")
    _print_changed(plan)
    if place.rclone.version < REPLACES_WHOLE:
        have, wanted = (".".join(map(str, version[:2])) for version in (place.rclone.version, REPLACES_WHOLE))
        print(f"rclone {have} đã cũ: nên cài bản {wanted} trở lên, để mỗi trang được thay liền một lúc.")


def _print_changed(plan: Plan) -> None:
    if plan.changed:
        print(f"Để nguyên vì có người đã sửa ở nơi đến: {some(plan.changed, 3, 'tệp')}.")
