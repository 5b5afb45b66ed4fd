"""Checks of a command's values together: each returns sentences by the name of an option, none if all is well."""

from pathlib import Path

from plugins.preview.jobs.boxes import Values
from plugins.release.rclone import DeployError, read_target, resolve_target
from plugins.release.releases import find_back
from plugins.release.store import FOLDER, list_names, read_current
from plugins.sources import values
from plugins.vietnamese import capitalize, format_date


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
