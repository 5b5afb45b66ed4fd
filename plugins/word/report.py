"""What became of a document: how much of what was kept, changed and lost, in words for its writer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from plugins.vietnamese import format_number


@dataclass
class ImportReport:
    """Counts by what was counted ("ảnh", "khung chữ thành đoạn văn"), and the words that a person must look at."""

    kept: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    doubtful: list[str] = field(default_factory=list)
    is_empty: bool = False

    def lines(self) -> list[str]:
        """Return one line for each kind of thing that there is; one that says so where there is nothing."""
        found = []
        if self.is_empty:
            found.append("Tệp không có chữ nào để đưa vào bài; xem lại có đúng tệp không.")
        for name, counts in (("Đã giữ", self.kept), ("Đã đổi", self.changed), ("Không chuyển được", self.lost)):
            if any(counts.values()):
                what = "; ".join(f"{format_number(count)} {thing}" for thing, count in counts.items() if count)
                found.append(f"{name}: {what}.")
        if self.doubtful:
            found.append(f"Chữ cần đọc lại: {', '.join(dict.fromkeys(self.doubtful))}.")
        return found
