"""The commands. `python3 tasks.py TASK` prepares .venv by itself; `inv TASK` runs in a prepared environment."""

import sys
from collections.abc import Callable
from pathlib import Path

from plugins import engine

CODE = Path(__file__).resolve().parent
PROJECT = engine.project_of(CODE)

if __name__ == "__main__":
    if engine.is_bundled(CODE):
        from plugins.windows import starting

        starting.start(CODE, sys.argv[1:])
    else:
        from plugins import environment

        environment.enter(CODE / "tasks.py", sys.argv[1:])

from invoke import Collection, Context, Exit, task

from plugins.staff_program import ManyWords, StaffProgram


def _run(command: Callable[[], int]) -> None:
    from plugins import crash

    if code := crash.run_guarded(PROJECT, command):
        raise Exit(code=code)


@task(
    help={
        "plain": "dựng lại từ đầu bằng một tiến trình, dù không có gì thay đổi; kết quả không khác",
        "date": "xem như hôm nay là ngày ấy, ví dụ 3/11/2020",
    }
)
def build(context: Context, plain: bool = False, date: str = "") -> None:
    """Dựng trang vào output/; bài có lỗi bị bỏ ra ngoài và được nêu tên."""
    from plugins.site.build import build as build_site
    from plugins.site.check import on_day

    _run(lambda: on_day(date, lambda day: build_site(PROJECT, plain=plain, day=day)))


@task(
    help={
        "json": "in kết quả dạng JSON cho công cụ khác",
        "privacy": "thay vào đó, kể ai được nêu tên ở bài nào, dòng nào, theo phiếu đồng ý số mấy",
        "date": "xem như hôm nay là ngày ấy, ví dụ 3/11/2020",
    }
)
def check(context: Context, json: bool = False, privacy: bool = False, date: str = "") -> None:
    """Đọc mọi tệp trong content/ và nêu mọi lỗi, mỗi lỗi một dòng."""
    from plugins.newsroom import people
    from plugins.site.check import check as check_content
    from plugins.site.check import on_day

    if privacy:
        _run(lambda: people.list_people(PROJECT, as_json=json))
    else:
        _run(lambda: on_day(date, lambda day: check_content(PROJECT, as_json=json, day=day)))


@task
def handbook(context: Context) -> None:
    """Ghi cả sổ tay thành một trang (HTML, và PDF nếu máy có trình duyệt) trong so-tay/, để in hay đọc ở máy khác."""
    from plugins.preview.handbook import pages

    _run(lambda: pages.write_handbook(PROJECT))


@task(help={"file": "tên tệp Word sẽ tạo; đã có tệp ấy thì không ghi đè"})
def consent_form(context: Context, file: str = "phieu-dong-y.docx") -> None:
    """Tạo phiếu đồng ý một trang A4 (tệp Word) để in cho nhân vật trong bài đọc và ký."""
    from plugins.newsroom import consent_form as form

    _run(lambda: form.write_form(PROJECT, file))


@task(
    positional=["folder"],
    help={
        "folder": "thư mục mới, chưa có gì bên trong; chỉ ghi tên thì đặt cạnh thư mục này",
        "level": "cấp của cơ quan: xã, phường, đặc khu, tỉnh hay thành phố",
        "name": "tên của địa bàn, ví dụ Đồng Xuân",
        "area": "tỉnh hay thành phố mà nơi ấy thuộc về",
        "address": "địa chỉ trang mới, nếu đã có",
        "places-file": "tệp chữ có danh sách địa bàn, mỗi nơi một dòng, thay cho dán vào",
        "from": "thư mục của trang cũ, khi tiếp nhận bài của trang ấy",
        "places": "những nơi tiếp nhận từ trang cũ: mã hay tên, cách nhau bằng dấu phẩy",
        "old-address": "địa chỉ trang cũ, nếu tệp co-quan.yaml ở đó chưa ghi",
        "tell-old": "ghi luôn vào trang cũ là chuyện được kể tiếp ở đâu; bản trước được cất trong .history",
    },
)
def start(
    context: Context,
    folder: str,
    level: str = "",
    name: str = "",
    area: str = "",
    address: str = "",
    places_file: str = "",
    from_: str = "",
    places: str = "",
    old_address: str = "",
    tell_old: bool = False,
) -> None:
    """Lập trang cho một cơ quan khác, trong thư mục riêng: danh mục, trang, sổ trống, một bài mẫu."""
    from plugins.starting import command

    given = {"level": level, "name": name, "area": area, "address": address, "places-file": places_file}
    given |= {"from": from_, "places": places, "old-address": old_address}
    _run(lambda: command.start_project(PROJECT, folder, given, tell_old=tell_old))


