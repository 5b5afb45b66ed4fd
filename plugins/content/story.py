"""A story: the one table of what it may hold, and front matter -> Story or Problems."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from plugins.content.addresses import parse_old_addresses
from plugins.content.codes import parse_code
from plugins.content.history import Change, parse_corrections, parse_updates, parse_withdrawal
from plugins.content.languages import LANGUAGES, Language, passage
from plugins.content.terms import INDIVIDUAL, KINDS, Commune, Field, Kind, Movement, Year
from plugins.language.advice import EVERYTHING, RULES, parse_muted
from plugins.sources import values
from plugins.sources.problem import Invalid, Level
from plugins.sources.schema import Key, Part, Record, Shape, Value, parse_record, report_missing
from plugins.vietnamese import format_date, slugify, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from plugins.content.vocabulary import Vocabulary
    from plugins.photos.photo import Photo
    from plugins.sources.front_matter import FrontMatter

    Day = date  # which in a story is its own
Term = TypeVar("Term", Field, Movement)

_MOST_SPELLINGS = 1024
LEVELS = ("thôn", "xã", "huyện", "tỉnh", "trung ương")


@dataclass(frozen=True)
class Result:
    """A key figure: what, and how much of it as written (3,2 km), or "" where no quantity was given."""

    quantity: str
    label: str


@dataclass(frozen=True)
class Commendation:
    """A form of praise, the level that gave it (thôn … trung ương) and the year."""

    form: str
    level: str
    year: int

    @property
    def title(self) -> str:
        level = self.level if self.level == "trung ương" else f"cấp {self.level}"
        return f"{self.form} {level}, {self.year}"


@dataclass(frozen=True)
class GalleryPhoto:
    """One of a story's further photos: its file's name, its alternative text, and its caption with the credit."""

    name: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Consent:
    """A signed form of consent by its reference alone, and whose it is; "" is whom the story is about."""

    reference: str
    name: str = ""


@dataclass(frozen=True)
class NamedCommune:
    """What a story's “Xã” may mean before its day is looked at: communes of one name, or just the one by its id."""

    candidates: tuple[Commune, ...]
    by_id: bool


