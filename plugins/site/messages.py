"""Lines that check, build and publish print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins.sources.problem import colour, group_lines, mark_error
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.build_record import Outcome
    from plugins.content.content import Content
    from plugins.exemplars.model.edition import Edition
    from plugins.sources.problem import Problem

_MOST_REPEATED = 20


def print_outcome(said: Outcome) -> int:
    """Print an outcome, warnings and errors last, and return its exit code."""
    for lines, stream in ((said.out, sys.stdout), (said.err, sys.stderr)):
        for line in lines:
            print(colour(line, stream), file=stream)
        # Keeps the order where both streams go to one file.
        stream.flush()
    return said.code


def list_problems(content: Content, stopping: list[Problem] | None = None) -> list[str]:
    """Return one line a problem, each kind in order of file and line, and a summary when there is any."""
    if not content.problems:
        return []
    errors, files = len(content.errors), format_number(content.files)
    counts = f"{format_number(errors)} lỗi, {format_number(len(content.problems) - errors)} lời nhắc"
    return [*group_lines(content.problems, stopping), f"Đã đọc {files} tệp: {counts}."]


class Unsound(Exception):
    """A build that may not begin, for these errors of the content; all of them have been printed."""

    def tell(self, what: str, kept: str) -> list[str]:
        """Return the last lines of the command, which stay on the screen: the errors again."""
        stopping: list[Problem] = self.args[0]
        count, more = len(stopping), len(stopping) - _MOST_REPEATED
        rest = [f"… và {format_number(more)} lỗi nữa, kể ở đầu"] if more > 0 else []
        heading = f"{what}: hãy sửa {format_number(count)} lỗi sau đây rồi chạy lại.{kept}"
        return [heading, *map(mark_error, stopping[:_MOST_REPEATED]), *rest]


def name_left_out(content: Content) -> list[str]:
    """Return lines that name the files and rows left out for errors."""
    from plugins.content.folders import PAPERS, REGISTERS, TEMPLATES

    broken = sorted({problem.path for problem in content.errors if problem.path not in content.gone})
    broken = [path for path in broken if path.split("/")[1:2] != [TEMPLATES]]
    # Only the broken rows of a register are left out.
    rows = [path for path in broken if path.split("/")[1:2] in ([REGISTERS], [PAPERS])]
    whole = [path for path in broken if path not in rows]
    told = ("Bỏ ra ngoài vì có lỗi", whole), ("Không tính dòng có lỗi trong", rows)
    return [f"{what}: {some(paths, 50)}" for what, paths in told if paths]


def summarize_site(edition: Edition, pages: int) -> list[str]:
    """Return lines that count the pages of a new site, and name the stories left out on purpose."""
    index = edition.index
    words = index.vocabulary.site_words(edition.content.day)
    communes = len(index.by_commune.keys() & {story.commune for story in index.exemplars})
    stories, exemplars = len(index.stories), len(index.exemplars)
    counts = (stories, "bài"), (exemplars, "điển hình"), (communes, words.listed), (pages, "trang")
    out = [f"Đã dựng xong: {', '.join(f'{format_number(count)} {what}' for count, what in counts)}."]
    if elsewhere := [story.site for story in index.exemplars if story.site]:
        count, sites = format_number(len(elsewhere)), format_number(len(set(elsewhere)))
        out.append(f"Trong đó {count} điển hình có bài ở {sites} trang khác.")
    # A draft left out may be a story forgotten; a sample is meant to be.
    for left_out, what, most in (
        (edition.drafts_left_out, "bài nháp", 50),
        (edition.later_left_out, "bài chưa đến ngày", 50),
        (edition.samples_left_out, "bài mẫu", 3),
    ):
        if left_out:
            paths = [story.path for story in left_out]
            out.append(f"Không đưa lên {format_number(len(paths))} {what}: {some(paths, most)}")
    if gone := [path for path, one in edition.content.gone.items() if one.url in edition.gone]:
        out.append(f"Đã gỡ {format_number(len(gone))} bài: {some(gone, 50)}")
    return out


def some(paths: Iterable[str], most: int, what: str = "bài") -> str:
    """Return the first of these paths, and how many more there are."""
    paths = list(paths)
    rest = f" và {format_number(len(paths) - most)} {what} nữa" if len(paths) > most else ""
    return ", ".join(paths[:most]) + rest
