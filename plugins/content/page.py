"""Standing pages (content/trang) and official documents (content/van-ban)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from plugins.content.addresses.old import OldAddress, parse_old_addresses
from plugins.content.addresses.sections import DOCUMENTS, HOME, Crumb
from plugins.markdown.body import Body
from plugins.sources import values
from plugins.sources.front_matter import FrontMatter
from plugins.sources.schema import Key, Record, parse_record
from plugins.vietnamese import sort_key

Day = date  # `date` is a field of a document
_OLD_ADDRESSES = Key("old_addresses", "Địa chỉ cũ", parse_old_addresses, "Trang từng ở đâu, tên tệp cũ cũng được")
PAGE_KEYS = (
    Key("title", "Tiêu đề", values.title, "Tên trang", required=True),
    Key("summary", "Tóm tắt", values.text, "Một câu cho máy tìm kiếm"),
    _OLD_ADDRESSES,
)
DOCUMENT_KEYS = (
    Key("title", "Tiêu đề", values.title, "Tên văn bản", required=True),
    Key("number", "Số hiệu", values.text, "Số và ký hiệu; bỏ trống khi chưa biết"),
    Key("date", "Ngày", values.day, "Ngày ký; bỏ trống khi chưa biết", example="29/5/2020"),
    Key("issuer", "Cơ quan ban hành", values.text, "Cơ quan ký", required=True),
    Key("summary", "Tóm tắt", values.text, "Một, hai câu, hiện trong danh sách"),
    _OLD_ADDRESSES,
)


@dataclass(frozen=True)
class Page:
    """A standing page such as the contact page; its slug is its file name."""

    section: ClassVar[Crumb] = HOME

    path: str
    slug: str
    body: Body
    title: str
    summary: str = ""
    old_addresses: tuple[str, ...] = ()  # site paths

    @classmethod
    def address(cls, slug: str) -> str:
        """Return the URL of a page with this slug."""
        return f"{cls.section.url}{slug}/"

    @property
    def url(self) -> str:
        return self.address(self.slug)

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return tuple(dict.fromkeys((HOME, self.section, Crumb(self.title, self.url))))


@dataclass(frozen=True)
class OfficialDocument(Page):
    """The summary of an official document; number and date may be unknown."""

    section = DOCUMENTS

    number: str = ""
    date: Day | None = None
    issuer: str = ""

    @property
    def newest_first(self) -> tuple[Any, ...]:
        return -(self.date.toordinal() if self.date else 0), sort_key(self.title), self.slug


def parse_page(kind: type[Page], matter: FrontMatter, body: Body, path: str, slug: str) -> tuple[Page | None, Record]:
    """Read a page or a document; None if its record has problems."""
    record = parse_record(DOCUMENT_KEYS if kind is OfficialDocument else PAGE_KEYS, matter.mapping, path)
    if record.problems:
        return None, record
    page = kind(path, slug, body, **record.values)
    old: tuple[OldAddress, ...] = record.get("old_addresses", ())
    return replace(page, old_addresses=tuple(address.beside(page.url) for address in old)), record
