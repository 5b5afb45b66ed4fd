"""Rules of writing: advice with its line and the text to paste, and text without advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import make_image

if TYPE_CHECKING:
    from tests.conftest import Project
    from tests.language.conftest import Said

LONG = "Mười hai hộ ở thôn 3 cùng góp đất làm kênh, nước về ruộng sớm hơn mười ngày, cả cánh đồng xanh lại"
CAPITALS = " (tên riêng thì viết hoa chữ đầu)"
SENTENCE = "Bà con bàn với nhau ở sân nhà văn hóa suốt bảy buổi tối liền. "


@pytest.mark.parametrize(
    ("body", "line", "rule", "what", "fix"),
    [
        (
            "Bà con đồng ý , rồi cùng làm.\n",
            8,
            "dấu câu",
            "có dấu cách trước dấu “,”",
            "sửa “con đồng ý , rồi cùng làm.” thành “con đồng ý, rồi cùng làm.”",
        ),
        ("Một.\n\nHọ hỏi :\n", 10, "dấu câu", "có dấu cách trước dấu “:”", "sửa “Họ hỏi :” thành “Họ hỏi:”"),
        (
            "Bảy buổi  tối liền.\n",
            8,
            "dấu cách",
            "có hai dấu cách liền nhau",
            "sửa “Bảy buổi  tối liền.” thành “Bảy buổi tối liền.”",
        ),
        (
            "Nhà văn hóa.\n\nNước ấy hoà vào suối. Hóa ra thế.\n",
            10,
            "kiểu bỏ dấu",
            "bài bỏ dấu hai kiểu: “hoà” (dòng 10) và “hóa” (dòng 8)",
            "viết một kiểu, sửa “Nước ấy hoà vào suối. Hóa” thành “Nước ấy hòa vào suối. Hóa”",
        ),
        (
            "Uỷ ban xã, khoẻ.\nThùy dương.\n",
            9,
            "kiểu bỏ dấu",
            "bài bỏ dấu hai kiểu: “Thùy” (dòng 9) và “Uỷ” (dòng 8)",
            "viết một kiểu, sửa “Thùy dương.” thành “Thuỳ dương.”",
        ),
        (
            "Đó là TINH THẦN ĐOÀN KẾT của thôn.\n",
            8,
            "chữ hoa",
            "có chữ viết hoa toàn bộ, khó đọc",
            "sửa “Đó là TINH THẦN ĐOÀN KẾT của thôn.” thành “Đó là Tinh thần đoàn kết của thôn.”" + CAPITALS,
        ),
        (
            "## CÁCH LÀM\n",
            8,
            "chữ hoa",
            "có chữ viết hoa toàn bộ, khó đọc",
            "sửa “## CÁCH LÀM” thành “## Cách làm”" + CAPITALS,
        ),
        (
            "XÃ CƯ K’NIA\n",
            8,
            "chữ hoa",
            "có chữ viết hoa toàn bộ, khó đọc",
            "sửa “XÃ CƯ K’NIA” thành “Xã cư k’nia”" + CAPITALS,
        ),
        (
            "Họp ngày 5/6/18 ở thôn.\n",
            8,
            "ngày tháng",
            "ngày “5/6/18” viết năm hai chữ số, dễ hiểu nhầm",
            "sửa “Họp ngày 5/6/18 ở thôn.” thành “Họp ngày 5/6/2018 ở thôn.”",
        ),
        (
            "Họp 8/19/2020.\n",
            8,
            "ngày tháng",
            "ngày “8/19/2020” viết tháng trước ngày, dễ hiểu nhầm",
            "sửa “Họp 8/19/2020.” thành “Họp 19/8/2020.”",
        ),
        (
            "Hiến 1,850 m² đất.\n",
            8,
            "con số",
            "số “1,850” có thể hiểu là hàng nghìn hoặc số lẻ",
            "sửa “Hiến 1,850 m² đất.” thành “Hiến 1.850 m² đất.”, hoặc 1,85 nếu là số lẻ",
        ),
        (
            "Góp 1,850,000 đồng.\n",
            8,
            "con số",
            "số “1,850,000” dùng dấu phẩy cho hàng nghìn",
            "sửa “Góp 1,850,000 đồng.” thành “Góp 1.850.000 đồng.”",
        ),
        (
            "Dài 3.2 km nhé.\n",
            8,
            "con số",
            "số “3.2” dùng dấu chấm cho số lẻ",
            "sửa “Dài 3.2 km nhé.” thành “Dài 3,2 km nhé.”",
        ),
    ],
)
def test_each_slip_has_its_line_and_the_text_to_paste(
    said: Said, body: str, line: int, rule: str, what: str, fix: str
) -> None:
    assert said(body) == [(line, rule, what, fix)]


@pytest.mark.parametrize(
    "body",
    [
        "Ông nói: “Được!” rồi cười… Ai cũng gật.\n",
        "Ông nói \"được\" và 'phải'.\n",  # the page makes them “ ” and ‘ ’
        "UBND, HĐND và UBMTTQ xã; THCS Nguyễn Tất Thành; BCH TW, MTTQ VN. CLB PCCC.\n",
        "Ngày 19/8/2020, tháng 8/2020, năm 2019–2021, văn bản số 59/KH-MTTQ và 108/20/QĐ; 24/7.\n",
        "Dài 3,2 km, rộng 1.850 m², góp 1.850.000 đồng, 7,125 ha; lúc 7.30, theo Điều 3.2, bản 1.2.3, 0,125 ha.\n",
        "Quý, quỳ, quả, quẹt, thuở, khoảng, toàn, hoàn, hoạch, tuyên, thuyền; hòa, khỏe, thúy, tòa.\n",
        "Chị Thuý và anh Hoà bàn chuyện hòa giải.\n",  # each name as its bearer writes it
        "| Việc  | Số   |\n|:---  | ---: |\n| Góp  | 1    |\n",
        "1.  Một\n2.  Hai\n\n-   Ba\n\n    vẫn là ba\n\nTừ\n:   nghĩa\n\n[^1]:  chú\n",
        "`một  hai , ba`\n\n```\n    1,850  KM VÀ MÃ LỆNH ĐẤY\n```\n\n<!-- BÀI NÀY CÒN THIẾU , 3.2 km -->\n",
        "[nguồn](https://example.vn/1,850/8/19/2020/5/6/18) và ![ảnh](a.jpg).\n",
        "Klei blŭ hoà hòa  \n{: lang=rad}\n",
        "Dòng một  \ndòng hai.\n",
        "Từ ngữ …, tệp .docx, v.v. ...\n",
    ],
)
def test_good_prose_gets_no_advice(project: Project, said: Said, body: str) -> None:
    project.write("content/bai-viet/2020/kenh/a.jpg", make_image())
    assert said(body) == []


def test_title(said: Said) -> None:
    assert len(LONG) == 98
    assert said(Tiêu_đề=LONG) == [
        (
            2,
            "tiêu đề dài",
            "tiêu đề dài 98 ký tự, quá 90",
            "viết gọn, ví dụ Tiêu đề: Mười hai hộ ở thôn 3 cùng góp đất làm kênh, nước về ruộng sớm hơn mười ngày",
        )
    ]
    assert said(Tiêu_đề=LONG.replace(",", "")[:91]) == [
        (2, "tiêu đề dài", "tiêu đề dài 91 ký tự, quá 90", "bớt ít nhất 1 ký tự")
    ]
    assert said(Tiêu_đề=LONG[:90].strip()) == []


def test_lead(said: Said) -> None:
    body = "## Mở\n\n**Bà con** [góp đất](/lien-he/): một thửa, hai thửa. Rồi làm.\n\n" + SENTENCE * 5
    assert said(body) == [
        (
            2,
            "tóm tắt",
            "bài chưa có tóm tắt dưới tiêu đề",
            'thêm dòng Tóm tắt: "Bà con góp đất: một thửa, hai thửa. Rồi làm."',
        )
    ]
    assert said(body, Tóm_tắt="Ngắn.") == []
    assert said("Ngắn quá, chưa có gì để tóm tắt.\n") == []
    assert said(Tóm_tắt=SENTENCE * 5) == [
        (7, "tóm tắt", "tóm tắt dài 75 chữ, quá 60", f"viết gọn, ví dụ Tóm tắt: {(SENTENCE * 4).strip()}")
    ]


def test_wall_of_text(said: Said) -> None:
    wall = SENTENCE * 6 + "Câu ở giữa đây này, thưa bà con. " + SENTENCE * 5
    assert said(f"Một.\n\n{wall}\n", Tóm_tắt="Có.") == [
        (
            11,
            "đoạn dài",
            "đoạn dài 173 chữ, quá 150",
            "xuống đoạn (để một dòng trống) trước câu “Câu ở giữa đây này, thưa…”",
        )
    ]
    assert said(f"{wall[: len(wall) // 2]}\n\n{wall[len(wall) // 2 :]}\n", Tóm_tắt="Có.") == []


def test_values_of_the_front_matter_are_read_too(said: Said) -> None:
    front = {
        "Tiêu_đề": "Chuyện \"khéo\" và 'thật' ở Đắk D'rông",
        "Kết_quả": "\n  - 3.2 km | kênh mương\n  - 46 hộ | hiến 1.850 m²",
        "Tác_giả": "Hội Nông dân xã , Nam Dong",
    }
    assert said(**front) == [
        (
            2,
            "dấu nháy",
            "có dấu nháy thẳng",
            "sửa “Chuyện \"khéo\" và 'thật' ở Đắk D'rông” thành “Chuyện \"khéo\" và ‘thật’ ở Đắk D'rông”",
        ),
        (
            2,
            "dấu nháy",
            "có dấu nháy thẳng",
            "sửa “Chuyện \"khéo\" và 'thật' ở” thành “Chuyện “khéo” và 'thật' ở”",
        ),
        (8, "con số", "số “3.2” dùng dấu chấm cho số lẻ", "sửa “3.2 km | kênh” thành “3,2 km | kênh”"),
        (10, "dấu câu", "có dấu cách trước dấu “,”", "sửa “Nông dân xã , Nam Dong” thành “Nông dân xã, Nam Dong”"),
    ]
