"""Counts of everything kept, changed and lost of a document, in words for its writer."""

from collections import Counter
from dataclasses import dataclass, field

from plugins.vietnamese import format_number

# Things that more than one reader of documents counts.
CONTENTS = "mục lục (trang tự có)"
DELETED_TEXT = "chỗ xóa đã bỏ (theo dõi thay đổi)"
FORMULAS = "công thức thành chữ thường"
HIDDEN = "chỗ chữ ẩn trong Word"
INSERTED_TEXT = "chỗ chèn đã nhận (theo dõi thay đổi)"
LINKED_PICTURES = "liên kết đặt trên ảnh"
MACROS = "macro (không chạy)"
MARGINS = {"header": "đầu trang", "footer": "chân trang"}
MARGIN_PICTURES = "ảnh ở đầu trang, chân trang"
TEXT_BOXES = "khung chữ thành đoạn văn"
UNFILLED = "ô chưa điền (bỏ chữ nhắc)"
UNKNOWN_SYMBOLS = "ký hiệu của phông riêng"


@dataclass
class ImportReport:
    """Counts by name ("ảnh", "khung chữ thành đoạn văn"), and the words that a person must check."""

    kept: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    doubtful: list[str] = field(default_factory=list)
    is_empty: bool = False

    def lines(self) -> list[str]:
        """Return a line each for the kept, changed, lost and doubtful things, if any."""
        found = ["Tệp không có chữ nào để đưa vào bài; xem lại có đúng tệp không."] if self.is_empty else []
        for name, counts in (("Đã giữ", self.kept), ("Đã đổi", self.changed), ("Không chuyển được", self.lost)):
            if any(counts.values()):
                what = "; ".join(f"{format_number(count)} {thing}" for thing, count in counts.items() if count)
                found.append(f"{name}: {what}.")
        if self.doubtful:
            found.append(f"Chữ cần đọc lại: {', '.join(dict.fromkeys(self.doubtful))}.")
        return found