# Each story is one object for a whole build: compared and hashed as that, not by its thirty fields.
@dataclass(frozen=True, eq=False)
class Story:
    """One story as its writer meant it. `kind` is None for plain news; `field` and `commune` are then optional."""

    path: str
    slug: str
    folder_year: str
    body: str
    body_line: int
    title: str
    date: date
    year: Year
    fields: tuple[Field, ...] = ()
    commune: Commune | None = None
    kind: Kind | None = None
    exemplar: str = ""
    summary: str = ""
    summary_rad: str = ""
    summary_cmo: str = ""
    summary_hmn: str = ""
    photo_name: str = ""
    photo_alt: str = ""
    photo_caption: str = ""
    gallery: tuple[GalleryPhoto, ...] = ()
    author: str = ""
    source: str = ""
    results: tuple[Result, ...] = ()
    commendations: tuple[Commendation, ...] = ()
    movements: tuple[Movement, ...] = ()
    replicates: str = ""
    registration: str = ""
    consents: tuple[Consent, ...] = ()
    muted: frozenset[str] = frozenset()
    draft: bool = False
    updates: tuple[Change, ...] = ()
    corrections: tuple[Change, ...] = ()
    old_addresses: tuple[str, ...] = ()  # site paths
    sample: bool = False
    # By what its register says, which is read after the stories.
    is_registered_as_recognised: bool = False
    photos: Mapping[str, Photo] = dataclasses.field(default_factory=dict)
    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)  # where each key stands, by attribute

    @property
    def url(self) -> str:
        return story_url(self.folder_year, self.slug)

    @property
    def field(self) -> Field | None:
        """The main field, under which the story is counted."""
        return self.fields[0] if self.fields else None

    @property
    def pair(self) -> tuple[Commune, Field] | None:
        """The cell of the matrix in which the story is counted."""
        return (self.commune, self.fields[0]) if self.commune and self.fields else None

    @property
    def photo(self) -> Photo | None:
        """The lead photo."""
        return self.photos.get(self.photo_name)

    @property
    def summaries(self) -> tuple[tuple[Language, str], ...]:
        """The summaries in other languages than Vietnamese."""
        return tuple((language, text) for language in LANGUAGES if (text := getattr(self, language.attribute)))

    @property
    def is_exemplar(self) -> bool:
        return self.kind is not None

    @property
    def is_recognised(self) -> bool:
        """Tell whether it is an exemplar by its register, or by having been commended, which comes after that."""
        return self.is_exemplar and (self.is_registered_as_recognised or bool(self.commendations))

    @property
    def name(self) -> str:
        """The exemplar's name; a story that gives none goes by its title."""
        return self.exemplar or self.title

    @property
    def reading_minutes(self) -> int:
        """Minutes to read the text, at 220 syllables a minute and never under one."""
        return max(1, round(len(self.body.split()) / 220))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Its updates and corrections, newest first."""
        return tuple(sorted((*self.corrections, *self.updates), key=lambda change: -change.day.toordinal()))

    @cached_property
    def modified(self) -> Day:
        """The day on which it last said something new."""
        return max((self.date, *(change.day for change in self.changes)))

    @cached_property
    def newest_first(self) -> tuple[Any, ...]:
        return -self.date.toordinal(), *self.by_title

    @cached_property
    def by_title(self) -> tuple[Any, ...]:
        return sort_key(self.title), self.slug

    @cached_property
    def by_name(self) -> tuple[Any, ...]:
        return sort_key(self.name), self.slug


def story_url(folder_year: str, slug: str) -> str:
    """Return the address of a story."""
    return f"/bai-viet/{folder_year}/{slug}/"


def story_keys(vocabulary: Vocabulary) -> tuple[Key, ...]:
    """Return the one table of what a story may hold. The reader, the checker, `new` and the README all use it."""

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
    kinds = values.choice("Loại", {kind.name: kind for kind in KINDS})
    status = values.choice("Trạng thái", {"nháp": True, "đăng": False})
    one_passage = Shape((Part(kind="passage"),))
    changes = Shape((Part("Ngày sửa", "day"), Part("Sửa gì, thêm gì")), many=True)
    return (
        Key("title", "Tiêu đề", text, "Tên bài, ngắn và cụ thể", required=True),
        Key(
            "date",
            "Ngày",
            values.day,
            "Ngày đăng, ngày trước tháng sau",
            required=True,
            example="19/8/2020",
            shape=Shape((Part(kind="day"),)),
        ),
        Key(
            "field",
            "Lĩnh vực",
            fields,
            "Một trong bốn lĩnh vực; nhiều thì viết danh sách, cái đầu là chính",
            example="Kinh tế",
            shape=_one_of((field.name for field in vocabulary.fields), many=True),
        ),
        Key(
            "commune",
            "Xã",
            communes,
            "Tên xã, thị trấn; có dấu hay không dấu đều được",
            example="Nam Dong",
            shape=_one_of(dict.fromkeys(c.name for c in sorted(vocabulary.communes, key=lambda c: c.sort_key))),
        ),
        Key(
            "kind",
            "Loại",
            kinds,
            "Tập thể | Cá nhân | Mô hình; bỏ trống nếu là tin thường",
            example="Tập thể",
            shape=_one_of(kind.name for kind in KINDS),
        ),
        Key("exemplar", "Điển hình", text, "Tên tập thể, cá nhân hoặc mô hình"),
        Key("year", "Năm", values.year, "Năm thi đua; bỏ trống thì lấy năm của ngày đăng", example="2020"),
        Key("summary", "Tóm tắt", text, "Một, hai câu, hiện dưới tiêu đề và trong danh sách", shape=one_passage),
        *(
            Key(
                language.attribute,
                f"Tóm tắt {language.name}",
                passage,
                f"Lời tóm tắt bằng {language.name}",
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
        ),
        Key("photo_alt", "Mô tả ảnh", text, "Tả ảnh cho người không nhìn thấy; có ảnh thì phải có", shape=one_passage),
        Key("photo_caption", "Chú thích ảnh", text, "Dòng chữ dưới ảnh, kèm người chụp"),
        Key(
            "gallery",
            "Ảnh khác",
            _gallery,
            "Mỗi dòng: tên tệp | mô tả | chú thích kèm người chụp",
            example="cong-lang.jpg | Bà con đào móng cống | Ngày đầu tiên. Ảnh: thôn 3",
            shape=Shape((Part("Tệp ảnh", "photo"), Part("Mô tả ảnh"), Part("Chú thích, người chụp")), many=True),
        ),
        Key("author", "Tác giả", text, "Người hoặc đơn vị viết"),
        Key("source", "Nguồn", text, "Thông tin lấy từ đâu, nếu không phải do người viết"),
        Key(
            "results",
            "Kết quả",
            _results,
            "Mỗi dòng: số lượng | việc; không có số thì chỉ ghi việc",
            example="3,2 km | kênh mương",
            shape=Shape((Part("Số lượng"), Part("Việc")), many=True, lacking="first"),
        ),
        Key(
            "commendations",
            "Biểu dương",
            _commendations,
            "Mỗi dòng: hình thức | cấp | năm",
            example="Giấy khen | huyện | 2020",
            shape=Shape((Part("Hình thức"), Part("Cấp", options=LEVELS), Part("Năm")), many=True),
        ),
        Key(
            "movements",
            "Phong trào",
            movements,
            "Tên, tên gọn hoặc mã của phong trào; nhiều thì viết danh sách",
            shape=_one_of((movement.short for movement in vocabulary.movements), many=True),
        ),
        Key(
            "replicates",
            "Nhân rộng từ",
            text,
            "Tên thư mục của bài về điển hình gốc",
            shape=Shape((Part(kind="exemplar"),)),
        ),
        Key("registration", "Đăng ký", parse_code, "Mã trong sổ đăng ký của năm ấy", example="DK-2020-012"),
        Key(
            "consent",
            "Đồng ý",
            _consents,
            "Số phiếu đồng ý; bắt buộc khi Loại là Cá nhân; nhiều người thì mỗi dòng: số phiếu | tên",
            example="PĐY-2020-07",
            shape=Shape((Part("Số phiếu"), Part("Tên người")), many=True),
        ),
        Key(
            "status",
            "Trạng thái",
            status,
            "nháp | đăng; bỏ trống là đăng",
            example="đăng",
            shape=_one_of(("nháp", "đăng")),
        ),
        Key(
            "updates",
            "Cập nhật",
            parse_updates,
            "Bài đã đăng được bổ sung; mỗi dòng: ngày | điều mới",
            example="5/3/2026 | Bổ sung số hộ tham gia",
            shape=changes,
        ),
        Key(
            "corrections",
            "Đính chính",
            parse_corrections,
            "Chỗ sai đã sửa sau khi đăng, hiện cả ở trang Đính chính; mỗi dòng: ngày | sửa gì",
            example="5/3/2026 | Sửa tên thôn, trước ghi nhầm là thôn 2",
            shape=changes,
        ),
        Key(
            "old_addresses",
            "Địa chỉ cũ",
            parse_old_addresses,
            "Bài từng ở đâu, tên thư mục cũ cũng được; ai mở địa chỉ ấy được dẫn tới bài này",
            example="bai-viet/2020/ten-cu",
            shape=Shape(many=True),
        ),
        Key(
            "withdrawn",
            "Gỡ",
            parse_withdrawal,
            "Gỡ bài khỏi trang: ngày, rồi lý do hiện cho bạn đọc, không nêu tên ai",
            example="1/3/2026, lý do gia đình xin rút bài",
        ),
        Key(
            "muted",
            "Bỏ nhắc",
            parse_muted,
            "Lời nhắc về câu chữ không cần cho bài này; tất cả: bỏ mọi lời nhắc",
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


def parse_story(matter: FrontMatter, keys: tuple[Key, ...], path: str, folder_year: str) -> Record:
    """Read a story's front matter. Returns the record with its problems."""
    record = parse_record(keys, matter.mapping, path)
    given = record.values
    day: date | None = given.get("date")
    if "commune" in given:
        given["commune"] = commune_on(record, given["commune"], day)
    if given.get("kind"):
        _require_of_exemplar(record, keys)
    if given.get("photo") and not given.get("photo_alt"):
        record.report(
            "photo_alt" if "photo_alt" in record.lines else "photo",
            f'Ảnh "{given["photo"]}" chưa có mô tả cho người không nhìn thấy',
            "thêm dòng Mô tả ảnh: …",
        )
    if day and str(day.year) != folder_year:
        record.report(
            "date",
            f"Ngày {format_date(day)} không thuộc năm {folder_year} của thư mục",
            f"sửa ngày, hoặc chuyển thư mục bài sang bai-viet/{day.year}/ nếu bài chưa đăng",
            Level.ADVICE,
        )
    _check_days(record, day)
    return record


