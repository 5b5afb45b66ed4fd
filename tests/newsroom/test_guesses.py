"""Guesses from a text: nothing is invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.newsroom.guesses import (
    guess_author,
    guess_commune,
    guess_date,
    guess_field,
    guess_kind,
    guess_title,
)
from plugins.word.report import ImportReport
from tests.word.notation import blocks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.word.blocks import Block
    from tests.conftest import Project

TODAY = date(2020, 9, 1)


def blocks(*lines: str) -> Sequence[Block]:
    """Return the blocks of a document; a line is a paragraph unless it is HTML, and bold between two stars."""
    html = "".join(
        line
        if line.startswith("<")
        else f"<p><strong>{line[1:-1]}</strong></p>"
        if line[0] == "*"
        else f"<p>{line}</p>"
        for line in lines
    )
    return blocks_of(html, ImportReport())


BODY = "Bà con góp đất, góp công. Nước về ruộng."


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (['<h1 class="title">Hai thôn làm kênh</h1>', BODY], "Hai thôn làm kênh"),
        (["*Không phải*", '<h1 class="title">Theo kiểu</h1>', BODY], "Theo kiểu"),
        (["<h1>Đề mục đầu</h1>", BODY], "Đề mục đầu"),
        (["*Dòng in đậm*", BODY], "Dòng in đậm"),
        (["Dòng đầu không in đậm", BODY], "Dòng đầu không in đậm"),
        (["*BÁO CÁO*", "*Kết quả làm kênh*", BODY], "BÁO CÁO Kết quả làm kênh"),
        (["*HAI THÔN CHUNG TAY*", "*LÀM KÊNH NỘI ĐỒNG*", BODY], "HAI THÔN CHUNG TAY LÀM KÊNH NỘI ĐỒNG"),
        (["*Hai thôn làm kênh*", "*Bà con góp đất, góp công.*", BODY], "Hai thôn làm kênh"),
        (
            ["ỦY BAN MTTQ XÃ NAM DONG", "Số: 12/BC", "Nam Dong, ngày 5 tháng 8 năm 2020", "*Thôn 3 làm kênh*", BODY],
            "Thôn 3 làm kênh",
        ),
        ([BODY, "Thêm."], ""),
        (["Một đoạn văn rất dài. " * 10], ""),
        ([], ""),
    ],
)
def test_title(lines: list[str], title: str) -> None:
    read = blocks(*lines)
    guess, rest = guess_title(read)
    assert (guess.value if guess else "") == title
    assert (len(rest) < len(read)) == bool(title)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Nam Dong, ngày 05 tháng 8 năm 2020", "Ngày 20/8/2020 khánh thành."], "5/8/2020"),
        (["Số: 12/BC", "Đắk D’rông, ngày  5 tháng 8 năm 2020", "Ngày 20/8/2020 khánh thành."], "5/8/2020"),
        (["Nam Dong, ngày … tháng 8 năm 2020", "Ngày 20/8/2020 khánh thành."], "20/8/2020"),
        (["Từ ngày 10/3/2020 đến 19/8/2020, bà con làm kênh."], "19/8/2020"),
        (["Ngày 3/2/1930 Đảng ra đời; ngày 19 tháng 8, năm 2020 kênh xong."], "19/8/2020"),
        (["Xong ngày 1.8.2020, năm sau 1.8.2021 làm tiếp."], "1/8/2020"),
        (["Ngày 31/2/2020 và 45/13/2020."], ""),
        (["Tháng 8/2020, 19/8, Nghị quyết 12/2020."], ""),
        ([], ""),
    ],
)
def test_date(lines: list[str], day: str) -> None:
    guess = guess_date(blocks(*lines), TODAY)
    assert (guess.value if guess else "") == day


@pytest.mark.parametrize(
    ("text", "day", "commune"),
    [
        ("Bà con xã Nam Dong làm kênh.", date(2020, 8, 1), "Nam Dong"),
        ("Ở xã ĐẮK D'RÔNG, thị trấn Ea T’ling và xã Đăk D’rông.", date(2020, 8, 1), "Đắk D’rông"),
        ("Xã Nam Dong sang xã Đắk D’rông học; xã Đắk D’rông bày cho.", None, "Đắk D’rông"),
        ("Huyện Cư Jút và MTTQ huyện Cư Jút.", date(2026, 1, 1), ""),
        ("Xã Cư Jút họp.", date(2026, 1, 1), "Cư Jút"),
        # The commune was not there yet.
        ("Xã Cư Jút họp.", date(2020, 1, 1), ""),
        # After the merger the old commune goes by its id.
        ("Ở thị trấn Ea T’ling.", date(2026, 1, 1), "ea-tling"),
        ("Chợ Nam Dong đông.", date(2020, 8, 1), ""),
        ("Xã Nam Đông ở Huế.", date(2020, 8, 1), ""),
        ("", None, ""),
    ],
)
def test_commune(project: Project, text: str, day: date | None, commune: str) -> None:
    guess = guess_commune(blocks(text or "x"), "", project.load().vocabulary, day)
    assert (guess.value if guess else "") == commune


def test_the_title_names_the_commune(project: Project) -> None:
    text = "Sang xã Đắk D’rông, xã Đắk D’rông bày cho."
    guess = guess_commune(blocks(text), "Nam Dong học làm kênh", project.load().vocabulary, TODAY)
    assert guess
    assert (guess.value, guess.seen) == ("Nam Dong", "nơi được nhắc nhiều nhất; bài còn nhắc Đắk D’rông")


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (["Lĩnh vực: Văn hóa - xã hội", "Làm ăn khá lên. Làm ăn khá lên."], "Văn hóa – xã hội"),
        (["Lĩnh vực: lam an", BODY], "Kinh tế"),
        (["Nhờ làm ăn mà khá lên; cách làm ăn ấy ai cũng theo, ăn khá hẳn."], "Kinh tế"),
        (["Làm ăn một lần."], ""),
        (["Cán bộ thôn góp xe. Cán bộ xã góp nước. Cán bộ phụ nữ nấu cơm. Cán bộ đo đất."], ""),
        (["Làm ăn, làm ăn, làm ăn, làm ăn; học hành, học hành, học hành."], ""),
        ([BODY], ""),
    ],
)
def test_field(project: Project, lines: list[str], field: str) -> None:
    guess = guess_field(blocks(*lines), project.load().vocabulary)
    assert (guess.value if guess else "") == field


@pytest.mark.parametrize(
    ("title", "lines", "kind"),
    [
        ("Mô hình camera an ninh", [], "Mô hình"),
        ("Ông Bế Văn Thạo và cuốn sổ", [], "Cá nhân"),
        ("Bà con góp đất", [], ""),
        ("Ban Công tác Mặt trận thôn 3", [], "Tập thể"),
        ("Tổ dân phố 4 giữ hũ gạo", [], "Tập thể"),
        # The work of a whole hamlet may as well be a model.
        ("Thôn 15 lắp camera", [], ""),
        ("Kênh về thôn", ["Loại hình: Cá nhân điển hình"], "Cá nhân"),
        ("Kênh về thôn", [], ""),
    ],
)
def test_kind(title: str, lines: list[str], kind: str) -> None:
    guess = guess_kind(blocks(*lines), title)
    assert (guess.value if guess else "") == kind


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ([BODY, "Bài, ảnh: Y Thịnh Niê"], "Y Thịnh Niê"),
        ([BODY, "(Tin và ảnh: Ủy ban MTTQ xã Nam Dong)"], "Ủy ban MTTQ xã Nam Dong"),
        (["Tác giả: Nông Thị Sấn", BODY, BODY], "Nông Thị Sấn"),
        ([BODY, BODY, "*Bế Văn Thạo*"], "Bế Văn Thạo"),
        ([BODY, BODY, "H’Linh Byă"], "H’Linh Byă"),
        ([BODY, "Người viết bài", "Nông Thị Sấn"], "Nông Thị Sấn"),
        ([BODY, "Bài: Bế Văn Thạo - Ảnh: Y Thịnh Niê"], "Bế Văn Thạo"),
        # An office that signs has not said who wrote.
        ([BODY, BODY, "*TM. BAN CÔNG TÁC MẶT TRẬN*", "*TRƯỞNG BAN*"], ""),
        ([BODY, BODY, "*XÁC NHẬN CỦA THÔN*"], ""),
        ([BODY, BODY, "*KT. CHỦ TỊCH*", "*PHÓ CHỦ TỊCH*", "*Bế Văn Thạo*"], ""),
        ([BODY, BODY, "TRƯỞNG THÔN", "Bế Văn Thạo"], ""),
        ([BODY, BODY, "Tin: Ngày hội Đại đoàn kết ở thôn 3"], ""),
        (["Tác giả: (ghi rõ họ tên)", BODY, BODY], ""),
        ([BODY, BODY, "Xin cảm ơn"], ""),
        ([BODY, BODY, "Hết."], ""),
        ([BODY, "Bài học: phải hỏi dân."], ""),
        ([], ""),
    ],
)
def test_author(lines: list[str], author: str) -> None:
    guess = guess_author(blocks(*lines))
    assert (guess.value if guess else "") == author
