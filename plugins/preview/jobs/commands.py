"""The commands that staff may run, declared once for the page and for the command line."""

from typing import Any

from plugins.preview.jobs import choices
from plugins.preview.jobs.boxes import Command, Option, file_reader, read_day, read_year
from plugins.release.rclone import read_target

_COMMUNE = Option("commune", "Địa bàn", choices=choices.communes, help="để trống là của cơ quan")
_NO_SAMPLES = Option("no-samples", "Không tính đăng ký mẫu", is_flag=True, help="đăng ký mẫu chỉ để minh họa")


def _command(name: str, label: str, *options: Option, **rest: Any) -> Command:
    return Command(name, label, options, **rest)


COMMANDS = (
    _command(
        "publish",
        "Xuất bản",
        Option("drop-addresses", "Cho phép bỏ địa chỉ cũ", is_flag=True),
        does="Dựng bản công khai trên máy này và kiểm tra: không bài nháp, không bài mẫu. "
        "Bạn đọc thấy sau khi đưa lên mạng; còn lỗi thì bản đang dùng giữ nguyên.",
    ),
    _command(
        "deploy",
        "Đưa lên mạng",
        Option("target", "Nơi đến", begins=read_target),
        Option("dry-run", "Chỉ kể, chưa làm", is_flag=True),
        Option("replace", "Thay tệp của người khác", is_flag=True),
        check=choices.check_target,
    ),
    _command(
        "rollback",
        "Quay lại bản trước",
        Option(
            "number", "Bản muốn dùng lại", choices=choices.releases, help="để trống là bản ngay trước bản đang dùng"
        ),
        Option(
            "back",
            "Vẫn dùng dù bản ấy còn bài đã gỡ",
            is_flag=True,
            is_passed=False,
            help="bài đã gỡ sẽ lại hiện khi đưa bản ấy lên mạng",
        ),
        does="Dùng lại một bản đã xuất bản; bạn đọc thấy sau khi đưa lên mạng. Bài trong máy không đổi.",
        check=choices.check_release,
    ),
    _command(
        "check",
        "Kiểm tra",
        Option("privacy", "Kể ai được nêu tên", is_flag=True),
        does="Đọc mọi bài, danh mục, sổ và nêu mọi lỗi; không thay đổi gì.",
    ),
    _command(
        "bulletin",
        "Làm bản tin in",
        Option("from", "Từ ngày", read_day, "ngày đầu, ví dụ 1/7/2020", required=True),
        Option("to", "Đến ngày", read_day, required=True),
        Option("size", "Khổ giấy", choices=choices.papers, help="để trống là A4"),
        Option("output", "Tên tệp PDF", file_reader(".pdf")),
        check=choices.check_period,
    ),
    _command(
        "script",
        "Soạn bài đọc trên loa",
        Option("stories", "Bài", choices=choices.stories, required=True, help="bài đã đăng"),
        Option("speech", "Giọng đọc số", choices=choices.speeches, help="để trống là giọng Bắc"),
    ),
    _command(
        "poster",
        "Làm áp phích A3",
        Option("stories", "Bài", choices=choices.stories, required=True, help="bài đã đăng"),
    ),
    _command(
        "report",
        "Lập báo cáo năm",
        Option("year", "Năm", read_year),
        Option("commune", "Địa bàn", choices=choices.communes, help="để trống là báo cáo của cơ quan"),
        Option("date", "Ngày ghi trên báo cáo", read_day),
        Option("no-samples", "Không tính bài mẫu", is_flag=True, help="bài mẫu chỉ để minh họa"),
        does="Lập báo cáo năm thành tệp Word, Excel và CSV; không ghi đè tệp nào.",
    ),
    _command(
        "statistics",
        "Lập phụ lục số liệu",
        Option("from", "Từ ngày", read_day, required=True),
        Option("to", "Đến ngày", read_day, required=True),
        Option("commune", "Địa bàn", choices=choices.communes, help="để trống là tất cả"),
        Option("no-samples", "Không tính bài mẫu, số liệu mẫu", is_flag=True, help="chỉ để minh họa"),
        check=choices.check_period,
    ),
    _command(
        "send",
        "Gửi tin, bài lên cấp trên",
        Option("stories", "Bài gửi", choices=choices.stories, help="bài đã đăng, mới nhất ở trên"),
        Option("to", "Nơi nhận"),
        Option("commune", "Địa bàn tự gửi", choices=choices.communes, help="để trống là cơ quan gửi"),
        Option("date", "Ngày gửi, hay ngày được dùng", read_day, "để trống là hôm nay"),
        Option("zip", "Gói thành tệp zip", is_flag=True, help="để gửi thư điện tử"),
        Option("used", "Hoặc ghi bài đã gửi nào được dùng", choices=choices.sent, help="khi ấy để trống ô Bài gửi"),
        Option("where", "Được dùng ở đâu", help="tên báo hoặc trang, số"),
        does="Làm bộ bài gửi: bài Word, ảnh gốc, phiếu gửi, và ghi vào sổ gui-bai.csv; "
        "hoặc ghi bài đã gửi được dùng ở đâu.",
        check=choices.check_sending,
        button="Làm",
    ),
    _command("calendar", "Làm tệp lịch", Option("date", "Tính đến ngày", read_day, "để trống là hôm nay")),
    _command(
        "letters",
        "Làm kế hoạch, công văn, giấy mời",
        Option("kind", "Loại văn bản", choices=choices.letters, help="theo mẫu trong content/mau/", required=True),
        Option("year", "Năm", read_year),
        Option("commune", "Địa bàn", choices=choices.communes, help="để trống là mọi nơi, hay của cơ quan"),
        Option("date", "Ngày ghi trên văn bản", read_day),
        Option("time", "Giờ, ngày họp", help="chỉ ghi trên giấy mời, ví dụ 8 giờ 00, 20/10/2026"),
        Option("venue", "Nơi họp", help="chỉ ghi trên giấy mời"),
        Option("template", "Tạo mẫu để sửa lời", is_flag=True, is_button=True),
        does="Công văn đôn đốc mỗi nơi còn thiếu một tệp, kế hoạch năm, giấy mời họp bình xét; không ghi đè tệp nào.",
        button="Làm văn bản",
    ),
    _command(
        "register-template",
        "Tạo mẫu sổ đăng ký",
        Option("year", "Năm của sổ", read_year),
        Option("papers", "Mẫu sổ theo dõi văn bản", is_flag=True),
        Option(
            "file",
            "Tên một mẫu chung",
            file_reader(".xlsx"),
            "để trống là mỗi địa bàn một tệp có sẵn mã; ghi tên thì tạo một mẫu chung, không có sẵn mã",
        ),
        check=choices.check_new,
    ),
    _command(
        "collect",
        "Gộp sổ các nơi gửi về",
        Option("year", "Năm của sổ", read_year),
        Option("write", "Ghi vào sổ", is_flag=True, is_button=True),
        does="Kể dòng nào mới, đổi, thiếu, sai so với sổ, kèm lời nhắn để gửi lại từng nơi. "
        "Xem trước không ghi gì; Ghi vào sổ chỉ ghi những dòng không có lỗi, bản trước được cất.",
        button="Xem trước",
    ),
    _command(
        "review",
        "Lập giấy tờ bình xét",
        Option("year", "Năm", read_year),
        _COMMUNE,
        Option("date", "Ngày họp", read_day),
        Option("codes", "Mã đăng ký"),
        Option("posted-at", "Nơi niêm yết"),
        Option("posted-until", "Niêm yết đến", read_day),
        _NO_SAMPLES,
        does="Lập phiếu bình xét, biên bản, danh sách niêm yết và tệp Excel để ghi kết quả; không ghi đè tệp nào.",
    ),
    _command(
        "review-result",
        "Ghi kết quả bình xét",
        Option("file", "Tệp kết quả đã điền", choices=choices.results, help="để trống thì điền các ô dưới đây"),
        Option("code", "Mã đăng ký"),
        Option("day", "Ngày bình xét", read_day),
        Option("votes", "Số phiếu"),
        Option("posted-at", "Nơi niêm yết"),
        Option("posted-until", "Niêm yết đến", read_day),
        Option("paper", "Biên bản"),
        check=choices.check_result,
    ),
    _command(
        "commend",
        "Lập hồ sơ khen thưởng",
        Option("year", "Năm", read_year),
        _COMMUNE,
        Option("date", "Ngày lập", read_day),
        Option("codes", "Mã đăng ký"),
        Option("level", "Cấp khen thưởng", choices=choices.levels),
        Option("form", "Hình thức đề nghị"),
        _NO_SAMPLES,
        does="Lập tờ trình, danh sách trích ngang, tóm tắt thành tích từng điển hình; "
        "chỗ chưa có số liệu được tô vàng.",
    ),
    _command(
        "decision",
        "Ghi quyết định",
        Option("codes", "Mã các điển hình", required=True),
        Option("number", "Số quyết định"),
        Option("day", "Ngày quyết định", read_day, required=True),
        Option("kind", "Việc", choices=choices.decided),
        Option("form", "Hình thức"),
        Option("level", "Cấp", choices=choices.levels),
    ),
    _command("gather", "Thu số liệu các trang thành viên"),
    _command(
        "consent-form",
        "Tạo phiếu đồng ý",
        Option("file", "Tên tệp Word", file_reader(".docx"), begins=choices.name_consent_form),
        check=choices.check_new,
    ),
    _command(
        "archive",
        "Gói bản lưu",
        Option("file", "Tên tệp zip", file_reader(".zip"), "để trống thì đặt theo số của bản"),
        check=choices.check_new,
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}
