"""Copy inherited stories with photos, history and rows of the registers, and tell the old site the new address."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from plugins.content.folders import DOCUMENTS, PAGES, REGISTERS
from plugins.content.stories.keys import story_keys
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import COMMUNE_KEYS, FOLDER, load_vocabulary
from plugins.editing.history import HISTORY, folder_of, keep_earlier
from plugins.editing.removing import list_removed
from plugins.editing.saving import follow
from plugins.markdown.references import CONTENT
from plugins.output import explain
from plugins.registers.stored import Rejected, read_stored
from plugins.sources.files import write_whole
from plugins.sources.problem import Invalid, Level
from plugins.sources.schema import Key, find_key
from plugins.sources.yaml_nodes import parse_yaml
from plugins.starting.inheritance import Inheritance
from plugins.starting.new_content import write_table
from plugins.starting.relinking import OldSite, relink


def take_over(project: Path, taken: Inheritance) -> list[str]:
    """Copy the inheritance into a new project that has its vocabulary and pages. Returns lines to print."""
    for story in taken.stories:
        _copy_story(taken.old, project, story)
    told = f"Đã đưa sang {len(taken.stories)} bài của {', '.join(one.full_name for one in taken.places)}."
    return [told, *_relink_all(project, taken), *_copy_registers(project, taken), *_tell_left(taken)]


def _copy_story(old: Path, project: Path, story: Story) -> None:
    """Copy a story's folder with its history and its deleted files."""
    folder = story.path.rpartition("/")[0]
    _copy_tree(follow(old, folder), project / folder)
    earlier = folder_of(old, story.path).parent
    if earlier.is_dir():
        _copy_tree(earlier, folder_of(project, story.path).parent)
    for removed in list_removed(old):
        if removed.path.startswith(f"{folder}/"):
            kept = Path(HISTORY) / "da-xoa" / removed.name
            _copy_tree(old / kept, project / kept)
            said = json.dumps(asdict(removed), ensure_ascii=False)
            (project / f"{kept}.json").write_text(said, encoding="utf-8")


def _copy_tree(source: Path, target: Path) -> None:
    """Copy a folder with its times, without symbolic links, which may lead anywhere."""
    shutil.copytree(
        source, target, ignore=lambda folder, names: [name for name in names if Path(folder, name).is_symlink()]
    )


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
    apart = [replace(key, name="Nơi thực hiện") if key.attribute == "place" else key for key in keys]
    return tuple(key for key in apart if key.attribute != "place" or any(row.get("place") for row in rows))


def _tell_left(taken: Inheritance) -> Iterator[str]:
    """Yield lines about the content left behind."""
    placeless = sum(story.commune is None for story in taken.content.stories)
    left = (
        (placeless, "tin không ghi nơi nào."),
        (len(taken.content.gone), "bài đã gỡ, để địa chỉ ấy còn lời báo gỡ."),
        (len(taken.content.documents), f"văn bản (content/{DOCUMENTS}/)."),
    )
    yield from (f"  Ở lại trang cũ: {count} {what}" for count, what in left if count)
    yield "  Ở lại trang cũ: sổ theo dõi văn bản, lời báo cáo năm, thời hạn của các năm trước."


PATH = f"{FOLDER}/xa.yaml"


def tell_old_site(taken: Inheritance, address: str, *, write: bool) -> list[str]:
    """Return lines that ask staff to enter the address; with `write`, enter it, keeping the earlier text."""
    line = f"trang riêng: {address or 'https://… (địa chỉ trang mới)'}"
    asked = [
        f"Để trang cũ nói chuyện được kể tiếp ở đâu: trong {taken.old / PATH}, dưới mục “mã: {place.id}”, thêm dòng"
        f"\n  {line}"
        for place in taken.places
        if place.own_site != address or not address
    ]
    if not (write and asked):
        return asked
    file = taken.old / PATH
    before = file.read_bytes()
    text = before.decode("utf-8-sig")
    for place in taken.places:
        text = _add_line(text, place.id, line)
    # Then it must have the new address of every place, and no error.
    vocabulary, problems = load_vocabulary(taken.old, {PATH: text})
    is_broken = any(problem.level is Level.ERROR and problem.path == PATH for problem in problems)
    if is_broken or any(vocabulary.commune(place.id).own_site != address for place in taken.places):
        return ["Chưa tự ghi được vào trang cũ.", *asked]
    try:
        keep_earlier(taken.old, PATH, before)
        write_whole(file, text.encode())
    except OSError as error:
        return [f"Chưa ghi được vào trang cũ: {explain(error, taken.old)}.", *asked]
    names = ", ".join(place.full_name for place in taken.places)
    return [f"Đã ghi “{line}” cho {names} vào {file}; bản trước ở .history/. Xuất bản lại trang cũ thì bạn đọc thấy."]


def _add_line(text: str, identifier: str, line: str) -> str:
    """Return the vocabulary with a line added under the id of a place, unchanged if it is not found."""
    pairs = (pair for item in getattr(parse_yaml(text, PATH), "items", ()) for pair in item.pairs)
    lines = text.splitlines(keepends=True)
    for name, node in pairs:
        key = find_key(COMMUNE_KEYS, name.text)
        if key and key.attribute == "id" and node.text == identifier:
            at = name.line - 1
            indent = len(lines[at]) - len(lines[at].lstrip(" -"))
            end = "\r\n" if lines[at].endswith("\r\n") else "\n"
            lines[at] = lines[at] if lines[at].endswith("\n") else f"{lines[at]}{end}"
            return "".join([*lines[: at + 1], f"{' ' * indent}{line}{end}", *lines[at + 1 :]])
    return text
