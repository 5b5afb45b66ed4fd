"""The letter that reminds a commune of missing papers and results, in the Front's style. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plugins.content.registers.paper import PaperKind
from plugins.content.territory import front
from plugins.content.vocabulary.terms import Office, is_placeholder
from plugins.registers.dues import Due, format_time_left
from plugins.vietnamese import fold, format_date, format_number

if TYPE_CHECKING:
    from plugins.content.registers.schedule import Deadline
    from plugins.registers.progress import CommuneProgress, Progress, Step

# Names of papers, in a list or, with a small letter, in a sentence.
PAPER_NAMES = {
    PaperKind.PLAN: "Kế hoạch thực hiện",
    PaperKind.REGISTRATION: "Đăng ký điển hình",
    PaperKind.REPORT: "Báo cáo kết quả thực hiện",
}


def name_office(office: Office) -> str:
    """Return the sender as letters name it: a committee's standing board."""
    return front.standing_board(office.name)


def write_reminder(progress: Progress, commune: CommuneProgress, publisher: Office) -> str:
    """Return the letter to a commune as plain text, without a final line end."""
    # A merged commune's successor answers for it.
    addressee = front.addressee(commune.now)
    lines = [f"Kính gửi: {addressee}", "", f"{name_office(publisher)} {opening(progress, commune)}"]
    on, kind = format_date(progress.day), commune.now.type
    if commune.is_complete:
        lines += ["", f"Đến ngày {on}, {kind} đã gửi đủ văn bản, kết quả và tin, bài theo yêu cầu."]
    else:
        listed = [_paper_line(due, progress) for due in commune.missing] + [_line(step) for step in commune.lacking]
        lines += ["", f"Đến ngày {on}, theo sổ theo dõi, {kind} còn các nội dung sau:"]
        lines += [f"{number}. {line}" for number, line in enumerate(listed, 1)]
        phone = "" if is_placeholder(publisher.phone) else f" qua số {publisher.phone}"
        more = f"Nội dung nào đã gửi mà sổ chưa ghi, hoặc còn vướng mắc, đề nghị trao đổi lại{phone}."
        lines += ["", f"Đề nghị {addressee} {request(progress, commune)}. {more}"]
    return "\n".join([*lines, "", "Trân trọng cảm ơn."])


def opening(progress: Progress, commune: CommuneProgress) -> str:
    """Return the opening: thanks for a commune's registrations, or that none has come."""
    tally = commune.tally
    place = commune.commune.full_name
    if commune.now != commune.commune:
        place = f"{commune.commune.distinct_name} (nay thuộc {commune.now.distinct_name})"
    what = f"điển hình “Dân vận khéo” năm {progress.year}"
    if tally.registered:
        recognised = f", trong đó {format_number(tally.recognised)} đã được công nhận" if tally.recognised else ""
        return f"cảm ơn {place} đã đăng ký {format_number(tally.registered)} {what}{recognised}."
    if any(due.kind is PaperKind.REGISTRATION and due.received_on for due in commune.dues):
        return f"đã nhận đăng ký {what} của {place}."
    return f"chưa nhận được đăng ký {what} của {place}."


def _paper_line(due: Due, progress: Progress) -> str:
    name = PAPER_NAMES[due.kind]
    days = due.days_late(progress.day)
    if due.deadline is None or days is None:
        return f"{name}: chưa nhận được."
    left = "đã " if days > 0 else ""
    return f"{name}: gửi {due.deadline.label}, {left}{format_time_left(days)}."


def _line(step: Step) -> str:
    return f"{name_step(step)}: {', '.join(lack.value for lack in step.lacks)}."


def name_step(step: Step) -> str:
    """Return the code, name and place of a registration."""
    registration = step.registration
    place = registration.place
    where = f" ({place})" if place and fold(place) not in fold(registration.name) else ""
    return f"{registration.code}, {registration.name}{where}"


def request(progress: Progress, commune: CommuneProgress) -> str:
    """Return the requests to a commune with their deadlines, late ones and those without a day first."""
    asked: dict[Deadline | None, list[str]] = {}
    for due in commune.missing:
        asked.setdefault(_in_time(due.deadline, progress.day), []).append(PAPER_NAMES[due.kind].lower())
    requests = {deadline: f"gửi {_listed(names)}" for deadline, names in asked.items()}
    if commune.lacking:
        # A registration is to be completed by the deadline of the report.
        schedule = progress.schedule
        report = schedule.deadline(PaperKind.REPORT, commune.commune) if schedule else None
        deadline = _in_time(report, progress.day)
        what = "bổ sung các nội dung còn thiếu của điển hình đã đăng ký"
        requests[deadline] = f"{requests[deadline]}, {what}" if deadline in requests else what
    ordered = sorted(requests.items(), key=lambda item: item[0].last if item[0] else date.min)
    return "; ".join(f"{what} {deadline.label}" if deadline else f"sớm {what}" for deadline, what in ordered)


def _in_time(deadline: Deadline | None, day: date) -> Deadline | None:
    return deadline if deadline and deadline.last >= day else None


def _listed(names: list[str]) -> str:
    return " và ".join((", ".join(names[:-1]), names[-1])) if names[1:] else names[0]
