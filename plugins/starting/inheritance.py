"""The part of an older project that a new office takes over: places, stories, and the offices of their days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from plugins.content.content import Content
from plugins.content.folders import STORIES
from plugins.content.load import load_content
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import FOLDER
from plugins.content.vocabulary.offices import parse_site_url
from plugins.content.vocabulary.terms import Commune, Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.markdown.references import CONTENT
from plugins.sources.problem import Invalid


@dataclass(frozen=True)
class Inheritance:
    """What a new office, whose first day is `since`, takes over; `site_url` is the old address, "" if unknown."""

    old: Path
    content: Content
    places: tuple[Commune, ...]
    communes: tuple[Commune, ...]
    stories: tuple[Story, ...]
    offices: tuple[Office, ...]
    since: date | None
    site_url: str
    held: frozenset[str]  # ids of the places and their predecessors

    def holds(self, commune: Commune | None) -> bool:
        """Tell whether a place is inherited, or is a predecessor of one that is."""
        return commune is not None and commune.id in self.held


def read_inheritance(old: str, given: Mapping[str, str], day: date) -> Inheritance:
    """Return the inheritance of the named places. Raises Invalid when the old project has errors that affect it."""
    if not old:
        raise Invalid("Có --places mà chưa có dự án cũ", "ghi thêm --from, ví dụ --from ../trang-cu")
    folder = Path(old).resolve()
    if not (folder / CONTENT).is_dir():
        raise Invalid(f"Không thấy {CONTENT}/ trong {old}", "ghi thư mục của trang cũ sau --from")
    content = load_content(folder, day, ())
    needed = (f"{FOLDER}/", f"{CONTENT}/{STORIES}/")
    # A story with an error may be of any place, and would be left behind silently.
    if errors := [problem for problem in content.errors if problem.path.startswith(needed)]:
        shown = "".join(f"\n  {problem}" for problem in errors)
        raise Invalid(f"Trang cũ còn {len(errors)} lỗi", f"sửa ở đó rồi chạy lại:{shown}")
    vocabulary = content.vocabulary
    places = tuple(dict.fromkeys(_find_places(vocabulary, given.get("places", ""), day)))
    wanted = {one.id for one in places}
    held = frozenset(one.id for one in vocabulary.communes if wanted & {later.id for later in _chain(vocabulary, one)})
    inherited = (one for one in content.stories if one.commune and one.commune.id in held)
    stories = tuple(sorted(inherited, key=lambda one: one.path))
    since = _find_beginning(vocabulary, places)
    site_url = parse_site_url(given["old-address"]) if given.get("old-address", "").strip() else content.site_url
    after = {later.id for place in places for later in _chain(vocabulary, place)}
    communes = tuple(one for one in vocabulary.communes if one.id in after | held)
    offices = tuple(_find_offices(vocabulary, stories, since))
    return Inheritance(folder, content, places, communes, stories, offices, since, site_url, held)


def _find_places(vocabulary: Vocabulary, written: str, day: date) -> Iterable[Commune]:
    if not (names := [name.strip() for name in written.split(",") if name.strip()]):
        known = ", ".join(one.id for one in vocabulary.communes if one.existed_on(day))
        raise Invalid("Chưa ghi trang mới tiếp nhận nơi nào", f"ghi sau --places, chọn trong: {known}")
    for name in names:
        candidates = vocabulary.find_communes(name)
        alive = [one for one in candidates if one.existed_on(day)]
        if len(alive) != 1 and len(candidates) != 1:
            ids = " hoặc ".join(one.id for one in candidates)
            raise Invalid(f'Chưa rõ "{name}" là nơi nào', f"ghi mã: {ids}")
        yield (alive or list(candidates))[0]


def _chain(vocabulary: Vocabulary, commune: Commune) -> Iterable[Commune]:
    """Yield a place and its successors in turn."""
    yield commune
    while commune.successor:
        commune = vocabulary.commune(commune.successor)
        yield commune


def _find_beginning(vocabulary: Vocabulary, places: Iterable[Commune]) -> date | None:
    """Return the first day of the new office: that of its places, or the day after the last ended office."""
    if days := [place.since for place in places if place.since]:
        return max(days)
    ends = [office.until for office in vocabulary.offices if office.until]
    return max(ends) + timedelta(days=1) if ends else None


def _find_offices(vocabulary: Vocabulary, stories: Iterable[Story], since: date | None) -> Iterable[Office]:
    """Yield the offices that published the earlier stories, as past offices of the new site."""
    eve = since - timedelta(days=1) if since else None
    for office in vocabulary.offices:
        if eve and any(office.existed_on(story.date) for story in stories if story.date <= eve):
            until = min(office.until or eve, eve)
            # Without its contacts, and above all its address, which are not those of the new site.
            yield replace(office, until=until, elsewhere=True, address="", phone="", email="", site_url="")
