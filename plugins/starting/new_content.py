"""The content/ of a new project: vocabularies, pages, empty registers and a sample story."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from plugins.content.folders import PAGES, PAPERS, REGISTERS, STORIES, STORY_FILE
from plugins.content.registers.columns import act_columns, paper_columns, register_columns
from plugins.content.territory.kinds import KINDS_BY_NAME, Tier
from plugins.content.vocabulary.files import COMMUNE_KEYS, FOLDER, load_vocabulary
from plugins.content.vocabulary.offices import OFFICE_KEYS
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.rewriting import write_scalar
from plugins.markdown.references import CONTENT
from plugins.sources.folders import RESERVED
from plugins.sources.problem import Invalid, Level
from plugins.sources.schema import Key
from plugins.starting.answers import Answers
from plugins.starting.inheritance import Inheritance
from plugins.starting.places import PastedPlace
from plugins.vietnamese import format_date, slugify, squash

_TEMPLATES = Path(__file__).parent / "mau"
# Placeholders, with which the site cannot be published.
_TO_FILL = {
    "area": "[điền tỉnh, thành phố]",
    "governing_body": "[điền cơ quan cấp trên]",
    "responsible": "[điền ai chịu trách nhiệm nội dung]",
    "address": "[điền địa chỉ trụ sở]",
    "phone": "[điền số điện thoại cơ quan]",
    "email": "[điền hộp thư cơ quan]",
    "site_url": "[điền địa chỉ trang, ví dụ https://ten-mien.gov.vn]",
}
_SAMPLE_TITLE = "Bài mẫu: bà con {} chung tay giữ sạch đường làng, ngõ xóm"


def write_vocabulary(project: Path, answers: Answers, taken: Inheritance | None, year: int) -> Vocabulary:
    """Write content/danh-muc/ and return its vocabulary. Raises Invalid when the answers contradict the inheritance."""
    folder = project / FOLDER
    folder.mkdir(parents=True)
    for name in ("linh-vuc.yaml", "phong-trao.yaml"):
        (folder / name).write_bytes(((taken.old / FOLDER if taken else _TEMPLATES / "danh-muc") / name).read_bytes())
    _fill(folder, "danh-muc/co-quan.yaml", {"items": "".join(_offices(answers, taken))})
    _fill(folder, "danh-muc/xa.yaml", {"items": "".join(_places(answers, taken)), "unit": answers.unit})
    vocabulary, problems = load_vocabulary(project)
    if errors := [problem for problem in problems if problem.level is Level.ERROR]:
        fix = "\n  ".join(["sửa danh sách rồi chạy lại:", *map(str, errors)])
        raise Invalid("Danh mục vừa lập có chỗ mâu thuẫn", fix)
    first = next(one for one in vocabulary.communes if one.until is None)
    _fill(folder, "danh-muc/ke-hoach.yaml", {"year": str(year), "first": first.written})
    return vocabulary


def _offices(answers: Answers, taken: Inheritance | None) -> Iterable[str]:
    for office in taken.offices if taken else ():
        yield write_record(OFFICE_KEYS, {key.attribute: getattr(office, key.attribute) for key in OFFICE_KEYS})
    known = {
        "name": answers.office,
        "short": answers.short,
        "level": answers.level,
        "places": tuple(dict.fromkeys(place.kind for place in answers.places)),
        "area": "Việt Nam" if answers.tier is Tier.COMMUNE else answers.area,
        "governing_body": answers.governing_body,
        "site_url": answers.address,
        "since": taken.since if taken else None,
    }
    yield write_record(OFFICE_KEYS, _TO_FILL | {name: value for name, value in known.items() if value})


def _places(answers: Answers, taken: Inheritance | None) -> Iterable[str]:
    known = taken.communes if taken else ()
    for commune in known:
        values: dict[str, Any] = {key.attribute: getattr(commune, key.attribute) for key in COMMUNE_KEYS}
        # This is its own site now.
        yield write_record(COMMUNE_KEYS, values | {"own_site": ""})
    names = {squash(one.full_name) for one in known}
    fresh = [place for place in answers.places if squash(place.title) not in names]
    used = [name for one in known for name in (one.id, *one.old_ids)]
    bare = {squash(one.name) for one in known}
    for identifier, place in give_ids(fresh, used):
        values = {"id": identifier, "type": place.kind, "name": place.name, "code": place.code}
        values["parent"] = f"{answers.unit}, {answers.area}" if answers.area else answers.unit
        if taken and squash(place.name) in bare:
            # Tells it apart from the inherited place of that name in earlier stories.
            values["since"] = taken.since
        yield write_record(COMMUNE_KEYS, values)


def write_pages(project: Path, answers: Answers, vocabulary: Vocabulary) -> None:
    """Write the standing pages, with the words for this office's places."""
    words = vocabulary.words
    said = {
        "name": answers.name,
        "unit": answers.unit,
        "one": words.one,
        "listed": words.listed,
        "fields": "\n".join(f"- {term.name}" for term in vocabulary.fields),
    }
    folder = project / CONTENT / PAGES
    folder.mkdir()
    for page in sorted((_TEMPLATES / PAGES).glob("*.md")):
        _fill(folder, f"{PAGES}/{page.name}", said)