def build_story(
    record: Record, matter: FrontMatter, slug: str, folder_year: str, photos: Mapping[str, Photo]
) -> Story | None:
    """Return the story that a record tells of; None when an error keeps it out, or it was taken down."""
    if any(problem.level is Level.ERROR for problem in record.problems) or "withdrawn" in record.values:
        return None
    given = dict(record.values)
    given["year"] = Year(given.get("year", given["date"].year))
    # Where the key's name and what the value is differ.
    for attribute, name in (("field", "fields"), ("photo", "photo_name"), ("status", "draft"), ("consent", "consents")):
        if attribute in given:
            given[name] = given.pop(attribute)
    if "replicates" in given:
        given["replicates"] = reference_slug(given["replicates"])
    if "old_addresses" in given:
        url = story_url(folder_year, slug)
        given["old_addresses"] = tuple(address.beside(url) for address in given["old_addresses"])
    return Story(
        path=record.path,
        slug=slug,
        folder_year=folder_year,
        body=matter.body,
        body_line=matter.body_line,
        lines=record.lines,
        photos=photos,
        **given,
    )


def _check_days(record: Record, posted: date | None) -> None:
    """Report what is said to have happened to a story before it was posted."""
    happened = [("withdrawn", "Gỡ", record.get("withdrawn"))]
    happened += [(name, change.name, change) for name in ("updates", "corrections") for change in record.get(name, ())]
    for attribute, name, change in happened:
        if posted and change and change.day < posted:
            message = f"{name} ngày {format_date(change.day)}, trước ngày đăng {format_date(posted)}"
            record.report(attribute, message, "sửa một trong hai ngày")


