"""Read content/danh-muc/co-quan.yaml: the offices that run the site, one at a time."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from plugins.content.addresses.urls import ascii_host
from plugins.content.territory.kinds import KINDS_BY_NAME, LEVELS
from plugins.content.vocabulary.terms import Office, is_placeholder
from plugins.sources import values
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record, Value, parse_record
from plugins.sources.yaml_nodes import Node
from plugins.vietnamese import format_date

OFFICES = "co-quan.yaml"
_place = values.choice("Loại địa bàn", {name: name for name in KINDS_BY_NAME})


def _places(value: Value) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_place, values.texts(value))))


def parse_site_url(value: Value) -> str:
    """Return the address of a site, with an ASCII host; Invalid if it has a path or is none."""
    written = values.text(value).rstrip("/")
    scheme, _, host = written.partition("://")
    url = f"{scheme}://{ascii_host(host)}"
    if not re.fullmatch(r"https?://[\w.:-]+", url, re.ASCII):
        fix = "viết dạng https://ten-mien, không có đường dẫn phía sau"
        raise Invalid(f'Địa chỉ trang "{written}" không hợp lệ', fix)
    return url


def _authority(value: Value) -> str:
    """Return the authority of tag URIs, with its date (RFC 4151)."""
    host, comma, since = values.text(value).partition(",")
    host = ascii_host(host.strip()).lower()
    if not comma or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
        raise Invalid(f'Mã nguồn tin "{value}" không đúng dạng', "viết: tên miền, ngày, ví dụ example.vn, 1/1/2027")
    return f"{host},{values.day(since.strip()).isoformat()}"


BULLETIN_KEYS = (
    Key("bulletin", "tên bản tin", values.text, "Tên bản tin in; bỏ trống thì là “Bản tin” và tên gọn"),
    Key("licence", "giấy phép bản tin", values.text, "Số, ngày giấy phép xuất bản bản tin, nơi cấp"),
    Key("printer", "nơi in", values.text, "Nơi in bản tin"),
    Key("print_run", "số lượng in", values.text, "Mỗi kỳ in bao nhiêu bản"),
    Key("frequency", "kỳ hạn bản tin", values.text, "Bao lâu ra một kỳ"),
    Key("bulletin_head", "chịu trách nhiệm bản tin", values.text, "Họ tên, chức vụ người chịu trách nhiệm xuất bản"),
)
OFFICE_KEYS = (
    Key("name", "tên", values.text, "Tên cơ quan", required=True),
    Key("short", "tên gọn", values.text, "Tên ở đầu trang", required=True),
    Key("level", "cấp", values.choice("Cấp", {name: name for name in LEVELS}), " | ".join(LEVELS)),
    Key("places", "loại địa bàn", _places, "Các loại nơi thuộc cơ quan, ví dụ [thôn, buôn, tổ dân phố]"),
    Key("area", "địa bàn", values.text, "Nơi mà địa bàn của cơ quan thuộc về, hiện dưới tên", required=True),
    Key("governing_body", "cơ quan chủ quản", values.text, "Cơ quan cấp trên", required=True),
    Key("responsible", "chịu trách nhiệm", values.text, "Ai chịu trách nhiệm nội dung", required=True),
    Key("address", "địa chỉ", values.text, "Địa chỉ trụ sở", required=True),
    Key("phone", "điện thoại", values.text, "Điện thoại cơ quan", required=True),
    Key("email", "thư điện tử", values.text, "Hộp thư cơ quan", required=True),
    Key("site_url", "địa chỉ trang", parse_site_url, "Địa chỉ công khai của trang này", required=True),
    Key(
        "feed_authority",
        "mã nguồn tin",
        _authority,
        "Tên miền riêng của trang, ngày bắt đầu dùng: mã trong nguồn tin của bài từ ngày ấy; ghi một lần, không đổi",
        "mattran.example.vn, 1/1/2027",
    ),
    Key("since", "từ ngày", values.day, "Ngày đầu tiên cơ quan phụ trách trang"),
    Key("until", "đến ngày", values.day, "Ngày cơ quan kết thúc hoạt động, nếu có"),
    Key("successor", "kế tục", values.text, "Ai làm tiếp công việc, nếu có"),
    Key("elsewhere", "trang khác", values.yes_or_no, "có: cơ quan ấy đăng bài ở trang khác, bài nay chuyển về đây"),
    *BULLETIN_KEYS,
)
# Not required of an office that no longer runs the site.
_REACHED_BY = ("address", "phone", "email", "site_url")


def _or_gap(parse: Callable[[Value], Any]) -> Callable[[Value], Any]:
    """Return a reader that returns "" for a placeholder."""
    return lambda value: "" if isinstance(value, str) and is_placeholder(value) else parse(value)


# Missing facts only stop a publish, so `_make_office` reports them.
_READ = tuple(replace(key, parse=_or_gap(key.parse), required=False) for key in OFFICE_KEYS)


def read_offices(node: Node, path: str, problems: list[Problem]) -> tuple[Office, ...]:
    """Return one office or several, in order of time; empty if any has an error. Problems go to `problems`."""
    loaded: list[tuple[Office, Record]] = []
    before = len(problems)
    for item in node.items if node.kind == "list" else [node]:
        if item.kind != "mapping":
            fix = "bắt đầu mỗi cơ quan bằng “- tên: …”, như mẫu trong sổ tay"
            problems.append(Problem(path, item.line, "Cơ quan không gồm các dòng Tên: giá trị", fix))
            continue
        record = parse_record(_READ, item, path, item.line)
        problems += record.problems
        record.problems = problems
        loaded.append((_make_office(record), record))
    loaded.sort(key=lambda one: one[0].since or date.min)
    _check_lives(loaded)
    if any(problem.level is Level.ERROR for problem in problems[before:]):
        return ()
    return tuple(office for office, _ in loaded)


def _make_office(record: Record) -> Office:
    unfilled: list[Problem] = []
    unreachable: list[Problem] = []
    for key in OFFICE_KEYS:
        at = record.lines.get(key.attribute)
        if record.get(key.attribute) or key.attribute in record.refused:
            continue
        if at and (key.required or key.attribute in record.values):
            message, fix = f'Mục "{key.name}" của cơ quan chưa được điền', "điền trước khi xuất bản"
            unfilled.append(Problem(record.path, at, message, fix, Level.ADVICE))
        elif not at and key.required:
            message, fix = f'Thiếu mục "{key.name}" của cơ quan', f"thêm dòng {key.name}: …"
            missing = unreachable if key.attribute in _REACHED_BY else unfilled
            missing.append(Problem(record.path, record.line, message, fix, Level.ADVICE))
    given = {attribute: value for attribute, value in record.values.items() if value}
    return Office(**given, unfilled=tuple(unfilled), unreachable=tuple(unreachable))


def _check_lives(loaded: list[tuple[Office, Record]]) -> None:
    """Report offices that do not follow one another: exactly one runs the site on each day."""
    for office, record in loaded:
        if office.since and office.until and office.until < office.since:
            start, end = format_date(office.since), format_date(office.until)
            what = f"Cơ quan này kết thúc ngày {end}, trước khi bắt đầu ngày {start}"
            record.report("until", what, "sửa lại hai ngày")
    for (one, before), (other, after) in pairwise(loaded):
        if other.since is None:
            what = f"Cơ quan này và cơ quan ở dòng {before.line} đều không ghi bắt đầu từ ngày nào"
            after.report(None, what, "thêm dòng từ ngày: … cho cơ quan đến sau")
            continue
        start, eve = format_date(other.since), other.since - timedelta(days=1)
        if one.until is None:
            what = f"Cơ quan này không có ngày kết thúc mà cơ quan ở dòng {after.line} đã bắt đầu từ {start}"
            before.report(None, what, f"thêm dòng đến ngày: {format_date(eve)}")
        elif one.until >= other.since:
            what = f"Cơ quan này bắt đầu từ {start} khi cơ quan ở dòng {before.line} còn đến {format_date(one.until)}"
            after.report("since", what, "sửa lại hai ngày cho nối nhau: mỗi ngày chỉ một cơ quan phụ trách trang")
        elif one.until < eve:
            gap = f"Từ {format_date(one.until + timedelta(days=1))} đến {format_date(eve)}"
            what = f"{gap} không có cơ quan nào phụ trách trang"
            after.report("since", what, "sửa lại hai ngày cho nối nhau nếu ghi nhầm", Level.ADVICE)