@task(
    help={
        "title": "tiêu đề bài",
        "date": "ngày đăng, ví dụ 19/8/2020",
        "field": "lĩnh vực",
        "commune": "địa bàn của bài, theo tên trong danh mục",
        "kind": "tập thể, cá nhân hoặc mô hình; không ghi nếu là tin thường",
    }
)
def new(context: Context, title: str = "", date: str = "", field: str = "", commune: str = "", kind: str = "") -> None:
    """Tạo thư mục cho một bài mới, có sẵn mọi mục cần khai."""
    from plugins.newsroom import scaffold

    given = {"title": title, "date": date, "field": field, "commune": commune, "kind": kind}
    _run(lambda: scaffold.create_story(PROJECT, given))


@task(
    klass=ManyWords,
    name="import",
    positional=["document"],
    iterable=["photos"],
    help={"document": "tệp .docx, .odt hoặc .txt", "photos": "các tệp ảnh, bao nhiêu cũng được"},
)
def import_document(context: Context, document: str, photos: list[str]) -> None:
    """Lập bài nháp từ một tệp Word và các ảnh, ví dụ: import bai.docx anh1.jpg anh2.jpg."""
    from plugins.newsroom import importing

    _run(lambda: importing.import_story(PROJECT, document, photos))


@task(
    help={
        "year": "năm báo cáo, ví dụ 2020; bỏ trống là năm của ngày báo cáo",
        "commune": "báo cáo của một địa bàn, theo tên trong danh mục; bỏ trống là của cơ quan",
        "date": "ngày ghi trên báo cáo, ví dụ 3/11/2020; bỏ trống là hôm nay",
        "samples": "--no-samples: không tính bài mẫu",
    }
)
def report(context: Context, year: str = "", commune: str = "", date: str = "", samples: bool = True) -> None:
    """Lập báo cáo năm thành tệp Word, Excel và CSV trong bao-cao/; không ghi đè tệp nào."""
    from plugins.reports import command

    _run(lambda: command.write_report(PROJECT, year, commune, date, samples=samples))


@task(
    klass=ManyWords,
    iterable=["stories"],
    help={
        "stories": "tên thư mục của bài, bao nhiêu bài cũng được",
        "speech": "giọng đọc số: bắc (linh, nghìn) hoặc nam (lẻ, ngàn); bỏ trống là bắc",
    },
)
def script(context: Context, stories: list[str], speech: str = "") -> None:
    """Soạn bài đọc trên loa 2–3 phút (Word và .txt, số viết thành chữ) và tin Zalo của bài, trong lan-toa/."""
    from plugins.spreading import command

    _run(lambda: command.write_scripts(PROJECT, stories, speech))


@task(klass=ManyWords, iterable=["stories"], help={"stories": "tên thư mục của bài, bao nhiêu bài cũng được"})
def poster(context: Context, stories: list[str]) -> None:
    """Làm áp phích A3 của bài (PDF, có ảnh, ba con số, mã QR) để treo ở nhà văn hóa, trong lan-toa/."""
    from plugins.spreading import command

    _run(lambda: command.make_posters(PROJECT, stories))


@task(
    help={
        "year": "năm của sổ đăng ký, ví dụ 2020; bỏ trống là năm của ngày bình xét",
        "commune": "bình xét ở một địa bàn, ví dụ Đồng Xuân; bỏ trống là của cơ quan",
        "date": "ngày họp bình xét, ví dụ 3/11/2020; bỏ trống thì để chỗ ghi tay",
        "codes": "chỉ đưa ra các mã này, cách nhau bằng dấu phẩy; bỏ trống là mọi đăng ký chưa bình xét",
        "posted-at": "nơi niêm yết danh sách, nếu đã biết",
        "posted-until": "niêm yết đến hết ngày nào, nếu đã biết",
        "samples": "--no-samples: bỏ đăng ký mẫu",
    }
)
def review(
    context: Context,
    year: str = "",
    commune: str = "",
    date: str = "",
    codes: str = "",
    posted_at: str = "",
    posted_until: str = "",
    samples: bool = True,
) -> None:
    """Lập giấy tờ bình xét: phiếu, biên bản, danh sách niêm yết và tệp ghi kết quả, vào binh-xet/."""
    from plugins.recognition import command

    given = {"commune": commune, "date": date, "codes": codes, "posted-at": posted_at, "posted-until": posted_until}
    _run(lambda: command.write_review(PROJECT, year, given, samples=samples))


