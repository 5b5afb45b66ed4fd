"""publish, releases, rollback: a site is built aside, verified, and only then put online, whole and in one step.

Nothing heavy is imported before it is known that there is something to do.
"""

from __future__ import annotations

import sys
import time
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from plugins import hint, job_status, progress, teamwork
from plugins.build_record import BuildRecord, Outcome
from plugins.content.addresses.urls import file_of_url
from plugins.engine import engine_of
from plugins.output import BuildError, discard, explain
from plugins.release import store
from plugins.release.manifest import NAME, Release, build_manifest, find_damage, load_manifest, render_manifest
from plugins.release.store import FOLDER, SITE, SOURCES, Busy, locked
from plugins.site.build import no_collection
from plugins.site.messages import Unsound, name_left_out, print_outcome, some, summarize_site
from plugins.site.writing import write_site
from plugins.sources.problem import Level
from plugins.vietnamese import format_date, format_number, today

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from plugins.content.content import Content
    from plugins.content.sources import LoadOptions
    from plugins.exemplars.model.edition import Edition
    from plugins.release.manifest import Manifest
    from plugins.release.verify.candidate import Candidate
    from plugins.release.verify.checks import Verdict
    from plugins.sources.problem import Problem

# How many releases are kept when publishconf.py does not say.
_KEPT = 5
_MOST_LINES = 20
# Beside a site: the address of each story that was taken down, what the site was made with, and as of which day.
_GONE, _SBOM, _DAY = "gone.txt", "sbom.json", "day.txt"
# And what tells whether another was made of just the same, before it got what hangs on the release before it.
_MADE = "made.txt"
# What each file said, by its bytes, so that only new ones are read again.
_FACTS = ".cache/release/facts"
_UNTOUCHED = "Bản đang dùng giữ nguyên."
# A release is online at once only where the web server is this machine.
_DEPLOY = (
    f"Máy này không phải máy chủ của trang thì bạn đọc chưa thấy gì mới: lệnh {hint.command('deploy <nơi đến>')} "
    "đưa bản đang dùng lên đó."
)
_BUSY = "Đang có một lệnh khác xuất bản hoặc đổi bản trên máy này; chờ lệnh ấy xong rồi chạy lại."


def publish(
    project: Path, *, plain: bool = False, report: bool = False, drop_addresses: bool = False, day: date | None = None
) -> int:
    """Make a release of the content and use it. Returns the exit code: 1 when it was refused, and nothing has changed.

    Where nothing has changed since the release that is online was made, nothing is done; `plain` builds all the same,
    alone and from the sources. Content that gives the bytes of a release that is still there puts that one online.
    `report` writes what the checks said; `drop_addresses` lets addresses go that the new release no longer answers.
    """
    begun = time.monotonic()
    releases = project / FOLDER
    record = BuildRecord(project, FOLDER, "publish", day or today())
    current = store.read_current(releases)
    is_told = not report or (current is not None and (releases / current / "report.html").is_file())
    if current and is_told and not plain:
        record.output = releases / current / SITE
        if said := record.load_outcome():
            return print_outcome(
                Outcome([f"Không có gì thay đổi từ lần xuất bản trước (bản {current}).", *said.out], [], 0)
            )
    try:
        with locked(releases / store.LOCK), no_collection():
            _Publishing(record, begun, plain=plain, report=report, drop_addresses=drop_addresses).run()
    except Busy:
        print(f"Chưa xuất bản được: {_BUSY}", file=sys.stderr)
    except Unsound as unsound:
        print_outcome(Outcome([], unsound.tell("Chưa xuất bản được", f" {_UNTOUCHED}"), 1))
    except BuildError as refused:
        print(f"Chưa xuất bản được: {refused}. {_UNTOUCHED}", file=sys.stderr)
    except OSError as error:
        why = explain(error, project, doing="đọc hoặc ghi")
        print(f"Chưa xuất bản được: {why}. {_UNTOUCHED}", file=sys.stderr)
    else:
        return 0
    return 1


