"""publish, releases, rollback: a site is built aside, verified, and only then put online, whole and in one step.

Nothing heavy is imported before it is known that there is something to do.
"""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING

from plugins import progress, site
from plugins.release import store
from plugins.release.lock import Busy, locked
from plugins.release.manifest import NAME, build_manifest, find_damage, list_files, load_manifest, render_manifest
from plugins.release.store import FOLDER, SITE
from plugins.sources.problem import Level
from plugins.unchanged import Record, Said
from plugins.vietnamese import format_date, format_number

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.exemplars.edition import Edition
    from plugins.release.verify.candidate import Candidate
    from plugins.release.verify.checks import Verdict

# How many releases are kept when publishconf.py does not say.
_KEPT = 5
_MOST_LINES = 20
# What no record has of any folder.
_NOTHING = ""
# Beside a site, and no part of the release.
REPORTS = "report.*"
# What each file said, by its bytes, so that only new ones are read again.
_FACTS = ".cache/release/facts.json"
_UNTOUCHED = "Bản đang dùng giữ nguyên."
_BUSY = "Đang có một lệnh khác xuất bản hoặc đổi bản trên máy này; chờ lệnh ấy xong rồi chạy lại."


def publish(project: Path, *, plain: bool = False, report: bool = False, drop_addresses: bool = False) -> int:
    """Put the content online. Returns the exit code: 1 when something was refused, and then nothing has changed.

    Where nothing has changed since the release that is online was made, nothing is done; `plain` builds all the same,
    alone and from the sources. Content that gives the bytes of a release that is still there puts that one online.
    `report` writes what the checks said; `drop_addresses` lets addresses go that the new release no longer answers.
    """
    begun = time.monotonic()
    releases = project / FOLDER
    record = Record(project, FOLDER, "publish")
    current = store.read_current(releases)
    is_told = not report or (current is not None and (releases / current / "report.html").is_file())
    if current and is_told and not plain:
        record.output = releases / current / SITE
        if said := record.recall(record.written()):
            return site.say(Said([f"Không có gì thay đổi từ lần xuất bản trước (bản {current}).", *said.out], [], 0))
    try:
        with locked(releases / store.LOCK), site.no_collection():
            _Publishing(record, begun, plain=plain, report=report, drop_addresses=drop_addresses).run()
    except Busy:
        print(f"Chưa xuất bản được: {_BUSY}", file=sys.stderr)
    except site.Unsound:
        print(f"Chưa xuất bản được: hãy sửa các lỗi trên rồi chạy lại. {_UNTOUCHED}", file=sys.stderr)
    except site.Refused as refused:
        print(f"Chưa xuất bản được: {refused}. {_UNTOUCHED}", file=sys.stderr)
    except OSError as error:
        where = error.filename or FOLDER
        print(f"Chưa xuất bản được: không ghi được {where} ({error.strerror}). {_UNTOUCHED}", file=sys.stderr)
    else:
        return 0
    return 1


class _Publishing:
    """One publish, from the content to the release that is online; under the lock."""

    def __init__(self, record: Record, begun: float, *, plain: bool, report: bool, drop_addresses: bool) -> None:
        self._record, self._project, self._begun = record, record.project, begun
        self._plain, self._report, self._drop_addresses = plain, report, drop_addresses
        self._releases = record.project / FOLDER

    def run(self) -> None:
        """Do it, and say so. Raises Unsound, Refused or OSError, and then nothing has changed."""
        store.sweep(self._releases)
        new = store.open_new(self._releases)
        try:
            # Every file is written: what happens to one release must not happen to another.
            made = site.write_site(self._record, new / SITE, self._begun, _NOTHING, publishing=True, plain=self._plain)
            candidate, verdicts = self._verify(new / SITE, made.edition)
            out = [*site.summarize(made.edition, len(candidate.pages)), *_advice_lines(verdicts)]
            manifest = build_manifest(new / SITE, candidate.entries)
            (new / NAME).write_text(render_manifest(manifest), encoding="utf-8", newline="\n")
            if self._report:
                self._write_report(new, candidate, verdicts)
            name, told = self._put_online(new)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        out.append(told)
        if pruned := store.prune(self._releases, _read_kept(self._project)):
            out.append(f"Đã xóa bản cũ: {', '.join(pruned)}.")
        site.say(Said(out, [], 0))
        self._record.output = self._releases / name / SITE
        made.remember(self._record, Said([*made.problems, *out], [], 0))

    def _verify(self, new: Path, edition: Edition) -> tuple[Candidate, tuple[Verdict, ...]]:
        """Return the new site as it was read, and what the checks say of it. Raises Refused when one finds an error."""
        from plugins.release.verify.candidate import Candidate, read_site
        from plugins.release.verify.checks import verify

        with progress.showing(self._begun):
            files, entries = read_site(new, self._project / _FACTS, "Kiểm tra bản mới")
        earlier = frozenset() if self._drop_addresses else self._list_earlier()
        candidate = Candidate(new, edition, files, entries, earlier, edition.moved, edition.gone)
        verdicts = verify(candidate)
        errors = [finding for verdict in verdicts for finding in verdict.findings if finding.level is Level.ERROR]
        if errors:
            lines = [f"Lỗi của bản mới: {finding}" for finding in errors]
            site.say(Said(_first(lines), [], 0))
            more = "; thêm --report để có bản kể đủ"
            if self._report:
                self._write_report(self._releases, candidate, verdicts)
                more = f"; xem đủ trong {FOLDER}/report.html"
            raise site.Refused(f"bản mới còn {format_number(len(errors))} lỗi{more}")
        return candidate, verdicts

    def _list_earlier(self) -> frozenset[str]:
        """Return the path of every file that is online."""
        current = store.read_current(self._releases)
        if current is None:
            return frozenset()
        try:
            return frozenset(load_manifest(self._releases / current))
        except (OSError, ValueError):
            return frozenset(list_files(self._releases / current / SITE))

    def _put_online(self, new: Path) -> tuple[str, str]:
        """Put the new site online, or the release that has its bytes already. Returns its name, and what to say."""
        if equal := self._find_equal(new):
            for file in new.glob(REPORTS):
                file.replace(self._releases / equal / file.name)
            if equal == store.read_current(self._releases):
                return equal, f"Nội dung y như bản {equal} đang dùng: không làm bản mới."
            store.write_current(self._releases, equal)
            return equal, f"Nội dung y như bản {equal}: đưa bản ấy lên mạng."
        name = store.put_in_place(self._releases, new)
        store.write_current(self._releases, name)
        return name, f"Bản {name} đã lên mạng: gốc trang là {FOLDER}/{name}/{SITE}/"

    def _find_equal(self, new: Path) -> str | None:
        """Return the newest release with the bytes of the new one, if it is still whole."""
        for name in reversed(store.list_names(self._releases)):
            there = self._releases / name
            if _read_beside(there) == _read_beside(new) and not find_damage(there):
                return name
        return None

    @staticmethod
    def _write_report(folder: Path, candidate: Candidate, verdicts: tuple[Verdict, ...]) -> None:
        from plugins.release.report import write_report

        write_report(folder, candidate, verdicts)