@task(
    help={
        "file": "tệp kết quả (.xlsx, .csv) đã điền; hoặc ghi từng mục dưới đây của một mã",
        "code": "mã đăng ký, ví dụ DK-2020-012",
        "day": "ngày bình xét",
        "votes": "số phiếu đồng ý/số người dự, ví dụ 45/48",
        "posted-at": "nơi niêm yết",
        "posted-until": "niêm yết đến hết ngày nào",
        "paper": "biên bản: số và ký hiệu",
    }
)
def review_result(
    context: Context,
    file: str = "",
    code: str = "",
    day: str = "",
    votes: str = "",
    posted_at: str = "",
    posted_until: str = "",
    paper: str = "",
) -> None:
    """Ghi kết quả bình xét vào sổ việc của năm; một chỗ sai thì chưa ghi gì; bản trước được cất trong .history."""
    from plugins.recognition import command

    given = {"file": file, "code": code, "day": day, "votes": votes, "paper": paper}
    _run(lambda: command.enter_result(PROJECT, given | {"posted-at": posted_at, "posted-until": posted_until}))


@task(
    help={
        "year": "năm của sổ đăng ký, ví dụ 2020; bỏ trống là năm của ngày lập",
        "commune": "đề nghị của một địa bàn, ví dụ Đồng Xuân; bỏ trống là của cơ quan",
        "date": "ngày ghi trên giấy tờ; bỏ trống thì để chỗ ghi tay",
        "codes": "chỉ đề nghị các mã này, cách nhau bằng dấu phẩy; bỏ trống là ai đã công nhận mà chưa khen",
        "level": "cấp khen thưởng: thôn, xã, huyện, tỉnh, trung ương; bỏ trống là cấp của nơi lập, của thôn là xã",
        "form": "hình thức đề nghị, ví dụ Giấy khen; bỏ trống thì để chỗ điền",
        "samples": "--no-samples: bỏ đăng ký mẫu",
    }
)
def commend(
    context: Context,
    year: str = "",
    commune: str = "",
    date: str = "",
    codes: str = "",
    level: str = "",
    form: str = "",
    samples: bool = True,
) -> None:
    """Lập hồ sơ khen thưởng: tờ trình, danh sách trích ngang, tóm tắt thành tích từng điển hình, vào khen-thuong/."""
    from plugins.recognition import command

    given = {"commune": commune, "date": date, "codes": codes, "level": level, "form": form}
    _run(lambda: command.write_commendation(PROJECT, year, given, samples=samples))


@task(
    help={
        "codes": "mã các điển hình trong quyết định, cách nhau bằng dấu phẩy",
        "number": "số và ký hiệu quyết định, ví dụ 38/QĐ-MTTQ-BTT",
        "day": "ngày quyết định",
        "kind": "công nhận, khen thưởng hay biểu dương; bỏ trống thì theo hình thức",
        "form": "hình thức, ví dụ Giấy khen; công nhận thì bỏ trống",
        "level": "cấp: thôn, xã, huyện, tỉnh, trung ương; công nhận thì bỏ trống",
    }
)
def decision(
    context: Context,
    codes: str = "",
    number: str = "",
    day: str = "",
    kind: str = "",
    form: str = "",
    level: str = "",
) -> None:
    """Ghi một quyết định công nhận, khen thưởng, biểu dương vào sổ việc của năm; bản trước được cất trong .history."""
    from plugins.recognition import command

    given = {"codes": codes, "number": number, "day": day, "kind": kind, "form": form, "level": level}
    _run(lambda: command.enter_decision(PROJECT, given))


@task(help={"date": "xem như hôm nay là ngày ấy, ví dụ 3/11/2020"})
def calendar(context: Context, date: str = "") -> None:
    """Làm tệp lịch .ics trong lich/ cho Outlook, Google Lịch, điện thoại: hạn, bình xét, niêm yết, thăm, họp."""
    from plugins.agenda import command

    _run(lambda: command.write_calendar(PROJECT, date))


