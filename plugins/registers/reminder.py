"""The message that the district sends a commune: polite, and specific about what is still to come. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.terms import is_placeholder
from plugins.vietnamese import fold, format_date, format_number

if TYPE_CHECKING:
    from plugins.content.terms import Office
    from plugins.registers.progress import CommuneProgress, Progress, Step


def write_reminder(progress: Progress, commune: CommuneProgress, publisher: Office) -> str:
    """Return the message to one commune by the office of the day: lines of plain text, the last without a line end."""
    place = commune.commune
    lines = [
        f"Kính gửi: Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam {place.full_name}",
        "",
        f"{publisher.name} {_thanks(progress, commune)}",
    ]
    if commune.lacking:
        lines += ["", f"Đến ngày {format_date(progress.day)}, sổ theo dõi còn thiếu:"]
        lines += [f"{number}. {_line(step)}" for number, step in enumerate(commune.lacking, 1)]
    phone = "" if is_placeholder(publisher.phone) else f" qua số {publisher.phone}"
    if commune.lacking or not commune.steps:
        lines += [
            "",
            f"{_request(progress, commune)} Việc nào đã xong mà sổ chưa ghi, hoặc đang vướng mắc, xin báo lại{phone}.",
        ]
    return "\n".join([*lines, "", "Trân trọng cảm ơn."])


def _thanks(progress: Progress, commune: CommuneProgress) -> str:
    tally = commune.tally
    what = f"điển hình “Dân vận khéo” năm {progress.year}"
    if not tally.registered:
        return f"chưa nhận được đăng ký {what} của {commune.commune.type}."
    recognised = f", trong đó {format_number(tally.recognised)} đã được công nhận" if tally.recognised else ""
    thanks = f"cảm ơn {commune.commune.type} đã đăng ký {format_number(tally.registered)} {what}{recognised}."
    enough = f" Kết quả và bài viết đã đủ, {commune.commune.type} không phải gửi thêm."
    return thanks if commune.lacking else thanks + enough


def _line(step: Step) -> str:
    registration = step.registration
    place = registration.place
    where = f" ({place})" if place and fold(place) not in fold(registration.name) else ""
    return f"{registration.code}, {registration.name}{where}: {', '.join(lack.value for lack in step.lacks)}."


def _request(progress: Progress, commune: CommuneProgress) -> str:
    what = "bổ sung" if commune.steps else "gửi đăng ký"
    quy = f"Kính đề nghị quý {commune.commune.type}"
    days = progress.days_late
    if progress.deadline is None or days is None:
        return f"{quy} sớm {what}."
    due = format_date(progress.deadline.due)
    if days > 0:
        return f"Hạn báo cáo là ngày {due}, nay đã quá hạn {format_number(days)} ngày. {quy} sớm {what}."
    left = f"còn {format_number(-days)} ngày" if days else "tức là hôm nay"
    return f"Hạn báo cáo là ngày {due}, {left}. {quy} {what} trước khi hết hạn."
