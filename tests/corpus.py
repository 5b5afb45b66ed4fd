"""A whole content/ of made-up stories, as many as wanted: `python -m tests.corpus 1000 FOLDER`.

The same number gives the same bytes on every machine: chance comes from one seeded source, words from corpus.yaml.
Every story says that it is made up (`Mẫu: có`), unless told otherwise to measure a publish.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from plugins.content.folders import DOCUMENTS, PAGES, STORIES, STORY_FILE
from plugins.content.registers.act import LEVELS
from plugins.content.vocabulary.files import FOLDER, load_vocabulary
from plugins.content.vocabulary.terms import INDIVIDUAL, KINDS, MODEL, ExemplarKind
from plugins.markdown.references import CONTENT
from plugins.newsroom.scaffold import free_slug
from plugins.vietnamese import capitalize, format_date, format_number, squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.content.vocabulary.vocabulary import Vocabulary

REPOSITORY = Path(__file__).parents[1]
FIRST, LAST = date(2018, 1, 2), date(2026, 8, 31)
NEWS_SHARE, REPLICATION_SHARE = 0.05, 0.1

_PLAIN = re.compile(r"[^\W_][^:#\"']*")
_AMOUNTS = {"km": (4, 60, 10), "ha": (20, 450, 10), "tấn": (20, 600, 10), "m²": (300, 4000, 1), "%": (60, 98, 1)}


@dataclass(frozen=True)
class Written:
    """A story that later ones may refer to."""

    slug: str
    year: int
    title: str


@dataclass
class Corpus:
    """The stories written so far, and the source of chance."""

    chance: Random
    words: dict[str, Any]
    vocabulary: Vocabulary
    samples: bool
    titles: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)
    exemplars: dict[str, list[Written]] = field(default_factory=dict)


def write_corpus(project: Path, stories: int, *, seed: int = 2020, samples: bool = True) -> None:
    """Write a sound content/ with this many stories. Never over stories that are there: FileExistsError."""
    (project / CONTENT / STORIES).mkdir(parents=True)
    for folder in (FOLDER, f"{CONTENT}/{PAGES}", f"{CONTENT}/{DOCUMENTS}"):
        shutil.copytree(REPOSITORY / folder, project / folder)
    words = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    vocabulary, _ = load_vocabulary(project)
    corpus = Corpus(Random(seed), words, vocabulary, samples)  # noqa: S311 - not for secrets
    days = (LAST - FIRST).days
    for number in range(stories):
        path, text = _compose(corpus, number, FIRST + timedelta(days * number // stories))
        file = project / CONTENT / STORIES / path
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _compose(corpus: Corpus, number: int, day: date) -> tuple[str, str]:
    """Return a story's path under bai-viet/ and its text. Days never go back, so that a copy follows its origin."""
    chance, words, vocabulary = corpus.chance, corpus.words, corpus.vocabulary
    alive = [commune for commune in vocabulary.communes if commune.existed_on(day)]
    commune = alive[number % len(alive)]
    main = vocabulary.fields[chance.randrange(len(vocabulary.fields))]
    kind = None if chance.random() < NEWS_SHARE else KINDS[chance.randrange(len(KINDS))]
    work = chance.choice(words["works"][main.id])
    town = commune.type == "thị trấn"
    hamlet = f"{'tổ dân phố' if town else 'thôn'} {chance.randint(1, 16)}"
    place = hamlet if chance.random() < 0.75 else chance.choice(words["hamlets"])
    person = _person(chance, words)
    slots = {
        "place": f"{place}, {commune.name}" if chance.random() < 0.5 else f"{place} {commune.full_name}",
        "commune": commune.full_name,
        "work": work["name"],
        "trouble": work["trouble"],
        "person": person,
        "leader": person if kind is INDIVIDUAL else _person(chance, words),
        "count": str(chance.randint(12, 180)),
        "months": str(chance.randint(2, 14)),
        "money": format_number(chance.randint(20, 1900)),
        "start": f"{chance.randint(1, 12)}/{day.year - 1}",
    }
    slots["unit"] = chance.choice(words["units"]).format(**slots)
    title = _title(corpus, kind, slots)
    slots["place"] = place
    slug = free_slug(title, corpus.slugs)
    results = [_result(chance, written) for written in work["results"]]
    neighbours = corpus.exemplars.setdefault(main.id, [])
    origin = chance.choice(neighbours) if kind and neighbours and chance.random() < REPLICATION_SHARE / 0.95 else None
    other = chance.choice(vocabulary.fields)
    front: dict[str, str | list[str]] = {
        "Tiêu đề": title,
        "Ngày": format_date(day),
        "Lĩnh vực": [main.name, other.name] if other is not main and chance.random() < 0.15 else main.name,
        "Xã": commune.name,
        "Loại": kind.name if kind else "",
        "Điển hình": _exemplar(kind, slots),
        "Tóm tắt": f"{capitalize(work['trouble'])}. {_fill(chance.choice(words['before']), slots)}",
        "Tác giả": f"Ủy ban MTTQ {commune.full_name}" if chance.random() < 0.8 else "",
        "Nguồn": f"Báo cáo của {slots['unit']}" if chance.random() < 0.3 else "",
        "Kết quả": results[: chance.randint(1, 2)] if kind else "",
        "Biểu dương": _commendations(chance, words, day.year) if kind and chance.random() < 0.5 else "",
        "Phong trào": chance.choice(vocabulary.movements).short if chance.random() < 0.4 else "",
        "Nhân rộng từ": origin.slug if origin else "",
        "Đồng ý": f"PĐY-{number + 1:05d}" if kind is INDIVIDUAL else "",
        "Trạng thái": "đăng",
        "Mẫu": "có" if corpus.samples else "",
    }
    body = "\n\n".join(_body(corpus, slots, work, results, origin or (neighbours[-1] if neighbours else None)))
    corpus.slugs.add(slug)
    if kind:
        neighbours.append(Written(slug, day.year, title))
    return f"{day.year}/{slug}/{STORY_FILE}", f"---\n{_front_matter(front)}---\n\n{body}\n"