@task(
    help={
        "from": "ngày đầu, ví dụ 1/1/2026",
        "to": "ngày cuối, tính cả ngày ấy",
        "commune": "của một địa bàn; bỏ trống là tất cả",
        "samples": "--no-samples: không tính bài mẫu, số liệu mẫu",
    }
)
def statistics(context: Context, from_: str = "", to: str = "", commune: str = "", samples: bool = True) -> None:
    """Lập phụ lục số liệu của một khoảng ngày thành tệp Word, Excel, CSV trong so-lieu/; không ghi đè tệp nào."""
    from plugins.statistics import command

    _run(lambda: command.write_statistics(PROJECT, from_, to, commune, samples=samples))


@task(
    klass=ManyWords,
    iterable=["stories"],
    help={
        "stories": "tên thư mục của các bài",
        "to": "nơi nhận; bỏ trống là cơ quan cấp trên ghi trong co-quan.yaml",
        "zip": "gói thành một tệp zip để gửi thư điện tử",
        "commune": "một địa bàn tự gửi lên cấp trên của mình; bỏ trống là cơ quan phụ trách trang",
        "date": "ngày gửi, hay ngày được dùng; bỏ trống là hôm nay",
        "used": "thay vào đó, ghi bài đã gửi này đã được dùng",
        "where": "bài được dùng ở đâu: tên báo hoặc trang, số",
    },
)
def send(
    context: Context,
    stories: list[str],
    to: str = "",
    zip: bool = False,
    commune: str = "",
    date: str = "",
    used: str = "",
    where: str = "",
) -> None:
    """Làm bộ bài gửi cấp trên trong gui-bai/: bài Word, ảnh gốc, phiếu gửi; ghi vào content/gui-bai.csv."""
    from plugins.sending import command

    if used:
        _run(lambda: command.note_use(PROJECT, used, where, date, to))
    else:
        _run(lambda: command.send(PROJECT, stories, to, date, commune, zipped=zip))


@task(help={"port": "cổng muốn dùng; bận thì lấy cổng trống kế tiếp", "no-open": "không tự mở trình duyệt"})
def preview(context: Context, port: str = "8000", no_open: bool = False) -> None:
    """Xem thử trang trên máy này, kể cả bài nháp; lưu tệp là trang đang mở đổi theo."""
    from plugins.preview import command

    _run(lambda: command.preview(PROJECT, port, open_browser=not no_open))


@task(
    help={
        "year": "năm của sổ, ví dụ 2026; bỏ trống là năm nay",
        "file": "tạo một mẫu chung tên ấy, không có mã sẵn, thay cho mỗi nơi một tệp; đã có tệp ấy thì không ghi đè",
        "papers": "tạo mẫu sổ theo dõi văn bản của cơ quan, thay cho sổ gửi các nơi",
    },
)
def register_template(context: Context, year: str = "", file: str = "", papers: bool = False) -> None:
    """Tạo mẫu sổ đăng ký của một năm: mỗi địa bàn một tệp Excel trong so-cac-xa/, có sẵn mã, danh sách để chọn."""
    from plugins.registers import template

    _run(lambda: template.write_template(PROJECT, year, file, papers=papers))


@task(
    klass=ManyWords,
    iterable=["files"],
    help={
        "files": "các tệp .xlsx, .csv gửi về, hay thư mục có chúng; bỏ trống là so-cac-xa/<năm>",
        "year": "năm của sổ, ví dụ 2026; bỏ trống là năm nay",
        "write": "ghi những dòng không có lỗi vào sổ; bản trước được cất trong .history",
    },
)
def collect(context: Context, files: list[str], year: str = "", write: bool = False) -> None:
    """Gộp sổ các nơi gửi về: kể dòng nào mới, đổi, thiếu, sai, kèm lời nhắn gửi lại; --write thì ghi vào sổ."""
    from plugins.registers.collecting import command

    _run(lambda: command.collect(PROJECT, files, year, write=write))


