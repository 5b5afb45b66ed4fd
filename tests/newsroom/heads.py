"""Heads of documents as offices, schools, hamlets and people write them, made anew from a seed, each with its title."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.newsroom.head_files import Columns, Head, Line, bold, columns, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Words:
    """The parts of a head."""

    communes: tuple[str, ...]
    districts: tuple[str, ...]
    hamlets: tuple[str, ...]
    schools: tuple[str, ...]
    people: tuple[str, ...]
    subjects: tuple[tuple[str, ...], ...]  # each with the places where it may be broken
    stories: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]


TUNED = Words(
    communes=("Nam Dong", "Đắk D’rông", "Ea Pô", "Cư K’nia", "Trúc Sơn"),
    districts=("Cư Jút", "Đắk Mil"),
    hamlets=("thôn 3", "buôn Nui", "bon U2", "thôn Tân Ninh"),
    schools=("Trường Tiểu học Nguyễn Văn Trỗi", "Trường THCS Phan Đình Phùng", "Trường Mầm non Hoa Pơ Lang"),
    people=("Bế Văn Thạo", "Y Thịnh Niê", "Nông Thị Sấn", "H’Linh Byă"),
    subjects=(
        ("Kết quả thực hiện phong trào thi đua", "“Dân vận khéo” năm 2020"),
        ("Tổ chức Ngày hội Đại đoàn kết toàn dân tộc", "ở khu dân cư năm 2020"),
        (
            "Đề nghị tặng Giấy khen cho tập thể, cá nhân",
            "có thành tích trong phong trào “Dân vận khéo”",
            "giai đoạn 2016 - 2020",
        ),
        ("Sơ kết 5 năm xây dựng mô hình", "“Dân vận khéo”", "trên địa bàn xã", "giai đoạn 2016 - 2020"),
        ("Bình xét gương dân vận khéo",),
        ("Vận động Quỹ “Vì người nghèo” năm 2020",),
    ),
    stories=(
        ("Hai thôn chung tay làm kênh nội đồng",),
        ("Người giữ nhịp chiêng ở buôn Trum",),
        ("Thôn Hai làm kênh mương",),
        ("Ông Bế Văn Thạo và cuốn sổ góp công", "của bà con thôn 3"),
        ("Gương sáng thầy giáo làng",),
    ),
    texts=(
        "Sáng chủ nhật, bà con trong thôn cùng nhau nạo vét kênh mương nội đồng trước mùa mưa.",
        "Thực hiện Kế hoạch số 12/KH-MTTQ ngày 5/3/2020 của Ban Thường trực Ủy ban MTTQ huyện, xã báo cáo như sau:",
    ),
)
HELD_OUT = Words(
    communes=("Quảng Tân", "Đắk N’Drót", "Thuận An", "Ea T’ling"),
    districts=("Tuy Đức", "Krông Nô"),
    hamlets=("thôn Phú Sơn", "bon Bu Prâng 1", "tổ dân phố 6", "buôn Ol"),
    schools=("Trường Tiểu học Lý Tự Trọng", "Trường THPT Lê Duẩn", "Trường Mẫu giáo Sao Mai"),
    people=("Điểu K’Lung", "Trần Thị Hoa", "Lê Minh Tuấn", "H’Mai Niê"),
    subjects=(
        ("Tổng kết công tác vận động quần chúng", "và phong trào tự quản năm 2021"),
        ("Phát động đợt thi đua cao điểm", "chào mừng Đại hội Đảng các cấp"),
        ("Xây dựng đường hoa nông thôn", "do Hội Phụ nữ và Đoàn Thanh niên", "cùng thực hiện", "trong quý II năm 2021"),
        ("Ra mắt mô hình “Hũ gạo tình thương”",),
        ("Việc góp đất mở rộng đường vào nghĩa trang",),
        ("Đăng ký nội dung “Dân vận khéo” năm 2021",),
    ),
    stories=(
        ("Bon Bu Prâng 1 bỏ rượu cần trong đám tang",),
        ("Con đường mang tên lòng dân",),
        ("Chị Hoa và bếp ăn không đồng", "cho người bệnh xa nhà"),
        ("Lớp học đêm của bộ đội biên phòng",),
        ("Tổ dân phố 6 thắp sáng đường đêm",),
    ),
    texts=(
        "Mỗi tối thứ năm, nhà văn hóa lại sáng đèn, hai mươi người ngồi học chữ.",
        "Căn cứ Hướng dẫn số 05-HD/BDVHU ngày 10/01/2021 của Ban Dân vận Huyện ủy về phong trào thi đua;",
    ),
)
KINDS = ("BÁO CÁO", "KẾ HOẠCH", "TỜ TRÌNH", "THÔNG BÁO", "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "ĐỀ ÁN", "NGHỊ QUYẾT")
RULES = ("_______", "----------", "=====o0o=====", "---***---", "* * *", "———————", "-----o0o-----")
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


class Maker:
    """Chance, and the parts of the heads of one set."""

    def __init__(self, words: Words, seed: int) -> None:
        self.words, self.chance = words, random.Random(seed)  # noqa: S311 - the same heads each time

    def one(self, choices: Sequence[str]) -> str:
        return self.chance.choice(choices)

    def may(self, *lines: Line) -> list[Line]:
        """Return the lines or none, at even chances."""
        return list(lines) if self.chance.random() < 0.5 else []

    def rule(self) -> list[Line]:
        return self.may(Line(self.one(RULES)))

    def commune(self) -> str:
        return self.one(self.words.communes)

    def district(self) -> str:
        return self.one(self.words.districts)

    def text(self) -> list[Line]:
        return plain(self.one(self.words.texts), *self.words.texts[:1], "Bà con góp đất, góp công. Nước về ruộng.")

    def day(self) -> Line:
        day = self.one(("ngày 05 tháng 8 năm 2020", "ngày     tháng 8 năm 2020", "ngày … tháng … năm 2020"))
        return Line(f"{self.commune()}, {day}", italic=True)

    def number(self, mark: str) -> Line:
        return Line(
            self.one(
                (f"Số: 12/{mark}", f"Số:     /{mark}", f"Số {self.chance.randint(10, 99)}-{mark}", f"Số:…../{mark}")
            )
        )

    def pieces(self, choices: Sequence[Sequence[str]]) -> list[str]:
        """Return a subject in its lines, in capitals or not."""
        pieces = list(self.chance.choice(choices))
        return [piece.upper() for piece in pieces] if self.chance.random() < 0.3 else pieces

    def wrapped(self, pieces: Sequence[str]) -> list[Line]:
        """Return bold lines: paragraphs, lines of one paragraph, or one line."""
        return bold(*self.chance.choice((pieces, ["\n".join(pieces)], [" ".join(pieces)])))

    def letterhead(self, left: Sequence[Line], right: Sequence[Line], *, number: str = "") -> list[Columns | Line]:
        """Return who writes and the motto, number and day under them: in a table, in two rows, or one under another."""
        below = [[self.number(number), *self.may(Line("(Dự thảo)"))] if number else [], [self.day()]]
        below[0] = below[0] or [Line("")]
        shape = self.one(("row", "rows", "rows", "lines"))
        if shape == "rows":
            return [columns([left, right], below)]
        if shape == "row":
            return [columns([[*left, *below[0]], [*right, *below[1]]])]
        return [*right, *left, *below[0], *below[1]]


def _about(word: str, subject: Sequence[str]) -> list[str]:
    first = subject[0] if subject[0].isupper() else f"{subject[0][:1].lower()}{subject[0][1:]}"
    return [f"{word.upper() if first.isupper() else word} {first}", *subject[1:]]


def _joined(*pieces: str) -> str:
    return " ".join(" ".join(pieces).split())


def decree(make: Maker) -> Head:
    """Nghị định 30: a letterhead, the kind, the subject, a rule."""
    left = [
        Line(f"UBND HUYỆN {make.district().upper()}"),
        *bold(f"ỦY BAN NHÂN DÂN XÃ {make.commune().upper()}"),
        *make.rule(),
    ]
    kind, subject = make.one(KINDS), make.pieces(make.words.subjects)
    if make.chance.random() < 0.3:
        subject = _about("Về việc", subject)
    head = make.letterhead(left, [*bold(*NATION), *make.rule()], number="BC-UBND")
    title = [*bold(kind), *make.wrapped(subject)] if make.chance.random() < 0.8 else bold("\n".join([kind, *subject]))
    greeting = make.may(Line("Kính gửi: Ủy ban MTTQ Việt Nam huyện"))
    return Head("decree", (*head, *title, *make.rule(), *greeting, *make.text()), _joined(kind, *subject))


def letter_about(make: Maker) -> Head:
    """An official letter: no kind, what it is about stands under the number."""
    subject = list(make.chance.choice(make.words.subjects))
    about = _about(make.one(("V/v", "V/v:", "Về việc")), subject)
    lines = plain(*about) if make.chance.random() < 0.5 else plain("\n".join(about))
    left = [*bold(f"ỦY BAN MTTQ VIỆT NAM XÃ {make.commune().upper()}"), *make.rule(), make.number("CV-MT"), *lines]
    greeting = Line("Kính gửi: Ban công tác Mặt trận các thôn, buôn, bon")
    return Head(
        "letter about", (columns([left, [*bold(*NATION), make.day()]]), greeting, *make.text()), _joined(*about)
    )


def party(make: Maker) -> Head:
    left = [
        Line(f"HUYỆN ỦY {make.district().upper()}"),
        *bold(make.one(("BAN DÂN VẬN", "BAN TUYÊN GIÁO", f"ĐẢNG ỦY XÃ {make.commune().upper()}"))),
        Line("*"),
    ]
    kind, subject = make.one(KINDS), make.pieces(make.words.subjects)
    head = make.letterhead(left, [*bold(PARTY), *make.rule()], number="BC/BDV")
    title = [*bold(kind), *make.wrapped(subject), *make.may(Line("-----"))]
    return Head("party", (*head, *title, *make.text()), _joined(kind, *subject))


def front(make: Maker) -> Head:
    left = make.chance.choice(
        (
            [*bold("MẶT TRẬN TỔ QUỐC VIỆT NAM"), *bold(f"ỦY BAN HUYỆN {make.district().upper()}")],
            [
                Line("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM"),
                *bold(f"HUYỆN {make.district().upper()}"),
                *bold("BAN THƯỜNG TRỰC"),
            ],
            [*bold(f"ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nXÃ {make.commune().upper()}"), *make.rule()],
        )
    )
    kind, subject = make.one(KINDS), make.pieces(make.words.subjects)
    head = make.letterhead(left, bold(*NATION), number="BC-MTTQ-BTT")
    return Head(
        "front",
        (*head, *bold(kind), *make.rule(), *make.wrapped(subject), *make.rule(), *make.text()),
        _joined(kind, *subject),
    )


def school(make: Maker) -> Head:
    name = make.one(make.words.schools)
    above = make.may(Line(f"PHÒNG GD&ĐT HUYỆN {make.district().upper()}"))
    if make.chance.random() < 0.5:
        story = make.pieces(make.words.stories)
        first = [*above, Line(name, bold=make.chance.random() < 0.5)]
        return Head("school story", (*first, *make.rule(), *make.wrapped(story), *make.text()), _joined(*story))
    kind, subject = make.one(("BÁO CÁO THÀNH TÍCH", "KẾ HOẠCH", "BÁO CÁO THAM LUẬN")), make.pieces(make.words.subjects)
    head = make.letterhead([*above, *bold(name.upper())], bold(*NATION))
    return Head("school", (*head, *bold(kind), *make.wrapped(subject), *make.text()), _joined(kind, *subject))


def minutes(make: Maker) -> Head:
    subject = [f"Họp {make.one(make.words.hamlets)} bàn việc làm đường"]
    head = [*bold(*NATION), *make.rule()]
    title = [*bold("BIÊN BẢN"), *make.rule(), *make.chance.choice((bold(*subject), plain(*subject)))]
    opening = plain("Hôm nay, vào hồi 19 giờ ngày 5 tháng 8 năm 2020, tại nhà văn hóa", "Thành phần: toàn thể bà con")
    if make.chance.random() < 0.3:
        return Head("minutes", (*head, *bold("BIÊN BẢN HỌP THÔN"), *opening, *make.text()), "BIÊN BẢN HỌP THÔN")
    return Head("minutes", (*head, *title, *opening, *make.text()), _joined("BIÊN BẢN", *subject))


def thanks(make: Maker) -> Head:
    kind = make.one(("THƯ CẢM ƠN", "THƯ KHEN", "LỜI CẢM ƠN", "GIẤY MỜI", "ĐƠN ĐỀ NGHỊ"))
    head = make.may(*bold(*NATION))
    greeting = make.may(Line("Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam huyện"))
    name = make.one(make.words.people)
    writes = make.chance.random() < 0.5
    sign = plain("Người viết thư" if writes else "TM. GIA ĐÌNH", name)
    text = plain("Gia đình tôi xin gửi lời cảm ơn chân thành tới bà con đã giúp dựng lại nhà sau cơn bão.")
    return Head("thanks", (*head, *bold(kind), *greeting, *text, *make.text(), *sign), kind, name if writes else "")


def decision(make: Maker) -> Head:
    subject = ["Về việc khen thưởng các tập thể, cá nhân", "có thành tích trong phong trào “Dân vận khéo”"]
    head = make.letterhead(bold(f"ỦY BAN NHÂN DÂN XÃ {make.commune().upper()}"), bold(*NATION), number="QĐ-UBND")
    authority = bold(
        make.one(
            (f"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ {make.commune().upper()}", "BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM HUYỆN")
        )
    )
    below = [*plain("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;"), *bold("QUYẾT ĐỊNH:"), *make.text()]
    title = [*bold("QUYẾT ĐỊNH"), *make.wrapped(subject), *make.rule()]
    return Head("decision", (*head, *title, *authority, *below), _joined("QUYẾT ĐỊNH", *subject))


def annex(make: Maker) -> Head:
    kind = make.one(("Phụ lục I", "PHỤ LỤC 02", "PHỤ LỤC"))
    subject = make.one(
        ("Danh sách các hộ góp công", "DANH SÁCH TẬP THỂ, CÁ NHÂN TIÊU BIỂU", "Tổng hợp số công góp của bà con")
    )
    note = make.may(Line("(Kèm theo Kế hoạch số 12/KH-MTTQ ngày 5/8/2020)", italic=True))
    place = make.chance.choice(([*note, *bold(subject)], [*bold(subject), *note]))
    return Head("annex", (*bold(kind), *place, *make.text()), f"{kind} {subject}")


def draft(make: Maker) -> Head:
    subject = make.pieces(make.words.subjects)
    mark = make.one(
        ("Mẫu số 01", "(Dự thảo)", "DỰ THẢO LẦN 2", "Mẫu 1: dành cho tập thể", "Chuyên mục: Người tốt việc tốt")
    )
    head = make.may(*bold(f"UBND XÃ {make.commune().upper()}"), *bold(*NATION))
    kind = make.one(("ĐỀ CƯƠNG BÁO CÁO", "BÁO CÁO TÓM TẮT THÀNH TÍCH", "BÀI DỰ THI", "BẢN THÀNH TÍCH"))
    return Head(
        "draft", (Line(mark), *head, *bold(kind), *make.wrapped(subject), *make.text()), _joined(kind, *subject)
    )


def story(make: Maker) -> Head:
    """A story: a rubric, a byline or a photo may stand over its title, which is bold or in a style."""
    pieces = make.pieces(make.words.stories)
    name = make.one(make.words.people)
    look = make.one(("bold", "Title", "Heading 1", "plain"))
    title = make.wrapped(pieces) if look == "bold" else bold(" ".join(pieces), style=look if look != "plain" else "")
    title = plain(" ".join(pieces)) if look == "plain" else title
    over = make.chance.choice(
        ([], [], [Line(f"Tác giả: {name}")], [Line("[photo]")], [*bold(name)] if look == "Title" else [])
    )
    over = [] if look == "plain" else over
    sign = [] if any(name in line.text for line in over) else [Line(f"Bài, ảnh: {name}")]
    return Head(
        f"story {look}", (*over, *title, *make.text(), *sign), _joined(*pieces), name if over != bold(name) else ""
    )


def rubric(make: Maker) -> Head:
    pieces = make.pieces(make.words.stories)
    kind = make.one(("GƯƠNG ĐIỂN HÌNH", "GƯƠNG DÂN VẬN KHÉO", "GƯƠNG NGƯỜI TỐT, VIỆC TỐT"))
    return Head("rubric", (*bold(kind), *make.wrapped(pieces), *make.text()), _joined(kind, *pieces))


def office_cell(make: Maker) -> Head:
    """An office and the title in one cell, or one paragraph."""
    office = make.one(
        (
            "SỞ NỘI VỤ TỈNH ĐẮK NÔNG",
            f"BAN DÂN VẬN HUYỆN ỦY {make.district().upper()}",
            f"ỦY BAN MTTQ XÃ {make.commune().upper()}",
        )
    )
    pieces = [piece.upper() for piece in make.chance.choice(make.words.stories)]
    lines = make.chance.choice((bold(office, *pieces), bold("\n".join([office, *pieces]))))
    cell = [columns([lines, plain("")])] if make.chance.random() < 0.5 else lines
    return Head("office cell", (*cell, *make.text()), _joined(*pieces))


def styled_letterhead(make: Maker) -> Head:
    office = bold(f"ỦY BAN NHÂN DÂN XÃ {make.commune().upper()}", make.one(RULES), style="Title")
    kind, subject = make.one(KINDS), make.pieces(make.words.subjects)
    return Head(
        "styled letterhead", (*office, *bold(kind), *make.wrapped(subject), *make.text()), _joined(kind, *subject)
    )


def untitled(make: Maker) -> Head:
    first = make.chance.choice(
        (
            plain("Kính gửi: Ủy ban MTTQ Việt Nam huyện", f"Tôi tên là {make.one(make.words.people)}"),
            plain(),
            [*bold(*NATION), *plain("Kính gửi: Ban Dân vận Huyện ủy")],
            bold(f"ỦY BAN MTTQ XÃ {make.commune().upper()}"),
        )
    )
    sign = [*bold("TM. BAN THƯỜNG TRỰC"), *bold("CHỦ TỊCH"), *bold(make.one(make.words.people))]
    return Head("untitled", (*first, *make.text(), *sign), "")


LAYOUTS: tuple[Callable[[Maker], Head], ...] = (
    decree, letter_about, party, front, school, minutes, thanks, decision, annex, draft, story, rubric, office_cell,
    styled_letterhead, untitled,
)  # fmt: skip


def make_heads(words: Words, seed: int, each: int) -> list[Head]:
    """Return heads, `each` of every layout; one in four is in the other normal form, as from a Mac."""
    make = Maker(words, seed)
    heads = [layout(make) for layout in LAYOUTS for _ in range(each)]
    return [
        head.written_by(lambda text: unicodedata.normalize("NFD", text)) if number % 4 == 3 else head
        for number, head in enumerate(heads)
    ]
