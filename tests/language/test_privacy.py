"""Rules of privacy: advice with its reason, and sentences without advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import make_image

if TYPE_CHECKING:
    from tests.conftest import Project
    from tests.language.conftest import Said


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("0912345678", "0912xxxxxx"),
        ("0912 345 678", "0912 xxx xxx"),
        ("0912.345.678", "0912.xxx.xxx"),
        ("+84 912 345 678", "+84 91x xxx xxx"),
    ],
)
def test_a_mobile_phone(said: Said, number: str, masked: str) -> None:
    assert said(f"Gọi anh Tú, {number}.\n") == [
        (
            8,
            "số điện thoại",
            f"có số điện thoại riêng “{number}”, ai đọc cũng gọi được",
            f"bỏ số ấy, hoặc sửa “Gọi anh Tú, {number}.” thành “Gọi anh Tú, {masked}.”",
        )
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("mang số 066 203 004 567 ấy", "066 203 004 567"),
        ("mang số 066203004567 ấy", "066203004567"),
        ("CMND 245 123 456 ấy", "245 123 456"),
        ("căn cước công dân số 066203004567 ấy", "066203004567"),
        ("Chứng minh nhân dân số: 245123456 ấy", "245123456"),
    ],
)
def test_an_identity_card(said: Said, text: str, number: str) -> None:
    ((line, rule, what, fix),) = said(f"Chị ấy {text}.\n")
    assert (line, rule) == (8, "số giấy tờ")
    assert what == f"có số giấy tờ tùy thân “{number}”, có thể bị lợi dụng"
    assert "x" * 3 in fix
    assert number not in fix.partition("thành")[2]


def test_the_reference_of_a_consent_is_only_that(said: Said) -> None:
    ((line, rule, _, _),) = said(Loại="Cá nhân", Đồng_ý="chị Lan ký, 0912345678")
    assert (line, rule) == (7, "số điện thoại")


@pytest.mark.parametrize(
    ("text", "kind", "who", "mended"),
    [
        ("Ông Y Brêng, người M’Nông, dân gốc.", "dân tộc", "ông Y Brêng", "“Ông Y Brêng, dân gốc.”"),
        ("Chị H'Liên Niê (dân tộc Ê Đê) kể.", "dân tộc", "chị H'Liên Niê", "“Chị H'Liên Niê kể.”"),
        ("Bà Hiên là người Thái, 58 tuổi.", "dân tộc", "bà Hiên", "“Bà Hiên, 58 tuổi.”"),
        ("Nguyễn Văn An, 41 tuổi, dân tộc Nùng, kể.", "dân tộc", "Nguyễn Văn An", "“Nguyễn Văn An, kể.”"),
        ("Một người Mông tên là Thào A Vảng kể.", "dân tộc", "Thào A Vảng", "“Một Thào A Vảng”"),
        ("Anh Tú theo đạo Tin Lành, hay cười.", "tôn giáo", "anh Tú", "“Anh Tú, hay cười.”"),
        ("Gặp giáo dân Trần Thị Bích ở đó.", "tôn giáo", "Trần Thị Bích", "“Gặp Trần Thị Bích”"),
        ("Bà Hiên bị tai biến, vẫn đi.", "sức khỏe", "bà Hiên", "“Bà Hiên, vẫn đi.”"),
        ("Anh Lục Văn Thinh, khuyết tật từ nhỏ, kể.", "sức khỏe", "anh Lục Văn Thinh", "“Lục Văn Thinh từ nhỏ, kể.”"),
    ],
)
def test_sensitive_data_of_a_named_person_cites_the_law(
    said: Said, text: str, kind: str, who: str, mended: str
) -> None:
    ((line, rule, what, fix),) = said(f"Một.\n\n{text}\n")
    assert (line, rule) == (10, "dữ liệu nhạy cảm")
    assert what.startswith(f"nói {kind} của {who} (“")
    assert what.endswith("là dữ liệu cá nhân nhạy cảm theo Điều 4 Nghị định 356/2025/NĐ-CP")
    assert f"thành {mended}; cần thì người ấy phải đánh dấu ô “{kind.capitalize()}” trong phiếu đồng ý" in fix


@pytest.mark.parametrize(
    ("text", "who", "why", "mended"),
    [
        ("Khen cháu Nguyễn Văn Nam học giỏi.", "cháu Nguyễn Văn Nam", "cháu", "N.V.N."),
        ("Em Nông Thị Lan, lớp 5A, kể.", "em Nông Thị Lan", "lớp 5", "N.T.L."),
        ("Em H’Liên Niê học lớp 8.", "em H’Liên Niê", "lớp 8", "H.N."),
        ("Trần Văn Bình (12 tuổi) kể.", "Trần Văn Bình", "12 tuổi", "T.V.B."),
        ("Hai học sinh Lê Thị Mai và bạn.", "học sinh Lê Thị Mai", "học sinh", "L.T.M."),
        ("Bé Na bốn tuổi.", "bé Na", "bé", "N."),
    ],
)
def test_a_child_goes_by_initials(said: Said, text: str, who: str, why: str, mended: str) -> None:
    ((line, rule, what, fix),) = said(f"{text}\n")
    assert (line, rule, what) == (8, "tên trẻ em", f"có thể đang nêu tên trẻ em: “{who}” ({why})")
    assert mended in fix.partition("thành")[2]
    assert "cha mẹ và em (từ 7 tuổi) cùng ký phiếu đồng ý" in fix


@pytest.mark.parametrize(
    "text",
    [
        "Số máy của Ủy ban: 0261 3882 123. Tổng đài 1900 1234, 111, 113.",
        "Góp 450000000 đồng, tức 450.000.000 đồng; mã 1234567890123; c0912345678x; ngày 12/03/2020.",
        "Ông Lục Văn Thinh vận động 27 hộ người Mông. Anh Tú dạy chữ cho bà con người Dao.",
        "Bà Hiên đọc cho nhà người Thái nghe. Phụ nữ Ê Đê dệt thổ cẩm. Bà con dân tộc Nùng góp đất.",
        "Ông Thắm nhổ vườn tiêu bị bệnh. Ông Thắm và trạm y tế xã giúp người khuyết tật, người bị bệnh.",
        "Chị em Ê Đê, anh em Mông, các cháu học sinh người Mông, con cháu Bác Hồ.",
        "Học sinh Trường Tiểu học Lê Lợi, học sinh lớp 5, trẻ 12 tuổi, cô giáo Lò Thị Mai dạy lớp 5.",
        "Con trai anh Nguyễn Văn Tú, 12 tuổi, đi cùng. Chị Vàng Thị Mỷ, 30 tuổi, học lớp 2 xóa mù.",
        "Em Nông Thị Lan, sinh viên, 20 tuổi. Hoàng Văn Ba (16 tuổi). Trần Thị Sáu, lớp 12.",
        "Các cháu được 8 tuổi. Người dân tộc thiểu số tại chỗ. Theo ông Y Thông Êban, đồng bào Ê Đê vui.",
    ],
)
def test_no_one_is_suspected_without_reason(said: Said, text: str) -> None:
    assert said(f"{text}\n") == []


def test_captions_need_a_photo_credit(project: Project, said: Said) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg", "d.jpg"):
        project.write(f"content/bai-viet/2020/kenh/{name}", make_image())
    front = {
        "Ảnh": "a.jpg",
        "Mô_tả_ảnh": "Kênh",
        "Chú_thích_ảnh": "Anh Tú bên kênh.",
        "Ảnh_khác": "\n  - b.jpg | Cống | Đào cống\n  - c.jpg | Cầu | Ảnh: thôn 3",
    }
    body = (
        '![Ruộng](d.jpg "Ruộng xanh")\n\n![Cầu](c.jpg "Cầu (ảnh tư liệu)") ![Kênh](a.jpg)\n\n<!-- ![x](d.jpg "x") -->\n'
    )
    what = "chú thích ảnh chưa ghi người chụp"
    assert said(body, **front) == [
        (9, "người chụp", what, "thêm người chụp: “Anh Tú bên kênh. Ảnh: …”"),
        (11, "người chụp", what, "thêm người chụp: “b.jpg | Cống | Đào cống. Ảnh: …”"),
        (14, "người chụp", what, "thêm người chụp: “Ruộng xanh. Ảnh: …”"),
    ]
