"""`deploy`: bring a host to the current release with rclone; at no moment does a page lack a file that it needs."""

import json
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from plugins import progress
from plugins.release import rclone
from plugins.release.deploy_plan import FINGERPRINTED, NOTES, Note, Plan, build_plan, emptied_folders, parse_note
from plugins.release.manifest import NoRelease, Release, load_current
from plugins.release.policy import IMMUTABLE, REVALIDATED
from plugins.site.messages import some
from plugins.vietnamese import format_number, nfc

_LABELS = ("Tải lên ảnh, kiểu chữ", "Tải lên dữ liệu", "Tải lên trang mới", "Thay trang", "Tải lên nguồn tin")
PAUSES = (2, 10)  # seconds to wait after a lost connection; after the last one the command gives up
_NOTE = re.compile(r"[0-9a-f]{20}\.json")


def deploy(project: Path, target: str = "", *, dry_run: bool = False, replace: bool = False) -> int:
    """Bring a target to the current release and return the exit code: 1 when that failed, wholly or in part.

    `target` is `remote:path` of rclone or a folder, by default that of the last deploy. `replace` allows replacing
    foreign files; none is ever deleted. After a failure, running it again goes on from there.
    """
    begun = time.monotonic()
    try:
        release = load_current(project)
        host = Host(rclone.find_rclone(), rclone.resolve_target(project, target or rclone.read_target(project)))
        if not target:
            print(f"Nơi đến như lần trước: {host.shown}", flush=True)
        if dry_run:
            there = host.read()
            _print_plan(release, build_plan(release.files, there.sizes, there.notes), host.shown)
            return 0
        with progress.showing(begun):
            plan = _bring(release, host, project, replace=replace)
    except (rclone.DeployError, NoRelease) as refused:
        print(f"Chưa đưa trang lên được: {refused}.", file=sys.stderr)
        return 1
    _print_done(release, plan, host)
    return 0


def _bring(release: Release, host: "Host", project: Path, *, replace: bool) -> Plan:
    """Bring a host to the release, retrying after a lost connection as long as that gets on. Returns the last plan."""
    pauses, least = iter(PAUSES), sys.maxsize
    while True:
        left = least
        try:
            there = host.read()
            plan = build_plan(release.files, there.sizes, there.notes)
            left = len(plan.uploaded) + len(plan.deleted)
            if plan.in_the_way and not replace:
                foreign = f"{some(plan.in_the_way, 3, 'tệp')} không phải do lệnh này đưa lên"
                fix = "dời đi chỗ khác, hoặc thêm --replace nếu chắc chắn được thay"
                raise rclone.DeployError(f"nơi đến đã có {foreign}; {fix}")
            release.check(plan.uploaded)
            # The next deploy finishes what this one may not.
            rclone.remember_target(project, host.target)
            _carry_out(release, plan, host, there)
        except rclone.ConnectionLost:
            if left < least:
                pauses, least = iter(PAUSES), left
            if (pause := next(pauses, None)) is None:
                raise
            time.sleep(pause)
        else:
            return plan


def _carry_out(release: Release, plan: Plan, host: "Host", there: "Contents") -> None:
    replaced = {path: there.sizes[path] for path in plan.in_the_way}
    begun = Note(release.number, release.files, whole=False, replaced=replaced)
    whole = Note(release.number, release.files, whole=True, replaced={})
    obsolete = {name for name in there.by_name if _NOTE.fullmatch(name)} - {whole.name}
    if not any(note.files == release.files for note in there.notes):
        obsolete.add(host.write_note(begun))
    done, total = 0, len(plan.uploaded) + len(plan.deleted)

    def run(label: str, paths: Sequence[str], *words: str) -> None:
        nonlocal done

        def report(statistics: Mapping[str, Any]) -> None:
            now = int(statistics.get("transfers") or 0) + int(statistics.get("deletes") or 0)
            progress.tell(label, min(done + now, total), total)

        host.run_on(paths, *words, report=report)
        done += len(paths)
        progress.tell(label, done, total)

    for step, paths in enumerate(plan.uploads):
        # Kept by hosts that store a file's headers with it (object stores); ignored by the others.
        header = f"Cache-Control: {IMMUTABLE if step == FINGERPRINTED else REVALIDATED}"
        # Not compared by size and time: rclone would leave a page of the same size over WebDAV as it is.
        run(_LABELS[step], paths, "copy", "--ignore-times", "--header-upload", header, str(release.site))
    for paths in plan.deletes:
        run("Xóa tệp cũ", paths, "delete")
    for folder in emptied_folders(plan.deleted, {*there.sizes, *release.files} - set(plan.deleted)):
        host.remove_folder(folder)
    if whole not in there.notes:
        host.write_note(whole)
    host.run_on([f"{NOTES}/{name}" for name in sorted(obsolete)], "delete")


