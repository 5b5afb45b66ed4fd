"""Check the references of a body as far as possible without other files. Pure."""

import re
from collections.abc import Iterable, Iterator

from plugins.markdown.body import Body
from plugins.sources.problem import Level, Problem, suggest

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar|txt|jpe?g|png|mp[34])$", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_PUBLISH_FIRST = (
    "trang chỉ đăng chữ và ảnh: đăng tệp ở nơi có địa chỉ https://… rồi dẫn tới đó, hoặc tóm tắt thành một tệp .md "
    "trong content/van-ban và dẫn bằng {{filename}}/van-ban/tên.md"
)
# The message and the fix for each kind of reference.
_WRONG: dict[str, tuple[str, str]] = {
    "html": (
        "Thẻ {} không được dùng trong bài",
        "viết liên kết bằng [chữ](địa chỉ), ảnh bằng ![mô tả](tệp.jpg); video thì dẫn liên kết",
    ),
    "empty": ("Liên kết chưa có địa chỉ", "điền địa chỉ vào giữa hai ngoặc tròn, hoặc chỉ để lại chữ"),
    "broken": ("Liên kết {} không phải là địa chỉ", "chép lại địa chỉ từ trình duyệt, ví dụ https://…"),
    "computer": ("Liên kết {} chỉ mở được trên máy của bạn", _PUBLISH_FIRST),
    "scheme": ("Liên kết {} không dùng được trên trang", "dẫn tới một địa chỉ https://…, hoặc mailto:, tel:"),
    "static": (
        "Liên kết tới tệp {} không dùng được",
        "đặt ảnh bằng ![mô tả](tệp.jpg); tới bài khác thì dùng {{filename}}",
    ),
}
_UNUSUAL: dict[str, tuple[str, str]] = {
    "row": ("Hàng này nhiều ô hơn dòng đầu bảng", "điền tên cột vào dòng đầu bảng: {}"),
    "lost": ("Từ {} trở đi có chữ không hiện trên trang", "xóa thẻ ấy, chỉ để lại chữ cần đăng"),
    "unused": (
        "Dòng này không hiện trên trang: máy hiểu [chữ]: {} là địa chỉ của một liên kết",
        "bỏ hai ngoặc vuông để chữ hiện ra, hoặc xóa dòng",
    ),
    "note": (
        "Có hai chú thích [^{}]:, trang gộp làm một",
        "đổi tên một chú thích, ví dụ [^{}a], ở cả hai chỗ có tên ấy",
    ),
}


def check_body(path: str, body: Body) -> Iterator[Problem]:
    """Yield problems for references that no page can show or link to."""
    for reference in dict.fromkeys(body.references):
        target = reference.target
        if texts := _WRONG.get(reference.kind) or _UNUSUAL.get(reference.kind):
            message, fix = (text.format(target) for text in texts)
            level = Level.ERROR if reference.kind in _WRONG else Level.ADVICE
            yield Problem(path, reference.line, message, fix, level)
        elif reference.kind == "adrift" and not target.split("#")[0].endswith(".md"):
            yield Problem(path, reference.line, f"Liên kết {target} không dẫn tới đâu", _mend_adrift(target))


def _mend_adrift(target: str) -> str:
    if _FILE.search(target):
        return _PUBLISH_FIRST.format()
    if _DOMAIN.match(target):
        return f"ý bạn là https://{target}?"
    example = f"{{filename}}../{target.strip('/').rpartition('/')[2]}/bai.md"
    return f"tới trang khác thì ghi đủ địa chỉ https://…; tới bài của trang này thì ghi đường dẫn, ví dụ {example}"


def describe_missing_photo(name: str, photos: Iterable[str]) -> tuple[str, str]:
    """Return the message and the fix for a photo that is not in its folder; `photos` are those that are."""
    if re.match(r"[a-z]+:|//", name, re.IGNORECASE):
        return f'Ảnh "{name}" nằm ở trang khác', "tải ảnh về, đặt cạnh bai.md rồi ghi tên tệp"
    fix = suggest(name, photos, "chép ảnh vào cạnh bai.md, hoặc sửa tên tệp")
    return f'Không có tệp ảnh "{name}" trong thư mục bài', fix
