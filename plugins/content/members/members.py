"""Read content/danh-muc/nguon.yaml, the member sites whose open data this site gathers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from plugins.content.addresses.urls import ascii_host
from plugins.content.folders import MEMBERS
from plugins.content.vocabulary.files import FOLDER, NO_OVERRIDES, identifier, is_missing, load_terms
from plugins.content.vocabulary.terms import is_placeholder
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.sources import values
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key, Record, Value

PATH = f"{FOLDER}/{MEMBERS}"
# 3,300 communes with a member site each take 500,000 characters.
_MOST_LETTERS = 1_000_000
_LONGEST_ID = 60
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z])(?:{_LABEL})")
_AS_ADDRESS = "viết dạng https://ten-mien, không có gì phía sau"
# The keys for the source of open data, of which a member has exactly one.
_SOURCES = {"address": "địa chỉ", "folder": "thư mục", "archive": "tệp"}
_ONE_SOURCE = "ghi đúng một trong ba: địa chỉ: https://…, thư mục: … hoặc tệp: ….zip"


@dataclass(frozen=True)
class Member:
    """A member site: its folder under content/thu-ve/, its name, and one source of its open data."""

    id: str
    name: str
    address: str = ""  # https://host or https://host:port in ASCII
    folder: str = ""  # relative to the project, as `archive`
    archive: str = ""
    commune: str = ""  # the id of the commune of all its exemplars, "" if each exemplar states its own
    line: int = field(default=1, compare=False)


def member_keys(vocabulary: Vocabulary) -> tuple[Key, ...]:
    """Return the keys of an item of the file."""
    return (
        Key("id", "mã", _member_id, "Tên thư mục ở content/thu-ve/, không đổi", "xa-dong-xuan", required=True),
        Key("name", "tên", _filled, "Tên trang thành viên", "Xã Đồng Xuân", required=True),
        Key("address", "địa chỉ", _address, "Địa chỉ trang thành viên", "https://namdong.example.gov.vn"),
        Key("folder", "thư mục", _folder, "Thư mục dự án hay trang đã dựng, thay cho địa chỉ", "../dong-xuan"),
        Key("archive", "tệp", _archive, "Tệp zip do lệnh archive tạo, thay cho địa chỉ", "kho/dong-xuan.zip"),
        Key("commune", "xã", lambda value: _commune(value, vocabulary), "Nơi tính điển hình; mã hay tên trong xa.yaml"),
    )


def read_members(
    project: Path, vocabulary: Vocabulary, problems: list[Problem], overrides: Mapping[str, str] = NO_OVERRIDES
) -> tuple[Member, ...]:
    """Read the member sites in the order of the file, empty without it; problems go to `problems`."""
    if is_missing(project / FOLDER / MEMBERS) and PATH not in overrides:
        return ()
    loaded = load_terms(project, MEMBERS, member_keys(vocabulary), dict, problems, overrides, _MOST_LETTERS)
    own = {office.site_url.partition("://")[2].lower() for office in vocabulary.offices if office.site_url}
    members: list[Member] = []
    taken: dict[tuple[str, str], int | None] = {}
    for given, record in loaded:
        told = len(problems)
        _check_source(record, own)
        for attribute, name in {"id": "mã", **_SOURCES}.items():
            value, line = record.get(attribute), record.lines.get(attribute)
            if value and (first := taken.setdefault((attribute, value), line)) != line:
                message = f'{name.capitalize()} "{value}" đã dùng ở dòng {first}'
                record.report(attribute, message, "đổi hoặc xóa một trong hai")
        if len(problems) == told:
            members.append(Member(**given, line=record.line))
    return tuple(members)


def _check_source(record: Record, own: set[str]) -> None:
    stated = [attribute for attribute in _SOURCES if record.get(attribute)]
    name = record.get("name")
    if not stated:
        record.report(None, f'Trang thành viên "{name}" không ghi lấy số liệu ở đâu', _ONE_SOURCE)
    elif len(stated) > 1:
        both = " và ".join(f'"{_SOURCES[attribute]}"' for attribute in stated)
        record.report(stated[1], f'Trang thành viên "{name}" ghi cả {both}', _ONE_SOURCE)
    if record.get("address", "").partition("://")[2] in own:
        message = f"Địa chỉ {record.get('address')} là của chính trang này"
        record.report("address", message, "xóa mục ấy, hoặc ghi địa chỉ của trang thành viên")


def _filled(value: Value) -> str:
    written = values.text(value)
    if is_placeholder(written):
        raise Invalid(f'"{written}" là chỗ chờ điền', "điền vào, hoặc xóa cả mục nếu chưa có")
    return written


def _member_id(value: Value) -> str:
    written = identifier(_filled(value))
    if len(written) > _LONGEST_ID:
        raise Invalid(f'Mã "{written}" dài quá {_LONGEST_ID} chữ', "đặt mã ngắn hơn, ví dụ xa-dong-xuan")
    return written


def _address(value: Value) -> str:
    written = _filled(value)
    fault = f'Địa chỉ "{written}"'
    if "://" not in written:
        what = "không phải địa chỉ trang" if re.search(r"[\\ ]|^\.|\.zip$", written) else "thiếu https:// ở đầu"
        fix = "viết dạng https://ten-mien; là thư mục hay tệp zip thì ghi ở mục thư mục, mục tệp"
        raise Invalid(f"{fault} {what}", fix)
    if not written.lower().startswith("https://"):
        raise Invalid(f"{fault} không phải https", "viết địa chỉ https:// của trang ấy; trang chưa có thì dùng tệp zip")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise Invalid(f"{fault} không đúng dạng", _AS_ADDRESS) from None
    host = ascii_host((parts.hostname or "").rstrip(".")).lower()
    is_host = _HOST.fullmatch(host) and len(host) <= 253
    for is_wrong, what, fix in (
        ("@" in parts.netloc, "có tên hay mật khẩu", "bỏ phần trước dấu @; số liệu mở ai cũng đọc được"),
        (parts.path.strip("/") or {"?", "#"} & {*written}, "có đường dẫn phía sau tên miền", _AS_ADDRESS),
        (not is_host, "không có tên miền đúng", "viết tên miền công khai, không viết số IP hay tên máy trong mạng"),
        (port == 0 or parts.netloc.endswith(":"), "có cổng không đúng", "bỏ dấu hai chấm và số cổng phía sau tên miền"),
    ):
        if is_wrong:
            raise Invalid(f"{fault} {what}", fix)
    return f"https://{host}" + (f":{port}" if port and port != 443 else "")


def _path(value: Value) -> str:
    written = _filled(value).replace("\\", "/")
    if "://" in written:
        raise Invalid(f'"{written}" là một địa chỉ, không phải tên tệp hay thư mục', "ghi ở mục địa chỉ")
    # Normalise, so that duplicates are found.
    return "/" * written.startswith("/") + "/".join(step for step in written.split("/") if step not in ("", "."))


def _folder(value: Value) -> str:
    if path := _path(value):
        return path
    raise Invalid("Thư mục là của chính trang này", "ghi thư mục của trang thành viên, ví dụ ../dong-xuan")


def _archive(value: Value) -> str:
    path = _path(value)
    if not path.lower().endswith(".zip"):
        raise Invalid(f'"{path}" không phải tệp zip', "ghi tệp do lệnh archive tạo, ví dụ kho/dong-xuan.zip")
    return path


def _commune(value: Value, vocabulary: Vocabulary) -> str:
    """Return the id of a commune; among several of a name, the only one without a last day."""
    written = values.text(value)
    found = vocabulary.find_communes(written)
    lasting = [one for one in found if one.until is None] if len(found) > 1 else found
    if len(lasting) > 1 or (found and not lasting):
        listed = ", ".join(one.id for one in found)
        raise Invalid(f'Xã "{written}" là tên của nhiều nơi', f"ghi mã: {listed}")
    return lasting[0].id if lasting else ""
