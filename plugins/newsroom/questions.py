"""Questions for a new story: each answer given or asked for, and validated as `check` does."""

import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import Key
from plugins.vietnamese import format_date, nfc, slugify, squash, today

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
        is_news = squash(answer) in ("tin", squash(NEWS))
        return "" if is_news else str(by_attribute["kind"].parse(answer).name)

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
