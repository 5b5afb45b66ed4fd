"""`new`: ask for the keys of a story, validated as `check` does, and make the folder of a draft that explains each."""

import sys
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from plugins import hint
from plugins.content.folders import STORIES, STORY_FILE
from plugins.content.stories.keys import story_keys
from plugins.content.stories.reading import parse_story
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.rewriting import write_scalar
from plugins.markdown.references import CONTENT
from plugins.output import explain
from plugins.sources import values
from plugins.sources.files import numbered, open_new
from plugins.sources.folders import RESERVED
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key
from plugins.vietnamese import format_date, nfc, slugify, squash, today

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
    if missing := [matter] if isinstance(matter, Problem) else parse_story(matter, keys, path, year).problems:
        print("Còn phải sửa trước khi đăng:", *missing, sep="\n  ")
    print(_NEXT)
    return 0


def write_draft(project: Path, keys: tuple[Key, ...], answers: Mapping[str, str], body: str = _BODY) -> str:
    """Make the folder of a draft and return its file's path; Invalid for a bad title or date, OSError if not made."""
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
    return {*RESERVED, *(slugify(nfc(folder.name)) for folder in (project / CONTENT / STORIES).glob("*/*"))}


NEWS = "Tin thường"


@dataclass(frozen=True)
class Question:
    """A question for one key. `read` turns an answer into the value in the story, or raises Invalid."""

    key: Key
    read: Callable[[str], str]
    choices: tuple[str, ...] = ()
    default: str = ""
    needed: bool = False

    def settle(self, given: str) -> str:
        """Return the value of `given`; while it is invalid, ask again, or raise Invalid if there is no terminal."""
        asking = sys.stdin is not None and sys.stdin.isatty()
        if not asking and self.needed and not given.strip():
            raise Invalid(f'Thiếu mục "{self.key.name}"', f"ghi sau --{self.key.attribute}")
        answer = given if given.strip() or not asking else self._ask()
        while True:
            try:
                return self._understand(answer)
            except Invalid as invalid:
                if not asking:
                    raise
                print(f"  {invalid.message}; {invalid.fix}")
            answer = self._ask()

    def _understand(self, answer: str) -> str:
        answer = clean_answer(answer) or self.default
        if self.choices and answer.isdecimal():
            numbered = {str(number): choice for number, choice in enumerate(self.choices, 1)}
            if answer not in numbered:
                raise Invalid(f"{self.key.name} không có số {answer}", f"chọn số từ 1 đến {len(numbered)}")
            answer = numbered[answer]
        if answer:
            return self.read(answer)
        if self.needed:
            raise Invalid(f'Mục "{self.key.name}" không để trống được', "gõ một câu trả lời")
        return ""

    def _ask(self) -> str:
        print(f"\n{self.key.name}: {self.key.help}")
        for number, choice in enumerate(self.choices, 1):
            print(f"  {number}. {choice}")
        how = "Gõ số hoặc tên" if self.choices else "Gõ"
        default = self.default or ("" if self.needed else "bỏ trống")
        return input(f"{how} (Enter: {default}): " if default else f"{how}: ")


def collect_answers(vocabulary: Vocabulary, keys: tuple[Key, ...], given: Mapping[str, str]) -> dict[str, str]:
    """Return the values of the story by attribute, in the words of the vocabulary."""
    by_attribute = {key.attribute: key for key in keys}
    answers: dict[str, str] = {}
    meant: dict[str, object] = {}

    def settle(attribute: str, read: Callable[[str], str], choices: tuple[str, ...] = (), default: str = "") -> str:
        key = by_attribute[attribute]
        needed = key.is_required_in(meant) and not default
        answers[attribute] = answer = Question(key, read, choices, default, needed).settle(given.get(attribute, ""))
        if answer:
            meant[attribute] = key.parse(answer)
        return answer

    def read_kind(answer: str) -> str:
        return "" if squash(answer) in ("tin", squash(NEWS)) else str(by_attribute["kind"].parse(answer).name)

    settle("title", _read_title)
    written = settle("date", lambda answer: format_date(values.day(answer)), default=format_date(today()))
    day = values.day(written)
    # Before field and commune, since news needs neither.
    kinds, fields = (by_attribute[attribute].widget.parts[0].options for attribute in ("kind", "field"))
    settle("kind", read_kind, (*kinds, NEWS), NEWS)
    settle("field", lambda answer: str(by_attribute["field"].parse(answer)[0].name), fields)
    alive = sorted((c for c in vocabulary.communes if c.existed_on(day)), key=lambda c: c.sort_key)
    settle("commune", lambda answer: read_commune(vocabulary, answer, day), tuple(commune.title for commune in alive))
    for attribute in sorted(by_attribute.keys() & given.keys() - answers.keys()):
        if written := clean_answer(given[attribute]):
            by_attribute[attribute].parse(written)
            answers[attribute] = written
    return answers


def clean_answer(answer: str) -> str:
    """Return the answer as one line in NFC, without invisible characters; Invalid if it has others."""
    # Pasting from Word brings soft hyphens and zero-width spaces.
    answer = "".join(letter for letter in " ".join(nfc(answer).split()) if unicodedata.category(letter) != "Cf")
    if not answer.isprintable():
        raise Invalid("Câu trả lời có ký tự lạ (có thể do phím mũi tên)", "gõ lại cả dòng")
    return answer


def _read_title(answer: str) -> str:
    if not slugify(answer):
        raise Invalid(f'Tiêu đề "{answer}" không có chữ cái hay chữ số nào', "gõ một tên có nghĩa")
    return answer


def read_commune(vocabulary: Vocabulary, answer: str, day: date) -> str:
    """Return the value for a commune in a story of that day: its name, or its id if the name is ambiguous."""
    candidates = vocabulary.find_communes(answer)
    commune = next((one for one in candidates if one.existed_on(day)), candidates[0])
    if commune.since and day < commune.since:
        what = f"{commune.title} chỉ có từ {format_date(commune.since)}, sau ngày {format_date(day)} của bài"
        raise Invalid(what, "chọn địa bàn vào lúc ấy")
    for name in (commune.written, commune.title):
        meant = vocabulary.find_communes(name)
        if commune.existed_on(day) and [one for one in meant if one.existed_on(day)] == [commune]:
            return name
    return commune.id
