"""Units in words, after a number, alone, and per another: ki-lô-gam mỗi sào. Pure."""

import re
from collections.abc import Iterable

# Case matters.
_UNITS = {
    "km": "ki-lô-mét",
    "hm": "héc-tô-mét",
    "m": "mét",
    "dm": "đề-xi-mét",
    "cm": "xen-ti-mét",
    "mm": "mi-li-mét",
    "km²": "ki-lô-mét vuông",
    "m²": "mét vuông",
    "cm²": "xen-ti-mét vuông",
    "m³": "mét khối",
    "cm³": "xen-ti-mét khối",
    "ha": "héc-ta",
    "kg": "ki-lô-gam",
    "g": "gam",
    "mg": "mi-li-gam",
    **dict.fromkeys(("l", "lít"), "lít"),
    "ml": "mi-li-lít",
    **dict.fromkeys(("kW", "kWp"), "ki-lô-oát"),
    "kWh": "ki-lô-oát giờ",
    "MW": "mê-ga-oát",
    "W": "oát",
    "kV": "ki-lô-vôn",
    "V": "vôn",
    "kVA": "ki-lô-vôn am-pe",
    "°C": "độ C",
    "°": "độ",
    "%": "phần trăm",
    "‰": "phần nghìn",
    **dict.fromkeys(("đ", "₫", "VNĐ", "VND"), "đồng"),
    "tr": "triệu",
    "trđ": "triệu đồng",
    "USD": "đô-la Mỹ",
    "s": "giây",
    "mm²": "mi-li-mét vuông",
    "GB": "ghi-ga-bai",
    "MB": "mê-ga-bai",
    **{unit: unit for unit in ("tạ", "tấn", "yến")},
}
# Other spellings that people type.
_SPELLINGS = {
    **dict.fromkeys(("m2", "M2"), "m²"),
    **dict.fromkeys(("m3", "M3"), "m³"),
    **dict.fromkeys(("km2", "Km2", "Km²"), "km²"),
    "cm2": "cm²",
    "cm3": "cm³",
    "L": "l",
    **dict.fromkeys(("Km", "KM"), "km"),
    **dict.fromkeys(("Kg", "KG"), "kg"),
    **dict.fromkeys(("Ha", "HA"), "ha"),
    **dict.fromkeys(("kw", "KW", "Kw"), "kW"),
    **dict.fromkeys(("kwh", "KWh", "KWH", "Kwh"), "kWh"),
    **dict.fromkeys(("kv", "Kv", "KV"), "kV"),
    **dict.fromkeys(("oC", "ºC", "℃", "° C"), "°C"),
}
UNITS = _UNITS | {typed: _UNITS[key] for typed, key in _SPELLINGS.items()}
# Things that amounts are per: a household, a week. With these “mỗi” is said, with measures “trên”.
_THINGS = """
hộ; gia đình; người; khẩu; em; cháu; học sinh; hội viên; đảng viên; thành viên; công; năm; tháng; tuần; ngày; đêm;
buổi; giờ; phút; vụ; kỳ; quý; đợt; lứa; lần; lượt; ca; nhóm; đội; cụm; chi hội; chi bộ; xã; thôn; buôn; bon; tổ; khóm;
khu dân cư; nhà; căn; lớp; trường; mô hình; suất; đoạn; sào; mẫu; công đất; con; cây; gốc; bao; hũ; chuyến; sản phẩm;
tiết; mét; ki-lô-gam
"""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of these words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


UNIT = any_of(UNITS)
PER = any_of({*UNITS, *(" ".join(thing.split()) for thing in _THINGS.split(";")), "h"})
# Unambiguous even without a number.
ALONE = any_of(unit for unit in UNITS if re.search("[²³%‰°℃]", unit) or re.fullmatch("(?i:km|kg|cm|mm|kwh?)", unit))
_MONEY = ("đồng", "triệu", "nghìn", "ngàn", "tỷ", "tỉ")


def say_per(said: str, per: str) -> str:
    """Return an amount per something: 25.000 đồng/kg is “… đồng mỗi ki-lô-gam”."""
    if per in ("h", "giờ"):
        return f"{said} {'trên' if per == 'h' or said.endswith('mét') else 'mỗi'} giờ"
    joint = "trên" if per in UNITS and not said.endswith(_MONEY) else "mỗi"
    return f"{said} {joint} {UNITS.get(per, per)}"
