"""The cover note of stories sent: issuer, recipient, the list of articles with photos, contacts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plugins.content.stories.story import Story
from plugins.official.document import IssuedDocument
from plugins.official.issuer import Issuer
from plugins.official.paper import WIDTH
from plugins.vietnamese import capitalize, format_number
from plugins.word.making import save_document

_NOTICE = "PHIẾU MINH HỌA: có bài mẫu. Không dùng làm văn bản chính thức."
DOTS = "…………………………"


@dataclass(frozen=True)
class Enclosed:
    """An article in the list: its story, its folder, "" if it is the only one, and the number of its photos."""

    story: Story
    folder: str
    photos: int


class Cover(IssuedDocument):
    """A cover note under construction."""

    def add_text(self, to: str, enclosed: Sequence[Enclosed]) -> None:
        """Add the recipient and the list of articles."""
        self.add(f"Kính gửi: {to}", center=True)
        count = format_number(len(enclosed))
        what = f"{count} tin, bài kèm ảnh" if any(one.photos for one in enclosed) else f"{count} tin, bài"
        self.add(f"{capitalize(self.issued_by.standing)} gửi {what} sau đây, đề nghị xem xét, sử dụng:")
        columns: list[tuple[str, float, list[str]]] = [
            ("TT", 1.0, [str(number) for number, _ in enumerate(enclosed, 1)]),
            ("Tên tin, bài", 7.2, [_title(one.story) for one in enclosed]),
            ("Tác giả", 3.6, [one.story.author or DOTS for one in enclosed]),
            ("Thư mục", 2.2, [one.folder for one in enclosed]),
            ("Số ảnh", 2.0, [format_number(one.photos) for one in enclosed]),
        ]
        kept = [column for column in columns if any(column[2])]
        rows = [[head for head, _, _ in kept], *map(list, zip(*(cells for _, _, cells in kept), strict=True))]
        # The title gets the width of columns left out.
        widths = [width for _, width, _ in kept]
        widths[1] += WIDTH - sum(widths)
        self.grid(rows, widths, numbers=(0, len(kept) - 1))

    def add_contacts(self) -> None:
        """Add who answers for the content and how to reach them, with dots for anything not filled in."""
        office = self.issued_by.publisher
        is_own = self.issued_by.commune is None
        facts = (
            ("Chịu trách nhiệm nội dung", office.responsible if is_own else self.issued_by.standing),
            ("Người liên hệ", ""),
            ("Điện thoại", office.phone if is_own else ""),
            ("Thư điện tử", office.email if is_own else ""),
        )
        for name, value in facts:
            self.add(f"{name}: {value.strip('… ') or DOTS}", keep=True)
        request = "Tin, bài được sử dụng, xin báo lại tên báo hoặc trang, số và ngày đăng để cơ quan theo dõi."
        self.add(request, keep=True)


def render_cover(issuer: Issuer, to: str, enclosed: Sequence[Enclosed], day: date) -> bytes:
    """Return the note as a .docx. Same input, same bytes."""
    cover = Cover(issuer, "Về phong trào thi đua “Dân vận khéo”", "", day)
    cover.add_letterhead()
    notice = _NOTICE if any(one.story.sample for one in enclosed) else ""
    cover.add_title("PHIẾU GỬI TIN, BÀI", notice)
    cover.add_text(to, enclosed)
    cover.add_contacts()
    cover.add_signature((to,))
    return save_document(cover.word)


def _title(story: Story) -> str:
    return f"{story.title} (bài mẫu)" if story.sample else story.title
