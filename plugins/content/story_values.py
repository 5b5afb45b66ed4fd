"""The values of a story that are written in parts, with bars between them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from plugins.content.story import LEVELS, Commendation, Consent, GalleryPhoto, Result
from plugins.sources import values
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from plugins.sources.schema import Value

_MOST_SPELLINGS = 1024
_LEVEL = values.choice("Cấp biểu dương", {name: name for name in LEVELS})


def parse_results(value: Value) -> tuple[Result, ...]:
    """Return the key figures, one a line: 3,2 km | kênh mương, or what was done alone."""
    results = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not parts[-1]:
            raise Invalid(f'Kết quả "{written}" không đúng dạng', "viết: số lượng | việc, ví dụ 3,2 km | kênh mương")
        results.append(Result(parts[0] if len(parts) == 2 else "", parts[-1]))
    return tuple(results)


def parse_commendations(value: Value) -> tuple[Commendation, ...]:
    """Return the commendations, one a line: Giấy khen | huyện | 2020."""
    return tuple(map(_commendation, values.texts(value)))


@lru_cache(_MOST_SPELLINGS)
def _commendation(written: str) -> Commendation:
    parts = [part.strip() for part in written.split("|")]
    if len(parts) != 3 or not all(parts):
        fix = "viết: hình thức | cấp | năm, ví dụ Giấy khen | huyện | 2020"
        raise Invalid(f'Biểu dương "{written}" không đúng dạng', fix)
    return Commendation(parts[0], _LEVEL(parts[1]), values.year(parts[2]))


def parse_gallery(value: Value) -> tuple[GalleryPhoto, ...]:
    """Return the further photos, one a line: file | alternative text | caption with the credit, if any."""
    found: dict[str, GalleryPhoto] = {}
    for written in values.texts(value):
        name, *words = [part.strip() for part in written.split("|")]
        if len(words) > 2:
            fix = "viết: tên tệp | mô tả | chú thích, ví dụ cong.jpg | Bà con đào cống | Ảnh: thôn 3"
            raise Invalid(f'Ảnh khác "{written}" không đúng dạng', fix)
        if not words or not words[0]:
            fix = f"viết: {name or 'cong.jpg'} | mô tả ảnh | chú thích"
            raise Invalid(f'Ảnh khác "{name}" chưa có mô tả cho người không nhìn thấy', fix)
        name = values.file_name(name)
        if name in found:
            raise Invalid(f'Ảnh khác "{name}" được ghi hai lần', "xóa một trong hai dòng")
        found[name] = GalleryPhoto(name, *words)
    return tuple(found.values())


def parse_consents(value: Value) -> tuple[Consent, ...]:
    """Return the forms of consent, one a line: PĐY-2020-07, or PĐY-2020-07 | Bà Nguyễn Thị A."""
    found = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not all(parts):
            fix = "viết: số phiếu | tên, ví dụ PĐY-2020-07 | Bà Nguyễn Thị A"
            raise Invalid(f'Đồng ý "{written}" không đúng dạng', fix)
        found.append(Consent(*parts))
    return tuple(found)
