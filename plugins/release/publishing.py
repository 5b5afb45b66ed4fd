"""`publish`: build a site aside, verify it, and only then make it current, whole and in one step.

Nothing heavy is imported before it is known that there is something to do.
"""

from __future__ import annotations

import time
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from plugins import progress, teamwork
from plugins.build_record import BuildRecord, Outcome
from plugins.content.addresses.urls import file_of_url
from plugins.engine import engine_of
from plugins.output import BuildError, discard, explain
from plugins.release import store
from plugins.release.manifest import NAME, Release, build_manifest, find_damage, read_entry, render_manifest
from plugins.release.releases import BUSY, GONE, read_gone, tell_readers
from plugins.release.store import FOLDER, SITE, SOURCES, Busy, locked
from plugins.site.build import no_collection
from plugins.site.messages import Unsound, name_left_out, print_outcome, summarize_site
from plugins.site.writing import write_site
from plugins.sources.problem import Level
from plugins.vietnamese import format_number, today

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

_KEPT = 5  # number of releases to keep, unless publishconf.py has RELEASES_KEPT
_MOST_LINES = 20
# Beside a site: the libraries it was built with, its day, and a digest of the site before files of the previous release
# were added.
_SBOM, _DAY, _BUILT = "sbom.json", "day.txt", "made.txt"
_FACTS = ".cache/release/facts"  # cache of facts by file content, so that only new files are parsed
_UNTOUCHED = "Bản đang dùng giữ nguyên."


def publish(
    project: Path, *, plain: bool = False, report: bool = False, drop_addresses: bool = False, day: date | None = None
) -> int:
    """Make a release of the content and make it current, and return the exit code: 1 if refused, with nothing changed.

    Without any change since the current release, nothing is done, unless `plain`, which builds without caches and in
    one process. If an earlier release has the same bytes, that one becomes current. `report` writes the findings of
    the checks; `drop_addresses` allows the release to lack addresses of the current one.
    """
    begun = time.monotonic()
    releases = project / FOLDER
    record = BuildRecord(project, FOLDER, "publish", day or today())
    current = store.read_current(releases)
    is_reported = not report or (current is not None and (releases / current / "report.html").is_file())
    if current and is_reported and not plain:
        record.output = releases / current / SITE
        if outcome := record.load_outcome():
            line = f"Không có gì thay đổi từ lần xuất bản trước (bản {current})."
            return print_outcome(Outcome([line, *outcome.out], [], 0))
    try:
        with locked(releases / store.LOCK), no_collection():
            _Publishing(record, begun, plain=plain, report=report, drop_addresses=drop_addresses).run()
    except Busy:
        lines = [f"Chưa xuất bản được: {BUSY}"]
    except Unsound as unsound:
        lines = unsound.tell("Chưa xuất bản được", f" {_UNTOUCHED}")
    except (BuildError, OSError) as error:
        why = explain(error, project, doing="đọc hoặc ghi") if isinstance(error, OSError) else error
        lines = [f"Chưa xuất bản được: {why}. {_UNTOUCHED}"]
    else:
        return 0
    return print_outcome(Outcome([], lines, 1))