class _Publishing:
    """One publish, from the content to the release that is online; under the lock."""

    def __init__(self, record: BuildRecord, begun: float, *, plain: bool, report: bool, drop_addresses: bool) -> None:
        self._record, self._project, self._begun = record, record.project, begun
        self._plain, self._report, self._drop_addresses = plain, report, drop_addresses
        self._releases = record.project / FOLDER
        current = store.read_current(self._releases, surely=True)
        self._online = Release.load(self._releases / current) if current else None
        # What is read in place of files with errors.
        self._instead: LoadOptions = {}
        self._scratch = TemporaryDirectory()

    def run(self) -> None:
        """Do it, and say so. Raises Unsound, BuildError or OSError, and then nothing has changed."""
        from plugins.exemplars.pages.sharing import tell_undrawn
        from plugins.photos.photo import open_cache
        from plugins.release.compression import compress

        store.sweep(self._releases)
        new = store.make_release_folder(self._releases)
        try:
            # Every file is written: what happens to one release must not happen to another.
            online = frozenset(self._online.files if self._online else ())
            edition, said = write_site(
                self._record,
                new / SITE,
                self._begun,
                publishing=True,
                plain=self._plain,
                online=online,
                fallback=self._as_published,
            )
            candidate = self._read(new / SITE, edition)
            made = self._describe(new, candidate)
            # While the checks run: they are one process's work, and hardly ever refuse a site.
            compressing = compress(new / SITE, made, self._online)
            verdicts = self._verify(candidate)
            advice = [f"Nên xem lại: {finding}" for verdict in verdicts for finding in verdict.findings]
            fonts = engine_of(self._project) / "theme/static/fonts"
            advice += [f"Nên xem lại: {problem}" for problem in tell_undrawn(edition, fonts)]
            left_out = name_left_out(edition.content)
            out = [*summarize_site(edition, len(candidate.pages)), *left_out, *_first(advice)]
            name, told = self._put_online(new, candidate, verdicts, made, compressing)
        finally:
            teamwork.abandon_all()
            discard(new)
            self._scratch.cleanup()
        out.append(told)
        open_cache(self._project).prune()
        if pruned := store.prune(self._releases, _read_kept(self._project)):
            out.append(f"Đã xóa bản cũ: {', '.join(pruned)}.")
        print_outcome(Outcome(out, [], 0))
        self._record.output = self._releases / name / SITE
        if not edition.content.is_passing:
            self._record.save(Outcome([*said, *out], [], 0))

    def _as_published(self, content: Content, stopping: list[Problem]) -> LoadOptions | None:
        """Return how to read what the release that is online was made of, where a story is to be taken down now."""
        gone = {gone.url for gone in content.gone.values()} - self._gone_before
        if self._online is None or not any(file_of_url(url) in self._online.files for url in gone):
            return None
        from plugins.release.published import read_sources

        file = self._releases / self._online.number / SOURCES
        wanted = {*self._instead.get("overrides", ()), *(problem.path for problem in stopping)}
        self._instead = read_sources(file, wanted, Path(self._scratch.name)) or {}
        return self._instead or None

    @cached_property
    def _gone_before(self) -> set[str]:
        return {*_read_lines(self._releases / self._online.number / _GONE)} if self._online else set()

    def _read(self, new: Path, edition: Edition) -> Candidate:
        """Return the new site as it was read."""
        from plugins.release.verify.candidate import Candidate, read_site

        with progress.showing(self._begun):
            files, entries = read_site(new, self._project / _FACTS, "Kiểm tra bản mới")
        earlier = self._online.files if self._online and not self._drop_addresses else ()
        taken_down = edition.gone.keys() - self._gone_before
        return Candidate(new, edition, files, entries, earlier, edition.moved, edition.gone, taken_down)

    def _describe(self, new: Path, candidate: Candidate) -> Manifest:
        """Write the files for servers, and return what the new site consists of."""
        from plugins.release.servers import write_server_files

        edition = candidate.edition
        try:
            write_server_files(new / SITE, new, edition.moved, edition.gone.keys(), candidate.home)
        except ValueError as error:
            raise BuildError(f"không làm được tệp cho máy chủ ({error})") from error
        return build_manifest(new / SITE, candidate.entries)

    def _verify(self, candidate: Candidate) -> tuple[Verdict, ...]:
        """Return what the checks say of the new site. Raises BuildError when one finds an error."""
        from plugins.release.verify.checks import verify

        verdicts = verify(candidate)
        errors = [finding for verdict in verdicts for finding in verdict.findings if finding.level is Level.ERROR]
        if errors:
            lines = [f"Lỗi của bản mới: {finding}" for finding in errors]
            print_outcome(Outcome(_first(lines), [], 0))
            more = "; thêm --report để có bản kể đủ"
            if self._report:
                self._write_report(self._releases, candidate, verdicts)
                more = f"; xem đủ trong {FOLDER}/report.html"
            raise BuildError(f"bản mới còn {format_number(len(errors))} lỗi{more}")
        return verdicts

    def _put_online(
        self,
        new: Path,
        candidate: Candidate,
        verdicts: tuple[Verdict, ...],
        made: Manifest,
        compressing: Callable[[], Manifest],
    ) -> tuple[str, str]:
        """Put the new site online, or the release that has its bytes already. Returns its name, and what to say."""
        from plugins.release.published import keep_sources

        (new / _SBOM).write_bytes(Path(__file__).with_name(_SBOM).read_bytes())
        text = "".join(f"{url}\n" for url in sorted(candidate.edition.gone))
        (new / _GONE).write_text(text, encoding="utf-8", newline="\n")
        (new / _DAY).write_text(f"{self._record.day.isoformat()}\n", encoding="utf-8", newline="\n")
        digest = sha256(render_manifest(made).encode()).hexdigest()
        (new / _MADE).write_text(f"{digest}\n", encoding="utf-8", newline="\n")
        keep_sources(candidate.edition.content, self._instead, new / SOURCES)
        if equal := self._find_equal(new):
            if self._report:
                self._write_report(self._releases / equal, candidate, verdicts)
            if self._online and equal == self._online.number:
                return equal, f"Nội dung y như bản {equal} đang dùng: không làm bản mới."
            store.write_current(self._releases, equal)
            return equal, f"Nội dung y như bản {equal}: dùng lại bản ấy. {_tell_readers()}"
        if self._report:
            self._write_report(new, candidate, verdicts)
        self._finish(new, made, compressing)
        name = store.add_release(self._releases, new)
        store.write_current(self._releases, name)
        return name, f"Bản {name} đã sẵn sàng trên máy này: gốc trang là {FOLDER}/{name}/{SITE}/. {_tell_readers()}"

    def _find_equal(self, new: Path) -> str | None:
        """Return the newest release that was made of the same site, if it is still whole."""
        # Neither the day nor the words of comments are of the site.
        files = [file for file in new.iterdir() if file.is_file() and file.name not in (_DAY, SOURCES)]
        beside = {file.name: file.read_bytes() for file in files}
        for name in reversed(store.list_names(self._releases)):
            there = self._releases / name
            if all(_read(there / file) == data for file, data in beside.items()):
                return None if find_damage(there) else name
        return None

    def _finish(self, new: Path, made: Manifest, compressing: Callable[[], Manifest]) -> None:
        """Add to a site what hangs on the release before it: what its readers still ask for, and compressed copies."""
        from plugins.release.compression import compress
        from plugins.release.earlier_assets import keep_assets
        from plugins.release.manifest import read_entry

        with progress.showing(self._begun):
            whole = made | compressing()
            carried = keep_assets(new / SITE, self._online.site if self._online else None)
            added = {path: read_entry(new / SITE / path) for path in carried}
            text = render_manifest(whole | added | compress(new / SITE, added, self._online)())
        (new / NAME).write_text(text, encoding="utf-8", newline="\n")

    @staticmethod
    def _write_report(folder: Path, candidate: Candidate, verdicts: tuple[Verdict, ...]) -> None:
        from plugins.release.report import write_report

        write_report(folder, candidate, verdicts)


