"""Read values of a story that consist of parts separated by bars."""

from datetime import date
from functools import lru_cache

from plugins.content.registers.act import LEVELS, SPELLED_LEVELS, Act, ActKind, kind_of
from plugins.content.stories.listed import Result
from plugins.content.stories.story import Consent, GalleryPhoto
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import Value
from plugins.vietnamese import fold

_MOST_SPELLINGS = 1024
# `stated_by` sets the place of an act.
_HERE = "", 0
_LEVEL = values.choice("Cấp biểu dương", {name: name for name in LEVELS}, SPELLED_LEVELS)
# Said of a consent, these lead to no paper; folded. Where a form has no number, words say where it lies.
_ASSENTS = {"co", "roi", "ok", "da co", "da ky", "da co phieu", "dong y", "da dong y", "co dong y", "da xin phep"}


def parse_results(value: Value) -> tuple[Result, ...]:
    """Return key figures, one per line: 3,2 km | kênh mương, or only a label."""
    results = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not parts[-1]:
            raise Invalid(f'Kết quả "{written}" không đúng dạng', "viết: số lượng | việc, ví dụ 3,2 km | kênh mương")
        results.append(Result(parts[0] if len(parts) == 2 else "", parts[-1]))
    return tuple(results)


def parse_commendations(value: Value) -> tuple[Act, ...]:
    """Return praise and awards, one per line: Giấy khen | tỉnh | 15/11/2020, or with a year only."""
    found: dict[tuple[object, ...], Act] = {}
    for written in values.texts(value):
        act = _commendation(written)
        if act.key in found:
            raise Invalid(f'Biểu dương "{written}" được ghi hai lần', "xóa một trong hai dòng; hai lần thì ghi rõ ngày")
        found[act.key] = act
    return tuple(found.values())


@lru_cache(_MOST_SPELLINGS)
def _commendation(written: str) -> Act:
    parts = [part.strip() for part in written.split("|")]
    if len(parts) != 3 or not all(parts):
        fix = "viết: hình thức | cấp | ngày hoặc năm, ví dụ Giấy khen | tỉnh | 15/11/2020"
        raise Invalid(f'Biểu dương "{written}" không đúng dạng', fix)
    day, year = _when(parts[2])
    return Act(kind_of(parts[0]), day, year, _HERE, form=parts[0], level=_LEVEL(parts[1]), in_year=True)


def parse_recognition(value: Value) -> tuple[Act, ...]:
    """Return the recognition: 20/10/2020 | Quyết định 12/QĐ-MTTQ; the day may be a year, the paper is optional."""
    when, _, paper = values.text(value).partition("|")
    day, year = _when(when.strip())
    return (Act(ActKind.RECOGNITION, day, year, _HERE, paper=paper.strip(), in_year=True),)


def _when(written: str) -> tuple[date | None, int]:
    """Return a day and its year, or None and a year."""
    if written.isdecimal():
        return None, values.year(written)
    day = values.day(written)
    return day, day.year


def parse_gallery(value: Value) -> tuple[GalleryPhoto, ...]:
    """Return further photos, one per line: file | alternative text | optional caption with credit."""
    found: dict[str, GalleryPhoto] = {}
    wordless: list[str] = []
    for written in values.texts(value):
        name, *words = [part.strip() for part in written.split("|")]
        if len(words) > 2:
            fix = "viết: tên tệp | mô tả | chú thích, ví dụ cong.jpg | Bà con đào cống | Ảnh: thôn 3"
            raise Invalid(f'Ảnh khác "{written}" không đúng dạng', fix)
        if not words or not words[0]:
            wordless.append(name)
            continue
        name = values.file_name(name)
        if name in found:
            raise Invalid(f'Ảnh khác "{name}" được ghi hai lần', "xóa một trong hai dòng")
        found[name] = GalleryPhoto(name, *words)
    if wordless:
        named = ", ".join(f'"{name}"' for name in wordless)
        fix = f"viết: {wordless[0] or 'cong.jpg'} | mô tả ảnh | chú thích"
        raise Invalid(f"Ảnh khác {named} chưa có mô tả cho người không nhìn thấy", fix)
    return tuple(found.values())


def parse_consents(value: Value) -> tuple[Consent, ...]:
    """Return consents, one per line: PĐY-2020-07, or PĐY-2020-07 | Bà Nguyễn Thị A."""
    found = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not all(parts):
            fix = "viết: số phiếu | tên, ví dụ PĐY-2020-07 | Bà Nguyễn Thị A"
            raise Invalid(f'Đồng ý "{written}" không đúng dạng', fix)
        if not fold(parts[0]) or fold(parts[0]) in _ASSENTS:
            raise Invalid(f'Đồng ý "{parts[0]}" không phải số phiếu', "ghi số trên phiếu đã ký, ví dụ PĐY-2026-07")
        found.append(Consent(*parts))
    return tuple(found)