def _title(corpus: Corpus, kind: ExemplarKind | None, slots: dict[str, str]) -> str:
    patterns = corpus.words["titles"]["story" if kind else "news"]
    if kind is INDIVIDUAL:
        patterns = corpus.words["titles"]["person"]
    title = _fill(corpus.chance.choice(patterns), slots)
    if squash(title) in corpus.titles:
        # Ten thousand stories meet again: what tells them apart is who did it.
        title = f"{title}: {slots['unit']}, {slots['count']} hộ, tháng {slots['start']}"
    corpus.titles.add(squash(title))
    return title


def _body(
    corpus: Corpus, slots: dict[str, str], work: dict[str, Any], results: list[str], other: Written | None
) -> Iterator[str]:
    """Yield the blocks of a body of 150 to 400 words."""
    chance, words = corpus.chance, corpus.words
    most = chance.randint(2, 4)
    yield _fill(chance.choice(words["leads"]), slots)
    for part in ("before", "during", "after"):
        yield f"## {chance.choice(words['headings'][part])}"
        yield " ".join(_fill(sentence, slots) for sentence in _some(chance, words[part], 2, most))
        if part == "before" and chance.random() < 0.6:
            yield f"> “{chance.choice(words['quotes'])}”\n>\n> {capitalize(slots['person'])}, {slots['place']}"
        if part == "during":
            mark = "{}." if chance.random() < 0.3 else "-"
            yield "\n".join(f"{mark.format(n)} {step}" for n, step in enumerate(work["steps"], 1))
            yield " ".join(_fill(sentence, slots) for sentence in _some(chance, words[part], 1, most - 1))
    if chance.random() < 0.2:
        rows = "\n".join(f"| {label} | {amount} |" for amount, label in (result.split(" | ") for result in results))
        yield f"| Việc | Số lượng |\n|---|---:|\n{rows}"
    if other and chance.random() < 0.3:
        yield f"Xem thêm: [{other.title}]({{filename}}../../{other.year}/{other.slug}/{STORY_FILE})."
    if chance.random() < 0.2:
        yield f"Tham khảo: {_fill(chance.choice(words['links']), slots)}."
    if chance.random() < 0.2:
        yield f"Việc này được tổng kết vào cuối năm.[^1]\n\n[^1]: {_fill(chance.choice(words['notes']), slots)}"


def _some(chance: Random, sentences: list[str], fewest: int, most: int) -> list[str]:
    return chance.sample(sentences, chance.randint(fewest, most))


def _fill(pattern: str, slots: dict[str, str]) -> str:
    return pattern.format(**slots, **{name.capitalize(): capitalize(value) for name, value in slots.items()})


def _person(chance: Random, words: dict[str, Any]) -> str:
    if chance.random() < 0.25:
        return str(chance.choice(words["local"]))
    address, names = chance.choice((("ông", "men"), ("bà", "women"), ("anh", "men"), ("chị", "women")))
    return f"{address} {chance.choice(words['family'])} {chance.choice(words[names])}"


def _exemplar(kind: ExemplarKind | None, slots: dict[str, str]) -> str:
    if kind is None:
        return ""
    if kind is INDIVIDUAL:
        return capitalize(slots["person"])
    return f"{capitalize(slots['work'])}, {slots['place']}" if kind is MODEL else slots["unit"]


def _result(chance: Random, written: str) -> str:
    unit, label = written.split(" | ")
    lowest, highest, parts = _AMOUNTS.get(unit, (3, 120, 1))
    amount = chance.randint(lowest, highest)
    whole = format_number(amount // parts)
    shown = f"{whole},{amount % parts}" if amount % parts else whole
    return f"{shown}{'' if unit == '%' else ' '}{unit} | {label}"


def _commendations(chance: Random, words: dict[str, Any], year: int) -> list[str]:
    levels = chance.sample(LEVELS[1:4], chance.randint(1, 2))
    return [f"{chance.choice(words['forms'])} | {level} | {year}" for level in levels]


def _front_matter(front: dict[str, str | list[str]]) -> str:
    lines = []
    for name, value in front.items():
        if isinstance(value, list):
            lines += [f"{name}:", *(f"  - {_scalar(item)}" for item in value)]
        elif value:
            lines.append(f"{name}: {_scalar(value)}")
    return "".join(f"{line}\n" for line in lines)


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Viết một bộ bài giả để thử và đo.")
    parser.add_argument("stories", type=int, help="số bài")
    parser.add_argument("folder", type=Path, help="thư mục chưa có bài nào")
    arguments = parser.parse_args()
    try:
        write_corpus(arguments.folder, arguments.stories)
    except FileExistsError:
        parser.exit(1, f"Trong {arguments.folder} đã có bài; hãy chọn một thư mục khác.\n")
    print(f"Đã viết {format_number(arguments.stories)} bài vào {arguments.folder}")
