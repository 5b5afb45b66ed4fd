"""Read content/danh-muc/*.yaml. Errors there stop a build, since stories cannot be filed without a vocabulary."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from plugins.content.territory.kinds import KINDS_BY_NAME, Tier, bare_name
from plugins.content.vocabulary.offices import OFFICES, parse_site_url, read_offices
from plugins.content.vocabulary.terms import Commune, Field, Movement, tell_apart
from plugins.content.vocabulary.vocabulary import Vocabulary, commune_names, spellings
from plugins.sources import values
from plugins.sources.folders import RESERVED
from plugins.sources.problem import Invalid, Problem, suggest
from plugins.sources.schema import Key, Need, Record, Value, parse_record
from plugins.sources.text import read_text
from plugins.sources.yaml_nodes import MOST_LETTERS, Node, parse_yaml
from plugins.vietnamese import format_date, squash

Loaded = list[tuple[Any, Record]]
FOLDER = "content/danh-muc"
NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})
# Twice the length of a file with all 3,300 communes of the country.
_MOST_LETTERS = 1_000_000
FILES = (OFFICES, "linh-vuc.yaml", "phong-trao.yaml", "xa.yaml")


def lives_overlap(one: Commune, other: Commune) -> bool:
    """Return whether two communes existed on a common day."""
    ends_before = one.until and other.since and one.until < other.since
    begins_after = other.until and one.since and other.until < one.since
    return not (ends_before or begins_after)


def find_clashes(
    loaded: Loaded, spell: Callable[[Any], list[str]], together: Callable[[Any, Any], bool] = lambda *_: True
) -> None:
    """Report terms that share an id, or a squashed name if `together` of both is true."""
    by_id: dict[str, tuple[Record, str]] = {}
    by_name: dict[str, list[tuple[Any, Record]]] = {}
    for term, record in loaded:
        if not _claim_ids(term, record, by_id):
            continue
        clashing: dict[int, tuple[str, Any, Record]] = {}
        for name in map(squash, spell(term)):
            for other, elsewhere in by_name.setdefault(name, []):
                if other is not term and together(other, term):
                    clashing.setdefault(id(other), (name, other, elsewhere))
            by_name[name].append((term, record))
        for name, other, elsewhere in clashing.values():
            line = elsewhere.lines[_named_by(elsewhere, name)]
            message = f'"{other.name}" (dòng {line}) và "{term.name}" có tên trùng nhau khi bỏ dấu'
            record.report(_named_by(record, name), message, "đổi tên hoặc tên khác của một mục")


def _claim_ids(term: Any, record: Record, by_id: dict[str, tuple[Record, str]]) -> bool:
    """Register the ids and former ids of a term; report one that is taken, and return False."""
    for attribute, identifier in (("id", term.id), *(("old_ids", old) for old in term.old_ids)):
        what = "Mã" if attribute == "id" else "Mã cũ"
        if first := by_id.get(identifier):
            found, fix = f"đã dùng ở dòng {first[0].lines[first[1]]}", "đổi một trong hai mã"
            if first[0] is record:
                found, fix = "chính là mã đang dùng", "xóa mã cũ ấy"
            record.report(attribute, f'{what} "{identifier}" {found}', fix)
            return False
        by_id[identifier] = record, attribute
    return True


def _named_by(record: Record, folded: str) -> str:
    """Return the attribute that contains a squashed name."""
    for attribute in ("name", "short", "aliases"):
        given = record.get(attribute, ())
        # The spelling of a place may include its type and age.
        if any(squash(name) in folded for name in ([given] if isinstance(given, str) else given)):
            return attribute
    return "id"


def find_broken_lives(loaded: Loaded, *, complete: bool) -> None:
    """Report faulty dates and successors of communes; unknown successors only if the file is `complete`."""
    by_id: dict[str, Commune] = {commune.id: commune for commune, _ in loaded}
    for commune, record in loaded:
        if commune.since and commune.until and commune.until < commune.since:
            start, end = format_date(commune.since), format_date(commune.until)
            what = f'"{commune.name}" kết thúc ngày {end}, trước khi bắt đầu ngày {start}'
            record.report("until", what, "sửa lại hai ngày")
        if commune.successor:
            if complete or commune.successor in by_id:
                _check_successor(commune, record, by_id)
        elif commune.until:
            what = f'"{commune.name}" đã kết thúc mà không nói nay thuộc đâu'
            record.report("until", what, "thêm dòng nay thuộc: <mã>")


def _check_successor(commune: Commune, record: Record, by_id: dict[str, Commune]) -> None:
    if (successor := by_id.get(commune.successor or "")) is None:
        fix = suggest(commune.successor or "", by_id, "dùng mã của một địa bàn có trong tệp này")
        record.report("successor", f'"{commune.name}" nay thuộc "{commune.successor}", nhưng không có mã ấy', fix)
        return
    seen = {commune.id}
    following: Commune | None = successor
    while following:
        if following.id in seen:
            # A circle is reported at its members, not at communes that lead into it.
            if following is commune:
                what = f'"{commune.name}" nối vòng về chính mình qua "nay thuộc"'
                record.report("successor", what, "sửa lại chuỗi kế tiếp")
            return
        seen.add(following.id)
        following = by_id.get(following.successor or "")
    day = commune.until
    if day is None:
        record.report("successor", f'"{commune.name}" có đơn vị kế tiếp mà không có ngày cuối', "thêm dòng đến ngày: …")
    elif successor.since and successor.since <= day:
        end, start = format_date(day), format_date(successor.since)
        what = f'"{commune.name}" còn đến {end} mà "{successor.name}" có từ {start}'
        record.report("until", what, "sửa lại hai ngày cho nối nhau")


def identifier(value: Value) -> str:
    """Return an id: a slug that is a valid file name on any system."""
    written = values.text(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", written):
        raise Invalid(f'Mã "{written}" không hợp lệ', "chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ kinh-te")
    if written in RESERVED:
        raise Invalid(f'Mã "{written}" là tên mà máy Windows không cho đặt', "đặt mã khác")
    return written


def _identifiers(value: Value) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(identifier, values.texts(value))))


def _color(value: Value) -> str:
    written = values.text(value).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", written):
        raise Invalid(f'Màu "{written}" không hợp lệ', 'viết mã sáu chữ số trong ngoặc kép, ví dụ "#8a5a00"')
    return written


def _one_of(*names: str) -> Key:
    return Key("type", "loại", values.choice("Loại", {name: name for name in names}), " | ".join(names), required=True)


_UNIT = Need("với xã, phường, thị trấn, đặc khu", "type", lambda kind: kind is None or is_unit(kind))
_ID = Key("id", "mã", identifier, "Dùng trong địa chỉ trang, không đổi", required=True)
_OLD_IDS = Key("old_ids", "mã cũ", _identifiers, "Mã trước khi đổi; địa chỉ có mã ấy dẫn tới trang nay")
FIELD_KEYS = (
    _ID,
    _OLD_IDS,
    Key("name", "tên", values.text, "Tên đầy đủ", required=True),
    Key("short", "tên gọn", values.text, "Tên dùng trong danh sách; bỏ trống thì dùng tên đầy đủ"),
    Key("aliases", "tên khác", values.texts, "Cách gọi khác mà bài viết có thể dùng"),
    Key("color", "màu", _color, "Màu trên nền sáng", required=True, example='"#8a5a00"'),
    Key("dark_color", "màu tối", _color, "Màu trên nền tối; bỏ trống thì dùng màu trên nền sáng"),
    Key("description", "mô tả", values.text, "Một câu giới thiệu", required=True),
)
COMMUNE_KEYS = (
    _ID,
    _OLD_IDS,
    _one_of(*KINDS_BY_NAME),
    Key("name", "tên", values.text, "Tên chính thức, không kèm loại", required=True),
    Key("aliases", "tên khác", values.texts, "Cách viết khác"),
    Key("code", "mã số", values.text, "Mã của cơ quan thống kê; chưa biết thì bỏ trống"),
    Key("parent", "thuộc", values.text, "Đơn vị cấp trên", required_of=_UNIT),
    Key("since", "từ ngày", values.day, "Ngày đầu tiên của đơn vị"),
    Key("until", "đến ngày", values.day, "Ngày cuối cùng của đơn vị"),
    Key("successor", "nay thuộc", identifier, "Mã của đơn vị kế tiếp"),
    Key("resolution", "theo", values.text, "Văn bản thành lập"),
    Key("own_site", "trang riêng", parse_site_url, "Địa chỉ trang mà chuyện ở nơi ấy được kể tiếp"),
)
MOVEMENT_KEYS = (
    _ID,
    _OLD_IDS,
    _one_of("phong trào", "cuộc vận động"),
    Key("name", "tên", values.text, "Tên đầy đủ", required=True),
    Key("short", "tên gọn", values.text, "Tên dùng trong danh sách"),
    Key("description", "mô tả", values.text, "Một câu giới thiệu", required=True),
)


def load_vocabulary(project: Path, overrides: Mapping[str, str] = NO_OVERRIDES) -> tuple[Vocabulary, list[Problem]]:
    """Read the vocabulary of a project; `overrides` are texts, by path, that replace its files."""
    problems: list[Problem] = []
    fields = load_terms(project, "linh-vuc.yaml", FIELD_KEYS, _field, problems, overrides)
    communes = load_terms(project, "xa.yaml", COMMUNE_KEYS, _commune, problems, overrides, _MOST_LETTERS)
    movements = load_terms(project, "phong-trao.yaml", MOVEMENT_KEYS, _movement, problems, overrides)
    unread = frozenset(problem.path.removeprefix(f"{FOLDER}/") for problem in problems)
    find_clashes(fields, spellings)
    find_clashes(communes, commune_names, together=lives_overlap)
    find_clashes(movements, spellings)
    find_broken_lives(communes, complete="xa.yaml" not in unread)
    node = _load_yaml(project, OFFICES, problems, overrides)
    offices = read_offices(node, f"{FOLDER}/{OFFICES}", problems) if node else ()
    terms = [tuple(term for term, _ in loaded) for loaded in (fields, communes, movements)]
    # The parent of hamlets is the office's own commune by default.
    own = next((office.unit for office in reversed(offices) if office.tier is Tier.COMMUNE), "")
    terms[1] = tuple(replace(one, parent=one.parent or ("" if is_unit(one.type) else own)) for one in terms[1])
    return Vocabulary(terms[0], tell_apart(terms[1]), terms[2], offices, unread), problems


def load_terms(
    project: Path,
    name: str,
    keys: tuple[Key, ...],
    build: Callable[..., Any],
    problems: list[Problem],
    overrides: Mapping[str, str],
    most: int = MOST_LETTERS,
) -> Loaded:
    """Read a list of terms, each with its record, which reports to `problems`; faulty items are left out.

    `build` makes a term from the values of a record; `most` is the maximum length of the file in characters.
    """
    path = f"{FOLDER}/{name}"
    begin = f"“- {keys[0].name}: …”"
    node = _load_yaml(project, name, problems, overrides, most)
    if node and node.kind != "list":
        problems.append(Problem(path, node.line, "Danh mục phải là một danh sách", f"bắt đầu mỗi mục bằng {begin}"))
        node = None
    loaded: Loaded = []
    for item in node.items if node else ():
        if item.kind != "mapping":
            problems.append(Problem(path, item.line, "Mục không gồm các dòng Tên: giá trị", f"bắt đầu bằng {begin}"))
            continue
        record = parse_record(keys, item, path, item.line)
        if record.problems:
            problems += record.problems
        else:
            record.problems = problems
            loaded.append((build(**record.values), record))
    return loaded


def _load_yaml(
    project: Path, name: str, problems: list[Problem], overrides: Mapping[str, str], most: int = MOST_LETTERS
) -> Node | None:
    path = f"{FOLDER}/{name}"
    file = project / FOLDER / name
    if path not in overrides and is_missing(file):
        problems.append(Problem(path, 1, f"Thiếu tệp danh mục {name}", "chép lại tệp này từ bản sao gần nhất"))
        return None
    text = read_text(file, path, overrides)
    node = text if isinstance(text, Problem) else parse_yaml(text, path, most=most)
    if node is None:
        node = Problem(path, 1, "Tệp danh mục không có mục nào", "chép lại tệp này từ bản sao gần nhất")
    if isinstance(node, Problem):
        problems.append(node)
        return None
    return node


def is_missing(file: Path) -> bool:
    """Return whether a file does not exist; one that cannot be accessed does."""
    try:
        file.lstat()
    except OSError as error:
        return isinstance(error, (FileNotFoundError, NotADirectoryError))
    return False


def is_unit(kind: str) -> bool:
    """Return whether places of a kind are units of the state, with a code and a parent; hamlets are not."""
    return KINDS_BY_NAME[kind].tier is Tier.COMMUNE


def _commune(**given: Any) -> Commune:
    return Commune(**given | {"name": bare_name(KINDS_BY_NAME[given["type"]], given["name"])})


def _field(**given: Any) -> Field:
    return Field(**{"short": given["name"], "dark_color": given["color"]} | given)


def _movement(**given: Any) -> Movement:
    return Movement(**{"short": given["name"]} | given)
