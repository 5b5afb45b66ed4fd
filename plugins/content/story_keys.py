"""What a story may hold, declared once: reader, form, advice, `new`, import and the staff guide all read this."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from plugins.content.addresses import parse_old_addresses
from plugins.content.codes import parse_code
from plugins.content.commune_names import NamedCommune, name_commune
from plugins.content.history import parse_corrections, parse_updates, parse_withdrawal
from plugins.content.languages import LANGUAGES, passage
from plugins.content.story import LEVELS
from plugins.content.story_values import parse_commendations, parse_consents, parse_gallery, parse_results
from plugins.content.terms import INDIVIDUAL, KINDS, Field, Movement
from plugins.content.vocabulary import Vocabulary
from plugins.language.advice import EVERYTHING, RULES, parse_muted
from plugins.sources import values
from plugins.sources.schema import Key, Need, Part, Shape, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def story_keys(vocabulary: Vocabulary) -> tuple[Key, ...]:
    """Return the keys of a story, in the order of a new bai.md and of the staff guide."""

    # A term is looked up once, however many stories name it so.
    find_field = lru_cache(_MOST_SPELLINGS)(vocabulary.find_field)
    find_movement = lru_cache(_MOST_SPELLINGS)(vocabulary.find_movement)
    find_commune = lru_cache(_MOST_SPELLINGS)(lambda name: name_commune(name, vocabulary))

    def fields(value: Value) -> tuple[Field, ...]:
        return _once(map(find_field, values.texts(value)))

    def movements(value: Value) -> tuple[Movement, ...]:
        return _once(map(find_movement, values.texts(value)))

    def communes(value: Value) -> NamedCommune:
        return find_commune(values.text(value))

    text = values.text
    one_passage = Shape((Part(kind="passage"),))
    changes = Shape((Part("Ngày sửa", "day"), Part("Sửa gì, thêm gì")), many=True)
    return (
        Key("title", "Tiêu đề", text, "Tên bài, ngắn và cụ thể", required=True, prose=True, group=_NAME),
        Key(
            "date",
            "Ngày",
            values.day,
            "Ngày đăng, ngày trước tháng sau",
            required=True,
            example="19/8/2020",
            shape=Shape((Part(kind="day"),)),
            group=_FILING,
        ),
        Key(
            "field",
            "Lĩnh vực",
            fields,
            "Một trong bốn lĩnh vực; nhiều thì viết danh sách, cái đầu là chính",
            required_of=_EXEMPLAR,
            example="Kinh tế",
            shape=_one_of((field.name for field in vocabulary.fields), many=True),
            group=_FILING,
            fills="fields",
        ),
        Key(
            "commune",
            "Xã",
            communes,
            "Tên xã, thị trấn; có dấu hay không dấu đều được",
            required_of=_EXEMPLAR,
            example="Nam Dong",
            shape=_one_of(dict.fromkeys(c.name for c in sorted(vocabulary.communes, key=lambda c: c.sort_key))),
            group=_FILING,
        ),
        Key(
            "kind",
            "Loại",
            values.choice("Loại", {kind.name: kind for kind in KINDS}),
            "Tập thể, Cá nhân hoặc Mô hình; bỏ trống nếu là tin thường",
            example="Tập thể",
            shape=_one_of(kind.name for kind in KINDS),
            group=_FILING,
        ),
        Key("exemplar", "Điển hình", text, "Tên tập thể, cá nhân hoặc mô hình", prose=True, group=_FILING),
        Key(
            "year", "Năm", values.year, "Năm thi đua; bỏ trống thì lấy năm của ngày đăng", example="2020", group=_FILING
        ),
        Key(
            "summary",
            "Tóm tắt",
            text,
            "Một, hai câu, hiện dưới tiêu đề và trong danh sách",
            shape=one_passage,
            prose=True,
            group=_NAME,
        ),
        *(
            Key(
                language.attribute,
                f"Tóm tắt {language.name}",
                passage,
                f"Lời tóm tắt bằng {language.name}, hiện dưới tóm tắt tiếng Việt",
                shape=one_passage,
            )
            for language in LANGUAGES
        ),
        Key(
            "photo",
            "Ảnh",
            values.file_name,
            "Tên tệp ảnh đặt cạnh bai.md",
            example="kenh.jpg",
            shape=Shape((Part(kind="photo"),)),
            group=_PHOTOS,
            fills="photo_name",
        ),
        Key(
            "photo_alt",
            "Mô tả ảnh",
            text,
            "Tả ảnh cho người không nhìn thấy",
            required_of=_WITH_PHOTO,
            shape=one_passage,
            prose=True,
            group=_PHOTOS,
        ),
        Key("photo_caption", "Chú thích ảnh", text, "Dòng chữ dưới ảnh, kèm người chụp", prose=True, group=_PHOTOS),
        Key(
            "gallery",
            "Ảnh khác",
            parse_gallery,
            "Ảnh hiện thành lưới dưới bài; mỗi dòng: tên tệp | mô tả | chú thích kèm người chụp",
            example="cong-lang.jpg | Bà con đào móng cống | Ngày đầu tiên. Ảnh: thôn 3",
            shape=Shape((Part("Tệp ảnh", "photo"), Part("Mô tả ảnh"), Part("Chú thích, người chụp")), many=True),
            prose=True,
            group=_PHOTOS,
        ),
        Key("author", "Tác giả", text, "Người hoặc đơn vị viết", prose=True, group=_PEOPLE),
        Key("source", "Nguồn", text, "Thông tin lấy từ đâu, nếu không phải do người viết", prose=True, group=_PEOPLE),
        Key(
            "results",
            "Kết quả",
            parse_results,
            "Mỗi dòng: số lượng | việc; không có số thì chỉ ghi việc",
            example="3,2 km | kênh mương",
            shape=Shape((Part("Số lượng"), Part("Việc")), many=True, lacking="first"),
            prose=True,
            group=_RESULTS,
        ),
        Key(
            "commendations",
            "Biểu dương",
            parse_commendations,
            f"Mỗi dòng: hình thức | cấp | năm; cấp là {', '.join(LEVELS[:-1])} hoặc {LEVELS[-1]}",
            example="Giấy khen | huyện | 2020",
            shape=Shape((Part("Hình thức"), Part("Cấp", options=LEVELS), Part("Năm")), many=True),
            prose=True,
            group=_RESULTS,
        ),
        Key(
            "movements",
            "Phong trào",
            movements,
            "Tên, tên gọn hoặc mã của phong trào; nhiều thì viết danh sách",
            example="Vì người nghèo",
            shape=_one_of((movement.short for movement in vocabulary.movements), many=True),
            group=_FILING,
        ),
        Key(
            "replicates",
            "Nhân rộng từ",
            text,
            "Tên thư mục của bài về điển hình gốc",
            example="hai-thon-lam-kenh",
            shape=Shape((Part(kind="exemplar"),)),
            group=_FILING,
        ),
        Key(
            "registration", "Đăng ký", parse_code, "Mã của điển hình trong sổ đăng ký của năm ấy", example="DK-2020-012"
        ),
        Key(
            "consent",
            "Đồng ý",
            parse_consents,
            "Số phiếu đồng ý của người được viết, không hiện trên trang; nhiều người thì mỗi dòng: số phiếu | tên",
            required_of=_INDIVIDUAL,
            example="PĐY-2020-07",
            shape=Shape((Part("Số phiếu"), Part("Tên người")), many=True),
            prose=True,
            group=_PEOPLE,
            fills="consents",
        ),
        Key(
            "status",
            "Trạng thái",
            values.choice("Trạng thái", {"nháp": True, "đăng": False}),
            "nháp hoặc đăng; bỏ trống là đăng",
            example="đăng",
            shape=_one_of(("nháp", "đăng")),
            group=_STATUS,
            fills="draft",
        ),
        Key(
            "updates",
            "Cập nhật",
            parse_updates,
            "Điều bổ sung sau khi đăng; mỗi dòng: ngày | điều mới",
            example="5/3/2026 | Bổ sung số hộ tham gia",
            shape=changes,
            prose=True,
            group=_LATER,
        ),
        Key(
            "corrections",
            "Đính chính",
            parse_corrections,
            "Chỗ sai đã sửa sau khi đăng, hiện cả ở trang Đính chính; mỗi dòng: ngày | sửa gì",
            example="5/3/2026 | Sửa tên thôn, trước ghi nhầm là thôn 2",
            shape=changes,
            prose=True,
            group=_LATER,
        ),
        Key(
            "old_addresses",
            "Địa chỉ cũ",
            parse_old_addresses,
            "Địa chỉ cũ của bài, hay chỉ tên thư mục cũ; ai mở chỗ cũ được dẫn tới bài này; nhiều thì viết danh sách",
            example="bai-viet/2020/ten-cu",
            shape=Shape(many=True),
            group=_LATER,
        ),
        Key(
            "withdrawn",
            "Gỡ",
            parse_withdrawal,
            "Gỡ bài khỏi trang: ngày, rồi lý do hiện cho bạn đọc, không nêu tên ai",
            example="1/3/2026, lý do gia đình xin rút bài",
            group=_LATER,
        ),
        Key(
            "muted",
            "Bỏ nhắc",
            parse_muted,
            f"Lời nhắc về câu chữ không cần cho bài này; nhiều thì viết danh sách; “{EVERYTHING}” bỏ mọi lời nhắc",
            example="chữ hoa",
            shape=_one_of((*(rule.name for rule in RULES), EVERYTHING), many=True),
        ),
        Key(
            "sample",
            "Mẫu",
            values.yes_or_no,
            "có: bài minh họa, ghi rõ trên trang và không xuất bản",
            example="có",
            shape=_one_of(("có", "không")),
        ),
    )


def _one_of(options: Iterable[str], *, many: bool = False) -> Shape:
    return Shape((Part(options=tuple(options)),), many)


def _once(terms: Iterable[Term | None]) -> tuple[Term, ...]:
    """Return the terms in the order written, each once; None stands for one whose vocabulary could not be read."""
    return tuple(dict.fromkeys(term for term in terms if term))


# The same whatever the vocabulary.
_DECLARED = story_keys(Vocabulary())
PROSE = frozenset(key.attribute for key in _DECLARED if key.prose)
FILLS = {key.attribute: key.fills or key.attribute for key in _DECLARED}
