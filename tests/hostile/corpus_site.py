"""One small site twice: its every field says something innocent, or carries every script that we know; else alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from plugins.content.cross_checks import check_body
from plugins.markdown.reading import read_body
from tests.conftest import make_image
from tests.hostile.mutation import FORMULAS, SCRIPTS
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# The same beginning in both sites, so that they sort and number alike; the scripts follow it.
Say: TypeAlias = "Callable[[str], str]"
# In one line, as every field has it; | parts a line of a list.
_ATTACK = " ".join(" ".join(script.split()) for script in SCRIPTS).replace("|", "/")


# Of a body only those that the checker lets pass, of which only the sanitizer then stands in the way.
_IN_A_LINE = [" ".join(script.split()).replace("|", "/") for script in SCRIPTS]
_BODY_ATTACK = " ".join(script for script in _IN_A_LINE if not list(check_body("", read_body(f"a {script} b"))))


def innocent(name: str) -> str:
    """Say no more than a name."""
    return name


def evil(name: str) -> str:
    """Say a name and every script after it."""
    return f"{name} {_ATTACK}"


def _in_body(say: Say, name: str) -> str:
    return f"{name} {_BODY_ATTACK}" if say is evil else name


def _yaml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "").replace("\u2029", "")


def write_site(project: Path, say: Say) -> Path:
    """Fill a copy of the project whose content is gone; every text of every kind of file comes from `say`."""

    def write(path: str, text: str | bytes) -> None:
        checkout.write(project, f"content/{path}", text)

    def record(**keys: str) -> str:
        return "".join(f"  {name.replace('_', ' ')}: {value}\n" for name, value in keys.items()).replace("  ", "- ", 1)

    def text(name: str) -> str:
        return _yaml(say(name))

    write(
        "danh-muc/linh-vuc.yaml",
        record(
            mã="kinh-te",
            tên=text("Kinh tế"),
            tên_gọn=text("Kinh"),
            tên_khác=f"[{text('Làm ăn')}]",
            màu='"#8a5a00"',
            mô_tả=text("Khá"),
        )
        + record(mã="van-hoa", tên=text("Văn hóa"), màu='"#0f5e8c"', mô_tả=text("Học")),
    )
    write(
        "danh-muc/xa.yaml",
        record(
            mã="nam-dong",
            loại="xã",
            tên=text("Nam Dong"),
            mã_số=text("24649"),
            thuộc=text("huyện"),
            đến_ngày="30/6/2025",
            nay_thuộc="xa-moi",
        )
        + record(
            mã="xa-moi",
            loại="xã",
            tên=text("Mới"),
            mã_số=text("24640"),
            thuộc=text("tỉnh"),
            từ_ngày="1/7/2025",
            theo=text("NQ"),
        ),
    )
    write(
        "danh-muc/phong-trao.yaml",
        record(mã="hang-viet", loại="phong trào", tên=text("Hàng Việt"), tên_gọn=text("Hàng"), mô_tả=text("Chợ")),
    )
    publisher = (
        "tên",
        "tên gọn",
        "địa bàn",
        "cơ quan chủ quản",
        "chịu trách nhiệm",
        "địa chỉ",
        "điện thoại",
        "thư điện tử",
        "kế tục",
    )
    facts = "".join(f"{key}: {text(f'Cơ quan {number}')}\n" for number, key in enumerate(publisher))
    write("danh-muc/co-quan.yaml", f"{facts}địa chỉ trang: https://example.vn\nđến ngày: 30/6/2025\n")
    write("danh-muc/ke-hoach.yaml", f"- năm: 2020\n  hạn báo cáo: 10/11/2020\n  theo: {text('Hướng dẫn')}\n")
    for number, (slug, kind, origin) in enumerate(
        (("kenh", "Tập thể", ""), ("hoc-theo", "Mô hình", "kenh"), ("ba-hai", "Cá nhân", ""), ("tin", "", ""))
    ):
        write(f"bai-viet/2020/{slug}/bai.md", _story(say, text, number, kind, origin))
        write(f"bai-viet/2020/{slug}/anh.jpg", make_image(size=(60 + number, 40)))
        write(f"bai-viet/2020/{slug}/hai.jpg", make_image(size=(70 + number, 40)))
    for name in ("lien-he", "tro-nang", "gioi-thieu", "quyen-rieng-tu"):
        write(
            f"trang/{name}.md",
            f"---\nTiêu đề: {text(name)}\nTóm tắt: {text('Tóm tắt')}\n---\n{_in_body(say, 'Trang')}\n",
        )
    document = f"Tiêu đề: {text('Văn bản')}\nSố hiệu: {text('1/KH')}\nCơ quan ban hành: {text('Huyện')}\nTóm tắt: {text('Tóm')}\n"
    write("van-ban/ke-hoach.md", f"---\n{document}Ngày: 1/2/2020\n---\n{_in_body(say, 'Nội dung')}\n")
    heads = (
        f"Số: {text('45')}\nChức vụ: {text('Chủ tịch')}\nNgười ký: {text('Ông Mẫu')}\nNơi nhận:\n  - {text('Nơi')}\n"
    )
    write("bao-cao/2020.md", f"---\n{heads}---\n## Kết quả\n\n{_in_body(say, 'Đã làm')}\n")
    write("dang-ky/2020.csv", _register(say))
    return project


def _story(say: Say, text: Callable[[str], str], number: int, kind: str, origin: str) -> str:
    keys = {
        "Tiêu đề": text(f"Chuyện {number}"),
        "Ngày": f"{number + 1}/8/2020",
        "Tóm tắt": text("Tóm tắt"),
        "Tóm tắt tiếng Ê Đê": text("Ede"),
        "Tóm tắt tiếng M’Nông": text("Mnong"),
        "Ảnh": "anh.jpg",
        "Mô tả ảnh": text("Ảnh"),
        "Chú thích ảnh": text("Chú thích. Ảnh: ai"),
        "Ảnh khác": f"\n  - {_yaml('hai.jpg | ' + say('Hai') + ' | ' + say('Ảnh hai'))}",
        "Tác giả": text("Người viết"),
        "Nguồn": text("Nguồn"),
        "Bỏ nhắc": "tất cả",
    }
    if kind:
        keys |= {
            "Lĩnh vực": "[kinh-te, van-hoa]",
            "Xã": "nam-dong",
            "Loại": kind,
            "Điển hình": text(f"Thôn {number}"),
            "Kết quả": f"\n  - {_yaml('3,2 km | ' + say('kênh'))}\n  - {text('Bà con vui')}",
            "Biểu dương": f"\n  - {_yaml(say('Giấy khen') + ' | huyện | 2020')}",
            "Phong trào": "hang-viet",
            "Đồng ý": "PĐY-2020-07",
            "Đăng ký": f"DK-2020-00{number + 1}",
        }
    if origin:
        keys["Nhân rộng từ"] = origin
    lead, heading, column, cell, note = (_in_body(say, name) for name in ("Lời", "Mục", "Cột", "ô", "Chú"))
    table = f"| {column} | b |\n|---|---|\n| {cell} | c |"
    body = f"Bà con góp công. {lead}\n\n## {heading}\n\n{table}\n\nHết[^1].\n\n[^1]: {note}\n"
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + f"---\n{body}"


def _register(say: Say) -> str:
    import csv
    import io

    heads = "Mã;Tên mô hình;Loại;Đơn vị;Xã;Thôn/buôn/tổ dân phố;Lĩnh vực;Phong trào;Người phụ trách;Ngày đăng ký;Trạng thái;Kết quả;Ghi chú"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(heads.split(";"))
    kinds = ("Tập thể", "Mô hình", "Cá nhân", "Tập thể", "Tập thể")
    statuses = ("đã nhân rộng", "đã biểu dương", "đã biểu dương", "đăng ký", "đăng ký")
    for number in range(1, 6):
        more = FORMULAS[number].strip() if say is evil else ""
        words = [say(f"{name} {number}") for name in ("Mô hình", "Đơn vị", "Thôn", "Bà Mẫu", "Làm được", "Ghi")]
        writer.writerow(
            [
                *(
                    f"DK-2020-00{number}",
                    words[0],
                    kinds[number - 1],
                    words[1],
                    "nam-dong",
                    words[2],
                    "kinh-te",
                    "hang-viet",
                ),
                *(words[3], "2/4/2020", statuses[number - 1], f"{words[4]};{more}" if more else words[4], words[5]),
            ]
        )
    return out.getvalue()
