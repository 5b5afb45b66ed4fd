"""Front matter -> Record with problems -> Story."""

from collections.abc import Mapping
from datetime import date

from plugins.content.addresses.urls import is_address
from plugins.content.stories.keys import FILLS
from plugins.content.stories.story import Story, story_url
from plugins.content.vocabulary.terms import Year
from plugins.content.vocabulary.vocabulary import commune_on
from plugins.markdown.body import Body
from plugins.photos.photo import Photo
from plugins.sources.front_matter import FrontMatter
from plugins.sources.problem import Level
from plugins.sources.schema import Key, Record, parse_record
from plugins.vietnamese import format_date, slugify


def parse_story(matter: FrontMatter, keys: tuple[Key, ...], path: str, folder_year: str) -> Record:
    """Read the front matter of a story and return the record with its problems."""
    record = parse_record(keys, matter.mapping, path)
    given = record.values
    day: date | None = given.get("date")
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
