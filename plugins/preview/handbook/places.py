"""The paragraph of the handbook that explains a problem: found by its words and its file, in this module alone."""

import re
from dataclasses import dataclass
from functools import cache

from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.preview.addresses import HANDBOOK_URL
from plugins.preview.handbook.book import OF_KEYS, advice_anchor, blocks, row_anchor
from plugins.sources.problem import Invalid, Problem
from plugins.vietnamese import fold


@dataclass(frozen=True)
class HandbookLink:
    """A link into the handbook: its address with an anchor, and its text."""

    url: str
    title: str


# Faults with a paragraph of their own, at any key; the first match counts. Each: a pattern of the path, one of the
# folded message, and the id of the paragraph.
_STORY, _TEXTS, _TABLE = r"(content/bai-viet/.*)?", r"(content/(bai-viet|trang|van-ban)/.*)?", r".*\.(csv|xlsx)"
_TYPED, _COUNTED = r"(content/.*\.(md|yaml))?", r"content/(bai-viet|bao-cao|dang-ky)/.*"
_ANY = r"(?s).*"
_ASKED = "nguoi-dung-hay-hoi-"
_PHOTO = r"\.(jpe?g|png|heic|webp|gif|tiff?|bmp|avif|svg)\b"
# A refusal of the preview has no path.
_REFUSAL = ""
KINDS = (
    (_REFUSAL, r"^anh|khong phai anh|tep anh|bo nho", "muc-anh-may-khong-nhan"),
    (_REFUSAL, r"da dang nen khong xoa", "muc-go-bai"),
    (_REFUSAL, r"dia chi|^da co (bai|thu muc)|khong phai mot nam", "muc-doi-dia-chi"),
    (_REFUSAL, r"sua o noi khac|khong con ban truoc", "muc-luu-va-cac-ban-truoc"),
    (_REFUSAL, r"khong con tep nay", "muc-viec-khac-cung-bam-nut"),
    (_REFUSAL, r"lam ten tep|^ten tep dai", "muc-ten-khong-dung-duoc-tren-windows"),
    (_REFUSAL, r"khong con|khong co tep|khong phai anh cua bai|lay lai", f"{_ASKED}mat-bai-lo-xoa-bai"),
    (_REFUSAL, r"xem thu truoc|gui len khong dung dang", f"{_ASKED}khong-luu-duoc-bai"),
    (_REFUSAL, r"danh muc dang co loi|chua doc duoc noi dung", "muc-cac-tep-danh-muc"),
    (_REFUSAL, r"lan toa", "muc-bai-doc-tren-loa-tin-zalo"),
    (_REFUSAL, r"sua duoc o day|phai mot bai viet|tep qua", "muc-tep-lac-cho"),
    (_REFUSAL, r"de chon$|con trong|dang chay", "muc-viec-khac-cung-bam-nut"),
    (_REFUSAL, r"gui ve|tep (trong|tam)|phai tep \.xlsx", "muc-gop-so-cac-xa-gui"),
    (r"(theme|plugins|pelicanconf|publishconf|tasks)\b.*", "", "muc-ma-mau-kieu-cua-trang-bi-loi"),
    (_ANY, r"tep khong o ma utf-8|utf-16|byte rong|bang ma", "muc-tep-khong-o-ma-utf-8"),
    (_ANY, r"phim tab", "muc-phim-tab"),
    (_ANY, r"ky tu an|ky tu dieu khien|khong phai chu$", "muc-ky-tu-an-ky-tu-la"),
    (_ANY, r"symlink|khong phai tep hay thu muc thuong", "muc-loi-dan-sang-cho-khac"),
    (_ANY, r"windows", "muc-ten-khong-dung-duoc-tren-windows"),
    (_ANY, r"chuong trinh khac mo|\bo dia\b(?! chi)", "muc-tep-dang-bi-giu"),
    (_ANY, r"khong (doc|ghi|xoa|doi ten|mo) duoc (tep|thu muc)$", "muc-tep-dang-bi-giu"),
    (_ANY, r"^tep trong$", "muc-tep-trong"),
    (_ANY, r"phan khai bao|^dong (---|\")", "muc-phan-khai-bao-o-dau-tep"),
    (_TYPED, r"hai cham|dau nhay|nhay dong|ngoac kep|bat dau bang (dau|\[)", "muc-dau-hai-cham-dau-nhay-trong-mot-muc"),
    (_TYPED, r"ghi chu va bi bo|thut vao|cach viet o|gach noi", "muc-dau-hai-cham-dau-nhay-trong-mot-muc"),
    (_ANY, r"lien nhau|dai qua|long (nhau|qua)", "muc-qua-dai-qua-nang-long-nhau-qua-sau"),
    (_ANY, r"nang (qua )?\S+ [km]b|qua sau", "muc-qua-dai-qua-nang-long-nhau-qua-sau"),
    (_ANY, r"^ngay .*(khong dung dang|khong co that|khong hop ly)|^nam \S+ khong dung", "muc-ngay-thang-khong-dung"),
    (_ANY, r"co quan nao|khong co co quan", "muc-co-quan-phu-trach-trang"),
    (_TABLE, r"^(chua co so dang ky nam|nam \d+ da co so)", "muc-moi-nam-mot-so"),
    (_TABLE, r"^(o |o gop)|cong thuc|excel|trang tinh|nhay kep", "muc-o-cot-trang-tinh-doc-khong-duoc"),
    (_TABLE, r"\bcot\b|dong .* khong (phai|duoc)|hon .* loi", "muc-o-cot-trang-tinh-doc-khong-duoc"),
    (r"content/dang-ky/.*", r"da ghi o dong|chua ghi (hinh thuc|cap|binh xet)", "muc-viec-da-qua"),
    (r"content/dang-ky/.*", r"truoc ngay dang ky|ngay con o phia truoc|khong ro ngay", "muc-viec-da-qua"),
    (_TEXTS, r"\bhtml|<\w+>", "muc-ma-html-trong-bai"),
    (_TEXTS, r"lien ket|khong dan toi dau", "muc-lien-ket-khong-dan-toi-dau"),
    (_STORY, r"chua co mo ta|anh .*chua (duoc )?dung", "muc-ta-anh"),
    (rf".*{_PHOTO}", "", "muc-anh-may-khong-nhan"),
    (_STORY, rf"{_PHOTO}|tep anh|khong phai ten mot tep", "muc-anh-may-khong-nhan"),
    (_ANY, r"duoc khai hai lan|khong co muc nao ten|dau dong khong phai ten", "muc-muc-viet-sai-ten-hay-khai-hai-lan"),
    (_ANY, r"khong co trong danh muc|la nhieu ten|chua ro .* noi ve noi nao", "muc-ten-khong-co-trong-danh-muc"),
    (_STORY, r"^(tieu de|ten bai) .*trung voi", "muc-hai-bai-cung-ten"),
    (_STORY, r"khong thuoc nam", "muc-bai-date"),
    (_STORY, r"truoc ngay dang|chua noi dieu gi|chua toi ngay|con o phia truoc", "muc-dinh-chinh-bo-sung"),
    (_STORY, r"phong chu", "muc-tom-tat-bang-tieng-dan-toc"),
    (_STORY, r"da go|go bai|ly do", "muc-go-bai"),
    (r"content/.*", r"nhan rong|dien hinh goc", "muc-nhan-rong"),
    (_STORY, r"dia chi cu", "muc-doi-dia-chi"),
    (_ANY, r"cong duoc .* khong phai|ma duoc cong nhan, bieu duong", "muc-so-khong-khop"),
    (_COUNTED, r"^bai (ghi|\w+ mau)|so dang ky|ma chua co bai|dem hai lan|con dk-", "muc-so-va-bai-noi-khac-nhau"),
    (_STORY, r"bai chua co chu", "muc-viet-trong-o-bai-viet"),
    (r"content/(?!danh-muc).*", r"khong duoc doc|khong nam trong|khong co tep bai.md", "muc-tep-lac-cho"),
    (r"content/(?!danh-muc).*", r"khong nhan anh|thu muc|khong phai mot nam", "muc-tep-lac-cho"),
    (_REFUSAL, r"khong \w+( \w+)? duoc|^da co", "muc-tep-dang-bi-giu"),
)
# Files by path: the tables of their keys, and the paragraph on them.
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
    (_REFUSAL, (), "muc-luu-va-cac-ban-truoc"),
    (_ANY, (), "muc-doc-mot-dong-loi"),
)
_NOTHING = Vocabulary()
_ADVICE = re.compile(r"Nên xem lại \(([^)]+)\)")
_QUOTED = re.compile(r'["“][^"”]*?(\.\w{2,5})?["”]')
_NAMED = re.compile(r'(?:mục|cột|Thiếu|ô|Mục|Ô|Cột) ["“]([^"”]+)["”]')


