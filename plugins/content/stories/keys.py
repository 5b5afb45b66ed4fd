"""What a story may hold, declared once: reader, form, advice, `new`, import and the staff guide all read this."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from plugins.content.addresses.old import parse_old_addresses
from plugins.content.addresses.stories import is_address, is_own_address, story_address
from plugins.content.registers.registration import parse_code
from plugins.content.stories.history import parse_corrections, parse_updates, parse_withdrawal
from plugins.content.stories.languages import LANGUAGES, passage
from plugins.content.stories.values import (
    parse_commendations,
    parse_consents,
    parse_gallery,
    parse_recognition,
    parse_results,
)
from plugins.content.vocabulary.terms import INDIVIDUAL, KINDS, Commune, Field, Movement
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.language.advice import EVERYTHING, RULES, parse_muted
from plugins.sources import values
from plugins.sources.schema import Input, Key, Need, Value, Widget
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Term = TypeVar("Term", Field, Movement)

_MOST_SPELLINGS = 1024
# The groups of the form, in the order in which each has its first key below.
_NAME, _FILING, _PHOTOS, _RESULTS = "Tên bài", "Xếp vào đâu", "Ảnh", "Kết quả và biểu dương"
_PEOPLE, _STATUS, _LATER = "Người viết và phiếu đồng ý", "Đăng hay chưa", "Sau khi đăng"

_EXEMPLAR = Need("với điển hình", "kind", lambda kind: kind is not None)
_INDIVIDUAL = Need(
    "với cá nhân",
    "kind",
    lambda kind: kind is INDIVIDUAL,
    'Bài về cá nhân mà thiếu mục "Đồng ý"',
    "thêm dòng Đồng ý: <số phiếu đồng ý của người được viết>",
)
_WITH_PHOTO = Need(
    "khi có ảnh", "photo", bool, 'Ảnh "{}" chưa có mô tả cho người không nhìn thấy', "thêm dòng Mô tả ảnh: …"
)
# By its attribute, what a key is for, in the words of staff, and an example.
_HELP = {
    "title": ("Tên bài, ngắn và cụ thể", ""),
    "date": ("Ngày đăng, ngày trước tháng sau", "19/8/2020"),
    "field": ("Một trong bốn lĩnh vực; nhiều thì viết danh sách, cái đầu là chính", "Kinh tế"),
    "kind": ("Tập thể, Cá nhân hoặc Mô hình; bỏ trống nếu là tin thường", "Tập thể"),
    "exemplar": ("Tên tập thể, cá nhân hoặc mô hình", ""),
    "year": ("Năm thi đua; bỏ trống thì lấy năm của ngày đăng", "2020"),
    "summary": ("Một, hai câu, hiện dưới tiêu đề và trong danh sách", ""),
    "photo": ("Tên tệp ảnh đặt cạnh bai.md", "kenh.jpg"),
    "photo_alt": ("Tả ảnh cho người không nhìn thấy", ""),
    "photo_caption": ("Dòng chữ dưới ảnh, kèm người chụp", ""),
    "gallery": (
        "Ảnh hiện thành lưới dưới bài; mỗi dòng: tên tệp | mô tả | chú thích kèm người chụp",
        "cong-lang.jpg | Bà con đào móng cống | Ngày đầu tiên. Ảnh: thôn 3",
    ),
    "author": ("Người hoặc đơn vị viết", ""),
    "source": ("Thông tin lấy từ đâu, nếu không phải do người viết", ""),
    "results": ("Mỗi dòng: số lượng | việc; không có số thì chỉ ghi việc", "3,2 km | kênh mương"),
    "recognition": (
        "Ngày, hoặc năm, được tập thể bình chọn, công nhận | văn bản; đã ghi trong sổ đăng ký thì bỏ trống",
        "20/10/2020 | Quyết định 12/QĐ-MTTQ-BTT",
    ),
    "commendations": (
        "Mỗi dòng: hình thức | cấp | ngày, hoặc năm; cấp là {}",
        "Giấy khen | tỉnh | 15/11/2020",
    ),
    "movements": ("Tên, tên gọn hoặc mã của phong trào; nhiều thì viết danh sách", "Vì người nghèo"),
    "replicates": (
        "Tên thư mục của bài về điển hình gốc; bài gốc ở trang khác thì chép địa chỉ của bài ấy",
        "hai-thon-lam-kenh",
    ),
    "registration": ("Mã của điển hình trong sổ đăng ký của năm ấy", "DK-2020-012"),
    "consent": (
        "Số phiếu đồng ý của người được viết, không hiện trên trang; nhiều người thì mỗi dòng: số phiếu | tên",
        "PĐY-2020-07",
    ),
    "status": ("nháp hoặc đăng; bỏ trống là đăng", "đăng"),
    "updates": ("Điều bổ sung sau khi đăng; mỗi dòng: ngày | điều mới", "5/3/2026 | Bổ sung số hộ tham gia"),
    "corrections": (
        "Chỗ sai đã sửa sau khi đăng, hiện cả ở trang Đính chính; mỗi dòng: ngày | sửa gì",
        "5/3/2026 | Sửa tên thôn, trước ghi nhầm là thôn 2",
    ),
    "old_addresses": (
        "Địa chỉ cũ của bài, cả /tin.aspx?id=3, hay tên thư mục cũ; mở chỗ cũ là tới đây; nhiều thì viết danh sách",
        "bai-viet/2020/ten-cu",
    ),
    "withdrawn": (
        "Gỡ bài khỏi trang: ngày, rồi lý do hiện cho bạn đọc, không nêu tên ai",
        "1/3/2026, lý do gia đình xin rút bài",
    ),
    "muted": (
        f"Lời nhắc về câu chữ không cần cho bài này; nhiều thì viết danh sách; “{EVERYTHING}” bỏ mọi lời nhắc",
        "chữ hoa",
    ),
    "sample": ("có: bài minh họa, ghi rõ trên trang và không xuất bản", "có"),
}
_SUMMED_UP = "Lời tóm tắt bằng {}, hiện dưới tóm tắt tiếng Việt"
# How the form asks for some of them.
_DAY, _LINES, _PHOTO, _ORIGIN = (Widget((Input(kind=kind),)) for kind in ("day", "passage", "photo", "exemplar"))
_GALLERY = Widget(
    (Input("Tệp ảnh", "photo"), Input("Mô tả ảnh", "passage"), Input("Chú thích, người chụp", "passage")), many=True
)
_FIGURES = Widget((Input("Số lượng"), Input("Việc")), many=True, lacking="first")
_RECOGNITION = Widget((Input("Ngày hoặc năm"), Input("Văn bản")))
_FORMS = Widget((Input("Số phiếu"), Input("Tên người")), many=True)
_CHANGES = Widget((Input("Ngày sửa", "day"), Input("Sửa gì, thêm gì", "passage")), many=True)


def story_keys(vocabulary: Vocabulary) -> tuple[Key, ...]:
    """Return the keys of a story, in the order of a new bai.md and of the staff guide."""
    text = values.text
    fields, movements = _each(vocabulary.find_field), _each(vocabulary.find_movement)
    communes = values.named(vocabulary.name_commune)
    kinds = {kind.name: kind for kind in KINDS}
    of_fields = _one_of((field.name for field in vocabulary.fields), many=True)
    of_communes = _one_commune(vocabulary.communes)
    of_movements = _one_of((movement.short for movement in vocabulary.movements), many=True)
    of_rules = _one_of((*RULES, EVERYTHING), many=True)
    words = vocabulary.words
    place_help = f"Tên {words.listed}; có dấu hay không dấu đều được"
    praises, praise = _HELP["commendations"]
    levels = f"{', '.join(words.levels[:-1])} hoặc {words.levels[-1]}"
    of_praises = Widget((Input("Hình thức"), Input("Cấp", options=words.levels), Input("Ngày hoặc năm")), many=True)
    is_draft = values.choice("Trạng thái", {"nháp": True, "đăng": False})
    return (
        Key("title", "Tiêu đề", text, *_HELP["title"], required=True, prose=True, group=_NAME),
        Key("date", "Ngày", values.day, *_HELP["date"], _DAY, _FILING, required=True),
        Key("field", "Lĩnh vực", fields, *_HELP["field"], of_fields, _FILING, required_of=_EXEMPLAR, fills="fields"),
        Key(
            "commune",
            words.key,
            communes,
            place_help,
            words.example,
            of_communes,
            _FILING,
            required_of=_EXEMPLAR,
            aliases=words.keys,
        ),
        Key("kind", "Loại", values.choice("Loại", kinds), *_HELP["kind"], _one_of(kinds), _FILING),
        Key("exemplar", "Điển hình", text, *_HELP["exemplar"], prose=True, group=_FILING),
        Key("year", "Năm", values.year, *_HELP["year"], group=_FILING),
        Key("summary", "Tóm tắt", text, *_HELP["summary"], _LINES, _NAME, prose=True),
        *(
            Key(one.attribute, f"Tóm tắt {one.name}", passage, _SUMMED_UP.format(one.name), "", _LINES)
            for one in LANGUAGES
        ),
        Key("photo", "Ảnh", values.file_name, *_HELP["photo"], _PHOTO, _PHOTOS, fills="photo_name"),
        Key("photo_alt", "Mô tả ảnh", text, *_HELP["photo_alt"], _LINES, _PHOTOS, required_of=_WITH_PHOTO, prose=True),
        Key("photo_caption", "Chú thích ảnh", text, *_HELP["photo_caption"], _LINES, _PHOTOS, prose=True),
        Key("gallery", "Ảnh khác", parse_gallery, *_HELP["gallery"], _GALLERY, _PHOTOS, prose=True),
        Key("author", "Tác giả", text, *_HELP["author"], prose=True, group=_PEOPLE),
        Key("source", "Nguồn", text, *_HELP["source"], prose=True, group=_PEOPLE),
        Key("results", "Kết quả", parse_results, *_HELP["results"], _FIGURES, _RESULTS, prose=True),
        Key("recognition", "Công nhận", parse_recognition, *_HELP["recognition"], _RECOGNITION, _RESULTS),
        Key(
            "commendations",
            "Biểu dương",
            parse_commendations,
            praises.format(levels),
            praise,
            of_praises,
            _RESULTS,
            prose=True,
        ),
        Key("movements", "Phong trào", movements, *_HELP["movements"], of_movements, _FILING),
        Key("replicates", "Nhân rộng từ", _origin(vocabulary), *_HELP["replicates"], _ORIGIN, _FILING),
        Key("registration", "Đăng ký", parse_code, *_HELP["registration"]),
        Key(
            "consent",
            "Đồng ý",
            parse_consents,
            *_HELP["consent"],
            _FORMS,
            _PEOPLE,
            required_of=_INDIVIDUAL,
            prose=True,
            fills="consents",
        ),
        Key("status", "Trạng thái", is_draft, *_HELP["status"], _one_of(("nháp", "đăng")), _STATUS, fills="draft"),
        Key("updates", "Cập nhật", parse_updates, *_HELP["updates"], _CHANGES, _LATER, prose=True),
        Key("corrections", "Đính chính", parse_corrections, *_HELP["corrections"], _CHANGES, _LATER, prose=True),
        Key("old_addresses", "Địa chỉ cũ", parse_old_addresses, *_HELP["old_addresses"], Widget(many=True), _LATER),
        Key("withdrawn", "Gỡ", parse_withdrawal, *_HELP["withdrawn"], group=_LATER),
        Key("muted", "Bỏ nhắc", parse_muted, *_HELP["muted"], of_rules),
        Key("sample", "Mẫu", values.yes_or_no, *_HELP["sample"], _one_of(("có", "không"))),
    )


def _one_of(options: Iterable[str], *, many: bool = False) -> Widget:
    return Widget((Input(options=tuple(options)),), many)


def _one_commune(communes: Iterable[Commune]) -> Widget:
    """Offer every commune: those that came to an end apart, as the old one where another bears the name since."""
    ordered = sorted(communes, key=lambda commune: (str(commune.until or ""), commune.sort_key))
    going_on = dict.fromkeys(_told(commune, ordered) for commune in ordered if not commune.until)
    ended = {
        f"{name} {commune.age}" if name in going_on else name: commune.until
        for commune in ordered
        if commune.until
        for name in (_told(commune, ordered),)
        if commune.age or name not in going_on
    }
    headings = tuple((name, f"Đến hết ngày {format_date(until)}") for name, until in ended.items())
    return Widget((Input(options=(*going_on, *ended), apart=headings),))


def _told(commune: Commune, others: Iterable[Commune]) -> str:
    """Return how a story names a place: with its type where one of another type bears its name too."""
    is_alone = all(one.type == commune.type for one in others if one.name == commune.name)
    return commune.written if is_alone else commune.title


def _each(find: Callable[[str], Term | None]) -> Callable[[Value], tuple[Term, ...]]:
    """Make a reader of terms, in the order written, each once; None stands for one whose vocabulary was not read."""
    # A term is looked up once, however many stories name it so.
    find_once = lru_cache(_MOST_SPELLINGS)(find)
    return lambda value: tuple(dict.fromkeys(term for term in map(find_once, values.texts(value)) if term))


def _origin(vocabulary: Vocabulary) -> Callable[[Value], str]:
    """Make a reader of what a story replicates: a folder's name, or the address of a story on another site."""
    sites = [office.site_url for office in vocabulary.offices]

    def read(value: Value) -> str:
        written = values.text(value)
        if not is_address(written):
            return written
        address = story_address(written)
        return address.partition("://")[2].partition("/")[2] if is_own_address(address, sites) else address

    return read


# The same whatever the vocabulary.
_DECLARED = story_keys(Vocabulary())
PROSE = frozenset(key.attribute for key in _DECLARED if key.prose)
FILLS = {key.attribute: key.fills or key.attribute for key in _DECLARED}
