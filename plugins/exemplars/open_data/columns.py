"""The columns of the open data's table of exemplars: key, heading, meaning and value. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from plugins.content.addresses.urls import absolute_url
from plugins.content.stories.listed import Listed
from plugins.content.vocabulary.terms import Commune
from plugins.exemplars.model.index import Index
from plugins.vietnamese import capitalize


@dataclass(frozen=True)
class Column:
    """A column: its key in JSON, its heading in CSV, its meaning, and the source of its value."""

    key: str
    heading: str
    meaning: str
    meaning_en: str
    source: str | Callable[[Listed, Index, str], Any]  # the path of an attribute of the story, or a function

    def value(self, story: Listed, index: Index, site_url: str) -> Any:
        return attrgetter(self.source)(story) if isinstance(self.source, str) else self.source(story, index, site_url)


def find_origin_url(story: Listed, index: Index, site_url: str) -> str:
    """Return the address of the exemplar that a story replicates, here or on another site, or ""."""
    if origin := index.origin(story):
        return absolute_url(origin.url, site_url)
    return story.replicates if story.is_from_elsewhere else ""


COLUMNS = (
    Column("id", "Mã bài", "Định danh, không đổi", "Permanent identifier", "slug"),
    Column("name", "Điển hình", "Tên tập thể, cá nhân hoặc mô hình", "Name of the exemplar", "name"),
    Column("title", "Tiêu đề bài", "Tên bài viết", "Title of the story", "title"),
    Column("kind", "Loại", "Tập thể, cá nhân hay mô hình", "Collective, individual or model", "kind.name"),
    Column("field", "Lĩnh vực", "Lĩnh vực chính, dùng để đếm", "Main field, the one counted", "field.name"),
    Column(
        "other_fields",
        "Lĩnh vực khác",
        "Các lĩnh vực liên quan",
        "Related fields",
        lambda s, *_: [field.name for field in s.fields[1:]],
    ),
    Column("commune_id", "Mã xã", "Mã địa bàn khi thực hiện", "Commune then: id", "commune.id"),
    Column(
        "commune",
        "Xã",
        "Địa bàn khi thực hiện; cũ, mới: khi trùng tên",
        "Commune then; cũ (old) or mới (new) where two share a name",
        "commune.distinct_name",
    ),
    Column(
        "commune_today_id",
        "Mã xã hiện nay",
        "Mã địa bàn ấy hiện nay",
        "Commune today: id",
        lambda s, index, _: place_today(s, index).id,
    ),
    Column(
        "commune_today",
        "Xã hiện nay",
        "Địa bàn ấy hiện nay",
        "Commune today",
        lambda s, index, _: place_today(s, index).distinct_name,
    ),
    Column("year", "Năm", "Năm thi đua", "Year of emulation", "year.number"),
    Column(
        "date", "Ngày đăng", "Ngày đăng bài, dạng năm-tháng-ngày", "Date posted (ISO)", lambda s, *_: s.date.isoformat()
    ),
    Column(
        "updated",
        "Ngày cập nhật",
        "Ngày bổ sung hay đính chính gần nhất; chưa có thì là ngày đăng",
        "Date last updated or corrected (ISO)",
        lambda s, *_: s.modified.isoformat(),
    ),
    Column("summary", "Tóm tắt", "Một, hai câu", "Summary", "summary"),
    Column(
        "results",
        "Kết quả",
        "Số lượng và việc",
        "Key figures",
        lambda s, *_: [" ".join(filter(None, (result.quantity, result.label))) for result in s.results],
    ),
    Column(
        "commendations",
        "Biểu dương",
        "Hình thức, cấp, ngày hoặc năm",
        "Form, level and day or year of praise",
        lambda s, *_: [act.title for act in s.honors],
    ),
    Column(
        "movements",
        "Phong trào",
        "Cuộc vận động, phong trào liên quan",
        "Campaigns and movements",
        lambda s, *_: [movement.name for movement in s.movements],
    ),
    Column(
        "replicates",
        "Nhân rộng từ",
        "Mã bài của điển hình gốc",
        "Identifier of the exemplar that it replicates",
        lambda s, index, _: origin.slug if (origin := index.origin(s)) else "",
    ),
    Column(
        "replicated_by",
        "Số nơi làm theo",
        "Số điển hình nhân rộng trực tiếp từ điển hình này",
        "How many exemplars replicate it directly",
        lambda s, index, _: len(index.copies.get(s.slug, ())),
    ),
    Column(
        "recognised",
        "Được công nhận",
        "có hay không, theo sổ đăng ký hoặc bài; để trống khi không có trong sổ và bài không ghi",
        "“có” or “không” by its register or story; empty when it is in no register and its story says nothing",
        lambda s, *_: "có" if s.is_recognised else "không" if s.registration else "",
    ),
    Column(
        "sample", "Bài mẫu", "có: bài minh họa", "“có” when illustrative", lambda s, *_: "có" if s.sample else "không"
    ),
    Column(
        "url",
        "Địa chỉ",
        "Địa chỉ bài viết",
        "Address of the story",
        lambda s, _, site_url: absolute_url(s.url, site_url),
    ),
    Column("field_id", "Mã lĩnh vực", "Mã của lĩnh vực chính", "Main field: id", "field.id"),
    Column("kind_id", "Mã loại", "Mã của loại điển hình", "Kind: id", "kind.id"),
    Column("place_type", "Loại nơi", "Loại của nơi thực hiện", "Type of the place then", "commune.type"),
    Column(
        "replicates_url",
        "Địa chỉ gốc",
        "Địa chỉ của điển hình gốc, kể cả ở trang khác",
        "Address of the exemplar that it replicates, also on another site",
        find_origin_url,
    ),
)


# Only in tables that have exemplars of other sites.
SITE = Column(
    "site",
    "Trang",
    "Tên trang có bài; để trống khi bài ở trang này",
    "Name of the site that the story stands on; empty for this one",
    lambda s, *_: capitalize(s.site),
)


def place_today(story: Listed, index: Index) -> Commune:
    """Return the commune that its place belongs to today."""
    # Every exemplar has a commune; plain news, which may have none, is not in this table.
    return index.vocabulary.today(cast("Commune", story.commune))