@task(
    help={
        "year": "năm của sổ đăng ký, ví dụ 2020; bỏ trống là năm của ngày tính đến",
        "date": "xem như hôm nay là ngày ấy, ví dụ 3/11/2020",
        "json": "in kết quả dạng JSON cho công cụ khác",
    }
)
def progress(context: Context, year: str = "", date: str = "", json: bool = False) -> None:
    """Xem từng địa bàn đã gửi văn bản nào, làm tới đâu, còn mấy ngày hay quá hạn, và thư đôn đốc soạn sẵn để gửi."""
    from plugins.registers import follow_up

    _run(lambda: follow_up.show_progress(PROJECT, year, date, as_json=json))


@task(
    help={
        "kind": "don-doc (mỗi nơi còn thiếu một công văn), ke-hoach (kế hoạch năm) hoặc giay-moi (mời họp bình xét)",
        "year": "năm thi đua, ví dụ 2026; bỏ trống là năm của ngày văn bản",
        "commune": "chỉ của một địa bàn; bỏ trống là mọi nơi, hay của cơ quan",
        "date": "ngày ghi trên văn bản, ví dụ 3/11/2026; bỏ trống là hôm nay",
        "time": 'giờ, ngày họp ghi trên giấy mời, ví dụ "8 giờ 00, 20/10/2026"',
        "venue": "nơi họp ghi trên giấy mời",
        "template": "thay vào đó, ghi mẫu vào content/mau/ để sửa lời trong Word; đã có thì giữ nguyên",
        "fields": "thay vào đó, kể tên các trường mà mẫu được dùng",
    }
)
def letters(
    context: Context,
    kind: str = "",
    year: str = "",
    commune: str = "",
    date: str = "",
    time: str = "",
    venue: str = "",
    template: bool = False,
    fields: bool = False,
) -> None:
    """Làm công văn đôn đốc, kế hoạch năm, giấy mời bình xét (tệp Word) theo mẫu của cơ quan; không ghi đè tệp nào."""
    from plugins.letters import command

    if template or fields:
        _run(lambda: command.list_fields(kind) if fields else command.write_templates(PROJECT, kind))
    else:
        _run(lambda: command.write_letters(PROJECT, kind, year, date, commune, time, venue))


@task(
    help={
        "plain": "dựng lại từ đầu bằng một tiến trình, dù không có gì thay đổi; kết quả không khác",
        "report": "ghi kết quả kiểm tra thành report.html và report.json cạnh bản mới",
        "drop-addresses": "cho phép bỏ những địa chỉ đang có trên mạng mà bản mới không còn",
        "date": "xem như hôm nay là ngày ấy, ví dụ 3/11/2020",
    }
)
def publish(
    context: Context, plain: bool = False, report: bool = False, drop_addresses: bool = False, date: str = ""
) -> None:
    """Dựng bản công khai vào releases/ và kiểm tra: không bài nháp, không bài mẫu; lệnh deploy đưa lên máy chủ."""
    from plugins.release import publishing
    from plugins.site.check import on_day

    how = {"plain": plain, "report": report, "drop_addresses": drop_addresses}
    _run(lambda: on_day(date, lambda day: publishing.publish(PROJECT, **how, day=day)))


@task
def releases(context: Context) -> None:
    """Kể các bản đã xuất bản còn giữ, và bản nào đang dùng."""
    from plugins.release.releases import list_releases

    _run(lambda: list_releases(PROJECT))


@task(
    klass=ManyWords,
    iterable=["number"],
    help={"number": "số của bản muốn dùng lại; bỏ trống là bản ngay trước bản đang dùng"},
)
def rollback(context: Context, number: list[str]) -> None:
    """Dùng lại một bản đã xuất bản trước đây."""
    from plugins.release.releases import rollback as roll_back

    _run(lambda: roll_back(PROJECT, " ".join(number)))


@task(
    klass=ManyWords,
    iterable=["target"],
    help={
        "target": "nơi đã khai trong rclone, ví dụ may-chu:public_html, hoặc một thư mục; bỏ trống là nơi lần trước",
        "dry-run": "chỉ nói sẽ đưa lên và xóa những gì",
        "replace": "được thay những tệp trùng tên mà người khác đã đặt ở nơi đến",
    },
)
def deploy(context: Context, target: list[str], dry_run: bool = False, replace: bool = False) -> None:
    """Đưa bản đang phát hành lên nơi người đọc xem, bằng rclone; đứt mạng thì chạy lại là tiếp tục."""
    from plugins.release import deploy as deploying

    _run(lambda: deploying.deploy(PROJECT, " ".join(target), dry_run=dry_run, replace=replace))


