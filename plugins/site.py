"""check, build: read the content, say what is wrong, and put a whole new site in place of the old one."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import time
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from plugins import hint, progress, teamwork
from plugins.build_record import CONTENT, BuildRecord, Outcome
from plugins.engine import engine_of
from plugins.output import OUTPUT, BuildError, discard, explain, make_site_folder, put_site, take_away
from plugins.sources.problem_lines import colour, group_lines, mark_error
from plugins.vietnamese import format_number, today

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from plugins.build_cache import Memory
    from plugins.content.content import Content
    from plugins.content.sources import LoadOptions
    from plugins.exemplars.model.edition import Edition
    from plugins.sources.problem import Problem

_MOST_REPEATED = 20


def on_day(written: str, command: Callable[[date], int]) -> int:
    """Run a command as of a day as somebody wrote it, today when nothing is. Returns the exit code."""
    from plugins.sources import values
    from plugins.sources.problem import Invalid

    try:
        day = values.day(written) if written else today()
    except Invalid as invalid:
        print(f"{invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    return command(day)


def check(project: Path, *, as_json: bool = False, day: date | None = None) -> int:
    """Print every problem of the content as of a day. Returns the exit code: 1 when there is an error."""
    from plugins.content.load import load_content
    from plugins.exemplars.hooks import installed

    record = BuildRecord(project, OUTPUT, "", day or today())
    how: LoadOptions = {"checking": True}
    if record.memory_file.exists():
        from plugins.build_cache import load_memory

        how["cache"] = load_memory(record).content
    content = load_content(project, record.day, installed(project), **how)
    if as_json:
        print(json.dumps([problem.as_dict() for problem in content.problems], ensure_ascii=False, indent=1))
    else:
        say(Outcome(_problem_lines(content), [], 0))
        if not content.problems:
            print(f"Đã đọc {format_number(content.files)} tệp: không có lỗi nào.")
    return 1 if content.errors else 0


def build(
    project: Path, *, drafts: bool = False, output: str = OUTPUT, plain: bool = False, day: date | None = None
) -> int:
    """Build the site into `output`. Returns the exit code: 1 when something was refused or left out for an error.

    Broken files are left out; an error in the vocabulary refuses the build, and whatever is refused leaves the previous
    output as it was. Where nothing has changed since the last build, nothing is written; `plain` builds all the same,
    alone and from the sources, and gives the same bytes. `day`, today when not given, is that of the content.
    """
    begun = time.monotonic()
    record = BuildRecord(project, output, f"publishing=False drafts={drafts}", day or today())
    if not plain and (said := record.load_outcome()):
        return say(Outcome(["Không có gì thay đổi từ lần dựng trước.", *said.out], said.err, said.code))
    with no_collection():
        return _build_anew(record, begun, drafts=drafts, plain=plain)


def _build_anew(record: BuildRecord, begun: float, *, drafts: bool, plain: bool) -> int:
    output = record.output
    try:
        new = make_site_folder(output)
    except OSError as error:
        print(f"Chưa dựng được trang: {explain(error, record.project)}", file=sys.stderr)
        return 1
    try:
        edition, problems = write_site(record, new, begun, drafts=drafts, plain=plain)
        pages = sum(name.endswith(".html") for _, _, names in os.walk(new) for name in names)
        put_site(new, output)
    except Unsound as unsound:
        kept = f" Thư mục {output.name}/ giữ nguyên như trước." if output.exists() else ""
        return say(Outcome([], unsound.tell("Chưa dựng trang được", kept), 1))
    except BuildError as refused:
        print(f"Chưa dựng được trang: {refused}", file=sys.stderr)
        return 1
    finally:
        discard(new)
    out = summarize(edition, pages)
    if output.name == OUTPUT:
        out.append(f"Trang đầu là {OUTPUT}/index.html; xem bằng lệnh: {hint.command('preview')}")
    err = name_left_out(edition.content)
    code = say(Outcome(out, err, 1 if err else 0))
    if not edition.content.is_passing:
        record.save(Outcome([*problems, *out], err, code))
    return code


def write_site(
    record: BuildRecord,
    new: Path,
    begun: float,
    *,
    publishing: bool = False,
    drafts: bool = False,
    plain: bool = False,
    online: Collection[str] = (),
    as_published: Callable[[Content, list[Problem]], LoadOptions | None] = lambda *_: None,
) -> tuple[Edition, list[str]]:
    """Read the content, print its problems, and write the site into an empty folder. `begun` is when the command began.

    Returns what it shows, and the lines of the problems. What was read is left for the next build. `online` are the
    files of the site that a publish takes the place of; `as_published` tells how to read what they were made of, in
    place of what has these errors, where the publish may not wait until they are mended.

    Raises Unsound for an error in what a publish shows, else for one in the vocabulary; BuildError for anything else
    that keeps the site from being written.
    """
    from plugins.build_cache import Memory, load_memory, save_memory
    from plugins.content.cache import ContentCache
    from plugins.content.load import load_content
    from plugins.exemplars.hooks import installed

    project = record.project
    settings = engine_of(project) / ("publishconf.py" if publishing else "pelicanconf.py")
    memory = Memory(ContentCache(project)) if plain else load_memory(record)
    how: LoadOptions = {
        "publishing": publishing,
        "cache": memory.content,
        "alone": plain,
        "meanwhile": lambda: _prepare_pelican(settings, memory),
    }
    with progress.showing(begun):
        content = load_content(project, record.day, installed(project), **how)
    stopping = content.stopping(publishing=publishing, online=online)
    problems = _problem_lines(content, stopping if publishing else None)
    say(Outcome(problems, [], 0))
    instead: LoadOptions = {}
    # A vocabulary that is broken is told alone: what else is, shows when it is mended.
    while stopping and (found := as_published(content, stopping)) is not None and found != instead:
        instead = found
        with progress.showing(begun):
            content = load_content(project, record.day, installed(project), **(how | instead))
        # What was never published is left out, as a draft is.
        stopping = [one for one in content.stopping(publishing=publishing) if content.is_online(one, online)]
    if instead and not stopping:
        paths = some(sorted(instead.get("overrides", ())), 50, "tệp")
        kept = f"Để gỡ bài ngay, giữ sổ đăng ký như bản đang dùng{', và những tệp có lỗi: ' * bool(paths)}{paths}"
        say(Outcome([kept], [], 0))
        problems.append(kept)
    if stopping:
        raise Unsound(stopping)
    saving = teamwork.Team([memory], lambda memory: save_memory(memory, record), "Ghi nhớ", alone=plain, fewest=1)
    try:
        with progress.showing(begun):
            saving.start()
            edition = _run_pelican(record, content, memory, settings, new, drafts=drafts, alone=plain)
            saving.finish()
    finally:
        teamwork.abandon_all()
    return edition, problems


@contextmanager
def no_collection() -> Iterator[None]:
    """Disable the cyclic garbage collector: what a build makes lives until the command ends."""
    gc.disable()
    try:
        yield
    finally:
        # Else Python looks through all of it when it ends.
        gc.freeze()
        gc.enable()


def say(said: Outcome) -> int:
    """Print what a build has to say. Returns its exit code."""
    for lines, stream in ((said.out, sys.stdout), (said.err, sys.stderr)):
        for line in lines:
            print(colour(line, stream), file=stream)
        # What is said last stands last, wherever both streams go.
        stream.flush()
    return said.code


def clean(project: Path) -> int:
    """Delete what commands made, and say so; never anything that a person wrote.

    Each folder goes at once or stays whole. Returns the exit code: 1 when somebody holds one.
    """
    folders = (project / OUTPUT, project / ".cache", *project.glob(".output-*"))
    made, code = [entry for entry in folders if entry.is_dir()], 0
    for folder in made:
        try:
            take_away(folder)
        except OSError as error:
            code = 1
            print(f"Chưa xóa được: {explain(error, project, folder, 'xóa')}", file=sys.stderr)
        else:
            print(f"Đã xóa {folder.name}/")
    if not made:
        print("Không có gì để xóa.")
    return code


def _problem_lines(content: Content, stopping: list[Problem] | None = None) -> list[str]:
    """Return one line a problem, each kind in order of file and line, and a summary when there is any."""
    if not content.problems:
        return []
    errors, files = len(content.errors), format_number(content.files)
    counts = f"{format_number(errors)} lỗi, {format_number(len(content.problems) - errors)} lời nhắc"
    return [*group_lines(content.problems, stopping), f"Đã đọc {files} tệp: {counts}."]


def _prepare_pelican(settings: Path, memory: Memory) -> None:
    """Do now what a build waits for later: others are reading the stories meanwhile."""
    from plugins.exemplars.door.site import compile_templates

    import_module("pelican.writers")
    compile_templates(settings, memory.templates)


class Unsound(Exception):
    """A build that may not begin, for these errors of the content; all of them have been printed."""

    def __init__(self, stopping: list[Problem]) -> None:
        super().__init__()
        self._stopping = stopping

    def tell(self, what: str, kept: str) -> list[str]:
        """Return what to say last, so that it stands on the screen however much was said before."""
        count, more = len(self._stopping), len(self._stopping) - _MOST_REPEATED
        rest = [f"… và {format_number(more)} lỗi nữa, kể ở đầu"] if more > 0 else []
        heading = f"{what}: hãy sửa {format_number(count)} lỗi sau đây rồi chạy lại.{kept}"
        return [heading, *map(mark_error, self._stopping[:_MOST_REPEATED]), *rest]


def _run_pelican(
    record: BuildRecord, content: Content, memory: Memory, settings: Path, output: Path, *, drafts: bool, alone: bool
) -> Edition:
    """Let Pelican write the site into an empty folder. Returns the edition that it shows."""
    # Imported here: `check` and `new` need no Pelican, and its import takes a third of a second.
    from jinja2 import TemplateError, TemplateSyntaxError

    from plugins.assets.bundle import BrokenStyle
    from plugins.exemplars.door.site import run_pelican

    log = _Log()
    logger = logging.getLogger("pelican")
    logger.addHandler(log)
    logger.propagate = False
    overrides: dict[str, Any] = {"OUTPUT_PATH": str(output), "MEMORY": memory, "ALONE": alone}
    overrides["PATH"] = str(record.project / "content")
    if drafts:
        overrides["SHOW_DRAFTS"] = True
    try:
        edition = run_pelican(content, settings, overrides)
    except TemplateSyntaxError as error:
        raise BuildError(
            f"theme/templates/{error.name}:{error.lineno}: mẫu trang viết sai ({error.message})"
        ) from error
    except BrokenStyle as error:
        raise BuildError(f"{error} (kiểu trang viết sai)") from error
    except TemplateError as error:
        raise BuildError(f"mẫu trang trong theme/templates bị lỗi ({error})") from error
    except OSError as error:
        # Of what people wrote, nothing is written.
        is_content = str(error.filename).startswith(str(content.project / CONTENT))
        raise BuildError(explain(error, content.project, doing="đọc" if is_content else "ghi")) from error
    finally:
        logger.removeHandler(log)
    if log.messages:
        raise BuildError("; ".join(log.messages))
    return edition


class _Log(logging.Handler):
    """Keeps what Pelican calls an error: it would log it, drop the page and end with success."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def name_left_out(content: Content) -> list[str]:
    """Return the lines that name what an error keeps out of a site."""
    from plugins.content.folders import PAPERS, REGISTERS, TEMPLATES

    broken = sorted({problem.path for problem in content.errors if problem.path not in content.gone})
    broken = [path for path in broken if path.split("/")[1:2] != [TEMPLATES]]
    # Of a register the other rows count.
    rows = [path for path in broken if path.split("/")[1:2] in ([REGISTERS], [PAPERS])]
    whole = [path for path in broken if path not in rows]
    told = ("Bỏ ra ngoài vì có lỗi", whole), ("Không tính dòng có lỗi trong", rows)
    return [f"{what}: {some(paths, 50)}" for what, paths in told if paths]


