"""The build command, which puts a whole new site in place of the old one, and the clean command."""

import gc
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from plugins import hint
from plugins.build_record import BuildRecord, Outcome
from plugins.output import OUTPUT, BuildError, discard, explain, make_site_folder, put_site, take_away
from plugins.site.messages import Unsound, name_left_out, print_outcome, summarize_site
from plugins.site.writing import write_site
from plugins.vietnamese import today


def build(
    project: Path, *, drafts: bool = False, output: str = OUTPUT, plain: bool = False, day: date | None = None
) -> int:
    """Build the site into `output` and return the exit code: 1 when something was refused or left out for an error.

    Broken files are left out; an error in the vocabulary refuses the build. A refused build leaves the previous
    output as it was. Where nothing has changed since the last build, nothing is written; `plain` builds all the same,
    alone and from the sources, and gives the same bytes. `day`, today when not given, is that of the content.
    """
    begun = time.monotonic()
    record = BuildRecord(project, output, f"publishing=False drafts={drafts}", day or today())
    if not plain and (said := record.load_outcome()):
        return print_outcome(Outcome(["Không có gì thay đổi từ lần dựng trước.", *said.out], said.err, said.code))
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
        return print_outcome(Outcome([], unsound.tell("Chưa dựng trang được", kept), 1))
    except BuildError as refused:
        print(f"Chưa dựng được trang: {refused}", file=sys.stderr)
        return 1
    finally:
        discard(new)
    out = summarize_site(edition, pages)
    if output.name == OUTPUT:
        out.append(f"Trang đầu là {OUTPUT}/index.html; xem bằng lệnh: {hint.command('preview')}")
    err = name_left_out(edition.content)
    code = print_outcome(Outcome(out, err, 1 if err else 0))
    if not edition.content.is_passing:
        record.save(Outcome([*problems, *out], err, code))
    return code


@contextmanager
def no_collection() -> Iterator[None]:
    """Disable the cyclic garbage collector: everything a build allocates lives until the command ends."""
    gc.disable()
    try:
        yield
    finally:
        # Spares Python a collection of all of it at exit.
        gc.freeze()
        gc.enable()


def clean_project(project: Path) -> int:
    """Delete the output and the caches alone, each whole or not at all; the exit code is 1 when one is in use."""
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
