"""Copy inherited stories with photos, history and rows of the registers, and tell the old site the new address.

Links to pages left behind lead to the old site.
"""

import json
import re
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from plugins.content.folders import DOCUMENTS, PAGES, REGISTERS
from plugins.content.stories.keys import story_keys
from plugins.content.stories.reading import reference_slug
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import COMMUNE_KEYS, FOLDER, load_vocabulary
from plugins.editing.history import HISTORY, folder_of, keep_earlier
from plugins.editing.removing import list_removed
from plugins.editing.rewriting import read_fields, rewrite
from plugins.editing.saving import follow
from plugins.markdown.references import CONTENT, resolve_source
from plugins.output import explain
from plugins.registers.stored import Rejected, read_stored
from plugins.sources.files import write_whole
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, find_key
from plugins.sources.yaml_nodes import parse_yaml
from plugins.starting.inheritance import Inheritance
from plugins.starting.new_content import write_table

_SOURCE = r"(?:\{filename\}|\|filename\|)(?P<source>[^\s)>\"'#]+)(?P<anchor>#[^\s)>\"']*)?"
# An address counts in a Markdown link, a link definition and HTML.
_ADDRESS = r"(?:(?<=\()|(?<=\]: )|(?<=href=[\"']))(?P<address>/[^\s)#?\"']*)(?P<rest>[#?][^\s)\"']*)?"
_TARGET = re.compile(f"{_SOURCE}|{_ADDRESS}")
_LINK = re.compile(
    rf"(?<!!)\[(?P<words>[^\[\]]*)\]\(<?(?:{_SOURCE}|(?P<address>/[^\s)>#?]*)[^\s)>]*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
PATH = f"{FOLDER}/xa.yaml"


@dataclass(frozen=True)
class OldSite:
    """The site that a story leaves: its address, "" if unknown, and the pages that stay there."""

    url: str
    left: Mapping[str, str]  # path of a source -> its site path
    names: Mapping[str, str]  # name of a story -> its site path
    kept: Container[str]  # site paths that the new site has as well

    @cached_property
    def _staying(self) -> frozenset[str]:
        return frozenset(self.left.values())

    def find(self, target: re.Match[str], path: str) -> str | None:
        """Return the site path that a link in a source leads to, if it stays at the old site alone."""
        if source := target["source"]:
            url = self.left.get(resolve_source(path, source))
        else:
            url = f"{target['address'].rstrip('/')}/"
        return url if url in self._staying and url not in self.kept else None


@dataclass(frozen=True)
class Relinked:
    """A story's text at its new site, and its old paths: `led` to the old site, `lost`, or `stuck` for a person."""

    text: str
    led: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()


def relink(text: str, path: str, keys: Sequence[Key], site: OldSite) -> Relinked:
    """Return a story's text with links to pages left behind leading to the old site, or removed if it is unknown."""
    led: list[str] = []
    lost: list[str] = []

    def lead(target: re.Match[str]) -> str:
        if not (url := site.find(target, path)):
            return target[0]
        (led if site.url else lost).append(url)
        return f"{site.url}{url}{target['anchor'] or target['rest'] or ''}" if site.url else target[0]

    def unlink(link: re.Match[str]) -> str:
        return link["words"] if site.find(link, path) else link[0]

    made = _TARGET.sub(lead, text)
    if lost:
        made = _LINK.sub(unlink, made)
    stuck = {url for target in _TARGET.finditer(made) if (url := site.find(target, path))}
    made = _relink_origin(made, path, keys, site, led, lost)
    lost = [url for url in lost if url not in stuck]
    return Relinked(made, tuple(dict.fromkeys(led)), tuple(dict.fromkeys(lost)), tuple(sorted(stuck)))


def _relink_origin(text: str, path: str, keys: Sequence[Key], site: OldSite, led: list[str], lost: list[str]) -> str:
    """Return a story's text with its origin, if that stays behind, given by its address."""
    if isinstance(matter := parse_front_matter(text, path), Problem):
        return text
    named = read_fields(matter, keys).get("replicates", ())
    url = site.names.get(reference_slug(named[0])) if named else None
    if not url:
        return text
    (led if site.url else lost).append(url)
    return rewrite(text, keys, {"replicates": [f"{site.url}{url}"] if site.url else []}, matter.body)


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
    if (earlier := folder_of(old, story.path).parent).is_dir():
        _copy_tree(earlier, folder_of(project, story.path).parent)
    for removed in list_removed(old):
        if removed.path.startswith(f"{folder}/"):
            kept = Path(HISTORY) / "da-xoa" / removed.name
            _copy_tree(old / kept, project / kept)
            (project / f"{kept}.json").write_text(json.dumps(asdict(removed), ensure_ascii=False), encoding="utf-8")


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
    left = (
        (sum(story.commune is None for story in taken.content.stories), "tin không ghi nơi nào."),
        (len(taken.content.gone), "bài đã gỡ, để địa chỉ ấy còn lời báo gỡ."),
        (len(taken.content.documents), f"văn bản (content/{DOCUMENTS}/)."),
    )
    yield from (f"  Ở lại trang cũ: {count} {what}" for count, what in left if count)
    yield "  Ở lại trang cũ: sổ theo dõi văn bản, lời báo cáo năm, thời hạn của các năm trước."


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
