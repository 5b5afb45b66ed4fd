"""What is wrong with what a body points at, as far as the body alone tells. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.sources.problem import Level, Problem
from plugins.vietnamese import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plugins.markdown.body import Body

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar|txt|jpe?g|png|mp[34])$", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_PUBLISH_FIRST = (
    "trang chỉ đăng chữ và ảnh: đăng tệp ở nơi có địa chỉ https://… rồi dẫn tới đó, hoặc tóm tắt thành một tệp .md "
    "trong content/van-ban và dẫn bằng {filename}/van-ban/tên.md"
)


def check_body(path: str, body: Body) -> Iterator[Problem]:
    """Find what a body points at that no page can show or lead to."""
    for reference in body.references:
        target, level = reference.target, Level.ERROR
        match reference.kind:
            case "html":
                message = f"Thẻ {target} không được dùng trong bài"
                fix = "viết liên kết bằng [chữ](địa chỉ), ảnh bằng ![mô tả](tệp.jpg); video thì dẫn liên kết"
            case "row":
                message, level = "Hàng này nhiều ô hơn dòng đầu bảng", Level.ADVICE
                fix = f"điền tên cột vào dòng đầu bảng: {target}"
            case "note":
                message, level = f"Có hai chú thích [^{target}]:, trang gộp làm một", Level.ADVICE
                fix = f"đổi tên một chú thích, ví dụ [^{target}a], ở cả hai chỗ có tên ấy"
            case "empty":
                message = "Liên kết chưa có địa chỉ"
                fix = "điền địa chỉ vào giữa hai ngoặc tròn, hoặc chỉ để lại chữ"
            case "broken":
                message = f"Liên kết {target} không phải là địa chỉ"
                fix = "chép lại địa chỉ từ trình duyệt, ví dụ https://…"
            case "computer":
                message, fix = f"Liên kết {target} chỉ mở được trên máy của bạn", _PUBLISH_FIRST
            case "scheme":
                message = f'Liên kết kiểu "{target.partition(":")[0]}:" không dùng được trên trang'
                fix = "dẫn tới một địa chỉ https://…, hoặc mailto:, tel:"
            case "static":
                message = f"Liên kết tới tệp {target} không dùng được"
                fix = "đặt ảnh bằng ![mô tả](tệp.jpg); tới bài khác thì dùng {filename}"
            case "adrift" if not target.split("#")[0].endswith(".md"):
                message, fix = f"Liên kết {target} không dẫn tới đâu", _mend_adrift(target)
            case _:
                continue
        yield Problem(path, reference.line, message, fix, level)


def _mend_adrift(target: str) -> str:
    if _FILE.search(target):
        return _PUBLISH_FIRST
    if _DOMAIN.match(target):
        return f"ý bạn là https://{target}?"
    return (
        f"tới trang khác thì ghi đủ https://{target}; tới bài của trang này thì ghi {{filename}}và đường dẫn tới bai.md"
    )


def describe_missing_photo(name: str, photos: Iterable[str]) -> tuple[str, str]:
    """Return what to say of a photo that is not among those of its folder, and what to do."""
    if re.match(r"[a-z]+:|//", name, re.IGNORECASE):
        return f'Ảnh "{name}" nằm ở trang khác', "tải ảnh về, đặt cạnh bai.md rồi ghi tên tệp"
    near = nearest(name, photos)
    fix = f'ý bạn là "{near}"?' if near else "chép ảnh vào cạnh bai.md, hoặc sửa tên tệp"
    return f'Không có tệp ảnh "{name}" trong thư mục bài', fix