@task(help={"file": "tên tệp zip sẽ tạo; đã có tệp ấy thì không ghi đè"})
def archive(context: Context, file: str = "") -> None:
    """Gói bản đang phát hành thành một tệp zip mở được từ đĩa, để chép vào USB hay nộp lưu trữ."""
    from plugins.release import archive as archiving

    _run(lambda: archiving.archive(PROJECT, file))


@task(
    help={
        "allow-failures": "bao nhiêu trang chưa lấy được thì vẫn coi là xong, ví dụ 5; bỏ trống là không trang nào",
        "json": "in kết quả dạng JSON cho công cụ khác",
    }
)
def gather(context: Context, allow_failures: str = "", json: bool = False) -> None:
    """Thu số liệu mở của các trang thành viên kể trong nguon.yaml về content/thu-ve/; trang nào lỗi giữ bản cũ."""
    from plugins.gathering import command

    _run(lambda: command.gather(PROJECT, allow_failures, as_json=json))


@task(
    help={
        "from": "ngày đầu, ví dụ 2020-07-01 hoặc 1/7/2020",
        "to": "ngày cuối, tính cả ngày ấy",
        "output": "tên tệp PDF sẽ làm; bỏ trống thì đặt theo hai ngày",
        "size": "khổ giấy: A4, hoặc 19x27 (cm)",
    }
)
def bulletin(context: Context, from_: str = "", to: str = "", output: str = "", size: str = "A4") -> None:
    """Làm bản tin in (PDF khổ A4 hoặc 19 × 27 cm) từ các bài đã đăng trong một khoảng ngày."""
    from plugins.bulletin import command

    _run(lambda: command.write_bulletin(PROJECT, from_, to, output, size))


@task(
    help={
        "file": "tên tệp zip sẽ tạo; đã có tệp ấy thì không ghi đè",
        "content": "--no-content: không kèm bản sao của content/, để cập nhật máy đã có",
    }
)
def bundle_windows(context: Context, file: str = "", content: bool = True) -> None:
    """Gói cả chương trình thành một tệp zip chạy được trên Windows chưa có Python; lần đầu cần mạng để tải."""
    from plugins.windows import making

    _run(lambda: making.bundle_windows(PROJECT, file, content=content))


@task
def clean(context: Context) -> None:
    """Xóa những gì các lệnh khác dựng ra; không đụng tới nội dung."""
    from plugins.site.build import clean_project

    _run(lambda: clean_project(PROJECT))


@task(
    help={
        "only": "chỉ chạy một tệp thử, hay những bài thử có tên khớp (như pytest -k)",
        "fast": "bỏ qua bài thử nào chạy chậm, hay mở trình duyệt, máy chủ, lệnh khác; bỏ qua mypy",
    }
)
def test(context: Context, only: str = "", fast: bool = False) -> None:  # noqa: PT028 - a task, not a test
    """Chạy mọi kiểm tra: cách viết mã, kiểu dữ liệu, pytest và trình duyệt."""
    from tests import run

    _run(lambda: run.run_all(PROJECT, only, fast=fast))


@task
def bench(context: Context) -> None:
    """Đo thời gian dựng 100, 1.000, 10.000 bài: từ đầu, rồi khi đổi một bài; so với Pelican thường, Hugo, Eleventy."""
    from tests.benchmark import report

    _run(lambda: report.run(PROJECT, report.Plan((100, 1_000, 10_000))))


@task
def audit(context: Context) -> None:
    """Đo từng loại trang nặng bao nhiêu, mạng chậm thì bao lâu đọc được, và Lighthouse chấm mấy điểm."""
    from tests.audit import report

    _run(lambda: report.run(PROJECT))


@task
def audit_dependencies(context: Context) -> None:
    """Hỏi pip-audit xem thư viện nào đã ghim có lỗ hổng được biết (cần mạng)."""
    import subprocess

    # --strict: a library unknown to the source of vulnerabilities is no pass.
    words = ["-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    command = [sys.executable, *words, "--requirement", "requirements-dev.txt"]
    _run(lambda: subprocess.run(command, cwd=PROJECT, check=False).returncode)  # noqa: S603 - our own words


if __name__ == "__main__":
    StaffProgram(namespace=Collection.from_module(sys.modules[__name__]), name="tasks.py").run()
