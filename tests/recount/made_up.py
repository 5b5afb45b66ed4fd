"""A made-up year: 500 registrations with random acts and days, stories beside them, and what contradicts itself."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

YEAR = 2024
REGISTRATIONS, STORIES = 500, 60
PLACES = ("Ea T’ling", "Tâm Thắng", "Trúc Sơn", "Cư K’nia", "Dak D'rong", "Nam Dong", "Đắk Wil", "ea po")
FIELDS = ("Kinh tế", "Văn hóa – xã hội", "Quốc phòng – an ninh", "Xây dựng hệ thống chính trị")
KINDS = ("Tập thể", "Cá nhân", "Mô hình")
STATES = (
    "đăng ký",
    "đang thực hiện",
    "hoàn thành",
    "dừng",
    "đã bình xét",
    "đã công nhận",
    "đã biểu dương",
    "đã nhân rộng",
)
FORMS = ("Giấy khen", "Bằng khen", "Thư khen", "Biểu dương tại hội nghị", "Nêu gương")
LEVELS = ("thôn", "xã", "huyện", "tỉnh", "trung ương")
REGISTER = ("Mã", "Tên mô hình", "Loại", "Đơn vị", "Xã", "Thôn/buôn/bon/tổ dân phố", "Lĩnh vực", "Phong trào")
REGISTER += ("Người phụ trách", "Ngày đăng ký", "Trạng thái", "Kết quả", "Ghi chú")
ACTS = ("Mã", "Việc", "Ngày", "Văn bản", "Hình thức", "Cấp", "Số phiếu", "Nơi niêm yết", "Niêm yết đến", "Nơi làm theo")
ACTS += ("Ghi chú",)


def make_up_year(project: Path, seed: int = 1) -> None:
    """Write a year's register, its acts and stories into a copy of the project, in place of what it ships."""
    chance = Random(seed)  # noqa: S311 - no secret
    for folder in ("bai-viet", "dang-ky", "bao-cao", "theo-doi"):
        shutil.rmtree(project / "content" / folder, ignore_errors=True)
        (project / "content" / folder).mkdir()
    registered = {f"DK-{YEAR}-{number:03}": _registration(chance, number) for number in range(1, REGISTRATIONS + 1)}
    acts = [act for code, row in registered.items() for act in _acts(chance, code, row[9])]
    checkout.write(project, f"content/dang-ky/{YEAR}.csv", _as_csv(REGISTER, list(registered.values())))
    checkout.write(project, f"content/dang-ky/{YEAR}-viec.csv", _as_csv(ACTS, acts))
    codes = chance.sample(sorted(registered), STORIES)
    for number in range(STORIES):
        row = registered[codes[number]] if number % 4 else None
        _write_story(chance, project, number, row)


def _registration(chance: Random, number: int) -> list[str]:
    place = "cơ quan" if chance.random() < 0.05 else chance.choice(PLACES)
    day = date(YEAR, 1, 5) + timedelta(chance.randrange(330))
    cells = (f"DK-{YEAR}-{number:03}", f"Mô hình số {number}", chance.choice(KINDS), f"Chi hội {number}", place, "")
    return [*cells, chance.choice(FIELDS), "", "", _written(day), chance.choice(STATES), "", ""]


def _acts(chance: Random, code: str, registered: str) -> list[list[str]]:
    """Return up to five acts in any order: some without a day, some twice, some before they can have been."""
    day, month, year = map(int, registered.split("/"))
    found = []
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 5))):
        kind = chance.choice(("bình xét", "công nhận", "biểu dương", "khen thưởng", "nhân rộng", "hoàn thành", "dừng"))
        happened = date(year, month, day) + timedelta(chance.randrange(-20, 500))
        row = [code, kind, _written(happened) if chance.random() < 0.8 else "", *[""] * 8]
        if chance.random() < 0.3:
            row[3] = f"Quyết định {chance.randrange(99)}/QĐ-MTTQ"
        if kind in ("biểu dương", "khen thưởng"):
            row[4:6] = chance.choice(FORMS[:3] if kind == "khen thưởng" else FORMS[3:]), chance.choice(LEVELS)
        if kind == "bình xét":
            row[6] = f"{chance.randrange(20, 40)}/40"
        found.append(row)
        if chance.random() < 0.05:
            found.append(row)
    return found


def _write_story(chance: Random, project: Path, number: int, row: list[str] | None) -> None:
    day = date(YEAR, 2, 1) + timedelta(chance.randrange(500))
    kind, place, field = (row[2], row[4], row[6]) if row else (chance.choice(KINDS), "cơ quan", chance.choice(FIELDS))
    lines = [f"Tiêu đề: Chuyện số {number} ở thôn", f"Ngày: {_written(day)}", f"Lĩnh vực: {field}", f"Loại: {kind}"]
    lines += [f"Xã: {chance.choice(PLACES) if place == 'cơ quan' else place}", "Đồng ý: PĐY-2024-01"]
    if row:
        lines.append(f"Đăng ký: {row[0]}")
    if number > 5 and chance.random() < 0.3:
        lines.append(f"Nhân rộng từ: chuyen-{chance.randrange(number)}")
    if praises := [_praise(chance) for _ in range(chance.choice((0, 0, 1, 2)))]:
        lines += ["Biểu dương:", *(f"  - {praise}" for praise in praises)]
    if chance.random() < 0.2:
        lines.append(f"Công nhận: {chance.choice((str(YEAR), _written(day)))} | Quyết định 9/QĐ-MTTQ")
    if chance.random() < 0.1:
        lines.append("Trạng thái: nháp")
    text = "\n".join(["---", *lines, "---", "", "Bà con cùng làm.", ""])
    checkout.write(project, f"content/bai-viet/{day.year}/chuyen-{number}/bai.md", text)


def _praise(chance: Random) -> str:
    when = chance.choice((str(YEAR), str(YEAR + 1), _written(date(YEAR, 3, 1) + timedelta(chance.randrange(600)))))
    return f"{chance.choice(FORMS)} | {chance.choice(LEVELS)} | {when}"


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _as_csv(head: Sequence[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([head, *rows])
    return out.getvalue()
