"""What “Xã: Nam Dong” means: the communes of one name, and among them the one that existed on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.sources.problem import Level
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.terms import Commune
    from plugins.content.vocabulary import Vocabulary
    from plugins.sources.schema import Record


@dataclass(frozen=True)
class NamedCommune:
    """What a story's “Xã” may mean before its day is looked at: communes of one name, or just the one by its id."""

    candidates: tuple[Commune, ...]
    by_id: bool


def name_commune(name: str, vocabulary: Vocabulary) -> NamedCommune:
    """Return the communes that a name may mean; Invalid when it means none."""
    found = vocabulary.find_communes(name)
    return NamedCommune(found, by_id=any(name in (commune.id, *commune.old_ids) for commune in found))


def commune_on(record: Record, named: NamedCommune, day: date | None, what: str = "bài") -> Commune | None:
    """Choose, among communes of one name, the one that existed on the day of a story, or of `what` else has one."""
    if day is None or not named.candidates:
        return None
    alive = [commune for commune in named.candidates if commune.existed_on(day)]
    if alive:
        return alive[0]
    commune = named.candidates[0]
    if commune.since and day < commune.since:
        message = f"{commune.title} chỉ có từ {format_date(commune.since)}, sau ngày {format_date(day)} của {what}"
        record.report("commune", message, "ghi xã, thị trấn vào lúc ấy, hoặc sửa ngày")
    elif commune.until and not named.by_id:
        # Whoever writes the id knows that it is the old commune that is meant.
        message = f"{commune.title} chỉ có đến {format_date(commune.until)}, trước ngày {format_date(day)} của {what}"
        fix = f"ghi xã hiện nay, hoặc ghi {commune.id} nếu {what} nói về nơi ấy trước đây"
        record.report("commune", message, fix, Level.ADVICE)
    return commune
