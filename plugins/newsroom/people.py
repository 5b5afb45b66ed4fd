"""`check --privacy`: the people named in stories, with lines and consent forms."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.content.folders import STORIES, STORY_FILE
from plugins.content.stories.folder import list_story_folders
from plugins.content.stories.keys import PROSE, story_keys
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.terms import INDIVIDUAL
from plugins.language.draft import Draft, Passage, build_draft
from plugins.language.names import find_names
from plugins.markdown.excess import find_excess
from plugins.markdown.reading import read_body
from plugins.markdown.references import CONTENT
from plugins.sources.folders import list_folder
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem
from plugins.sources.schema import parse_record
from plugins.sources.text import read_text
from plugins.vietnamese import format_number, nfc, sort_key, squash

ROLES = {"exemplar": "điển hình", "author": "tác giả"}


@dataclass
class Person:
    """A person in a story: the lines that name them, their role, and the reference of their consent, "" for none."""

    path: str
    name: str
    words: tuple[str, ...]
    lines: list[int]
    role: str
    sample: bool
    consent: str = ""

    def __str__(self) -> str:
        """One line as `check` prints it: place, name, and whether there is a form."""
        notes = [note for note in (self.role, "bài mẫu" if self.sample else "") if note]
        role = f" ({', '.join(notes)})" if notes else ""
        also = f", còn ở dòng {', '.join(map(str, self.lines[1:]))}" if self.lines[1:] else ""
        consent = f"phiếu đồng ý {self.consent}" if self.consent else "chưa có phiếu đồng ý"
        return f"{self.path}:{self.lines[0]}: {self.name}{role}{also}; {consent}"

    def as_dict(self) -> dict[str, object]:
        """Return an object of `check --privacy --json`; `consent` is null without a form."""
        return {
            "path": self.path,
            "line": self.lines[0],
            "lines": self.lines,
            "name": self.name,
            "role": self.role,
            "consent": self.consent or None,
            "sample": self.sample,
        }


def list_people(project: Path, *, as_json: bool = False) -> int:
    """Print all people named and return the exit code: 1 if the list lacks a story that could not be read."""
    people, unread = find_people(project)
    if as_json:
        print(json.dumps([person.as_dict() for person in people], ensure_ascii=False, indent=1))
    else:
        print(*people, sep="\n", end="\n" if people else "")
        print(_summary(people))
    for problem in unread:
        print(f"Chưa đọc được, chưa kể vào đây: {problem}", file=sys.stderr)
    return 1 if unread else 0


def _summary(people: list[Person]) -> str:
    if not people:
        return "Không thấy bài nào nêu tên người."
    stories = {one.path for one in people}
    named = f"{format_number(len(people))} người được nêu tên trong {format_number(len(stories))} bài"
    without = f"{format_number(sum(not one.consent for one in people))} người chưa có phiếu đồng ý"
    return f"{named}; {without}. Máy đoán theo cách viết tên nên có thể sót: hãy đọc lại, xem cả ảnh."


def find_people(project: Path) -> tuple[list[Person], list[Problem]]:
    """Return the people named in all stories, drafts and samples too, by file and line, and the problems of reading."""
    keys = story_keys(load_vocabulary(project)[0])
    people: list[Person] = []
    folders, unlisted = list_story_folders(project)
    for folder, path, _ in folders:
        list_folder(folder, path, unlisted)
    # `check` reports files that are no stories.
    unread = [problem for problem in unlisted if problem.passing]
    for file in sorted((project / CONTENT / STORIES).glob(f"*/*/{STORY_FILE}")):
        path = nfc(file.relative_to(project).as_posix())
        text = read_text(file, path)
        matter = text if isinstance(text, Problem) else parse_front_matter(text, path)
        if not isinstance(matter, Problem):
            matter = find_excess(matter.body, path, matter.body_line) or matter
        if isinstance(matter, Problem):
            unread.append(matter)
        else:
            record = parse_record(keys, matter.mapping, path)
            people += people_of(build_draft(matter, read_body(matter.body, matter.body_line), record, PROSE))
    return people, unread


def people_of(draft: Draft) -> list[Person]:
    """Return the people named in a story, each once, by the longest form of the name, in order of line."""
    mentions = [mention for passage in draft.passages for mention in _mentions(passage, draft)]
    people: list[Person] = []
    # Full names first, so that “ông Thinh” in the title is Lục Văn Thinh in the text.
    for mention in sorted(mentions, key=lambda mention: (-len(mention.words), mention.lines)):
        if same := [person for person in people if _is_part(mention.words, person.words)]:
            # Of two people with one given name, the one named last before.
            person = max(same, key=lambda one: max((line for line in one.lines if line <= mention.lines[0]), default=0))
            person.lines = sorted({*person.lines, *mention.lines})
            person.role = person.role or mention.role
        else:
            people.append(mention)
    people.sort(key=lambda person: (person.lines[0], sort_key(person.name)))
    _set_consents(people, draft)
    return people


def _mentions(passage: Passage, draft: Draft) -> Iterator[Person]:
    """Yield a person for each time one is named, with that line only."""
    if passage.attribute == "consent":
        return
    is_exemplar, path, sample = passage.attribute == "exemplar", draft.record.path, bool(draft.record.get("sample"))
    role = ROLES.get(passage.attribute, "")
    if is_exemplar and draft.record.get("kind") is not INDIVIDUAL:
        role = ""
    names = list(find_names(passage.prose))
    for name in names:
        yield Person(path, name.shown, _words(name.text), [passage.line_of(name.start)], role, sample=sample)
    # The names of individuals and authors need neither title nor family name to be recognized.
    whole = passage.text.partition(",")[0].strip()
    if role and not names and (is_exemplar or whole.istitle()):
        yield Person(path, whole, _words(whole), [passage.line], role, sample=sample)


def _words(name: str) -> tuple[str, ...]:
    return tuple(squash(word) for word in name.split())


def _is_part(words: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Tell whether words begin or end a name: Thinh and Lục Văn Thinh, Y Khuin and Y Khuin Êban."""
    return words in (of[: len(words)], of[-len(words) :])


def _set_consents(people: list[Person], draft: Draft) -> None:
    """Give each person the reference with their name, else the one without a name if it covers them."""
    consents = draft.record.get("consent", ())
    unnamed = next((consent.reference for consent in consents if not consent.name), "")
    is_individual = draft.record.get("kind") is INDIVIDUAL
    about = next((person for person in people if person.role == ROLES["exemplar"]), people[0] if people else None)
    for person in people:
        own = (one.reference for one in consents if one.name and _is_part(person.words, _words(one.name)))
        # Without a name, the form of an individual is theirs; in other stories it covers everyone.
        person.consent = next(own, unnamed if person is about or not is_individual else "")
