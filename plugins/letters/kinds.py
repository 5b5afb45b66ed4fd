"""The kinds of letter: the fields that each template may name, and their values. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plugins.content.registers.act import ActKind
from plugins.content.registers.paper import OWED, PaperKind
from plugins.content.registers.registration import OWN
from plugins.content.territory import front
from plugins.content.vocabulary.terms import Commune
from plugins.letters import fields
from plugins.letters.fields import Letter, MergeField, MergeFields, MergeList, MergeValues, Occasion
from plugins.recognition.candidates import keep_from_review
from plugins.registers.progress import CommuneProgress, Progress, build_progress, format_time_left, known_years
from plugins.registers.reminder import PAPER_NAMES, name_step, opening, request
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, format_date, format_number

_PLACE = (
    MergeField("tên xã", "nơi nhận công văn, kèm loại: xã …, thị trấn …", ("tên địa bàn", "tên phường", "tên thôn")),
    MergeField("nơi nhận công văn", "Ban Thường trực Ủy ban MTTQ Việt Nam của nơi ấy", ("kính gửi",)),
)
_LACKING = MergeList(
    "nội dung còn thiếu",
    fields.NUMBER,
    MergeField("nội dung còn thiếu", "văn bản chưa gửi, hay điển hình còn thiếu gì", ("nội dung",)),
    MergeField("hạn gửi", "hạn của nội dung ấy", ("hạn",)),
    MergeField("tình trạng", "còn mấy ngày, hay quá hạn mấy ngày; điển hình thì thiếu gì"),
)
_URGING_FIELDS = MergeFields(
    (
        *fields.COMMON,
        *_PLACE,
        MergeField("mở đầu", "lời mở đầu theo sổ: cảm ơn đã đăng ký bao nhiêu điển hình, hay chưa nhận được đăng ký"),
        MergeField("yêu cầu", "đề nghị gửi gì, hạn nào; nội dung quá hạn đứng trước"),
        MergeField("số nội dung còn thiếu", "bao nhiêu dòng trong danh sách"),
        MergeField("số đăng ký", "nơi ấy đã đăng ký bao nhiêu điển hình"),
        *fields.DEADLINES,
    ),
    (_LACKING,),
)


def _compose_urging(occasion: Occasion) -> list[Letter]:
    """Return a letter for each place that lacks something, or only for the one asked for."""
    content, year = occasion.content, occasion.year
    if year not in known_years(content):
        what = f"Chưa có sổ đăng ký, sổ theo dõi hay hạn nào của năm {year}"
        raise Invalid(what, "sửa năm, hoặc làm sổ của năm ấy trước")
    progress = build_progress(content, year)
    wanted = [one for one in progress.communes if occasion.commune in (None, one.commune, one.now)]
    return [_compose_for(occasion, progress, one) for one in wanted if not one.is_complete]


def _compose_for(occasion: Occasion, progress: Progress, commune: CommuneProgress) -> Letter:
    rows = fields.number_rows(_list_lacking(progress, commune))
    single = {
        **fields.common_values(occasion),
        **_place_values(commune.now),
        "mở đầu": opening(progress, commune).rstrip("."),
        "yêu cầu": request(progress, commune),
        "số nội dung còn thiếu": format_number(len(rows)),
        "số đăng ký": format_number(commune.tally.registered),
        **fields.deadline_values(progress.schedule, commune.commune),
    }
    there = (commune.commune, commune.now)
    papers = [one for one in occasion.content.papers.get(progress.year, ()) if one.commune in there]
    is_sample = any(one.sample for one in papers) or any(step.registration.sample for step in commune.steps)
    return Letter(f"don-doc-{commune.commune.id}", MergeValues(single, {_LACKING.name: rows}), is_sample)


def _list_lacking(progress: Progress, commune: CommuneProgress) -> Iterator[dict[str, str]]:
    schedule = progress.schedule
    # A registration is to be completed by the deadline of the report.
    report = schedule.deadline(PaperKind.REPORT, commune.commune) if schedule else None
    for due in commune.missing:
        left = capitalize(format_time_left(due.days_late(progress.day))) if due.deadline else "Chưa nhận được"
        yield _row(PAPER_NAMES[due.kind], format_date(due.deadline.last) if due.deadline else "", left)
    for step in commune.lacking:
        lacks = capitalize(", ".join(lack.value for lack in step.lacks))
        yield _row(name_step(step), format_date(report.last) if report else "", lacks)


def _row(what: str, until: str, state: str) -> dict[str, str]:
    return {"nội dung còn thiếu": what, "hạn gửi": until or "càng sớm càng tốt", "tình trạng": state}


def _place_values(commune: Commune | None) -> dict[str, str]:
    """Return the values of _PLACE; "" without a commune."""
    values = (commune.full_name, front.addressee(commune)) if commune else ("", "")
    return {field.name: value for field, value in zip(_PLACE, values, strict=True)}


_FIELDS = MergeList(
    "lĩnh vực",
    MergeField("lĩnh vực", "tên một lĩnh vực của trang"),
    MergeField("mô tả lĩnh vực", "mô tả trong linh-vuc.yaml"),
)
_MOVEMENTS = MergeList(
    "cuộc vận động, phong trào",
    MergeField("phong trào", "tên một cuộc vận động hay phong trào", ("cuộc vận động",)),
    MergeField("mô tả phong trào", "mô tả trong phong-trao.yaml"),
)
_DUES = MergeList(
    "thời hạn",
    fields.NUMBER,
    MergeField("việc", "văn bản phải gửi: kế hoạch, đăng ký, báo cáo"),
    MergeField("thời hạn", "hạn gửi, như trong ke-hoach.yaml"),
)
_RECIPIENTS = MergeList("nơi nhận", MergeField("nơi nhận", "một nơi nhận văn bản, theo cấp của cơ quan"))
_PLAN_FIELDS = MergeFields(
    (
        *fields.COMMON,
        MergeField("năm trước", "năm liền trước năm thi đua"),
        MergeField("căn cứ", "văn bản đặt ra các hạn, mục “theo” trong ke-hoach.yaml"),
        MergeField("số đăng ký năm trước", "theo sổ đăng ký năm trước"),
        MergeField("số được công nhận năm trước", "theo sổ đăng ký năm trước"),
        *fields.DEADLINES,
    ),
    (_FIELDS, _MOVEMENTS, _DUES, _RECIPIENTS),
)


def _compose_plan(occasion: Occasion) -> list[Letter]:
    """Return the year's plan."""
    content, schedule = occasion.content, occasion.content.schedules.get(occasion.year)
    register = content.registers.get(occasion.year - 1)
    counted = register.registrations if register else ()
    recognised = sum(one.has(ActKind.RECOGNITION) for one in counted)
    single = {
        **fields.common_values(occasion),
        "năm trước": str(occasion.year - 1),
        "căn cứ": schedule.basis if schedule else "",
        "số đăng ký năm trước": format_number(len(counted)) if register else "",
        "số được công nhận năm trước": format_number(recognised) if register else "",
        **fields.deadline_values(schedule, None),
    }
    due = [(kind, schedule.deadline(kind)) for kind in OWED] if schedule else []
    terms = content.vocabulary
    rows = {
        _FIELDS.name: [{"lĩnh vực": one.name, "mô tả lĩnh vực": one.description} for one in terms.fields],
        _MOVEMENTS.name: [{"phong trào": one.title, "mô tả phong trào": one.description} for one in terms.movements],
        _DUES.name: fields.number_rows({"việc": PAPER_NAMES[kind], "thời hạn": one.label} for kind, one in due if one),
        _RECIPIENTS.name: [{"nơi nhận": one} for one in occasion.issuer.usual_recipients],
    }
    return [Letter(f"ke-hoach-{occasion.year}", MergeValues(single, rows), any(one.sample for one in counted))]


