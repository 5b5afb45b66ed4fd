"""The keys of a story, each declared once: reading, form, advice, `new`, import and the handbook use this table."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from plugins.content.addresses.old import parse_old_addresses
from plugins.content.addresses.urls import is_address, is_own_address, story_address
from plugins.content.registers.act import LEVELS, SPELLED_LEVELS, Act, ActKind, kind_of
from plugins.content.registers.registration import parse_code
from plugins.content.stories.history import parse_corrections, parse_updates, parse_withdrawal
from plugins.content.stories.languages import LANGUAGES, passage
from plugins.content.stories.listed import Result
from plugins.content.stories.story import Consent, GalleryPhoto
from plugins.content.vocabulary.terms import INDIVIDUAL, KINDS, Commune, Field, Movement
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.language.advice import EVERYTHING, RULES, parse_muted
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import LINE, Input, Key, Need, Value, Widget
from plugins.vietnamese import fold, format_date

Term = TypeVar("Term", Field, Movement)
_MOST_SPELLINGS = 1024
# `stated_by` sets the place of an act.
_HERE = "", 0
_LEVEL = values.choice("Cấp biểu dương", {name: name for name in LEVELS}, SPELLED_LEVELS)
# Said of a consent, these lead to no paper; folded. Where a form has no number, words say where it lies.
_ASSENTS = {"co", "roi", "ok", "da co", "da ky", "da co phieu", "dong y", "da dong y", "co dong y", "da xin phep"}

# The groups of the form, in the order of their first key below.
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
_DAY, _LINES, _PHOTO, _ORIGIN = (Widget((Input(kind=kind),)) for kind in ("day", "passage", "photo", "exemplar"))
_GALLERY = Widget(
    (Input("Tệp ảnh", "photo"), Input("Mô tả ảnh", "passage"), Input("Chú thích, người chụp", "passage")), many=True
)
_CHANGES = Widget((Input("Ngày sửa", "day"), Input("Sửa gì, thêm gì", "passage")), many=True)


def parse_results(value: Value) -> tuple[Result, ...]:
    """Return key figures, one per line: 3,2 km | kênh mương, or only a label."""
    results = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not parts[-1]:
            raise Invalid(f'Kết quả "{written}" không đúng dạng', "viết: số lượng | việc, ví dụ 3,2 km | kênh mương")
        results.append(Result(parts[0] if len(parts) == 2 else "", parts[-1]))
    return tuple(results)


def parse_commendations(value: Value) -> tuple[Act, ...]:
    """Return praise and awards, one per line: Giấy khen | tỉnh | 15/11/2020, or with a year only."""
    found: dict[tuple[object, ...], Act] = {}
    for written in values.texts(value):
        act = _commendation(written)
        if act.key in found:
            raise Invalid(f'Biểu dương "{written}" được ghi hai lần', "xóa một trong hai dòng; hai lần thì ghi rõ ngày")
        found[act.key] = act
    return tuple(found.values())


@lru_cache(_MOST_SPELLINGS)
def _commendation(written: str) -> Act:
    parts = [part.strip() for part in written.split("|")]
    if len(parts) != 3 or not all(parts):
        fix = "viết: hình thức | cấp | ngày hoặc năm, ví dụ Giấy khen | tỉnh | 15/11/2020"
        raise Invalid(f'Biểu dương "{written}" không đúng dạng', fix)
    day, year = _when(parts[2])
    return Act(kind_of(parts[0]), day, year, _HERE, form=parts[0], level=_LEVEL(parts[1]), in_year=True)


def parse_recognition(value: Value) -> tuple[Act, ...]:
    """Return the recognition: 20/10/2020 | Quyết định 12/QĐ-MTTQ; the day may be a year, the paper is optional."""
    when, _, paper = values.text(value).partition("|")
    day, year = _when(when.strip())
    return (Act(ActKind.RECOGNITION, day, year, _HERE, paper=paper.strip(), in_year=True),)


def _when(written: str) -> tuple[date | None, int]:
    """Return a day and its year, or None and a year."""
    if written.isdecimal():
        return None, values.year(written)
    day = values.day(written)
    return day, day.year


def parse_gallery(value: Value) -> tuple[GalleryPhoto, ...]:
    """Return further photos, one per line: file | alternative text | optional caption with credit."""
    found: dict[str, GalleryPhoto] = {}
    wordless: list[str] = []
    for written in values.texts(value):
        name, *words = [part.strip() for part in written.split("|")]
        if len(words) > 2:
            fix = "viết: tên tệp | mô tả | chú thích, ví dụ cong.jpg | Bà con đào cống | Ảnh: thôn 3"
            raise Invalid(f'Ảnh khác "{written}" không đúng dạng', fix)
        if not words or not words[0]:
            wordless.append(name)
            continue
        name = values.file_name(name)
        if name in found:
            raise Invalid(f'Ảnh khác "{name}" được ghi hai lần', "xóa một trong hai dòng")
        found[name] = GalleryPhoto(name, *words)
    if wordless:
        named = ", ".join(f'"{name}"' for name in wordless)
        fix = f"viết: {wordless[0] or 'cong.jpg'} | mô tả ảnh | chú thích"
        raise Invalid(f"Ảnh khác {named} chưa có mô tả cho người không nhìn thấy", fix)
    return tuple(found.values())


def parse_consents(value: Value) -> tuple[Consent, ...]:
    """Return consents, one per line: PĐY-2020-07, or PĐY-2020-07 | Bà Nguyễn Thị A."""
    found = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not all(parts):
            fix = "viết: số phiếu | tên, ví dụ PĐY-2020-07 | Bà Nguyễn Thị A"
            raise Invalid(f'Đồng ý "{written}" không đúng dạng', fix)
        if not fold(parts[0]) or fold(parts[0]) in _ASSENTS:
            raise Invalid(f'Đồng ý "{parts[0]}" không phải số phiếu', "ghi số trên phiếu đã ký, ví dụ PĐY-2026-07")
        found.append(Consent(*parts))
    return tuple(found)


def _one_of(options: Iterable[str], *, many: bool = False) -> Widget:
    return Widget((Input(options=tuple(options)),), many)


def _prose(
    attribute: str, name: str, told: str, group: str, widget: Widget = LINE, parse: Any = values.text, **more: Any
) -> Key:
    return Key(attribute, name, parse, told, "", widget, group, prose=True, **more)


# In the order of a new bai.md and of the handbook. `story_keys` completes those that depend on the vocabulary.
_KEYS = (
    _prose("title", "Tiêu đề", "Tên bài, ngắn và cụ thể", _NAME, parse=values.title, required=True),
    Key("date", "Ngày", values.day, "Ngày đăng, ngày trước tháng sau", "19/8/2020", _DAY, _FILING, required=True),
    Key(
        "field",
        "Lĩnh vực",
        values.text,
        "Một trong bốn lĩnh vực; nhiều thì viết danh sách, cái đầu là chính",
        "Kinh tế",
        group=_FILING,
        required_of=_EXEMPLAR,
        fills="fields",
    ),
    Key("commune", "Xã", values.text, "Tên {}; có dấu hay không dấu đều được", group=_FILING, required_of=_EXEMPLAR),
    Key(
        "kind",
        "Loại",
        values.choice("Loại", {kind.name: kind for kind in KINDS}),
        "Tập thể, Cá nhân hoặc Mô hình; bỏ trống nếu là tin thường",
        "Tập thể",
        _one_of(kind.name for kind in KINDS),
        _FILING,
    ),
    _prose("exemplar", "Điển hình", "Tên tập thể, cá nhân hoặc mô hình", _FILING),
    Key("year", "Năm", values.year, "Năm thi đua; bỏ trống thì lấy năm của ngày đăng", "2020", group=_FILING),
    _prose("summary", "Tóm tắt", "Một, hai câu, hiện dưới tiêu đề và trong danh sách", _NAME, _LINES),
    *(
        Key(
            one.attribute,
            f"Tóm tắt {one.name}",
            passage,
            f"Lời tóm tắt bằng {one.name}, hiện dưới tóm tắt tiếng Việt",
            "",
            _LINES,
        )
        for one in LANGUAGES
    ),
    Key(
        "photo", "Ảnh", values.file_name, "Tên tệp ảnh đặt cạnh bai.md", "kenh.jpg", _PHOTO, _PHOTOS, fills="photo_name"
    ),
    _prose("photo_alt", "Mô tả ảnh", "Tả ảnh cho người không nhìn thấy", _PHOTOS, _LINES, required_of=_WITH_PHOTO),
    _prose("photo_caption", "Chú thích ảnh", "Dòng chữ dưới ảnh, kèm người chụp", _PHOTOS, _LINES),
    Key(
        "gallery",
        "Ảnh khác",
        parse_gallery,
        "Ảnh hiện thành lưới dưới bài; mỗi dòng: tên tệp | mô tả | chú thích kèm người chụp",
        "cong-lang.jpg | Bà con đào móng cống | Ngày đầu tiên. Ảnh: thôn 3",
        _GALLERY,
        _PHOTOS,
        prose=True,
    ),
    _prose("author", "Tác giả", "Người hoặc đơn vị viết", _PEOPLE),
    _prose("source", "Nguồn", "Thông tin lấy từ đâu, nếu không phải do người viết", _PEOPLE),
    Key(
        "results",
        "Kết quả",
        parse_results,
        "Mỗi dòng: số lượng | việc; không có số thì chỉ ghi việc",
        "3,2 km | kênh mương",
        Widget((Input("Số lượng"), Input("Việc")), many=True, lacking="first"),
        _RESULTS,
        prose=True,
    ),
    Key(
        "recognition",
        "Công nhận",
        parse_recognition,
        "Ngày, hoặc năm, được tập thể bình chọn, công nhận | văn bản; đã ghi trong sổ đăng ký thì bỏ trống",
        "20/10/2020 | Quyết định 12/QĐ-MTTQ-BTT",
        Widget((Input("Ngày hoặc năm"), Input("Văn bản"))),
        _RESULTS,
    ),
    Key(
        "commendations",
        "Biểu dương",
        parse_commendations,
        "Mỗi dòng: hình thức | cấp | ngày, hoặc năm; cấp là {}",
        "Giấy khen | tỉnh | 15/11/2020",
        group=_RESULTS,
        prose=True,
    ),
    Key(
        "movements",
        "Phong trào",
        values.text,
        "Tên, tên gọn hoặc mã của phong trào; nhiều thì viết danh sách",
        "Vì người nghèo",
        group=_FILING,
    ),
    Key(
        "replicates",
        "Nhân rộng từ",
        values.text,
        "Tên thư mục của bài về điển hình gốc; bài gốc ở trang khác thì chép địa chỉ của bài ấy",
        "hai-thon-lam-kenh",
        _ORIGIN,
        _FILING,
    ),
    Key("registration", "Đăng ký", parse_code, "Mã của điển hình trong sổ đăng ký của năm ấy", "DK-2020-012"),
    Key(
        "consent",
        "Đồng ý",
        parse_consents,
        "Số phiếu đồng ý của người được viết, không hiện trên trang; nhiều người thì mỗi dòng: số phiếu | tên",
        "PĐY-2020-07",
        Widget((Input("Số phiếu"), Input("Tên người")), many=True),
        _PEOPLE,
        required_of=_INDIVIDUAL,
        prose=True,
        fills="consents",
    ),
    Key(
        "status",
        "Trạng thái",
        values.choice("Trạng thái", {"nháp": True, "đăng": False}),
        "nháp hoặc đăng; bỏ trống là đăng",
        "đăng",
        _one_of(("nháp", "đăng")),
        _STATUS,
        fills="draft",
    ),
    Key(
        "updates",
        "Cập nhật",
        parse_updates,
        "Điều bổ sung sau khi đăng; mỗi dòng: ngày | điều mới",
        "5/3/2026 | Bổ sung số hộ tham gia",
        _CHANGES,
        _LATER,
        prose=True,
    ),
    Key(
        "corrections",
        "Đính chính",
        parse_corrections,
        "Chỗ sai đã sửa sau khi đăng, hiện cả ở trang Đính chính; mỗi dòng: ngày | sửa gì",
        "5/3/2026 | Sửa tên thôn, trước ghi nhầm là thôn 2",
        _CHANGES,
        _LATER,
        prose=True,
    ),
    Key(
        "old_addresses",
        "Địa chỉ cũ",
        parse_old_addresses,
        "Địa chỉ cũ của bài, cả /tin.aspx?id=3, hay tên thư mục cũ; mở chỗ cũ là tới đây; nhiều thì viết danh sách",
        "bai-viet/2020/ten-cu",
        Widget(many=True),
        _LATER,
    ),
    Key(
        "withdrawn",
        "Gỡ",
        parse_withdrawal,
        "Gỡ bài khỏi trang: ngày, rồi lý do hiện cho bạn đọc, không nêu tên ai",
        "1/3/2026, lý do gia đình xin rút bài",
        group=_LATER,
    ),
    Key(
        "muted",
        "Bỏ nhắc",
        parse_muted,
        f"Lời nhắc về câu chữ không cần cho bài này; nhiều thì viết danh sách; “{EVERYTHING}” bỏ mọi lời nhắc",
        "chữ hoa",
        _one_of((*RULES, EVERYTHING), many=True),
    ),
    Key(
        "sample",
        "Mẫu",
        values.yes_or_no,
        "có: bài minh họa, ghi rõ trên trang và không xuất bản",
        "có",
        _one_of(("có", "không")),
    ),
)
PROSE = frozenset(key.attribute for key in _KEYS if key.prose)
FILLS = {key.attribute: key.fills or key.attribute for key in _KEYS}


def story_keys(vocabulary: Vocabulary) -> tuple[Key, ...]:
    """Return the keys of a story in their order, with the terms of a vocabulary."""
    words, keys = vocabulary.words, {key.attribute: key for key in _KEYS}
    levels = f"{', '.join(words.levels[:-1])} hoặc {words.levels[-1]}"
    fields = _one_of((field.name for field in vocabulary.fields), many=True)
    movements = _one_of((movement.short for movement in vocabulary.movements), many=True)
    praises = Widget((Input("Hình thức"), Input("Cấp", options=words.levels), Input("Ngày hoặc năm")), many=True)
    completed: dict[str, dict[str, Any]] = {
        "field": {"parse": _each(vocabulary.find_field), "widget": fields},
        "commune": {
            "name": words.key,
            "parse": values.named(vocabulary.name_commune),
            "help": keys["commune"].help.format(words.listed),
            "example": words.example,
            "widget": _one_commune(vocabulary.communes),
            "aliases": words.keys,
        },
        "commendations": {"help": keys["commendations"].help.format(levels), "widget": praises},
        "movements": {"parse": _each(vocabulary.find_movement), "widget": movements},
        "replicates": {"parse": _origin(vocabulary)},
    }
    keys |= {attribute: replace(keys[attribute], **given) for attribute, given in completed.items()}
    return tuple(keys.values())


def _one_commune(communes: Iterable[Commune]) -> Widget:
    """Return a choice of all communes; former ones follow, grouped by last day, marked cũ if the name is still used."""
    ordered = sorted(communes, key=lambda commune: (str(commune.until or ""), commune.sort_key))
    current = dict.fromkeys(_option(commune, ordered) for commune in ordered if not commune.until)
    ended = {
        f"{name} {commune.age}" if name in current else name: commune.until
        for commune in ordered
        if commune.until
        for name in (_option(commune, ordered),)
        if commune.age or name not in current
    }
    headings = tuple((name, f"Đến hết ngày {format_date(until)}") for name, until in ended.items())
    return Widget((Input(options=(*current, *ended), apart=headings),))


def _option(commune: Commune, others: Iterable[Commune]) -> str:
    """Return the name of a place, with its type if a place of another type shares the name."""
    is_alone = all(one.type == commune.type for one in others if one.name == commune.name)
    return commune.written if is_alone else commune.title


def _each(find: Callable[[str], Term | None]) -> Callable[[Value], tuple[Term, ...]]:
    """Return a reader of distinct terms in the order written, without those whose vocabulary could not be read."""
    find_once = lru_cache(_MOST_SPELLINGS)(find)
    return lambda value: tuple(dict.fromkeys(term for term in map(find_once, values.texts(value)) if term))


def _origin(vocabulary: Vocabulary) -> Callable[[Value], str]:
    """Return a reader of the origin of a replica: a folder name, or the address of a story on another site."""
    sites = [office.site_url for office in vocabulary.offices]

    def read(value: Value) -> str:
        written = values.text(value)
        if not is_address(written):
            return written
        address = story_address(written)
        return address.partition("://")[2].partition("/")[2] if is_own_address(address, sites) else address

    return read
