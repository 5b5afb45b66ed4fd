"""The languages beside Vietnamese in which a story may be summed up, and the letters that the site can set.

Ê Đê and M’Nông have letters that the site's own font has not (ĕ ŏ ĭ ŭ ƀ); a passage is set as a whole in one that has.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.sources import values
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from plugins.sources.schema import Value


@dataclass(frozen=True)
class Language:
    """A language: its tag (ISO 639-3) and what people here call it."""

    tag: str
    name: str

    @property
    def attribute(self) -> str:
        """The attribute of a story that holds its summary in this language."""
        return f"summary_{self.tag}"


LANGUAGES = (Language("rad", "tiếng Ê Đê"), Language("cmo", "tiếng M’Nông"), Language("hmn", "tiếng Mông"))

# What fonts/noto-sans-highland.woff2 has: Vietnamese, the letters of Ê Đê and M’Nông, and marks to put over others.
LETTERS = frozenset(
    f"{string.ascii_letters}{string.digits}{string.punctuation} \u00a0"
    "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ"
    "ỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹÑñČčĔĕĬĭŎŏŬŭƀɃ\u0300\u0301\u0303\u0306\u0309\u0323«»“”‘’ʼ–—…·°²×"
)


def passage(value: Value) -> str:
    """One line of text in one of these languages, with no letter that would be shown in another font."""
    written = values.text(value)
    if unknown := sorted(set(written) - LETTERS):
        shown = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in unknown)
        fix = "xem lại kiểu gõ; nếu gõ đúng, báo người phụ trách kỹ thuật thêm vào phông"
        raise Invalid(f"Phông chữ của trang chưa có {shown}", fix)
    return written