def summarize(edition: Edition, pages: int) -> list[str]:
    """Return what there is to say of a new site: how much it holds, and what it leaves out on purpose."""
    index = edition.index
    words = index.vocabulary.site_words(edition.content.day)
    communes = len(index.by_commune.keys() & {story.commune for story in index.exemplars})
    counts = (
        (len(index.stories), "bài"),
        (len(index.exemplars), "điển hình"),
        (communes, words.listed),
        (pages, "trang"),
    )
    out = [f"Đã dựng xong: {', '.join(f'{format_number(count)} {what}' for count, what in counts)}."]
    if elsewhere := [story.site for story in index.exemplars if story.site]:
        count, sites = format_number(len(elsewhere)), format_number(len(set(elsewhere)))
        out.append(f"Trong đó {count} điển hình có bài ở {sites} trang khác.")
    # A draft left out may be a story forgotten; a sample is meant to be.
    for stories, what, most in (
        (edition.drafts_left_out, "bài nháp", 50),
        (edition.later_left_out, "bài chưa đến ngày", 50),
        (edition.samples_left_out, "bài mẫu", 3),
    ):
        if stories:
            out.append(f"Không đưa lên {format_number(len(stories))} {what}: {some((s.path for s in stories), most)}")
    if gone := [path for path, one in edition.content.gone.items() if one.url in edition.gone]:
        out.append(f"Đã gỡ {format_number(len(gone))} bài: {some(gone, 50)}")
    return out


def some(paths: Iterable[str], most: int, what: str = "bài") -> str:
    """Return the first of these paths, and how many more there are."""
    paths = list(paths)
    rest = f" và {format_number(len(paths) - most)} {what} nữa" if len(paths) > most else ""
    return ", ".join(paths[:most]) + rest