def write_sample(project: Path, vocabulary: Vocabulary, day: date) -> None:
    """Write the sample story, which is marked as such."""
    place = next(one for one in vocabulary.communes if one.existed_on(day))
    said = {
        "title": write_scalar(_SAMPLE_TITLE.format(place.full_name)),
        "today": format_date(day),
        "year": str(day.year),
        "field": write_scalar(vocabulary.fields[:2][-1].name),
        "place": write_scalar(place.written),
    }
    folder = project / CONTENT / STORIES / str(day.year) / "bai-mau"
    folder.mkdir(parents=True)
    _fill(folder, "bai-mau.md", said, STORY_FILE)


def write_registers(project: Path, vocabulary: Vocabulary, year: int) -> None:
    """Write the year's registers and the register of papers, empty but for their headings, unless they exist."""
    registers, papers = project / CONTENT / REGISTERS, project / CONTENT / PAPERS
    write_table(registers / f"{year}.csv", register_columns(vocabulary))
    write_table(registers / f"{year}-viec.csv", act_columns())
    write_table(papers / f"{year}.csv", paper_columns(vocabulary))


def write_table(file: Path, keys: Iterable[Key], rows: Iterable[Mapping[str, str]] = ()) -> None:
    """Write a register for Excel unless it exists. The column for samples is written only if used."""
    if file.exists():
        return
    rows = list(rows)
    used = [key for key in keys if key.attribute != "sample" or any(row.get("sample") for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([key.name for key in used])
    writer.writerows([[row.get(key.attribute, "") for key in used] for row in rows])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(out.getvalue().encode("utf-8-sig"))


def _fill(folder: Path, template: str, said: Mapping[str, str], name: str = "") -> None:
    text = Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(said)
    (folder / (name or Path(template).name)).write_text(text, encoding="utf-8", newline="\n")


def give_ids(places: Iterable[PastedPlace], taken: Iterable[str] = ()) -> list[tuple[str, PastedPlace]]:
    """Return each place with a unique id that is not taken: dong-xuan for a commune, thon-1 for a hamlet."""
    used = {*taken, *RESERVED}
    given = []
    for place in places:
        full = slugify(f"{place.kind} {place.name}")
        bare = slugify(place.name) if KINDS_BY_NAME[place.kind].tier is Tier.COMMUNE else full
        wanted = (bare, full, *(f"{full}-{number}" for number in range(2, len(used) + 3)))
        identifier = next(one for one in wanted if one not in used)
        used.add(identifier)
        given.append((identifier, place))
    return given


def write_record(keys: Iterable[Key], values: Mapping[str, Any]) -> str:
    """Return an item of a list with those values that say something, by attribute."""
    lines = [f"{key.name}: {_write(value)}" for key in keys if (value := values.get(key.attribute))]
    return "".join(f"{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def _write(value: object) -> str:
    if value is True:
        return "có"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        # Characters that end an item of a flow sequence need quotes.
        items = (f'"{item}"' if set(item) & set(',[]{}"') else write_scalar(item) for item in map(str, value))
        return f"[{', '.join(items)}]"
    return write_scalar(str(value))
