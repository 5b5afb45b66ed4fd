"""`giay-moi`: what the fields of an invitation to a review say, with the exemplars that wait for one. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.registers.registration import OWN
from plugins.letters.common import COMMON, NUMBER, Letter, number, say_common
from plugins.letters.fields import Field, Fields, Rows, Values
from plugins.letters.urging import PLACE, say_place
from plugins.recognition.candidates import keep_from_review
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from plugins.content.registers.registration import Registration
    from plugins.letters.common import Occasion

EXEMPLARS = Rows(
    "điển hình chờ bình xét",
    (
        NUMBER,
        Field("mã", "mã trong sổ đăng ký"),
        Field("điển hình", "tên tập thể, cá nhân hay mô hình"),
        Field("loại", "Tập thể, Cá nhân hay Mô hình"),
        Field("đơn vị thực hiện", "tập thể thực hiện, theo sổ", ("đơn vị",)),
        Field("nơi thực hiện", "thôn, buôn, bon, tổ dân phố và xã, theo sổ"),
        Field("lĩnh vực", "lĩnh vực của điển hình"),
    ),
)
FIELDS = Fields(
    (
        *COMMON,
        *PLACE,
        Field("người được mời", "mời ai: nơi được chọn; không chọn thì để chấm", ("kính mời",)),
        Field("thời gian", "giờ, ngày họp, ghi khi làm giấy mời"),
        Field("địa điểm", "nơi họp, ghi khi làm giấy mời"),
        Field("số điển hình", "bao nhiêu điển hình chờ bình xét"),
    ),
    (EXEMPLARS,),
)


def compose(occasion: Occasion) -> list[Letter]:
    """Return the invitation, to one place or with the name to be written by hand."""
    register, commune = occasion.content.registers.get(occasion.year), occasion.commune
    waiting = [one for one in register.registrations if not keep_from_review(one)] if register else []
    waiting = [one for one in waiting if commune in (None, one.commune)]
    place = say_place(commune) if commune else dict.fromkeys((field.name for field in PLACE), "")
    single = {
        **say_common(occasion),
        **place,
        "người được mời": place["nơi nhận công văn"],
        "thời gian": occasion.time,
        "địa điểm": occasion.venue,
        "số điển hình": format_number(len(waiting)) if waiting else "",
    }
    rows = {EXEMPLARS.name: number(_describe(one) for one in sorted(waiting, key=lambda one: one.by_code))}
    name = f"giay-moi-{occasion.year}{f'-{commune.id}' if commune else ''}"
    return [Letter(name, Values(single, rows), any(one.sample for one in waiting))]


def _describe(registration: Registration) -> dict[str, str]:
    places = [registration.place, registration.commune.full_name if registration.commune else OWN]
    return {
        "mã": registration.code,
        "điển hình": registration.name,
        "loại": registration.kind.name,
        "đơn vị thực hiện": registration.unit,
        "nơi thực hiện": ", ".join(filter(None, places)),
        "lĩnh vực": registration.field.name,
    }