class Contents(NamedTuple):
    """The files at a target: the size of each by path, and the notes by file name, None for a torn one."""

    sizes: Mapping[str, int]
    by_name: Mapping[str, Note | None]

    @property
    def notes(self) -> list[Note]:
        return [note for note in self.by_name.values() if note]


@dataclass(frozen=True)
class Host:
    """A target, read and written by rclone. Methods raise DeployError."""

    program: rclone.Rclone
    target: str

    @property
    def shown(self) -> str:
        return rclone.show_target(self.target)

    def read(self) -> Contents:
        """List the target and read its notes."""
        listed = "lsjson", "--recursive", "--files-only", "--no-modtime", "--no-mimetype", "--fast-list"
        try:
            entries = json.loads(self._run(*listed, self.target))
        except rclone.TargetMissing:
            entries = []
        if not (sizes := {nfc(entry["Path"]): entry["Size"] for entry in entries}):
            return Contents({}, {})
        with tempfile.TemporaryDirectory() as folder:
            # Even if not listed: many FTP servers hide names that begin with a dot.
            with suppress(rclone.TargetMissing):
                self._run("copy", self._at(NOTES), folder)
            notes = {file.name: parse_note(file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir())}
        return Contents(sizes, notes)

    def write_note(self, note: Note) -> str:
        """Write a note. Returns its name."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, note.name)
            file.write_bytes(note.render())
            self._run("copyto", "--ignore-times", str(file), self._at(f"{NOTES}/{note.name}"))
        return note.name

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder. Object stores have none; one that stays does no harm."""
        with suppress(rclone.DeployError):
            self._run("rmdirs", self._at(path))

    def run_on(self, paths: Sequence[str], *words: str, report: rclone.Report | None = None) -> None:
        """Run a command of rclone on some files of the target."""
        if paths:
            with tempfile.TemporaryDirectory() as folder:
                names = Path(folder, "names.txt")
                names.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8", newline="\n")
                self._run(*words, self.target, "--files-from-raw", str(names), report=report)

    def _run(self, *words: str, report: rclone.Report | None = None) -> bytes:
        return self.program.run(*words, target=self.target, report=report)

    def _at(self, path: str) -> str:
        return f"{self.target}{'' if self.target.endswith((':', '/')) else '/'}{path}"


def _print_plan(release: Release, plan: Plan, shown: str) -> None:
    size = sum(release.files[path].bytes for path in plan.uploaded)
    print(
        f"Nếu chạy thật, {shown} sẽ thành bản {release.number}: đưa lên {format_number(len(plan.uploaded))} tệp "
        f"({format_number(-(-size // 1024))} KB), xóa {format_number(len(plan.deleted))} tệp cũ. Chưa có gì thay đổi."
    )
    for label, paths in (*zip(_LABELS, plan.uploads, strict=True), ("Xóa", plan.deleted)):
        for path in paths:
            print(f"  {label}: {path}")
    if plan.in_the_way:
        print(f"Phải thêm --replace mới thay được {some(plan.in_the_way, 3, 'tệp')}: không phải do lệnh này đưa lên.")
    _print_changed(plan)


def _print_done(release: Release, plan: Plan, host: Host) -> None:
    if plan.uploaded or plan.deleted:
        counts = f"{format_number(len(plan.uploaded))} tệp mới hoặc đổi, xóa {format_number(len(plan.deleted))} tệp cũ"
        print(f"Đã đưa bản {release.number} lên {host.shown}: {counts}.")
    else:
        print(f"{host.shown} đã là bản {release.number}: không có gì phải đưa lên.")
    _print_changed(plan)
    if host.program.version < rclone.REPLACES_WHOLE:
        have, wanted = (".".join(map(str, one[:2])) for one in (host.program.version, rclone.REPLACES_WHOLE))
        print(f"rclone {have} đã cũ: nên cài bản {wanted} trở lên, để mỗi trang được thay liền một lúc.")


def _print_changed(plan: Plan) -> None:
    if plan.changed:
        print(f"Để nguyên vì có người đã sửa ở nơi đến: {some(plan.changed, 3, 'tệp')}.")