def _require_of_exemplar(record: Record, keys: tuple[Key, ...]) -> None:
    """Report what an exemplar needs and plain news does not."""
    if missing := {"field", "commune"} - record.values.keys() - record.refused:
        for key in keys:
            if key.attribute in missing:
                report_missing(record, key)
    if record.values["kind"] is INDIVIDUAL and not record.values.get("consent"):
        record.report(
            "consent" if "consent" in record.lines else "kind",
            'Bài về cá nhân mà thiếu mục "Đồng ý"',
            "thêm dòng Đồng ý: <số phiếu đồng ý của người được viết>",
        )


def name_commune(name: str, vocabulary: Vocabulary) -> NamedCommune:
    """Return the communes that a name may mean; Invalid when it means none."""
    found = vocabulary.find_communes(name)
    return NamedCommune(found, by_id=any(name in (commune.id, *commune.old_ids) for commune in found))


def commune_on(record: Record, named: NamedCommune, day: date | None, what: str = "bài") -> Commune | None:
    """Choose, among communes of one name, the one that existed on the day of a story, or of `what` else has one."""
    if day is None or not named.candidates:
        return None
    alive = [commune for commune in named.candidates if commune.existed_on(day)]
    if alive:
        return alive[0]
    commune = named.candidates[0]
    if commune.since and day < commune.since:
        message = f"{commune.title} chỉ có từ {format_date(commune.since)}, sau ngày {format_date(day)} của {what}"
        record.report("commune", message, "ghi xã, thị trấn vào lúc ấy, hoặc sửa ngày")
    elif commune.until and not named.by_id:
        # Whoever writes the id knows that it is the old commune that is meant.
        message = f"{commune.title} chỉ có đến {format_date(commune.until)}, trước ngày {format_date(day)} của {what}"
        fix = f"ghi xã hiện nay, hoặc ghi {commune.id} nếu {what} nói về nơi ấy trước đây"
        record.report("commune", message, fix, Level.ADVICE)
    return commune