def list_releases(project: Path) -> int:
    """Print every release that is kept, the newest first. Returns the exit code."""
    from datetime import datetime
    from decimal import Decimal

    releases = project / FOLDER
    try:
        current = store.read_current(releases, surely=True)
    except OSError as error:
        print(f"Chưa rõ bản nào đang dùng: {explain(error, project, doing='đọc')}.", file=sys.stderr)
        return 1
    names = store.list_names(releases)
    for name in reversed(names):
        manifest = load_manifest(releases / name)
        if manifest is None:
            print(f"{name}  hỏng: không đọc được {NAME}")
            continue
        made = datetime.fromtimestamp((releases / name / NAME).stat().st_mtime).astimezone()
        pages = sum(path.endswith(".html") for path in manifest)
        size = sum(entry.bytes for entry in manifest.values()) / 1_000_000
        counts = f"{format_number(pages)} trang, {format_number(Decimal(f'{size:.1f}'))} MB"
        shown = f"{name}  {made:%H:%M} {format_date(made.date())}  {counts}"
        print(f"{shown}  ← đang dùng" if name == current else shown)
    if not names:
        print(f"Chưa có bản nào; làm bản đầu tiên bằng lệnh: {hint.command('publish')}")
    return 0


def rollback(project: Path, number: str = "") -> int:
    """Use an earlier release again: the one before the present, or that of a number. Returns the exit code."""
    releases = project / FOLDER
    try:
        with locked(releases / store.LOCK):
            return _roll_back(releases, number.strip())
    except Busy:
        print(f"Chưa đổi bản được: {_BUSY}", file=sys.stderr)
    except BuildError as refused:
        print(f"Chưa đổi bản được: {refused}", file=sys.stderr)
    except OSError as error:
        print(f"Chưa đổi bản được: {explain(error, project)}.", file=sys.stderr)
    return 1


