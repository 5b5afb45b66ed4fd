"""The registers that communes have sent, for `collect`: received in the browser, listed by year, removed."""

import re
from pathlib import Path

from plugins.content.registers.sheets.stranger import explain_kind
from plugins.content.registers.sheets.tables import MOST_BYTES
from plugins.editing.saving import put_away, receive
from plugins.preview.serving.exchange import Request, Response, to_json
from plugins.registers.collecting.submission import is_spreadsheet
from plugins.registers.ranges import FOLDER as SENT
from plugins.sources import values
from plugins.sources.folders import RESERVED, UNSEEN, list_folder
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc, sort_key, today

# Windows has none of these in a name; mail programs may.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def list_sent(project: Path) -> list[tuple[str, list[str]]]:
    """Return the names of the files by year, the latest year first."""
    by_year = {
        year: sorted((name for name, _ in list_folder(folder.path) if is_spreadsheet(Path(name))), key=sort_key)
        for year, folder in list_folder(project / SENT)
        if year.isdecimal()
    }
    return sorted(((year, names) for year, names in by_year.items() if names), reverse=True)


def receive_register(request: Request) -> Response:
    """Save the body as the file `ten` in the folder of the year `nam`, by default this year."""
    name = _clean_name(request.query.get("ten", ""))
    folder = f"{SENT}/{_read_year(request.query.get('nam', ''))}"
    if not is_spreadsheet(Path(name)):
        _, fix = explain_kind(Path(name).suffix) or ("", "xin gửi lại tệp Excel của sổ (.xlsx)")
        raise Invalid(f"“{name}” không phải tệp .xlsx hay .csv", fix)
    if not request.body:
        raise Invalid(f"“{name}” là tệp trống (0 byte)", "xin gửi lại")
    if len(request.body) > MOST_BYTES:
        raise Invalid(f"“{name}” nặng quá 10 MB", "xóa ảnh và các trang tính khác khỏi tệp rồi thả lại")
    return to_json({"name": name, "came": receive(request.site.project, folder, name, request.body)})


def put_away_register(request: Request) -> Response:
    """Move a file from the folder of its year into the history."""
    asked = request.json
    name, year = str(asked["name"]), _read_year(str(asked["year"]))
    if _FORBIDDEN.search(name) or not is_spreadsheet(Path(name)):
        raise Invalid(f"“{name}” không phải một tệp gửi về", "tải lại trang")
    put_away(request.site.project, f"{SENT}/{year}/{name}")
    return to_json({"name": name})


def _read_year(typed: str) -> int:
    return values.year(typed.strip() or str(today().year))


def _clean_name(name: str) -> str:
    """Return a file name that is valid on every system; Invalid when none can be made of it."""
    cleaned = _FORBIDDEN.sub("-", UNSEEN.sub("", nfc(name))).strip(" .")
    if cleaned.startswith("~$"):
        raise Invalid(f"“{name}” chỉ là tệp tạm của Excel", "đóng Excel, rồi chọn tệp cùng tên không có ~$ ở đầu")
    if not cleaned or cleaned.partition(".")[0].lower() in RESERVED:
        raise Invalid(f"Tên tệp “{name}” không dùng được trên Windows", "đổi tên rồi thả lại")
    if len(cleaned.encode()) > 200:
        raise Invalid(f"Tên tệp “{cleaned[:30]}…” dài quá", "đổi tên ngắn lại rồi thả lại")
    return cleaned
