"""`script` and `poster`: what tells a story to those who do not open the site, a folder for each story."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins.bulletin.browser import CannotPrint
from plugins.content.as_of import as_of_its_day
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.exemplars.model.selection import select_edition
from plugins.official.filing import file_documents
from plugins.output import explain
from plugins.sources.problem import Invalid
from plugins.spoken.numbers import NORTH, SOUTH
from plugins.spreading.choosing import choose_stories
from plugins.vietnamese import fold, today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from plugins.content.content import Content
    from plugins.content.stories.story import Story
    from plugins.spoken.numbers import Speech

FOLDER = "lan-toa"
SPEECHES = {"bắc": NORTH, "nam": SOUTH}
_SAMPLE = "Bài mẫu: chữ MẪU có trong tệp; chỉ để xem thử, đừng phát, gửi hay treo."


def write_scripts(project: Path, names: Iterable[str], speech: str = "") -> int:
    """Write the loudspeaker script and the short text of each story. Returns the exit code: 1 where one has none."""
    try:
        spoken = read_speech(speech)
    except Invalid as invalid:
        print(f"Chưa làm được bài đọc: {invalid.message}; {invalid.fix}.", file=sys.stderr)
        return 1
    return _each(project, names, "script", "bài đọc", lambda content, story: _write_script(content, story, spoken))


def make_posters(project: Path, names: Iterable[str]) -> int:
    """Print a poster of each story. Returns the exit code: 1 where one has none."""
    return _each(project, names, "poster", "áp phích", _write_poster)


def read_speech(written: str) -> Speech:
    """Return how numbers are said in the north, unless the south is asked for; Invalid for anything else."""
    wanted = fold(written).removeprefix("mien ") or "bac"
    for name, speech in SPEECHES.items():
        if fold(name) == wanted:
            return speech
    raise Invalid(f"Không có giọng “{written}”", "ghi --speech bắc (linh, nghìn) hoặc --speech nam (lẻ, ngàn)")


def _each(
    project: Path, names: Iterable[str], command: str, what: str, make: Callable[[Content, Story], list[str]]
) -> int:
    content = as_of_its_day(load_content(project, today(), installed(project)))
    if not content.is_sound or content.is_passing:
        for problem in content.errors:
            print(problem, file=sys.stderr)
        print(f"Chưa làm được {what}: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return 1
    stories, wrong = choose_stories(content, names, command)
    for invalid in wrong:
        print(f"{invalid.message}; {invalid.fix}", file=sys.stderr)
    made = [_make(project, story, what, lambda story: make(content, story)) for story in stories]
    return 0 if all(made) and not wrong else 1


def _make(project: Path, story: Story, what: str, make: Callable[[Story], list[str]]) -> bool:
    """Make what is made of a story, and say where it is or why it is not. Returns whether it was made."""
    try:
        written = make(story)
    except CannotPrint as cannot:
        why = str(cannot)
    except Invalid as invalid:
        why = f"{invalid.message}; {invalid.fix}"
    except OSError as error:
        why = explain(error, project, doing="đọc hoặc ghi")
    else:
        print(f"Đã ghi {', '.join(written)}.")
        if story.sample:
            print(_SAMPLE)
        return True
    print(f"Chưa làm được {what} của “{story.title}”: {why}.", file=sys.stderr)
    return False


def _write_script(content: Content, story: Story, speech: Speech) -> list[str]:
    from plugins.spreading.script import write_script
    from plugins.spreading.script_paper import render_docx, render_text
    from plugins.spreading.short_text import write_short_text

    office = content.vocabulary.office_on(content.day)
    script = write_script(story, office, speech)
    text = write_short_text(story, content.site_url)
    print(f"{story.title}: {script.length}.")
    for note in script.notes:
        print(note)
    if not content.site_url:
        print("Tin Zalo chưa có liên kết: điền địa chỉ trang trong content/danh-muc/co-quan.yaml rồi làm lại.")
    print(f"\n{text}\n")
    project, folder = content.project, f"{FOLDER}/{story.slug}"
    author = office.name if office else ""
    files = {".docx": render_docx(script, author), ".txt": _as_text(render_text(script))}
    documents = {"bai-phat-thanh": files, "tin-zalo": {".txt": _as_text(f"{text}\n")}}
    return file_documents(project, folder, documents)


def _as_text(text: str) -> bytes:
    """Return a text as the oldest Notepad shows it."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _write_poster(content: Content, story: Story) -> list[str]:
    from plugins.spreading.poster import render_poster

    if not content.site_url:
        print("Áp phích chưa có mã QR: điền địa chỉ trang trong content/danh-muc/co-quan.yaml rồi làm lại.")
    data = render_poster(select_edition(content, drafts=False, samples=True), story)
    return file_documents(content.project, f"{FOLDER}/{story.slug}", {"ap-phich": {".pdf": data}})
