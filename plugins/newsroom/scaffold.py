"""`new`: make the folder of a draft whose bai.md explains each of its keys."""

import sys
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from plugins import hint
from plugins.content.folders import STORIES, STORY_FILE
from plugins.content.stories.keys import story_keys
from plugins.content.stories.reading import parse_story
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.front_lines import write_scalar
from plugins.markdown.references import CONTENT
from plugins.newsroom.questions import collect_answers
from plugins.output import explain
from plugins.sources import values
from plugins.sources.files import numbered, open_new
from plugins.sources.folders import RESERVED
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key
from plugins.vietnamese import nfc, slugify

_HEAD = """\
# Điền sau dấu hai chấm; mục không dùng thì để trống. Dòng mở đầu bằng # là lời dặn, không hiện trên trang.
# Mục có nhiều ý: xuống dòng, mỗi ý một dòng mở đầu bằng “- ”.
# Giá trị có dấu hai chấm thì đặt cả giá trị trong ngoặc kép "…".
"""
_BODY = """\
<!-- Viết bài từ dưới dòng này, mỗi đoạn cách nhau một dòng trống. Đề mục mở đầu bằng ## và một dấu cách;
chèn ảnh bằng ![mô tả ảnh](ten-anh.jpg). Lời dặn này không hiện trên trang; viết xong có thể xóa đi. -->
"""
_NEXT = f"""\
Việc tiếp theo:
  1. Mở tệp ấy bằng Notepad hay trình soạn thảo khác, điền các mục và viết bài; có ảnh thì chép vào cùng thư mục.
  2. Xem thử: {hint.command("preview")}. Kiểm tra lỗi: {hint.command("check")}.
  3. Viết xong thì đổi “Trạng thái: nháp” thành “Trạng thái: đăng”."""


def create_story(project: Path, given: dict[str, str]) -> int:
    """Make a draft from values by attribute, and ask for others, and return the exit code: 1 if none was made."""
    if (vocabulary := load_sound_vocabulary(project)) is None:
        return 1
    keys = story_keys(vocabulary)
    try:
        path = write_draft(project, keys, collect_answers(vocabulary, keys, given))
    except Invalid as invalid:
        print(f"Chưa tạo được bài. {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nĐã dừng, chưa tạo gì.")
        return 1
    except OSError as error:
        print(f"Chưa tạo được bài: {explain(error, project)}", file=sys.stderr)
        return 1
    print(f"\nĐã tạo {path}")
    # The problems that `check` will report for the draft.
    matter = parse_front_matter((project / path).read_text(encoding="utf-8"), path)
    year = path.split("/")[2]
    missing = [matter] if isinstance(matter, Problem) else parse_story(matter, keys, path, year).problems
    if missing:
        print("Còn phải sửa trước khi đăng:", *missing, sep="\n  ")
    print(_NEXT)
    return 0


def write_draft(project: Path, keys: tuple[Key, ...], answers: Mapping[str, str], body: str = _BODY) -> str:
    """Make the folder of a draft with these values by attribute and return the path of its file.

    Raises Invalid for a bad title or date, OSError if nothing can be written.
    """
    for key in keys:
        if key.required and not answers.get(key.attribute):
            raise Invalid(f'Mục "{key.name}" không để trống được', "điền mục ấy")
    year = str(values.day(answers["date"]).year)
    text = render_draft(keys, {"status": "nháp"} | dict(answers), body=body)
    return write_story(project, year, answers["title"], text)


def write_story(project: Path, year: str, title: str, text: str) -> str:
    """Make the folder of a story, named after its title, and return the path of its file; Invalid without a letter."""
    if not slugify(title):
        raise Invalid("Tiêu đề không có chữ cái hay chữ số", "viết tên bài bằng chữ")
    path = f"{CONTENT}/{STORIES}/{year}/{free_slug(title, taken_slugs(project))}/{STORY_FILE}"
    # OSError if the folder exists.
    (project / path).parent.mkdir(parents=True)
    with open_new(project / path) as out:
        out.write(text.encode())
    return path


def load_sound_vocabulary(project: Path) -> Vocabulary | None:
    """Return the vocabulary; None if it has errors, which are printed."""
    vocabulary, problems = load_vocabulary(project)
    if errors := [problem for problem in problems if problem.level is Level.ERROR]:
        print(*errors, sep="\n")
        print("Chưa tạo được bài: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return None
    return vocabulary


def render_draft(
    keys: tuple[Key, ...],
    answers: Mapping[str, str | Sequence[str]],
    notes: Mapping[str, str] = MappingProxyType({}),
    body: str = _BODY,
) -> str:
    """Return the text of a new bai.md: each key under a comment that explains it; `notes` are more, by attribute."""
    lines = ["---", *_HEAD.splitlines()]
    for key in keys:
        value = answers.get(key.attribute, "")
        requirement = f"; {key.requirement}" if key.requirement else ""
        example = f"; ví dụ: {key.example}" if key.example and not value else ""
        lines.append(f"# {key.help}{requirement}{example}")
        if note := notes.get(key.attribute):
            lines.append(f"# {note}")
        lines += _yaml_lines(key.name, value)
    return "\n".join([*lines, "---", "", body])


def free_slug(title: str, taken: Container[str], limit: int = 60) -> str:
    """Return the slug of a title, numbered from 2 if taken, of at most `limit` characters."""
    slugs = (slugify(title, limit - len(suffix)) + suffix for suffix in numbered(""))
    return next(slug for slug in slugs if slug not in taken)


def _yaml_lines(name: str, value: str | Sequence[str]) -> list[str]:
    if not value:
        return [f"{name}:"]
    if isinstance(value, str):
        return [f"{name}: {write_scalar(value)}"]
    return [f"{name}:", *(f"  - {write_scalar(item)}" for item in value)]


def taken_slugs(project: Path) -> set[str]:
    """Return the slugs in use by stories of any year, and the names that Windows reserves."""
    folders = (project / CONTENT / STORIES).glob("*/*")
    return {*RESERVED, *(slugify(nfc(folder.name)) for folder in folders)}
