"""What a story's form says in words of its own: it has boxes and lists where a file has lines, bars and quotes.

Whoever reads a story speaks of its file, as `check` prints it and as it is mended in an editor. What of that does not
fit a form is put here into the words of the form, once for all; what is not named here is said as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.sources.schema import Input, Key

# By the attribute of a key, what its box is for, where the help in a file will not do.
_HELP = {
    "field": "Lĩnh vực chính trước; thuộc nhiều lĩnh vực thì thêm dòng",
    "commune": "Nơi của bài vào lúc ấy; nơi không còn sau sắp xếp nằm cuối danh sách",
    "kind": "Tập thể, cá nhân hay mô hình",
    "photo": "Một trong các ảnh đã thả vào bài",
    "gallery": "Ảnh hiện thành lưới dưới bài",
    "results": "Mỗi kết quả một dòng; không có số thì chỉ ghi việc",
    "recognition": "Khi được tập thể bình chọn, công nhận; đã ghi trong sổ đăng ký thì để trống",
    "commendations": "Mỗi lần biểu dương, khen thưởng một dòng",
    "movements": "Thuộc nhiều phong trào thì thêm dòng",
    "replicates": "Bài về điển hình gốc, chọn trong danh sách; bài ở trang khác thì dán địa chỉ của bài ấy",
    "consent": "Số phiếu đồng ý của người được viết, không hiện trên trang; nhiều người thì thêm dòng",
    "status": "Bài nháp chỉ hiện khi xem thử; viết xong thì chọn “đăng”",
    "updates": "Điều bổ sung sau khi đăng",
    "corrections": "Chỗ sai đã sửa sau khi đăng, hiện cả ở trang Đính chính",
    "old_addresses": "Địa chỉ cũ của bài, mở chỗ cũ là tới đây; có nhiều thì thêm dòng",
    "muted": "Lời nhắc về câu chữ không cần cho bài này; “tất cả” bỏ mọi lời nhắc",
    "sample": "Bài minh họa được ghi rõ trên trang và không xuất bản",
}
# What it means to choose nothing in a list, where that says something.
_EMPTY = {
    "kind": "tin thường",
    "commune": "không của riêng nơi nào",
    "status": "để trống: được đăng",
    "sample": "để trống: không phải bài mẫu",
}
_OTHERWISE = "–"

# What a problem or its remedy says of a file, and what of the form; tried in this order.
_WORDS: tuple[tuple[str, str], ...] = (
    # Values in parts.
    (r"viết: \S+ \| mô tả ảnh \| chú thích", "điền ô “Mô tả ảnh”"),
    (r"viết: tên tệp \| .*", "bỏ bớt chữ sau ô “Chú thích, người chụp”"),
    (r"viết: số lượng \| .*", "điền ô “Việc”"),
    (r"viết: hình thức \| .*", "điền đủ ba ô “Hình thức”, “Cấp”, “Ngày hoặc năm”"),
    (r"viết: số phiếu \| .*", "điền ô “Số phiếu”"),
    (r"viết: ngày \| .*", "điền ô “Sửa gì, thêm gì”"),
    (r"viết \[.*\], hoặc mỗi tên một dòng bắt đầu bằng “- ”", "mỗi tên một dòng: bấm Thêm dòng"),
    (r"thay .* ở đầu mỗi dòng bằng dấu gạch nối và một dấu cách: - …", "mỗi ý một dòng: bấm Thêm dòng"),
    (r"danh sách không bắt đầu bằng dấu gạch nối", "nhiều ý dồn vào một dòng"),
    (r"đặt cả giá trị trong ngoặc kép, hoặc thêm dấu cách sau dấu # nếu là ghi chú", "gõ lại ô này rồi lưu"),
    (r"chỉ ghi một (?!mã)[^,;]+(?:; trong sổ .*|, .+? khác)", "chỉ chọn một, nơi khác"),
    (r"(chỉ ghi một mã); trong sổ .*", r"\1"),
    # Keys that are missing, or too many.
    (r"thêm dòng ([^:]+): <(.+)>", r"điền \2 vào ô “\1”"),
    (r"thêm dòng Loại: …", "chọn ô “Loại”"),
    (r"thêm dòng ([^:]+): …", r"điền ô “\1”"),
    (r"thêm dòng ([^:]+): \"?(.+?)\"?(?= \(bài còn|$)", r"điền “\2” vào ô “\1”"),
    (r"viết gọn, ví dụ (?:Tiêu đề|Tóm tắt): (.+?)(?= \(bài còn|$)", r"viết gọn, ví dụ “\1”"),
    (r"xóa mục này hoặc xem bảng các mục trong sổ tay", "xóa mục ấy ở “Sửa cả tệp ở dạng chữ”, cuối trang này"),
    (r"viết theo mẫu Tên mục: giá trị.*", "sửa ở “Sửa cả tệp ở dạng chữ”, cuối trang này"),
    (r"xóa mục này", "để trống ô này"),
    (r"xóa mục ((?:\w+ ?)+)(?=:| ở bài)", r"để trống ô “\1”"),
    (r"ghi Mẫu: có ở cả bài và sổ", "chọn “có” ở ô “Mẫu” và ghi cả trong sổ"),
    (r"Tin thường mà khai", "Tin thường mà có"),
    (r"ghi tên thư mục của bài gốc", "chọn bài gốc trong danh sách"),
    (r"ghi (địa bàn hiện nay), hoặc ghi \S+ nếu", r"chọn \1, hoặc để nguyên nếu"),
    (r"ghi (địa bàn vào lúc ấy)", r"chọn \1"),
    # Photos.
    (r"thêm người chụp: “[^“”]*\| *([^“”|]+)”", r"thêm người chụp: “\1”"),
    (r"Không có tệp ảnh (.*) trong thư mục bài", r"Bài chưa có ảnh \1"),
    (r"Bài chưa có ảnh \"\"", "Có dòng chưa chọn ảnh"),
    (r"chép ảnh vào cạnh bai\.md, hoặc sửa tên tệp", "thả ảnh ấy vào phần Ảnh, hoặc chọn ảnh khác"),
    (r"tải ảnh về, đặt cạnh bai\.md rồi ghi tên tệp", "tải ảnh về máy rồi thả vào phần Ảnh"),
    (r"không phải tên một tệp trong thư mục bài", "không phải một ảnh của bài"),
    (r"chỉ ghi tên tệp, ví dụ kenh\.jpg", "thả ảnh vào phần Ảnh rồi chọn trong danh sách"),
    (r"thêm vào bài bằng !\[mô tả\]\(tên tệp\), hoặc xóa tệp", "dùng ảnh ấy ở phần Ảnh, hoặc xóa ảnh"),
    (r"viết !\[mô tả ảnh\]\(.*\)", "điền mô tả cho ảnh ấy"),
    (
        r"viết liên kết bằng \[chữ\]\(địa chỉ\), ảnh bằng !\[mô tả\]\(tệp\.jpg\)",
        "dùng nút Liên kết; ảnh thì thả vào bài",
    ),
    (r"đặt ảnh bằng !\[mô tả\]\(tệp\.jpg\)", "ảnh thì thả vào bài"),
    # Files and folders.
    (r"viết bài vào dưới dòng --- thứ hai", "viết vào ô Bài viết"),
    (r"chép nội dung vào bai\.md, hoặc chuyển tệp ra khỏi content", "cần chữ nào trong đó thì chép vào ô Bài viết"),
    (r"Thư mục con trong thư mục bài không được đọc", "Thư mục này nằm trong bài mà không được đọc"),
    (r"mỗi bài một thư mục ngay dưới thư mục năm", "trong đó có bài thì lập bài mới ở Ban biên tập"),
    (r"đổi tên một trong hai thư mục", "đổi địa chỉ một trong hai bài"),
    (r"đổi tên thư mục này", "đổi địa chỉ bài này"),
    (r"đổi tên thư mục, tệp kia", "đổi địa chỉ chỗ kia"),
    (r"năm (\d+) của thư mục", r"năm \1 trong địa chỉ của bài"),
    (r"sửa ngày, hoặc chuyển thư mục bài sang .*", "sửa ngày nếu ghi nhầm; đúng rồi thì để nguyên"),
    (r"content/bai-viet/(\d{4})/([^/\s]+)/bai\.md(?::\d+)?", r"bài “\2” (\1)"),
    (r", đầu tiên ở dòng \d+| \((?:lần đầu )?(?:ở )?dòng \d+\)", ""),
)
_COMPILED = tuple((re.compile(said), meant) for said, meant in _WORDS)
_QUOTED_PARTS = re.compile(r'"([^"]*\|[^"]*)"')
_MISSING = re.compile(r'Thiếu mục "(.+)"')


def help_of(key: Key) -> str:
    """Return what the box of a key is for, with an example where one is typed into a box alone."""
    told = _HELP.get(key.attribute, key.help)
    is_typed = len(key.widget.parts) == 1 and not key.widget.parts[0].options
    if key.example and is_typed and key.widget.parts[0].kind not in ("photo", "exemplar"):
        return f"{told}; ví dụ: {key.example}"
    return told


def empty_of(key: Key, part: Input) -> str:
    """Return what the list of a part says while nothing is chosen in it."""
    return _EMPTY.get(key.attribute, _OTHERWISE) if part is key.widget.parts[0] else _OTHERWISE


def in_boxes(text: str, key: Key | None = None) -> str:
    """Return what a problem says, or what to do about it, in the words of the form; `key` is at whose box it stands."""
    text = _QUOTED_PARTS.sub(_list_parts, text)
    for said, meant in _COMPILED:
        text = said.sub(meant, text)
    # What is quoted around a place may reach into the next box.
    return re.sub(r" *\| *", ", ", text) if key and len(key.widget.parts) > 1 else text


def remedy(message: str, fix: str, key: Key | None) -> str:
    """Return what to do at the box of a key, which is said to be missing or something else."""
    if key and _MISSING.fullmatch(message):
        if key.widget.parts[0].options:
            return "chọn trong ô này"
        return f"điền vào ô này, ví dụ {key.example}" if key.example else "điền vào ô này"
    return in_boxes(fix, key)


def missing_name(message: str) -> str:
    """Return the name of the key that a message says is missing; "" when it says something else."""
    found = _MISSING.fullmatch(message)
    return found[1] if found else ""


def _list_parts(quoted: re.Match[str]) -> str:
    parts = [part.strip() for part in quoted[1].split("|")]
    return f'"{", ".join(part for part in parts if part)}"'
