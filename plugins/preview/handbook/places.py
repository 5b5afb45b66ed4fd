"""The paragraph of the handbook that explains a problem: found by its words and its file, in this module alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.preview.handbook.book import HANDBOOK_URL, blocks
from plugins.preview.handbook.tables import OF_KEYS, advice_anchor, row_anchor
from plugins.vietnamese import fold

if TYPE_CHECKING:
    from plugins.sources.problem import Problem


@dataclass(frozen=True)
class Place:
    """Where the handbook explains something: the address, with its anchor, and what the link is called."""

    url: str
    title: str


# Faults that are explained once, in whatever file they are: what a message says (folded), and the paragraph's id.
KINDS = (
    (r"(theme|plugins|pelicanconf|publishconf|tasks)\b.*", "", "muc-ma-mau-kieu-cua-trang-bi-loi"),
    ("", r"tep khong o ma utf-8|utf-16|byte rong|bang ma", "muc-tep-khong-o-ma-utf-8"),
    ("", r"phim tab", "muc-phim-tab"),
    ("", r"ky tu an|ky tu dieu khien|dao chieu|khong phai chu$", "muc-ky-tu-an-ky-tu-la"),
    ("", r"symlink|khong phai tep hay thu muc thuong", "muc-loi-dan-sang-cho-khac"),
    ("", r"windows", "muc-ten-khong-dung-duoc-tren-windows"),
    (
        "",
        r"chuong trinh khac mo|khong (doc|ghi|xoa|doi ten|mo) duoc (tep|thu muc)|may khong cho|o dia",
        "muc-tep-dang-bi-giu",
    ),
    ("", r"phan khai bao|dong ---|khong phai dung ba dau", "muc-phan-khai-bao-o-dau-tep"),
    (
        r"content/.*\.(md|yaml)",
        r"hai cham|nhay|ngoac kep|bat dau bang (dau|\[)|ghi chu va bi bo|thut vao|khong hieu duoc cach viet",
        "muc-dau-hai-cham-dau-nhay-trong-mot-muc",
    ),
    ("", r"lien nhau|dai qua|long nhau|nang qua \d|qua sau|tep nang", "muc-qua-dai-qua-nang-long-nhau-qua-sau"),
    (
        "",
        r"^ngay .*(khong dung dang|khong co that|khong hop ly)|khong phai mot nam|^nam \S+ khong dung",
        "muc-ngay-thang-khong-dung",
    ),
    (
        r".*\.(csv|xlsx)",
        r"^(o |o gop)|cong thuc|excel|trang tinh|nhay kep|(ten )?cot|dong ten|dong .* khong (phai|duoc)|hon .* loi",
        "muc-o-cot-trang-tinh-doc-khong-duoc",
    ),
    (r"content/(bai-viet|trang|van-ban)/.*", r"\b(html|<\w+>)", "muc-ma-html-trong-bai"),
    (r"content/(bai-viet|trang|van-ban)/.*", r"lien ket|khong dan toi dau", "muc-lien-ket-khong-dan-toi-dau"),
    (
        r"content/bai-viet/.*",
        r"^\S*\"?[^:]*\.(jpe?g|png|heic|webp|gif|tiff?|bmp|avif|svg)\b|^anh (la|hong|chep|dong|qua|o |co qua)|tep anh",
        "muc-anh-may-khong-nhan",
    ),
    (r"content/bai-viet/.*", r"chua co mo ta|chua duoc dung", "muc-ta-anh"),
    ("", r"duoc khai hai lan|khong co muc nao ten|dau dong khong phai ten", "muc-muc-viet-sai-ten-hay-khai-hai-lan"),
    ("", r"khong co trong danh muc|la nhieu ten", "muc-ten-khong-co-trong-danh-muc"),
    (r"content/bai-viet/.*", r"tieu de trung", "muc-hai-bai-cung-ten"),
    (r"content/bai-viet/.*", r"da go|go bai|ly do", "muc-go-bai"),
    (r"content/.*", r"nhan rong|dien hinh goc|vong", "muc-nhan-rong"),
    (r"content/bai-viet/.*", r"dia chi .*dia chi cu|dia chi cu", "muc-doi-dia-chi"),
    (
        r"content/(bai-viet|bao-cao|dang-ky)/.*",
        r"\bso\b.*\bbai\b|\bbai\b.*\bso\b|so dang ky",
        "muc-so-va-bai-noi-khac-nhau",
    ),
    (r"content/bai-viet/.*", r"bai chua co chu", "muc-viet-trong-o-bai-viet"),
    ("", r"khong duoc doc|khong nam trong|khong co tep bai.md|khong nhan anh|thu muc", "muc-tep-lac-cho"),
)
# What holds a file of each kind: the tables of its keys, and the paragraph that speaks of it.
FILES = (
    (r"content/bai-viet/.*", ("mục của bài",), "muc-cac-muc-cua-bai"),
    (r"content/trang/.*", ("mục của trang",), "muc-trang-co-dinh-van-ban"),
    (r"content/van-ban/.*", ("mục của văn bản",), "muc-trang-co-dinh-van-ban"),
    (r"content/bao-cao/.*", ("mục của lời báo cáo",), "muc-loi-viet-cua-bao-cao"),
    (r"content/dang-ky/.*-viec\.csv", ("cột của việc",), "muc-viec-da-qua"),
    (r"content/dang-ky/.*", ("cột của sổ đăng ký", "cột của việc"), "muc-cac-cot-cua-so-dang-ky"),
    (r"content/theo-doi/.*", ("cột của văn bản",), "muc-so-theo-doi-van-ban"),
    (r"content/gui-bai\.csv", ("cột của sổ gửi bài",), "muc-so-gui-bai"),
    (r"content/danh-muc/co-quan\.yaml", ("mục của cơ quan",), "muc-co-quan-phu-trach-trang"),
    (r"content/danh-muc/linh-vuc\.yaml", ("mục của lĩnh vực",), "muc-linh-vuc"),
    (r"content/danh-muc/xa\.yaml", ("mục của địa bàn",), "muc-dia-ban"),
    (r"content/danh-muc/phong-trao\.yaml", ("mục của phong trào",), "muc-phong-trao"),
    (r"content/danh-muc/ke-hoach\.yaml", ("mục của thời hạn",), "muc-thoi-han-cua-nam"),
    (r"content/danh-muc/lich\.yaml", ("mục của lịch",), "muc-lich"),
    (r"content/danh-muc/nguon\.yaml", ("mục của trang thành viên",), "muc-trang-thanh-vien"),
    (r"content/danh-muc.*", (), "muc-cac-tep-danh-muc"),
    (r"content/thu-ve.*", (), "muc-trang-thanh-vien"),
    (r"content/mau.*", (), "muc-mau-cong-van-cua-co-quan-minh"),
    (r"binh-xet/.*", (), "muc-ghi-ket-qua-binh-xet"),
    (r"(?s).*", (), "muc-doc-mot-dong-loi"),
)
_ADVICE = re.compile(r"Nên xem lại \(([^)]+)\)")
_NAMED = re.compile(r'(?:mục|cột|Thiếu|ô|Mục|Ô|Cột) ["“]([^"”]+)["”]')


def find_place(problem: Problem, attribute: str = "") -> Place:
    """Return the paragraph that explains a problem; `attribute` is the key of a story at whose box it is shown."""
    return _place(*_anchor(problem, attribute))


def link_to(problem: Problem, attribute: str = "") -> dict[str, str]:
    """Return that paragraph for a script: where its link leads, and what it is called."""
    place = find_place(problem, attribute)
    return {"handbook": place.url, "explained": f"Sổ tay: {place.title}"}


def _anchor(problem: Problem, attribute: str) -> tuple[str, str]:
    """Return an id, and the name of the key or rule it is about; "" where the paragraph's own heading says it."""
    if rule := _ADVICE.match(problem.message):
        return advice_anchor(rule[1]), rule[1]
    message = fold(problem.message)
    for path, words, anchor in KINDS:
        if (not path or re.fullmatch(path, problem.path)) and re.search(words, message):
            return anchor, ""
    tables, anchor = next((tables, anchor) for path, tables, anchor in FILES if re.fullmatch(path, problem.path))
    quoted = [fold(name) for name in _NAMED.findall(problem.message)]
    found: list[tuple[int, str, str]] = []
    for table in tables:
        prefix, keys = OF_KEYS[table]
        for key in keys(_NOTHING):
            name = fold(key.name)
            is_named = name in quoted or re.match(rf"{re.escape(name)}\b", message) or key.attribute == attribute
            if is_named:
                found.append((len(name), row_anchor(prefix, key.attribute), key.name))
    return max(found)[1:] if found else (anchor, "")


_NOTHING = Vocabulary()


def _place(anchor: str, name: str) -> Place:
    slug, section = _sections()[anchor]
    return Place(f"{HANDBOOK_URL}{slug}/#{anchor}", f"mục “{name}”" if name else section)


@cache
def _sections() -> dict[str, tuple[str, str]]:
    """Return the chapter and section of every id."""
    return {block.anchor: (block.chapter.slug, block.section) for block in blocks(_NOTHING) if block.anchor}
