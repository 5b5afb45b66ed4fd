"""Three whole invented projects: the archive of a district, a commune of today, a province of today."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from plugins.vietnamese import fold
from tests.conftest import VOCABULARY
from tests.site import checkout
from tests.site.small_site import SmallSite

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "Đồng Xuân",
    "Yên Bình",
    "Tân Lập",
    "Sơn Hòa",
    "Phú Mỹ",
    "Hà Đông",
    "Cẩm Sơn",
    "Ƀuôr Knôp",
    "Đắk R’moan",
    "Lộc An",
)


class Place(NamedTuple):
    """One entry of xa.yaml."""

    kind: str
    name: str
    more: str = ""

    @property
    def id(self) -> str:
        folded = "-".join(re.findall("[a-z0-9]+", fold(f"{self.kind} {self.name}")))
        return f"{folded}-moi" if "từ ngày" in self.more else folded

    @property
    def entry(self) -> str:
        return f"- mã: {self.id}\n  loại: {self.kind}\n  tên: {self.name}\n{self.more}"


class Level(NamedTuple):
    """The properties of a project of one level."""

    office: str
    places: list[Place]
    key: str  # of its stories
    told: tuple[str, ...]  # of the places that have a story
    column: str
    year: int


def office(name: str, level: str, kinds: str, area: str, above: str, more: str = "") -> str:
    lines = (
        f"tên: Ủy ban Mặt trận Tổ quốc Việt Nam {name}",
        f"tên gọn: Mặt trận {name}",
        f"cấp: {level}",
        f"loại địa bàn: [{kinds}]",
        f"địa bàn: {area}",
        f"cơ quan chủ quản: {above}",
        f"chịu trách nhiệm: Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam {name}",
        "địa chỉ: Số 1 đường Hòa Bình",
        "điện thoại: 0261 000 000",
        "thư điện tử: mattran@example.vn",
        "địa chỉ trang: https://example.vn",
    )
    return "\n".join([*lines, more, ""])


def unit(kind: str, name: str, parent: str, number: int, more: str = "") -> Place:
    return Place(kind, name, f'  mã số: "{number}"\n  thuộc: {parent}\n{more}')


def district() -> Level:
    parent = "huyện Krông Bình, tỉnh Tân Sơn"
    ended = "  đến ngày: 30/6/2025\n  nay thuộc: xa-krong-binh-moi\n"
    places = [unit("thị trấn" if not at else "xã", name, parent, 100 + at, ended) for at, name in enumerate(NAMES)]
    places.append(unit("xã", "Krông Bình", "tỉnh Tân Sơn", 200, "  từ ngày: 1/7/2025\n"))
    kinds = "xã, thị trấn, thôn, buôn, tổ dân phố"
    above = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Tân Sơn"
    written = office("huyện Krông Bình", "huyện", kinds, "tỉnh Tân Sơn", above, "đến ngày: 30/6/2025")
    return Level(written, places, "Xã", ("Đồng Xuân", "Tân Lập", "Yên Bình"), "Xã", 2024)


def commune() -> Level:
    places = [Place("thôn", f'"{number}"') for number in range(1, 31)]
    places += [Place("buôn", name) for name in ("Nui", "Ea Rang", *NAMES[:6])]
    places += [Place("bon", "R’moan"), Place("bon", "Nui")]
    places += [Place("tổ dân phố", f'"{number}"') for number in range(1, 11)]
    above = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Tân Sơn"
    written = office("xã Krông Bình", "xã", "thôn, buôn, bon, tổ dân phố", "tỉnh Tân Sơn", above, "từ ngày: 1/7/2025")
    return Level(written, places, "Thôn", ("Thôn 2", "thon 10", "Buôn Nui"), "Thôn, buôn", 2026)


def province() -> Level:
    kinds = ["xã"] * 103 + ["phường"] * 20 + ["đặc khu"]
    names = [f"{name} {number}" for number in range(1, 14) for name in NAMES]
    places = [unit(kind, names[at], "tỉnh Tân Sơn", 1000 + at) for at, kind in enumerate(kinds)]
    written = office(
        "tỉnh Tân Sơn", "tỉnh", "xã, phường, đặc khu", "tỉnh Tân Sơn", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
    )
    return Level(written, places, "Phường", (names[0], f"phường {names[104]}", f"ĐK {names[123]}"), "Địa bàn", 2026)


LEVELS = {"huyện": district, "xã": commune, "tỉnh": province}


def create(folder: Path, level: Level) -> SmallSite:
    """Write a project of that level: three exemplars, one after another's, and a register."""
    site = SmallSite(checkout.copy_project(folder))
    shutil.rmtree(site.path / "content")
    for name in ("linh-vuc.yaml", "phong-trao.yaml"):
        site.write(f"content/danh-muc/{name}", VOCABULARY[name])
    site.write("content/danh-muc/co-quan.yaml", level.office)
    site.write("content/danh-muc/xa.yaml", "".join(place.entry for place in level.places))
    for number, place in enumerate(level.told):
        origin = {"Nhân rộng từ": "chuyen-0"} if number == 1 else {}
        front = {"Xã": None, level.key: place, "Ngày": f"{number + 2}/9/{level.year}", **origin}
        site.add_story(f"chuyen-{number}", number, {**front, "Biểu dương": "\n  - Giấy khen | tỉnh | 2026"})
    columns = ("Mã", "Tên mô hình", "Loại", "Đơn vị", level.column, "Lĩnh vực", "Ngày đăng ký", "Kết quả")
    rows = [
        f"DK-{level.year}-00{at};Tổ góp vốn {at};Mô hình;Chi hội;{place};Kinh tế;2/8/{level.year};{at} hộ"
        for at, place in enumerate(level.told, 1)
    ]
    site.write(f"content/dang-ky/{level.year}.csv", "\n".join([";".join(columns), *rows, ""]))
    site.write("content/danh-muc/ke-hoach.yaml", f"- năm: {level.year}\n  hạn báo cáo: trước 10/11/{level.year}\n")
    site.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\nXin gọi.\n")
    return site
