"""What a command may be given: choices and initial values of options, and checks of its values together.

A check returns sentences by the name of an option, none if all is well.
"""

from datetime import datetime
from pathlib import Path

from plugins.bulletin.layout import PAPERS
from plugins.content.content import Content
from plugins.letters.kinds import KINDS
from plugins.preview.jobs.boxes import Choices, Values
from plugins.recognition.command import DECIDED, REVIEWS
from plugins.registers.collecting.submission import is_spreadsheet
from plugins.release.manifest import NAME
from plugins.release.rclone import DeployError, read_target, resolve_target
from plugins.release.releases import find_back
from plugins.release.store import FOLDER, list_names, read_current
from plugins.sources import values
from plugins.sources.files import numbered
from plugins.spreading.command import SPEECHES, describe_speech
from plugins.vietnamese import capitalize, format_date, format_moment


def papers(_project: Path, _content: Content | None) -> Choices:
    """Return the paper sizes of the bulletin."""
    return [(paper, paper if paper == "A4" else f"{paper.replace('x', ' × ')} cm") for paper in PAPERS]


def communes(_project: Path, content: Content | None) -> Choices:
    """Return the ids of all communes, old and new."""
    known = sorted(content.vocabulary.communes, key=lambda one: one.sort_key) if content else []
    return [(one.id, one.dated_title) for one in known]


def stories(_project: Path, content: Content | None) -> Choices:
    """Return the slugs of stories that are no drafts, the newest first."""
    known = sorted(content.stories if content else (), key=lambda one: one.newest_first)
    return [(one.slug, f"{one.title} ({format_date(one.date)})") for one in known if not one.draft]


def speeches(_project: Path, _content: Content | None) -> Choices:
    """Return the regions by which numbers are spoken."""
    return [(name, capitalize(describe_speech(name))) for name in SPEECHES]


def sent(_project: Path, content: Content | None) -> Choices:
    """Return the slugs of stories that were sent on, the latest first."""
    titles = {one.slug: one.title for one in content.stories} if content else {}
    sendings = sorted(content.sendings if content else (), key=lambda one: one.sent_on, reverse=True)
    return [(slug, titles.get(slug, slug)) for slug in dict.fromkeys(one.slug for one in sendings)]


def letters(_project: Path, _content: Content | None) -> Choices:
    """Return the ids of the kinds of letters."""
    return [(kind.id, capitalize(kind.title)) for kind in KINDS]


def releases(project: Path, _content: Content | None) -> Choices:
    """Return the numbers of stored releases but the current one, the newest first."""
    folder = project / FOLDER
    current = read_current(folder)
    return [(name, describe_release(folder / name)) for name in reversed(list_names(folder)) if name != current]


def results(project: Path, _content: Content | None) -> Choices:
    """Return the paths of filled-in sheets of reviews, the newest first."""
    found = sorted(project.glob(f"{REVIEWS}/*/ket-qua-*"), reverse=True)
    return [(path, path) for file in found if is_spreadsheet(file) and (path := file.relative_to(project).as_posix())]


def levels(_project: Path, content: Content | None) -> Choices:
    """Return the levels of commendation."""
    return [(level, f"Cấp {level}") for level in (content.vocabulary.words.levels if content else ())]


def decided(_project: Path, _content: Content | None) -> Choices:
    """Return the acts that a decision may be about."""
    return [(kind.label, capitalize(kind.label)) for kind in DECIDED]


def describe_release(folder: Path) -> str:
    """Return the number of a release and the moment when it was made."""
    try:
        made = datetime.fromtimestamp((folder / NAME).stat().st_mtime).astimezone()
    except OSError:
        return f"Bản {folder.name} (hỏng)"
    return f"Bản {folder.name}, làm lúc {format_moment(made)}"


def name_consent_form(project: Path) -> str:
    """Return a file name for a consent form that is not taken."""
    return next(name for name in numbered("phieu-dong-y", ".docx") if not (project / name).exists())


def check_new(project: Path, read: Values) -> dict[str, str]:
    """Check that the file to be written does not exist."""
    is_taken = read["file"] and (project / read["file"]).exists()
    return {"file": f"Đã có tệp {read['file']}, không ghi đè; đặt tên khác"} if is_taken else {}


def check_period(_project: Path, read: Values) -> dict[str, str]:
    """Check that the first day is not after the last."""
    first, last = values.day(read["from"]), values.day(read["to"])
    what = f"Ngày cuối {format_date(last)} đứng trước ngày đầu {format_date(first)}; sửa một trong hai ngày"
    return {} if first <= last else {"to": what}


def check_sending(_project: Path, read: Values) -> dict[str, str]:
    """Check that a story is either to be sent, or to be noted as used somewhere."""
    if bool(read["stories"]) == bool(read["used"]):
        return {"stories": "Chọn bài để gửi, hoặc ở dưới chọn bài đã gửi được dùng; mỗi lần làm một việc"}
    if read["used"] and not read["where"]:
        return {"where": "Ô “Được dùng ở đâu” còn trống; điền rồi bấm lại"}
    return {}


def check_release(project: Path, read: Values) -> dict[str, str]:
    """Check that a release with withdrawn stories is chosen on purpose."""
    releases = project / FOLDER
    names, current = list_names(releases), read_current(releases)
    earlier = [name for name in names if current and int(name) < int(current)]
    wanted = read["number"] or (earlier[-1] if earlier else "")
    back = find_back(releases, names, wanted) if wanted else []
    what = f"Bản {wanted} còn bài đã gỡ ({', '.join(back)}); chọn bản khác, hoặc chọn rõ bản ấy và đánh dấu ô dưới đây"
    return {"number": what} if back and not (read["number"] and read["back"]) else {}


def check_target(project: Path, read: Values) -> dict[str, str]:
    """Check that the target, by default the last one, can be deployed to."""
    try:
        resolve_target(project, read["target"] or read_target(project))
    except DeployError as error:
        return {"target": capitalize(str(error))}
    return {}


def check_result(_project: Path, read: Values) -> dict[str, str]:
    """Check that a review's result is either in a file or in the boxes of one code."""
    if read["file"]:
        is_mixed = any(value for name, value in read.items() if name != "file")
        return {"file": "Đã chọn tệp thì để trống các ô dưới; hoặc bỏ chọn tệp"} if is_mixed else {}
    needed = {"code": "mã đăng ký", "day": "ngày bình xét", "votes": "số phiếu"}
    missing = {name: what for name, what in needed.items() if not read[name]}
    return {name: f"Chưa có {what}; điền ô này, hoặc chọn tệp kết quả" for name, what in missing.items()}