_EXEMPLARS = MergeList(
    "điển hình chờ bình xét",
    fields.NUMBER,
    MergeField("mã", "mã trong sổ đăng ký"),
    MergeField("điển hình", "tên tập thể, cá nhân hay mô hình"),
    MergeField("loại", "Tập thể, Cá nhân hay Mô hình"),
    MergeField("đơn vị thực hiện", "tập thể thực hiện, theo sổ", ("đơn vị",)),
    MergeField("nơi thực hiện", "thôn, buôn, bon, tổ dân phố và xã, theo sổ"),
    MergeField("lĩnh vực", "lĩnh vực của điển hình"),
)
_INVITATION_FIELDS = MergeFields(
    (
        *fields.COMMON,
        *_PLACE,
        MergeField("người được mời", "mời ai: nơi được chọn; không chọn thì để chấm", ("kính mời",)),
        MergeField("thời gian", "giờ, ngày họp, ghi khi làm giấy mời"),
        MergeField("địa điểm", "nơi họp, ghi khi làm giấy mời"),
        MergeField("số điển hình", "bao nhiêu điển hình chờ bình xét"),
    ),
    (_EXEMPLARS,),
)


def _compose_invitation(occasion: Occasion) -> list[Letter]:
    """Return the invitation to a review, to one place or with the name left to be written."""
    register, commune = occasion.content.registers.get(occasion.year), occasion.commune
    there = [one for one in register.registrations if commune in (None, one.commune)] if register else []
    waiting = sorted((one for one in there if not keep_from_review(one)), key=lambda one: one.by_code)
    place = _place_values(commune)
    single = {
        **fields.common_values(occasion),
        **place,
        "người được mời": place["nơi nhận công văn"],
        "thời gian": occasion.time,
        "địa điểm": occasion.venue,
        "số điển hình": format_number(len(waiting)) if waiting else "",
    }
    described = (
        {
            "mã": one.code,
            "điển hình": one.name,
            "loại": one.kind.name,
            "đơn vị thực hiện": one.unit,
            "nơi thực hiện": ", ".join(filter(None, [one.place, one.commune.full_name if one.commune else OWN])),
            "lĩnh vực": one.field.name,
        }
        for one in waiting
    )
    rows = {_EXEMPLARS.name: fields.number_rows(described)}
    name = f"giay-moi-{occasion.year}{f'-{commune.id}' if commune else ''}"
    return [Letter(name, MergeValues(single, rows), any(one.sample for one in waiting))]


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter; its id is also the name of its template. `is_of_all`: never about a single place."""

    id: str
    title: str
    fields: MergeFields
    compose: Callable[[Occasion], list[Letter]]
    is_of_all: bool = False

    @property
    def file(self) -> str:
        return f"{self.id}.docx"

    def make_starter(self) -> bytes:
        """Return the template to begin with."""
        # Slow to import.
        from plugins.letters.starters import STARTERS

        return STARTERS[self.id]()


KINDS = (
    LetterKind("don-doc", "công văn đôn đốc", _URGING_FIELDS, _compose_urging),
    LetterKind("ke-hoach", "kế hoạch năm", _PLAN_FIELDS, _compose_plan, is_of_all=True),
    LetterKind("giay-moi", "giấy mời bình xét", _INVITATION_FIELDS, _compose_invitation),
)
EVERY_FIELDS = {kind.title: kind.fields for kind in KINDS}
