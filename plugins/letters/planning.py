"""`ke-hoach`: what the fields of the year's plan of the office say. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.registers.act import ActKind
from plugins.content.registers.paper import OWED
from plugins.letters.common import COMMON, DEADLINES, NUMBER, Letter, number, say_common, say_deadlines
from plugins.letters.fields import Field, Fields, Rows, Values
from plugins.registers.reminder import PAPER_NAMES
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from plugins.letters.common import Occasion

FIELD_ROWS = Rows(
    "lĩnh vực",
    (Field("lĩnh vực", "tên một lĩnh vực của trang"), Field("mô tả lĩnh vực", "mô tả trong linh-vuc.yaml")),
)
MOVEMENTS = Rows(
    "cuộc vận động, phong trào",
    (
        Field("phong trào", "tên một cuộc vận động hay phong trào", ("cuộc vận động",)),
        Field("mô tả phong trào", "mô tả trong phong-trao.yaml"),
    ),
)
DUES = Rows(
    "thời hạn",
    (
        NUMBER,
        Field("việc", "văn bản phải gửi: kế hoạch, đăng ký, báo cáo"),
        Field("thời hạn", "hạn gửi, như trong ke-hoach.yaml"),
    ),
)
RECIPIENTS = Rows("nơi nhận", (Field("nơi nhận", "một nơi nhận văn bản, theo cấp của cơ quan"),))
FIELDS = Fields(
    (
        *COMMON,
        Field("năm trước", "năm liền trước năm thi đua"),
        Field("căn cứ", "văn bản đặt ra các hạn, mục “theo” trong ke-hoach.yaml"),
        Field("số đăng ký năm trước", "theo sổ đăng ký năm trước"),
        Field("số được công nhận năm trước", "theo sổ đăng ký năm trước"),
        *DEADLINES,
    ),
    (FIELD_ROWS, MOVEMENTS, DUES, RECIPIENTS),
)


def compose(occasion: Occasion) -> list[Letter]:
    """Return the plan."""
    content, schedule = occasion.content, occasion.schedule
    register = content.registers.get(occasion.year - 1)
    counted = register.registrations if register else ()
    recognised = sum(one.has(ActKind.RECOGNITION) for one in counted)
    single = {
        **say_common(occasion),
        "năm trước": str(occasion.year - 1),
        "căn cứ": schedule.basis if schedule else "",
        "số đăng ký năm trước": format_number(len(counted)) if register else "",
        "số được công nhận năm trước": format_number(recognised) if register else "",
        **say_deadlines(schedule, None),
    }
    due = [(kind, schedule.deadline(kind)) for kind in OWED] if schedule else []
    fields, movements = content.vocabulary.fields, content.vocabulary.movements
    rows = {
        FIELD_ROWS.name: [{"lĩnh vực": one.name, "mô tả lĩnh vực": one.description} for one in fields],
        MOVEMENTS.name: [{"phong trào": one.title, "mô tả phong trào": one.description} for one in movements],
        DUES.name: number({"việc": PAPER_NAMES[kind], "thời hạn": one.label} for kind, one in due if one),
        RECIPIENTS.name: [{"nơi nhận": one} for one in occasion.issuer.usual_recipients],
    }
    return [Letter(f"ke-hoach-{occasion.year}", Values(single, rows), any(one.sample for one in counted))]