def list_releases(project: Path) -> int:
    """Print every release that is kept, the newest first. Returns the exit code."""
    from datetime import datetime
    from decimal import Decimal

    releases = project / FOLDER
    current = store.read_current(releases)
    names = store.list_names(releases)
    for name in reversed(names):
        try:
            manifest = load_manifest(releases / name)
        except (OSError, ValueError):
            print(f"{name}  hỏng: không đọc được {NAME}")
            continue
        made = datetime.fromtimestamp((releases / name / NAME).stat().st_mtime).astimezone()
        pages = sum(path.endswith(".html") for path in manifest)
        size = sum(entry.bytes for entry in manifest.values()) / 1_000_000
        counts = f"{format_number(pages)} trang, {format_number(Decimal(f'{size:.1f}'))} MB"
        shown = f"{name}  {made:%H:%M} {format_date(made.date())}  {counts}"
        print(f"{shown}  ← đang dùng" if name == current else shown)
    if not names:
        print("Chưa có bản nào; làm bản đầu tiên bằng lệnh: python3 tasks.py publish")
    return 0


def rollback(project: Path, number: str = "") -> int:
    """Put an earlier release online again: the one before the present, or that of a number. Returns the exit code."""
    releases = project / FOLDER
    try:
        with locked(releases / store.LOCK):
            return _roll_back(releases, number.strip())
    except Busy:
        print(f"Chưa đổi bản được: {_BUSY}", file=sys.stderr)
    except OSError as error:
        print(f"Chưa đổi bản được: không ghi được {error.filename or FOLDER} ({error.strerror}).", file=sys.stderr)
    return 1


def _roll_back(releases: Path, number: str) -> int:
    names, current = store.list_names(releases), store.read_current(releases)
    if number:
        wanted = next((name for name in names if number.isdecimal() and int(name) == int(number)), None)
        why = f"không có bản {number}"
    else:
        earlier = [name for name in names if current and int(name) < int(current)]
        wanted, why = (earlier[-1] if earlier else None), "không có bản nào trước bản đang dùng"
    if wanted is None:
        kept = f"đang giữ: {', '.join(names)}" if names else "chưa xuất bản lần nào"
        print(f"Chưa đổi bản được: {why}; {kept}.", file=sys.stderr)
        return 1
    if wanted == current:
        print(f"Bản {wanted} đang dùng rồi.")
        return 0
    if damage := find_damage(releases / wanted):
        more = f" và {format_number(len(damage) - 1)} tệp nữa" if len(damage) > 1 else ""
        print(
            f"Chưa đổi bản được: bản {wanted} không còn nguyên, {damage[0]}{more} đã mất hoặc bị sửa; chọn bản khác.",
            file=sys.stderr,
        )
        return 1
    store.write_current(releases, wanted)
    print(f"Đã trở lại bản {wanted}" + (f" (trước đó dùng bản {current})." if current else "."))
    return 0


def _read_beside(release: Path) -> dict[str, bytes]:
    """Return what lies beside a site, by name: the manifest and what servers read; not the report."""
    return {
        file.name: file.read_bytes() for file in sorted(release.iterdir()) if file.is_file() and not file.match(REPORTS)
    }


def _advice_lines(verdicts: tuple[Verdict, ...]) -> list[str]:
    return _first([f"Nên xem lại: {finding}" for verdict in verdicts for finding in verdict.findings])


def _first(lines: list[str]) -> list[str]:
    rest = [f"… và {format_number(len(lines) - _MOST_LINES)} dòng nữa"] if len(lines) > _MOST_LINES else []
    return [*lines[:_MOST_LINES], *rest]


def _read_kept(project: Path) -> int:
    """Return how many releases are kept: RELEASES_KEPT of publishconf.py, but at least one."""
    import runpy

    kept = runpy.run_path(str(project / "publishconf.py")).get("RELEASES_KEPT", _KEPT)
    return max(1, kept) if isinstance(kept, int) else _KEPT