def _roll_back(releases: Path, number: str) -> int:
    names, current = store.list_names(releases), store.read_current(releases, surely=True)
    if number:
        wanted = next((name for name in names if number.isdecimal() and int(name) == int(number)), None)
        why = f"không có bản {number}"
    else:
        earlier = [name for name in names if current and int(name) < int(current)]
        wanted, why = (earlier[-1] if earlier else None), "không có bản nào trước bản đang dùng"
    if wanted is None:
        kept = f"đang giữ: {', '.join(names)}" if names else "chưa xuất bản lần nào"
        raise BuildError(f"{why}; {kept}.")
    if wanted == current:
        print(f"Bản {wanted} đang dùng rồi.")
        return 0
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
    print(f"Máy này đã trở lại bản {wanted}{before}. {_tell_readers()}")
    return 0


def find_back(releases: Path, names: list[str], wanted: str) -> list[str]:
    """Return the address of each story that a later release took down and this one still shows."""
    shown = load_manifest(releases / wanted) or {}
    gone, here = ({*_read_lines(releases / name / _GONE)} for name in (names[-1], wanted))
    return sorted(url for url in gone - here if file_of_url(url) in shown)


def _read_lines(file: Path) -> list[str]:
    return (_read(file) or b"").decode().splitlines()


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _tell_readers() -> str:
    """Return what is still to be done for readers to see it, as whoever runs this would do it."""
    by_button = "Bạn đọc thấy sau khi bấm “Đưa lên mạng”; máy này là máy chủ của trang thì đã thấy rồi."
    return by_button if job_status.find_folder() else _DEPLOY


def _first(lines: list[str]) -> list[str]:
    rest = [f"… và {format_number(len(lines) - _MOST_LINES)} dòng nữa"] if len(lines) > _MOST_LINES else []
    return [*lines[:_MOST_LINES], *rest]


def _read_kept(project: Path) -> int:
    """Return how many releases are kept: RELEASES_KEPT of publishconf.py, but at least one."""
    import runpy

    kept = runpy.run_path(str(engine_of(project) / "publishconf.py")).get("RELEASES_KEPT", _KEPT)
    return max(1, kept) if isinstance(kept, int) else _KEPT
