"""Help and messages in the words of the form, which has boxes and lists where a file has lines, bars and quotes.

Readers of stories word their messages for a text editor, as `check` prints them. The phrases that do not fit a form are
replaced here; any other message is shown as it is.
"""

import re

from plugins.sources.schema import Input, Key

# Help for the box of a key, by attribute, where the help for a file does not fit.
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
# Labels of the empty choice, by attribute, where it has a meaning.
_EMPTY = {
    "kind": "tin thường",
    "commune": "không của riêng nơi nào",
    "status": "để trống: được đăng",
    "sample": "để trống: không phải bài mẫu",
}
_NO_MEANING = "–"

# Patterns in messages and fixes about a file, with their replacement for a form; applied in this order.
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
    (r", hoặc tóm tắt thành một tệp \.md .*", ", hoặc chép phần chính vào ô Bài viết"),
    (r"tới bài khác thì dùng \{filename\}", "tới bài khác thì chép địa chỉ của bài ấy"),
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
_COMPILED = tuple((re.compile(pattern), words) for pattern, words in _WORDS)
_QUOTED_PARTS = re.compile(r'"([^"]*\|[^"]*)"')
_MISSING = re.compile(r'Thiếu mục "(.+)"')


def help_of(key: Key) -> str:
    """Return the help of a key, with an example if its value is typed into one box."""
    text = _HELP.get(key.attribute, key.help)
    is_typed = len(key.widget.parts) == 1 and not key.widget.parts[0].options
    if key.example and is_typed and key.widget.parts[0].kind not in ("photo", "exemplar"):
        return f"{text}; ví dụ: {key.example}"
    return text


def empty_of(key: Key, part: Input) -> str:
    """Return the label of the empty choice in the list of a part."""
    return _EMPTY.get(key.attribute, _NO_MEANING) if part is key.widget.parts[0] else _NO_MEANING


def in_boxes(text: str, key: Key | None = None) -> str:
    """Return a message or fix in the words of the form; `key` is the one whose box it is shown at."""
    text = _QUOTED_PARTS.sub(lambda quoted: f'"{", ".join(filter(None, map(str.strip, quoted[1].split("|"))))}"', text)
    for pattern, words in _COMPILED:
        text = pattern.sub(words, text)
    # A quotation around a fault may reach into the next box.
    return re.sub(r" *\| *", ", ", text) if key and len(key.widget.parts) > 1 else text


def remedy(message: str, fix: str, key: Key | None) -> str:
    """Return the fix for a message shown at the box of a key."""
    if key and _MISSING.fullmatch(message):
        if key.widget.parts[0].options:
            return "chọn trong ô này"
        return f"điền vào ô này, ví dụ {key.example}" if key.example else "điền vào ô này"
    return in_boxes(fix, key)


def missing_name(message: str) -> str:
    """Return the name of the key that a message reports as missing; "" for any other message."""
    return found[1] if (found := _MISSING.fullmatch(message)) else ""
