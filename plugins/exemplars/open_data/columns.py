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
    """A column: key in JSON, heading in CSV, meaning, and the path of its value from the story ("": see _COMPUTED)."""

    key: str
    heading: str
    meaning: str
    meaning_en: str
    path: str = ""

    def value(self, story: Listed, index: Index, site_url: str) -> Any:
        if self.path:
            return attrgetter(self.path)(story)
        return _COMPUTED[self.key](story, index, site_url)


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
    Column("other_fields", "Lĩnh vực khác", "Các lĩnh vực liên quan", "Related fields"),
    Column("commune_id", "Mã xã", "Mã địa bàn khi thực hiện", "Commune then: id", "commune.id"),
    Column(
        "commune",
        "Xã",
        "Địa bàn khi thực hiện; cũ, mới: khi trùng tên",
        "Commune then; cũ (old) or mới (new) where two share a name",
        "commune.distinct_name",
    ),
    Column("commune_today_id", "Mã xã hiện nay", "Mã địa bàn ấy hiện nay", "Commune today: id"),
    Column("commune_today", "Xã hiện nay", "Địa bàn ấy hiện nay", "Commune today"),
    Column("year", "Năm", "Năm thi đua", "Year of emulation", "year.number"),
    Column("date", "Ngày đăng", "Ngày đăng bài, dạng năm-tháng-ngày", "Date posted (ISO)"),
    Column(
        "updated",
        "Ngày cập nhật",
        "Ngày bổ sung hay đính chính gần nhất; chưa có thì là ngày đăng",
        "Date last updated or corrected (ISO)",
    ),
    Column("summary", "Tóm tắt", "Một, hai câu", "Summary", "summary"),
    Column("results", "Kết quả", "Số lượng và việc", "Key figures"),
    Column("commendations", "Biểu dương", "Hình thức, cấp, ngày hoặc năm", "Form, level and day or year of praise"),
    Column("movements", "Phong trào", "Cuộc vận động, phong trào liên quan", "Campaigns and movements"),
    Column("replicates", "Nhân rộng từ", "Mã bài của điển hình gốc", "Identifier of the exemplar that it replicates"),
    Column(
        "replicated_by",
        "Số nơi làm theo",
        "Số điển hình nhân rộng trực tiếp từ điển hình này",
        "How many exemplars replicate it directly",
    ),
    Column(
        "recognised",
        "Được công nhận",
        "có hay không, theo sổ đăng ký hoặc bài; để trống khi không có trong sổ và bài không ghi",
        "“có” or “không” by its register or story; empty when it is in no register and its story says nothing",
    ),
    Column("sample", "Bài mẫu", "có: bài minh họa", "“có” when illustrative"),
    Column("url", "Địa chỉ", "Địa chỉ bài viết", "Address of the story"),
    Column("field_id", "Mã lĩnh vực", "Mã của lĩnh vực chính", "Main field: id", "field.id"),
    Column("kind_id", "Mã loại", "Mã của loại điển hình", "Kind: id", "kind.id"),
    Column("place_type", "Loại nơi", "Loại của nơi thực hiện", "Type of the place then", "commune.type"),
    Column(
        "replicates_url",
        "Địa chỉ gốc",
        "Địa chỉ của điển hình gốc, kể cả ở trang khác",
        "Address of the exemplar that it replicates, also on another site",
    ),
)
# Only in tables that have exemplars of other sites.
SITE = Column(
    "site",
    "Trang",
    "Tên trang có bài; để trống khi bài ở trang này",
    "Name of the site that the story stands on; empty for this one",
)
_COMPUTED: dict[str, Callable[[Listed, Index, str], Any]] = {
    "other_fields": lambda story, *_: [field.name for field in story.fields[1:]],
    "commune_today_id": lambda story, index, _: place_today(story, index).id,
    "commune_today": lambda story, index, _: place_today(story, index).distinct_name,
    "date": lambda story, *_: story.date.isoformat(),
    "updated": lambda story, *_: story.modified.isoformat(),
    "results": lambda story, *_: [" ".join(filter(None, (one.quantity, one.label))) for one in story.results],
    "commendations": lambda story, *_: [act.title for act in story.honors],
    "movements": lambda story, *_: [movement.name for movement in story.movements],
    "replicates": lambda story, index, _: origin.slug if (origin := index.origin(story)) else "",
    "replicated_by": lambda story, index, _: len(index.copies.get(story.slug, ())),
    "recognised": lambda story, *_: "có" if story.is_recognised else "không" if story.registration else "",
    "sample": lambda story, *_: "có" if story.sample else "không",
    "url": lambda story, _, site_url: absolute_url(story.url, site_url),
    "replicates_url": find_origin_url,
    "site": lambda story, *_: capitalize(story.site),
}


def place_today(story: Listed, index: Index) -> Commune:
    """Return the commune that its place belongs to today."""
    # Every exemplar has a commune; plain news, which may have none, is not in this table.
    return index.vocabulary.today(cast("Commune", story.commune))
