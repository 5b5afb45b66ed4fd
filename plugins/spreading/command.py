"""`script` and `poster`: loudspeaker script, Zalo text and poster of stories, in a folder for each."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from plugins.content.content import Content, as_of_its_day
from plugins.content.load import can_use, load_content
from plugins.content.stories.reading import reference_slug
from plugins.content.stories.story import Story
from plugins.exemplars.hooks import installed
from plugins.exemplars.model.edition import select_edition
from plugins.official.filing import fails_with, file_documents
from plugins.sources.problem import Invalid
from plugins.spoken.numbers import NORTH, SOUTH, Speech
from plugins.vietnamese import fold, nearest, today

FOLDER = "lan-toa"
SPEECHES = {"bắc": NORTH, "nam": SOUTH}
_SAMPLE = "Bài mẫu: chữ MẪU có trong tệp; chỉ để xem thử, đừng phát, gửi hay treo."


@fails_with("Chưa làm được bài đọc")
def write_scripts(project: Path, names: Iterable[str], speech: str = "") -> int:
    """Write the loudspeaker script and the Zalo text of each story, and return the exit code: 1 if any is missing."""
    spoken = read_speech(speech)
    return _each(project, names, "script", "bài đọc", lambda content, story: _write_script(content, story, spoken))


def make_posters(project: Path, names: Iterable[str]) -> int:
    """Print a poster of each story and return the exit code: 1 if any is missing."""
    return _each(project, names, "poster", "áp phích", _write_poster)


def read_speech(written: str) -> Speech:
    """Return the way a region speaks numbers, by default the north; Invalid for an unknown region."""
    wanted = fold(written).removeprefix("mien ") or "bac"
    for name, speech in SPEECHES.items():
        if fold(name) == wanted:
            return speech
    ways = " hoặc ".join(f"--speech {name} ({speech.gap}, {speech.thousand})" for name, speech in SPEECHES.items())
    raise Invalid(f"Không có giọng “{written}”", f"ghi {ways}")


def describe_speech(name: str) -> str:
    """Return a region with its words in numbers: “bắc: linh, nghìn”."""
    return f"{name}: {SPEECHES[name].gap}, {SPEECHES[name].thousand}"


def _each(
    project: Path, names: Iterable[str], command: str, what: str, make: Callable[[Content, Story], list[str]]
) -> int:
    """Make the files of each story, printing their paths. Return the exit code: 1 if any are missing."""
    failure = f"Chưa làm được {what}"
    content = as_of_its_day(load_content(project, today(), installed(project)))
    if not can_use(content, failure, verbose=False):
        return 1
    stories, wrong = choose_stories(content, names, command)
    for invalid in wrong:
        print(f"{invalid.message}; {invalid.fix}", file=sys.stderr)

    def write(_: Path, story: Story) -> int:
        print(f"Đã ghi {', '.join(make(content, story))}.")
        if story.sample:
            print(_SAMPLE)
        return 0

    failures = [fails_with(f"{failure} của “{story.title}”")(write)(project, story) for story in stories]
    return int(bool(wrong) or any(failures))


def _write_script(content: Content, story: Story, speech: Speech) -> list[str]:
    from plugins.spreading.script import write_script, write_short_text
    from plugins.spreading.script_paper import render_docx, render_text

    office = content.vocabulary.office_on(content.day)
    script = write_script(story, office, speech)
    text = write_short_text(story, content.site_url)
    print(f"{story.title}: {script.length}.", *script.notes, sep="\n")
    if not content.site_url:
        print("Tin Zalo chưa có liên kết: điền địa chỉ trang trong content/danh-muc/co-quan.yaml rồi làm lại.")
    print(f"\n{text}\n")
    project, folder = content.project, f"{FOLDER}/{story.slug}"
    files = {".docx": render_docx(script, office.name if office else ""), ".txt": _as_text(render_text(script))}
    documents = {"bai-phat-thanh": files, "tin-zalo": {".txt": _as_text(f"{text}\n")}}
    return file_documents(project, folder, documents)


def _as_text(text: str) -> bytes:
    """Return a text with the line ends and the BOM that old versions of Notepad need."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _write_poster(content: Content, story: Story) -> list[str]:
    from plugins.spreading.poster import render_poster

    if not content.site_url:
        print("Áp phích chưa có mã QR: điền địa chỉ trang trong content/danh-muc/co-quan.yaml rồi làm lại.")
    data = render_poster(select_edition(content, drafts=False, samples=True), story)
    return file_documents(content.project, f"{FOLDER}/{story.slug}", {"ap-phich": {".pdf": data}})


def choose_stories(content: Content, names: Iterable[str], command: str) -> tuple[list[Story], list[Invalid]]:
    """Return the published stories of these names, each once, and an Invalid for every other name, or for no name."""
    by_slug = {story.slug: story for story in content.stories}
    found: dict[str, Story] = {}
    wrong: list[Invalid] = []
    for name in names:
        slug = reference_slug(name)
        story = by_slug.get(slug)
        if story is None and (absence := content.explain_absence(slug)):
            wrong.append(Invalid(f"Bài “{name}” {absence[0]}", absence[1]))
        elif story is None:
            near = nearest(slug, by_slug)
            fix = f"có phải {near}?" if near else "lấy tên ở cuối địa chỉ của bài, hoặc tên thư mục của bài"
            wrong.append(Invalid(f"Không có bài “{name}”", fix))
        elif story.draft:
            wrong.append(Invalid(f"Bài “{story.title}” còn là nháp", "chọn Trạng thái: đăng trong bài rồi chạy lại"))
        else:
            found[slug] = story
    if not (found or wrong):
        wrong.append(Invalid("Chưa nói bài nào", f"ghi tên thư mục của bài, ví dụ: {command} hai-thon-lam-kenh"))
    return [*found.values()], wrong
