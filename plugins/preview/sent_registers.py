"""The files that communes have sent, dropped on the desk: each is kept in the folder of its year."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from plugins.editing.receiving import put_away, receive
from plugins.preview.exchange import OWN, Request, Response
from plugins.preview.guard import guarded, to_json
from plugins.registers.collecting.files import SPREADSHEETS
from plugins.registers.ranges import FOLDER
from plugins.sources import values
from plugins.sources.folders import RESERVED, UNSEEN, list_folder
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc, sort_key, today

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOST_BYTES = 10_000_000
_LONGEST = 200
# What Excel opens; anything else that a commune may send holds no register.
_TO_SAVE_ANEW = (".xls", ".xlsb", ".xlsm", ".ods")
_ASK_AGAIN = "xin xã gửi lại tệp Excel của sổ (.xlsx)"
# What Windows has in no name; a mail program may.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def list_sent(project: Path) -> list[tuple[str, list[str]]]:
    """Return the names of the files that there are, by year, the latest first."""
    found = []
    for year, folder in list_folder(project / FOLDER):
        if year.isdecimal() and (names := [n for n, _ in list_folder(folder.path) if n.lower().endswith(SPREADSHEETS)]):
            found.append((year, sorted(names, key=sort_key)))
    return sorted(found, reverse=True)


def receive_register(request: Request) -> Response:
    """Keep a file, called `ten`, that a commune has sent for the year `nam`, or this one."""
    name = _clean_name(request.query.get("ten", ""))
    folder = f"{FOLDER}/{_read_year(request.query.get('nam', ''))}"
    if not name.lower().endswith(SPREADSHEETS):
        fix = "mở bằng Excel, lưu thành Excel Workbook (.xlsx)" if name.lower().endswith(_TO_SAVE_ANEW) else _ASK_AGAIN
        raise Invalid(f"“{name}” không phải tệp .xlsx hay .csv", fix)
    if not request.body:
        raise Invalid(f"“{name}” là tệp trống (0 byte)", "xin xã gửi lại")
    if len(request.body) > _MOST_BYTES:
        raise Invalid(f"“{name}” nặng quá 10 MB", "xóa ảnh và các trang tính khác khỏi tệp rồi thả lại")
    return to_json({"name": name, "came": receive(request.site.project, folder, name, request.body)})


def put_away_register(request: Request) -> Response:
    """Take a file out of the folder of its year."""
    asked = json.loads(request.body)
    name, year = str(asked["name"]), _read_year(str(asked["year"]))
    if _FORBIDDEN.search(name) or not name.lower().endswith(SPREADSHEETS):
        raise Invalid(f"“{name}” không phải một tệp xã gửi", "tải lại trang")
    put_away(request.site.project, f"{FOLDER}/{year}/{name}")
    return to_json({"name": name})


def _read_year(typed: str) -> int:
    return values.year(typed.strip() or str(today().year))


def _clean_name(name: str) -> str:
    """Return a name that every system can have; Invalid for one that is no file of anyone's."""
    cleaned = _FORBIDDEN.sub("-", UNSEEN.sub("", nfc(name))).strip(" .")
    if cleaned.startswith("~$"):
        raise Invalid(f"“{name}” chỉ là tệp tạm của Excel", "đóng Excel, rồi chọn tệp cùng tên không có ~$ ở đầu")
    if not cleaned or cleaned.partition(".")[0].lower() in RESERVED:
        raise Invalid(f"Tên tệp “{name}” không dùng được trên Windows", "đổi tên rồi thả lại")
    if len(cleaned.encode()) > _LONGEST:
        raise Invalid(f"Tên tệp “{cleaned[:30]}…” dài quá", "đổi tên ngắn lại rồi thả lại")
    return cleaned


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {
    ("POST", f"{OWN}sua/nhan-so"): guarded(receive_register),
    ("POST", f"{OWN}sua/bo-so"): guarded(put_away_register),
}
