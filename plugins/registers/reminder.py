"""The progress of a year in words: the letter that reminds a commune, tables, and deadlines. Pure."""

from datetime import date

from plugins.content.registers.paper import OWED, PaperKind
from plugins.content.registers.schedule import Deadline
from plugins.content.territory import front
from plugins.content.vocabulary.terms import Office, is_placeholder
from plugins.registers.progress import CommuneProgress, Due, Progress, Step, format_time_left
from plugins.vietnamese import fold, format_date, format_number

# Names of papers, in a list or, with a small letter, in a sentence.
PAPER_NAMES = {
    PaperKind.PLAN: "Kế hoạch thực hiện",
    PaperKind.REGISTRATION: "Đăng ký điển hình",
    PaperKind.REPORT: "Báo cáo kết quả thực hiện",
}
# The headings of a tally, in the order of its fields.
HEADINGS = ("Đăng ký", "Đang làm", "Công nhận", "Có bài", "Nhân rộng", "Dừng", "Còn thiếu", "Bài gửi", "Được dùng")


def write_reminder(progress: Progress, commune: CommuneProgress, publisher: Office) -> str:
    """Return the letter to a commune as plain text, without a final line end."""
    # A merged commune's successor answers for it.
    addressee = front.addressee(commune.now)
    lines = [f"Kính gửi: {addressee}", "", f"{front.standing_board(publisher.name)} {opening(progress, commune)}"]
    on, kind = format_date(progress.day), commune.now.type
    if commune.is_complete:
        lines += ["", f"Đến ngày {on}, {kind} đã gửi đủ văn bản, kết quả và tin, bài theo yêu cầu."]
    else:
        listed = [_paper_line(due, progress) for due in commune.missing]
        listed += [f"{name_step(step)}: {', '.join(lack.value for lack in step.lacks)}." for step in commune.lacking]
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
    return f"{name}: gửi {due.deadline.label}, {'đã ' if days > 0 else ''}{format_time_left(days)}."


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


def commune_name(progress: Progress, commune: CommuneProgress) -> str:
    """Return a commune's name in a table, distinct from another commune of that name in it."""
    one = commune.commune
    is_alone = sum(other.commune.short == one.short for other in progress.communes) == 1
    return one.short if is_alone else one.distinct_short


def paper_headings(progress: Progress) -> tuple[str, ...]:
    """Return the headings of the table of papers, except that of the communes."""
    kinds = (kind for kind in OWED if any(due.kind is kind for one in progress.communes for due in one.dues))
    return (*(kind.label.capitalize() for kind in kinds), "Kiểm tra, giám sát", "Tình hình")


def paper_cells(progress: Progress, commune: CommuneProgress) -> tuple[str, ...]:
    """Return a commune's row in the table of papers."""
    dues = {due.kind.label.capitalize(): _describe_due(due, progress.day) for due in commune.dues}
    kinds = paper_headings(progress)[:-2]
    inspected = ", ".join(format_date(one.received_on) for one in commune.inspections)
    return (*(dues.get(kind, "–") for kind in kinds), inspected or "–", progress.state(commune))


def _describe_due(due: Due, day: date) -> str:
    days = due.days_late(day)
    if due.received_on is None:
        return "chưa có" if days is None else format_time_left(days)
    late = f", chậm {format_number(days)} ngày" if days is not None and days > 0 else ""
    return f"{format_date(due.received_on)}{late}"


def format_deadlines(progress: Progress) -> str:
    """Return the deadlines of the year, and the days to or since each, as a sentence."""
    schedule = progress.schedule
    if schedule is None:
        example = f"- {{năm: {progress.year}, hạn báo cáo: trước 10/11/{progress.year}}}"
        return f"Năm {progress.year} chưa có hạn báo cáo; thêm vào content/danh-muc/ke-hoach.yaml một dòng “{example}”."
    parts = []
    for kind in OWED:
        if deadline := schedule.deadline(kind):
            days = (progress.day - deadline.last).days
            # A passed deadline does not mean that anybody is late.
            left = f"đã qua {format_number(days)} ngày" if days > 0 else format_time_left(days)
            parts.append(f"{kind.label} {deadline.label} ({left})")
    basis = f", theo {schedule.basis}" if schedule.basis else ""
    return f"Thời hạn: {'; '.join(parts)}{basis}."
