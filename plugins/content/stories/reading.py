"""Front matter -> Record with problems -> Story; and the day from which it is published, even if that is invalid."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from plugins.content.addresses.urls import is_address
from plugins.content.stories.keys import FILLS
from plugins.content.stories.story import Story, story_url
from plugins.content.vocabulary.terms import Year
from plugins.content.vocabulary.vocabulary import commune_on
from plugins.markdown.body import Body
from plugins.photos.photo import Photo
from plugins.sources.front_matter import FrontMatter
from plugins.sources.problem import Invalid, Level
from plugins.sources.schema import Key, Record, find_key, parse_record
from plugins.vietnamese import format_date, slugify

NEVER = date.max
_LINE = re.compile(r"([^\s:#-][^:#]{0,30}):\s*(\S.*)")
_DECIDING = frozenset({"date", "status", "sample", "withdrawn", "old_addresses", "registration"})


def parse_story(matter: FrontMatter, keys: tuple[Key, ...], path: str, folder_year: str) -> Record:
    """Read the front matter of a story and return the record with its problems."""
    record = parse_record(keys, matter.mapping, path)
    given = record.values
    day = given.get("date")
    if "commune" in given:
        given["commune"] = commune_on(record, given["commune"], day)
    if day and str(day.year) != folder_year:
        message = f"Ngày {format_date(day)} không thuộc năm {folder_year} của thư mục"
        fix = f"sửa ngày, hoặc chuyển thư mục bài sang bai-viet/{day.year}/ nếu bài chưa đăng"
        record.report("date", message, fix, Level.ADVICE)
    _check_days(record, day)
    return record


def build_story(record: Record, body: Body, slug: str, folder_year: str, photos: Mapping[str, Photo]) -> Story | None:
    """Return the story of a record; None if it has an error or was withdrawn."""
    if any(problem.level is Level.ERROR for problem in record.problems) or "withdrawn" in record.values:
        return None
    given = {FILLS[attribute]: value for attribute, value in record.values.items()}
    given["year"] = Year(given.get("year", given["date"].year))
    if "replicates" in given:
        given["replicates"] = reference_slug(given["replicates"])
    if "old_addresses" in given:
        url = story_url(folder_year, slug)
        given["old_addresses"] = tuple(address.beside(url) for address in given["old_addresses"])
    return Story(record.path, folder_year, body, slug=slug, lines=record.lines, photos=photos, **given)


def _check_days(record: Record, posted: date | None) -> None:
    """Report revisions and withdrawals dated before publication."""
    happened = [("withdrawn", "Gỡ", record.get("withdrawn"))]
    happened += [(name, change.name, change) for name in ("updates", "corrections") for change in record.get(name, ())]
    for attribute, name, change in happened:
        if posted and change and change.day and change.day < posted:
            message = f"{name} ngày {format_date(change.day)}, trước ngày đăng {format_date(posted)}"
            record.report(attribute, message, "sửa một trong hai ngày")


def reference_slug(written: str) -> str:
    """Return the slug of a written origin (a folder name, with or without path), or an address unchanged."""
    if is_address(written):
        return written
    return slugify(written.replace("\\", "/").rstrip("/").removesuffix("/bai.md").rsplit("/", 1)[-1])


def shown_from(record: Record) -> date:
    """Return the first day on which a publish shows a story; NEVER for drafts, samples and withdrawn stories."""
    if any(record.get(attribute) for attribute in ("withdrawn", "status", "sample")):
        return NEVER
    return record.get("date") or date.min


def read_roughly(text: str, keys: Sequence[Key], path: str) -> Record:
    """Read the lines of invalid front matter that decide whether and when a story is shown."""
    record = Record(1, path)
    fences = 0
    for number, line in enumerate(text.splitlines(), 1):
        fences += line.strip() == "---"
        if fences > 1:
            break
        found = _LINE.fullmatch(line)
        key = find_key(keys, found[1]) if found else None
        if found is None or key is None or key.attribute not in _DECIDING:
            continue
        record.lines[key.attribute] = number
        try:
            record.values[key.attribute] = key.parse(found[2].strip().strip("\"'"))
        except Invalid as invalid:
            if invalid.meant is not None:
                record.values[key.attribute] = invalid.meant
    return record
