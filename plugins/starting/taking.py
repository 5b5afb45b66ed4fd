"""Copy inherited stories with their photos and history, and their rows of the registers."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from plugins.content.folders import DOCUMENTS, PAGES, REGISTERS
from plugins.content.stories.keys import story_keys
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import load_vocabulary
from plugins.editing.history import HISTORY, folder_of, keep_earlier
from plugins.editing.removing import list_removed
from plugins.editing.saving import follow
from plugins.markdown.references import CONTENT
from plugins.registers.stored import Rejected, read_stored
from plugins.sources.problem import Invalid
from plugins.sources.schema import Key
from plugins.starting.inheritance import Inheritance
from plugins.starting.new_content import write_table
from plugins.starting.relinking import OldSite, relink

_REMOVED = "da-xoa"
_OLD_PLACE = "Nơi thực hiện"


def take_over(project: Path, taken: Inheritance) -> list[str]:
    """Copy the inheritance into a new project that has its vocabulary and pages. Returns lines to print."""
    lines = [f"Đã đưa sang {len(taken.stories)} bài của {', '.join(one.full_name for one in taken.places)}."]
    for story in taken.stories:
        _copy_story(taken.old, project, story)
    lines += _relink_all(project, taken)
    lines += _copy_registers(project, taken)
    lines += _tell_left(taken)
    return lines


def _copy_story(old: Path, project: Path, story: Story) -> None:
    """Copy a story's folder with its history and its deleted files."""
    folder = story.path.rpartition("/")[0]
    _copy_tree(follow(old, folder), project / folder)
    earlier = folder_of(old, story.path).parent
    if earlier.is_dir():
        _copy_tree(earlier, folder_of(project, story.path).parent)
    for removed in list_removed(old):
        if removed.path.startswith(f"{folder}/"):
            kept = Path(HISTORY) / _REMOVED / removed.name
            _copy_tree(old / kept, project / kept)
            said = json.dumps(asdict(removed), ensure_ascii=False)
            (project / f"{kept}.json").write_text(said, encoding="utf-8")


def _copy_tree(source: Path, target: Path) -> None:
    """Copy a folder with its times, without symbolic links, which may lead anywhere."""

    def find_links(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if (Path(folder) / name).is_symlink()]

    shutil.copytree(source, target, ignore=find_links)


def _relink_all(project: Path, taken: Inheritance) -> Iterator[str]:
    """Relink the copied stories to pages left behind, and keep their earlier texts in the history. Yields lines."""
    paths = {story.path for story in taken.stories}
    stays = {path: source for path, source in taken.content.sources.items() if path not in paths}
    pages = {path for path in stays if path.startswith(f"{CONTENT}/{PAGES}/") and (project / path).is_file()}
    left = {path: source.url for path, source in stays.items() if path not in pages}
    left |= {path: gone.url for path, gone in taken.content.gone.items()}
    names = {story.slug: story.url for story in taken.content.stories if story.path not in paths}
    site = OldSite(taken.site_url, left, names, {story.url for story in taken.stories})
    keys = story_keys(taken.content.vocabulary)
    led = 0
    for story in taken.stories:
        file = follow(project, story.path)
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
        try:
            made = relink(text, story.path, keys, site)
        except Invalid as invalid:
            yield f"  Xem lại {story.path}: {invalid.message}; {invalid.fix}."
            continue
        if made.text != text:
            keep_earlier(project, story.path, data)
            file.write_bytes(made.text.encode())
        led += len(made.led)
        for lost in made.lost:
            yield f"  {story.path}: dẫn tới {lost} ở trang cũ, chưa biết địa chỉ trang ấy nên bỏ liên kết."
        for stuck in made.stuck:
            yield f"  {story.path}: còn liên kết tới {stuck} ở trang cũ; mở bài ấy, bỏ hay sửa liên kết."
    if led:
        yield f"  {led} chỗ trong các bài dẫn tới bài, văn bản ở lại, nay trỏ về {taken.site_url}."


def _copy_registers(project: Path, taken: Inheritance) -> Iterator[str]:
    """Write the registrations and acts of the inherited places, year by year. Yields lines to print."""
    folder, vocabulary = taken.old / CONTENT / REGISTERS, load_vocabulary(project)[0]
    names = (file.name for file in folder.iterdir()) if folder.is_dir() else iter(())
    years = sorted({int(found[1]) for name in names if (found := re.match(r"(\d{4})\b.*\.(?:csv|xlsx)$", name))})
    named = {story.registration for story in taken.stories} - {""}
    for year in years:
        try:
            register, acts = read_stored(taken.old, year, taken.content.vocabulary)
        except Rejected as rejected:
            yield f"  Sổ năm {year} chưa đưa sang: {rejected.problems[0].message}; {rejected.problems[0].fix}."
            continue
        rows = [
            cells
            for _, cells in register.grid.rows()
            if any(map(taken.holds, register.grid.communes(cells)[:1])) or register.grid.code(cells) in named
        ]
        codes = {register.grid.code(cells) for cells in rows}
        of_acts = [cells for _, cells in acts.grid.rows() if acts.grid.code(cells) in codes]
        if rows:
            keys = register.grid.keys
            if vocabulary.words_in(year).is_hamlets:
                keys = _head_apart(keys, rows)
            write_table(project / CONTENT / REGISTERS / f"{year}.csv", keys, rows)
            write_table(project / CONTENT / REGISTERS / f"{year}-viec.csv", acts.grid.keys, of_acts)
            yield f"  Sổ đăng ký năm {year}: {len(rows)} dòng, {len(of_acts)} việc đã qua, giữ nguyên mã."


def _head_apart(keys: Iterable[Key], rows: Sequence[Mapping[str, str]]) -> tuple[Key, ...]:
    """Return the columns with that of hamlets renamed, as another column names the place here."""
    apart = [replace(key, name=_OLD_PLACE) if key.attribute == "place" else key for key in keys]
    return tuple(key for key in apart if key.attribute != "place" or any(row.get("place") for row in rows))


def _tell_left(taken: Inheritance) -> Iterator[str]:
    """Yield lines about the content left behind."""
    placeless = [story for story in taken.content.stories if story.commune is None]
    if placeless:
        yield f"  Ở lại trang cũ: {len(placeless)} tin không ghi nơi nào."
    if taken.content.gone:
        yield f"  Ở lại trang cũ: {len(taken.content.gone)} bài đã gỡ, để địa chỉ ấy còn lời báo gỡ."
    if taken.content.documents:
        yield f"  Ở lại trang cũ: {len(taken.content.documents)} văn bản (content/{DOCUMENTS}/)."
    yield "  Ở lại trang cũ: sổ theo dõi văn bản, lời báo cáo năm, thời hạn của các năm trước."