class _Publishing:
    """One publish, from the content to the current release. Runs under the lock."""

    def __init__(self, record: BuildRecord, begun: float, *, plain: bool, report: bool, drop_addresses: bool) -> None:
        self._record, self._project, self._begun = record, record.project, begun
        self._plain, self._report, self._drop_addresses = plain, report, drop_addresses
        self._releases = record.project / FOLDER
        current = store.read_current(self._releases, surely=True)
        self._online = Release.load(self._releases / current) if current else None
        # Texts and registers of the current release, read in place of broken ones.
        self._instead: LoadOptions = {}
        self._scratch = TemporaryDirectory()

    def run(self) -> None:
        """Publish and print the result. Raises Unsound, BuildError or OSError; then nothing has changed."""
        from plugins.exemplars.pages.sharing import tell_undrawn
        from plugins.photos.photo import open_cache
        from plugins.release.compression import compress

        store.sweep(self._releases)
        new = store.make_release_folder(self._releases)
        try:
            edition, problems = write_site(
                self._record,
                new / SITE,
                self._begun,
                publishing=True,
                plain=self._plain,
                online=frozenset(self._online.files if self._online else ()),
                fallback=self._as_published,
            )
            candidate = self._read(new / SITE, edition)
            built = self._describe(new, candidate)
            # In parallel with the checks, which use one process and hardly ever refuse a site.
            compressing = compress(new / SITE, built, self._online)
            verdicts = self._verify(candidate)
            fonts = engine_of(self._project) / "theme/static/fonts"
            advice = [*(finding for verdict in verdicts for finding in verdict.findings), *tell_undrawn(edition, fonts)]
            out = [*summarize_site(edition, len(candidate.pages)), *name_left_out(edition.content)]
            out += _first([f"Nên xem lại: {one}" for one in advice])
            name, last = self._put_online(new, candidate, verdicts, built, compressing)
        finally:
            teamwork.abandon_all()
            discard(new)
            self._scratch.cleanup()
        out.append(last)
        open_cache(self._project).prune()
        if pruned := store.prune(self._releases, self._read_kept()):
            out.append(f"Đã xóa bản cũ: {', '.join(pruned)}.")
        print_outcome(Outcome(out, [], 0))
        self._record.output = self._releases / name / SITE
        if not edition.content.is_passing:
            self._record.save(Outcome([*problems, *out], [], 0))

    def _as_published(self, content: Content, stopping: list[Problem]) -> LoadOptions | None:
        """Return how to read the texts of the current release where a story must be withdrawn despite these errors."""
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
        return read_gone(self._releases / self._online.number) if self._online else set()

    def _read(self, new: Path, edition: Edition) -> Candidate:
        from plugins.release.verify.candidate import Candidate, read_site

        with progress.showing(self._begun):
            files, entries = read_site(new, self._project / _FACTS, "Kiểm tra bản mới")
        earlier = self._online.files if self._online and not self._drop_addresses else ()
        taken_down = edition.gone.keys() - self._gone_before
        return Candidate(new, edition, files, entries, earlier, edition.moved, edition.gone, taken_down)

    def _describe(self, new: Path, candidate: Candidate) -> Manifest:
        """Write the files for servers, and return the manifest of the site."""
        from plugins.release.servers import write_server_files

        edition = candidate.edition
        try:
            write_server_files(new / SITE, new, edition.moved, edition.gone.keys(), candidate.home)
        except ValueError as error:
            raise BuildError(f"không làm được tệp cho máy chủ ({error})") from error
        return build_manifest(new / SITE, candidate.entries)

    def _verify(self, candidate: Candidate) -> tuple[Verdict, ...]:
        """Run the checks. Raises BuildError when one finds an error."""
        from plugins.release.verify.checks import verify

        verdicts = verify(candidate)
        errors = [finding for verdict in verdicts for finding in verdict.findings if finding.level is Level.ERROR]
        if errors:
            print_outcome(Outcome(_first([f"Lỗi của bản mới: {finding}" for finding in errors]), [], 0))
            self._write_report(self._releases, candidate, verdicts)
            more = f"; xem đủ trong {FOLDER}/report.html" if self._report else "; thêm --report để có bản kể đủ"
            raise BuildError(f"bản mới còn {format_number(len(errors))} lỗi{more}")
        return verdicts

    def _put_online(
        self,
        new: Path,
        candidate: Candidate,
        verdicts: tuple[Verdict, ...],
        built: Manifest,
        compressing: Callable[[], Manifest],
    ) -> tuple[str, str]:
        """Make the new site current, or an equal release. Returns its name, and the message."""
        from plugins.release.published import keep_sources

        (new / _SBOM).write_bytes(Path(__file__).with_name(_SBOM).read_bytes())
        texts = {
            GONE: "".join(f"{url}\n" for url in sorted(candidate.edition.gone)),
            _DAY: f"{self._record.day.isoformat()}\n",
            _BUILT: f"{sha256(render_manifest(built).encode()).hexdigest()}\n",
        }
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8", newline="\n")
        keep_sources(candidate.edition.content, self._instead, new / SOURCES)
        if equal := self._find_equal(new):
            self._write_report(self._releases / equal, candidate, verdicts)
            if self._online and equal == self._online.number:
                return equal, f"Nội dung y như bản {equal} đang dùng: không làm bản mới."
            store.write_current(self._releases, equal)
            return equal, f"Nội dung y như bản {equal}: dùng lại bản ấy. {tell_readers()}"
        self._write_report(new, candidate, verdicts)
        self._finish(new, built, compressing)
        name = store.add_release(self._releases, new)
        store.write_current(self._releases, name)
        return name, f"Bản {name} đã sẵn sàng trên máy này: gốc trang là {FOLDER}/{name}/{SITE}/. {tell_readers()}"

    def _find_equal(self, new: Path) -> str | None:
        """Return the newest release built from the same site, if it is undamaged."""
        # The day, and comments in the texts, are not part of the site.
        files = [file for file in new.iterdir() if file.is_file() and file.name not in (_DAY, SOURCES)]
        beside = {file.name: file.read_bytes() for file in files}
        for name in reversed(store.list_names(self._releases)):
            there = self._releases / name
            if all((there / file).is_file() and (there / file).read_bytes() == data for file, data in beside.items()):
                return None if find_damage(there) else name
        return None

    def _finish(self, new: Path, built: Manifest, compressing: Callable[[], Manifest]) -> None:
        """Add files that depend on the previous release: those its readers still ask for, and compressed copies."""
        from plugins.release.compression import compress
        from plugins.release.earlier_assets import keep_assets

        with progress.showing(self._begun):
            whole = built | compressing()
            carried = keep_assets(new / SITE, self._online.site if self._online else None)
            added = {path: read_entry(new / SITE / path) for path in carried}
            text = render_manifest(whole | added | compress(new / SITE, added, self._online)())
        (new / NAME).write_text(text, encoding="utf-8", newline="\n")

    def _write_report(self, folder: Path, candidate: Candidate, verdicts: tuple[Verdict, ...]) -> None:
        if self._report:
            from plugins.release.verify.checks import write_report

            write_report(folder, candidate, verdicts)

    def _read_kept(self) -> int:
        """Return how many releases to keep, at least one."""
        import runpy

        kept = runpy.run_path(str(engine_of(self._project) / "publishconf.py")).get("RELEASES_KEPT", _KEPT)
        return max(1, kept) if isinstance(kept, int) else _KEPT


def _first(lines: list[str]) -> list[str]:
    rest = [f"… và {format_number(len(lines) - _MOST_LINES)} dòng nữa"] if len(lines) > _MOST_LINES else []
    return [*lines[:_MOST_LINES], *rest]
