"""Which commands the desk runs, with what each may be told: declared once, for the page and for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.bulletin.layout import PAPERS
from plugins.letters.kinds import KINDS
from plugins.preview.jobs import option_values as values
from plugins.preview.jobs.boxes import Command, Option
from plugins.recognition.entering_command import DECIDED
from plugins.recognition.papers_command import REVIEWS
from plugins.registers.collecting.files import is_spreadsheet
from plugins.release.deploy_target import read_target
from plugins.release.publishing import find_back
from plugins.release.store import FOLDER, list_names, read_current
from plugins.vietnamese import capitalize, format_date

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.content import Content
    from plugins.preview.jobs.boxes import Choices, Values


def _papers(_project: Path, _content: Content | None) -> Choices:
    return [(paper, paper if paper == "A4" else f"{paper.replace('x', ' × ')} cm") for paper in PAPERS]


def _communes(_project: Path, content: Content | None) -> Choices:
    known = sorted(content.vocabulary.communes, key=lambda one: one.sort_key) if content else []
    return [(one.id, one.dated_title) for one in known]


def _stories(_project: Path, content: Content | None) -> Choices:
    known = sorted(content.stories if content else (), key=lambda one: one.newest_first)
    return [(one.slug, f"{one.title} ({format_date(one.date)})") for one in known if not one.draft]


def _speeches(_project: Path, _content: Content | None) -> Choices:
    return [("bắc", "Bắc: linh, nghìn"), ("nam", "Nam: lẻ, ngàn")]


def _sent(_project: Path, content: Content | None) -> Choices:
    titles = {one.slug: one.title for one in content.stories} if content else {}
    sendings = sorted(content.sendings if content else (), key=lambda one: one.sent_on, reverse=True)
    return [(slug, titles.get(slug, slug)) for slug in dict.fromkeys(one.slug for one in sendings)]


def _letters(_project: Path, _content: Content | None) -> Choices:
    return [(kind.id, capitalize(kind.title)) for kind in KINDS]


def _releases(project: Path, _content: Content | None) -> Choices:
    current = read_current(project / FOLDER)
    return [(n, values.describe_release(project / FOLDER / n)) for n in _names(project) if n != current]


def _names(project: Path) -> list[str]:
    return list_names(project / FOLDER)[::-1]


def _check_period(_project: Path, read: Values) -> dict[str, str]:
    return values.check_period(read["from"], read["to"])


def _check_sending(_project: Path, read: Values) -> dict[str, str]:
    if bool(read["stories"]) == bool(read["used"]):
        return {"stories": "Chọn bài để gửi, hoặc ở dưới chọn bài đã gửi được dùng; mỗi lần làm một việc"}
    if read["used"] and not read["where"]:
        return {"where": "Ô “Được dùng ở đâu” còn trống; điền rồi bấm lại"}
    return {}


def _check_release(project: Path, read: Values) -> dict[str, str]:
    releases = project / FOLDER
    names, current = list_names(releases), read_current(releases)
    earlier = [name for name in names if current and int(name) < int(current)]
    wanted = read["number"] or (earlier[-1] if earlier else "")
    back = find_back(releases, names, wanted) if wanted else []
    if back and not (read["number"] and read["back"]):
        what = f"Bản {wanted} còn bài đã gỡ ({', '.join(back)})"
        return {"number": f"{what}; chọn bản khác, hoặc chọn rõ bản ấy và đánh dấu ô dưới đây"}
    return {}


def _check_target(project: Path, read: Values) -> dict[str, str]:
    return values.check_target(project, read["target"] or read_target(project))


def _results(project: Path, _content: Content | None) -> Choices:
    found = sorted(project.glob(f"{REVIEWS}/*/ket-qua-*"), reverse=True)
    return [(path, path) for file in found if is_spreadsheet(file) and (path := file.relative_to(project).as_posix())]


def _levels(_project: Path, content: Content | None) -> Choices:
    return [(level, f"Cấp {level}") for level in (content.vocabulary.words.levels if content else ())]


def _decided(_project: Path, _content: Content | None) -> Choices:
    return [(kind.label, capitalize(kind.label)) for kind in DECIDED]


def _check_result(_project: Path, read: Values) -> dict[str, str]:
    """Ask for a file, or for what is known of one code."""
    if read["file"]:
        is_mixed = any(value for name, value in read.items() if name != "file")
        return {"file": "Đã chọn tệp thì để trống các ô dưới; hoặc bỏ chọn tệp"} if is_mixed else {}
    needed = {"code": "mã đăng ký", "day": "ngày bình xét", "votes": "số phiếu"}
    missing = {name: what for name, what in needed.items() if not read[name]}
    return {name: f"Chưa có {what}; điền ô này, hoặc chọn tệp kết quả" for name, what in missing.items()}


_COMMUNE = Option("commune", "Địa bàn", choices=_communes, help="để trống là của cơ quan")
_NO_SAMPLES = Option("no-samples", "Không tính đăng ký mẫu", is_flag=True, help="đăng ký mẫu chỉ để minh họa")
_DATE = Option("date", "Ngày ghi trên báo cáo", values.read_day)
COMMANDS = (
    Command(
        "publish",
        "Xuất bản",
        (Option("drop-addresses", "Cho phép bỏ địa chỉ cũ", is_flag=True),),
        "Dựng bản công khai trên máy này và kiểm tra: không bài nháp, không bài mẫu. "
        "Bạn đọc thấy sau khi đưa lên mạng; còn lỗi thì bản đang dùng giữ nguyên.",
    ),
    Command(
        "deploy",
        "Đưa lên mạng",
        (
            Option("target", "Nơi đến", begins=read_target),
            Option("dry-run", "Chỉ kể, chưa làm", is_flag=True),
            Option("replace", "Thay tệp của người khác", is_flag=True),
        ),
        check=_check_target,
    ),
    Command(
        "rollback",
        "Quay lại bản trước",
        (
            Option("number", "Bản muốn dùng lại", choices=_releases, help="để trống là bản ngay trước bản đang dùng"),
            Option(
                "back",
                "Vẫn dùng dù bản ấy còn bài đã gỡ",
                is_flag=True,
                is_told=False,
                help="bài đã gỡ sẽ lại hiện khi đưa bản ấy lên mạng",
            ),
        ),
        "Dùng lại một bản đã xuất bản; bạn đọc thấy sau khi đưa lên mạng. Bài trong máy không đổi.",
        _check_release,
    ),
    Command(
        "check",
        "Kiểm tra",
        (Option("privacy", "Kể ai được nêu tên", is_flag=True),),
        "Đọc mọi bài, danh mục, sổ và nêu mọi lỗi; không thay đổi gì.",
    ),
    Command(
        "bulletin",
        "Làm bản tin in",
        (
            Option("from", "Từ ngày", values.read_day, "ngày đầu, ví dụ 1/7/2020", required=True),
            Option("to", "Đến ngày", values.read_day, required=True),
            Option("size", "Khổ giấy", choices=_papers, help="để trống là A4"),
            Option("output", "Tên tệp PDF", values.file_reader(".pdf")),
        ),
        check=_check_period,
    ),
    Command(
        "script",
        "Soạn bài đọc trên loa",
        (
            Option("stories", "Bài", choices=_stories, required=True, help="bài đã đăng"),
            Option("speech", "Giọng đọc số", choices=_speeches, help="để trống là giọng Bắc"),
        ),
    ),
    Command(
        "poster",
        "Làm áp phích A3",
        (Option("stories", "Bài", choices=_stories, required=True, help="bài đã đăng"),),
    ),
    Command(
        "report",
        "Lập báo cáo năm",
        (
            Option("year", "Năm", values.read_year),
            Option("commune", "Địa bàn", choices=_communes, help="để trống là báo cáo của cơ quan"),
            _DATE,
            Option("no-samples", "Không tính bài mẫu", is_flag=True, help="bài mẫu chỉ để minh họa"),
        ),
        "Lập báo cáo năm thành tệp Word, Excel và CSV; không ghi đè tệp nào.",
    ),
    Command(
        "statistics",
        "Lập phụ lục số liệu",
        (
            Option("from", "Từ ngày", values.read_day, required=True),
            Option("to", "Đến ngày", values.read_day, required=True),
            Option("commune", "Địa bàn", choices=_communes, help="để trống là tất cả"),
            Option("no-samples", "Không tính bài mẫu, số liệu mẫu", is_flag=True, help="chỉ để minh họa"),
        ),
        check=_check_period,
    ),
    Command(
        "send",
        "Gửi tin, bài lên cấp trên",
        (
            Option("stories", "Bài gửi", choices=_stories, help="bài đã đăng, mới nhất ở trên"),
            Option("to", "Nơi nhận"),
            Option("commune", "Địa bàn tự gửi", choices=_communes, help="để trống là cơ quan gửi"),
            Option("date", "Ngày gửi, hay ngày được dùng", values.read_day, "để trống là hôm nay"),
            Option("zip", "Gói thành tệp zip", is_flag=True, help="để gửi thư điện tử"),
            Option("used", "Hoặc ghi bài đã gửi nào được dùng", choices=_sent, help="khi ấy để trống ô Bài gửi"),
            Option("where", "Được dùng ở đâu", help="tên báo hoặc trang, số"),
        ),
        "Làm bộ bài gửi: bài Word, ảnh gốc, phiếu gửi, và ghi vào sổ gui-bai.csv; hoặc ghi bài đã gửi được dùng ở đâu.",
        _check_sending,
        "Làm",
    ),
    Command("calendar", "Làm tệp lịch", (Option("date", "Tính đến ngày", values.read_day, "để trống là hôm nay"),)),
    Command(
        "letters",
        "Làm kế hoạch, công văn, giấy mời",
        (
            Option("kind", "Loại văn bản", choices=_letters, help="theo mẫu trong content/mau/", required=True),
            Option("year", "Năm", values.read_year),
            Option("commune", "Địa bàn", choices=_communes, help="để trống là mọi nơi, hay của cơ quan"),
            Option("date", "Ngày ghi trên văn bản", values.read_day),
            Option("time", "Giờ, ngày họp", help="chỉ ghi trên giấy mời, ví dụ 8 giờ 00, 20/10/2026"),
            Option("venue", "Nơi họp", help="chỉ ghi trên giấy mời"),
            Option("template", "Tạo mẫu để sửa lời", is_flag=True, is_button=True),
        ),
        "Công văn đôn đốc mỗi nơi còn thiếu một tệp, kế hoạch năm, giấy mời họp bình xét; không ghi đè tệp nào.",
        button="Làm văn bản",
    ),
    Command(
        "register-template",
        "Tạo mẫu sổ đăng ký",
        (
            Option("year", "Năm của sổ", values.read_year),
            Option("papers", "Mẫu sổ theo dõi văn bản", is_flag=True),
            Option(
                "file",
                "Tên một mẫu chung",
                values.file_reader(".xlsx"),
                "để trống là mỗi địa bàn một tệp có sẵn mã; ghi tên thì tạo một mẫu chung, không có sẵn mã",
            ),
        ),
        check=values.check_new,
    ),
    Command(
        "collect",
        "Gộp sổ các nơi gửi về",
        (
            Option("year", "Năm của sổ", values.read_year),
            Option("write", "Ghi vào sổ", is_flag=True, is_button=True),
        ),
        "Kể dòng nào mới, đổi, thiếu, sai so với sổ, kèm lời nhắn để gửi lại từng nơi. "
        "Xem trước không ghi gì; Ghi vào sổ chỉ ghi những dòng không có lỗi, bản trước được cất.",
        button="Xem trước",
    ),
    Command(
        "review",
        "Lập giấy tờ bình xét",
        (
            Option("year", "Năm", values.read_year),
            _COMMUNE,
            Option("date", "Ngày họp", values.read_day),
            Option("codes", "Mã đăng ký"),
            Option("posted-at", "Nơi niêm yết"),
            Option("posted-until", "Niêm yết đến", values.read_day),
            _NO_SAMPLES,
        ),
        "Lập phiếu bình xét, biên bản, danh sách niêm yết và tệp Excel để ghi kết quả; không ghi đè tệp nào.",
    ),
    Command(
        "review-result",
        "Ghi kết quả bình xét",
        (
            Option("file", "Tệp kết quả đã điền", choices=_results, help="để trống thì điền các ô dưới đây"),
            Option("code", "Mã đăng ký"),
            Option("day", "Ngày bình xét", values.read_day),
            Option("votes", "Số phiếu"),
            Option("posted-at", "Nơi niêm yết"),
            Option("posted-until", "Niêm yết đến", values.read_day),
            Option("paper", "Biên bản"),
        ),
        check=_check_result,
    ),
    Command(
        "commend",
        "Lập hồ sơ khen thưởng",
        (
            Option("year", "Năm", values.read_year),
            _COMMUNE,
            Option("date", "Ngày lập", values.read_day),
            Option("codes", "Mã đăng ký"),
            Option("level", "Cấp khen thưởng", choices=_levels),
            Option("form", "Hình thức đề nghị"),
            _NO_SAMPLES,
        ),
        "Lập tờ trình, danh sách trích ngang, tóm tắt thành tích từng điển hình; chỗ chưa có số liệu được tô vàng.",
    ),
    Command(
        "decision",
        "Ghi quyết định",
        (
            Option("codes", "Mã các điển hình", required=True),
            Option("number", "Số quyết định"),
            Option("day", "Ngày quyết định", values.read_day, required=True),
            Option("kind", "Việc", choices=_decided),
            Option("form", "Hình thức"),
            Option("level", "Cấp", choices=_levels),
        ),
    ),
    Command("gather", "Thu số liệu các trang thành viên"),
    Command(
        "consent-form",
        "Tạo phiếu đồng ý",
        (Option("file", "Tên tệp Word", values.file_reader(".docx"), begins=values.name_consent_form),),
        check=values.check_new,
    ),
    Command(
        "archive",
        "Gói bản lưu",
        (Option("file", "Tên tệp zip", values.file_reader(".zip"), "để trống thì đặt theo số của bản"),),
        check=values.check_new,
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}