_LEVEL = values.choice("Cấp biểu dương", {name: name for name in LEVELS})


def _results(value: Value) -> tuple[Result, ...]:
    results = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not parts[-1]:
            raise Invalid(f'Kết quả "{written}" không đúng dạng', "viết: số lượng | việc, ví dụ 3,2 km | kênh mương")
        results.append(Result(parts[0] if len(parts) == 2 else "", parts[-1]))
    return tuple(results)


def _commendations(value: Value) -> tuple[Commendation, ...]:
    return tuple(map(_commendation, values.texts(value)))


@lru_cache(_MOST_SPELLINGS)
def _commendation(written: str) -> Commendation:
    parts = [part.strip() for part in written.split("|")]
    if len(parts) != 3 or not all(parts):
        fix = "viết: hình thức | cấp | năm, ví dụ Giấy khen | huyện | 2020"
        raise Invalid(f'Biểu dương "{written}" không đúng dạng', fix)
    return Commendation(parts[0], _LEVEL(parts[1]), values.year(parts[2]))


def _gallery(value: Value) -> tuple[GalleryPhoto, ...]:
    found: dict[str, GalleryPhoto] = {}
    for written in values.texts(value):
        name, *words = [part.strip() for part in written.split("|")]
        if len(words) > 2:
            fix = "viết: tên tệp | mô tả | chú thích, ví dụ cong.jpg | Bà con đào cống | Ảnh: thôn 3"
            raise Invalid(f'Ảnh khác "{written}" không đúng dạng', fix)
        if not words or not words[0]:
            fix = f"viết: {name or 'cong.jpg'} | mô tả ảnh | chú thích"
            raise Invalid(f'Ảnh khác "{name}" chưa có mô tả cho người không nhìn thấy', fix)
        name = values.file_name(name)
        if name in found:
            raise Invalid(f'Ảnh khác "{name}" được ghi hai lần', "xóa một trong hai dòng")
        found[name] = GalleryPhoto(name, *words)
    return tuple(found.values())


def _consents(value: Value) -> tuple[Consent, ...]:
    found = []
    for written in values.texts(value):
        parts = [part.strip() for part in written.split("|")]
        if len(parts) > 2 or not all(parts):
            raise Invalid(
                f'Đồng ý "{written}" không đúng dạng', "viết: số phiếu | tên, ví dụ PĐY-2020-07 | Bà Nguyễn Thị A"
            )
        found.append(Consent(*parts))
    return tuple(found)


def reference_slug(written: str) -> str:
    """Return the slug that a “Nhân rộng từ” means: a folder name, with or without its path."""
    return slugify(written.replace("\\", "/").rstrip("/").removesuffix("/bai.md").rsplit("/", 1)[-1])