def of_refusal(refusal: Invalid) -> Problem:
    """Return a refusal, which is of no file, as a problem without a path."""
    return Problem("", 0, refusal.message, refusal.fix)


def find_link(problem: Problem, attribute: str = "") -> HandbookLink:
    """Return the paragraph that explains a problem; `attribute` is the key of a story at whose box it is shown."""
    anchor, name = _anchor(problem, attribute)
    slug, section = _sections()[anchor]
    return HandbookLink(f"{HANDBOOK_URL}{slug}/#{anchor}", f"mục “{name}”" if name else section)


def link_to(problem: Problem, attribute: str = "") -> dict[str, str]:
    """Return that link as a script reads it."""
    link = find_link(problem, attribute)
    return {"handbook": link.url, "explained": f"Sổ tay: {link.title}"}


def _anchor(problem: Problem, attribute: str) -> tuple[str, str]:
    """Return an id, and the name of the key or rule it is about; "" where the paragraph's own heading says it."""
    if rule := _ADVICE.match(problem.message):
        return advice_anchor(rule[1]), rule[1]
    message = fold(problem.message)
    # Quoted text is the writer's, and would match by chance; only the suffix of a file's name counts.
    unquoted = fold(_QUOTED.sub(r'"\1"', problem.message))
    for path, words, anchor in KINDS:
        if re.fullmatch(path, problem.path) and re.search(words, unquoted):
            return anchor, ""
    tables, anchor = next((tables, anchor) for path, tables, anchor in FILES if re.fullmatch(path, problem.path))
    quoted = [fold(name) for name in _NAMED.findall(problem.message)]
    found: list[tuple[int, str, str]] = []
    for table in tables:
        prefix, keys = OF_KEYS[table]
        for key in keys(_NOTHING):
            name = fold(key.name)
            if name in quoted or re.match(rf"{re.escape(name)}\b", message) or key.attribute == attribute:
                found.append((len(name), row_anchor(prefix, key.attribute), key.name))
    # “Ảnh khác” rather than “Ảnh”.
    return max(found, key=lambda one: one[0])[1:] if found else (anchor, "")


@cache
def _sections() -> dict[str, tuple[str, str]]:
    """Return the chapter and section of every id."""
    return {
        block.anchor: (block.chapter.slug, block.lead or block.section) for block in blocks(_NOTHING) if block.anchor
    }
