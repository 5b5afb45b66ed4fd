"""Read content/danh-muc/*.yaml. Errors there stop a build, since stories cannot be filed without a vocabulary."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from plugins.content.territory.kinds import KINDS_BY_NAME, Tier, bare_name
from plugins.content.vocabulary.checks import Loaded, find_broken_lives, find_clashes, lives_overlap
from plugins.content.vocabulary.offices import FILE as OFFICES
from plugins.content.vocabulary.offices import parse_site_url, read_offices
from plugins.content.vocabulary.terms import Commune, Field, Movement, tell_apart
from plugins.content.vocabulary.vocabulary import Vocabulary, commune_names, spellings
from plugins.sources import values
from plugins.sources.folders import RESERVED
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key, Need, Value, parse_record
from plugins.sources.text import read_text
from plugins.sources.yaml_nodes import MOST_LETTERS, Node, parse_yaml

FOLDER = "content/danh-muc"
NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})
# Twice the length of a file with all 3,300 communes of the country.
_MOST_LETTERS = 1_000_000
FILES = (OFFICES, "linh-vuc.yaml", "phong-trao.yaml", "xa.yaml")


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
    unread: set[str] = set()
    fields = load_terms(project, "linh-vuc.yaml", FIELD_KEYS, _field, problems, unread, overrides)
    communes = load_terms(project, "xa.yaml", COMMUNE_KEYS, _commune, problems, unread, overrides, _MOST_LETTERS)
    movements = load_terms(project, "phong-trao.yaml", MOVEMENT_KEYS, _movement, problems, unread, overrides)
    problems += find_clashes(fields, spellings)
    problems += find_clashes(communes, commune_names, together=lives_overlap)
    problems += find_clashes(movements, spellings)
    problems += find_broken_lives(communes, complete="xa.yaml" not in unread)
    node = _load_yaml(project, OFFICES, problems, overrides)
    offices = read_offices(node, f"{FOLDER}/{OFFICES}", problems) if node else ()
    terms = [tuple(term for term, _ in loaded) for loaded in (fields, communes, movements)]
    # The parent of hamlets is the office's own commune by default.
    own = next((office.unit for office in reversed(offices) if office.tier is Tier.COMMUNE), "")
    terms[1] = tuple(replace(one, parent=one.parent or ("" if is_unit(one.type) else own)) for one in terms[1])
    return Vocabulary(terms[0], tell_apart(terms[1]), terms[2], offices, frozenset(unread)), problems


def load_terms(
    project: Path,
    name: str,
    keys: tuple[Key, ...],
    build: Callable[..., Any],
    problems: list[Problem],
    unread: set[str],
    overrides: Mapping[str, str] = NO_OVERRIDES,
    most: int = MOST_LETTERS,
) -> Loaded:
    """Read a list of terms, each with its record; problems go to `problems`, the name of a faulty file to `unread`.

    `build` makes a term from the values of a record; `most` is the maximum length of the file in characters.
    """
    path = f"{FOLDER}/{name}"
    begin = f"“- {keys[0].name}: …”"
    node = _load_yaml(project, name, problems, overrides, most)
    if node and node.kind != "list":
        problems.append(Problem(path, node.line, "Danh mục phải là một danh sách", f"bắt đầu mỗi mục bằng {begin}"))
        node = None
    if node is None:
        unread.add(name)
        return []
    loaded: Loaded = []
    for item in node.items:
        if item.kind != "mapping":
            problems.append(Problem(path, item.line, "Mục không gồm các dòng Tên: giá trị", f"bắt đầu bằng {begin}"))
            unread.add(name)
            continue
        record = parse_record(keys, item, path, item.line)
        problems += record.problems
        if record.problems:
            unread.add(name)
        else:
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
