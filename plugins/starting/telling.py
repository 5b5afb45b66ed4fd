"""The new site's address in the old site's vocabulary, one line for each inherited place."""

from plugins.content.vocabulary.files import COMMUNE_KEYS, FOLDER, load_vocabulary
from plugins.editing.history import keep_earlier
from plugins.output import explain
from plugins.sources.files import write_whole
from plugins.sources.problem import Level
from plugins.sources.schema import find_key
from plugins.sources.yaml_nodes import Node, parse_yaml
from plugins.starting.inheritance import Inheritance

PATH = f"{FOLDER}/xa.yaml"
_KEY = "trang riêng"


def tell_old_site(taken: Inheritance, address: str, *, write: bool) -> list[str]:
    """Return lines that ask staff to enter the address; with `write`, enter it, keeping the earlier text."""
    line = f"{_KEY}: {address or 'https://… (địa chỉ trang mới)'}"
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
    if not _is_meant(taken, text, address):
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
    root = parse_yaml(text, PATH)
    lines = text.splitlines(keepends=True)
    for item in getattr(root, "items", ()):
        if (name := _find(item, identifier)) is None:
            continue
        at = name.line - 1
        indent = len(lines[at]) - len(lines[at].lstrip(" -"))
        end = "\r\n" if lines[at].endswith("\r\n") else "\n"
        lines[at] = lines[at] if lines[at].endswith("\n") else f"{lines[at]}{end}"
        return "".join([*lines[: at + 1], f"{' ' * indent}{line}{end}", *lines[at + 1 :]])
    return text


def _find(item: Node, identifier: str) -> Node | None:
    """Return the node of an entry's key for the id, if it has this id."""
    for name, node in item.pairs:
        key = find_key(COMMUNE_KEYS, name.text)
        if key and key.attribute == "id" and node.text == identifier:
            return name
    return None


def _is_meant(taken: Inheritance, text: str, address: str) -> bool:
    """Tell whether a text of the vocabulary has the new address of every place and no error."""
    vocabulary, problems = load_vocabulary(taken.old, {PATH: text})
    if any(problem.level is Level.ERROR and problem.path == PATH for problem in problems):
        return False
    return all(vocabulary.commune(place.id).own_site == address for place in taken.places)
