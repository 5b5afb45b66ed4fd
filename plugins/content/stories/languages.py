"""The languages of summaries besides Vietnamese, and the letters of their font.

The site's main font lacks letters of Ê Đê and M’Nông (ĕ ŏ ĭ ŭ ƀ), so these passages have a font of their own.
"""

import string
from dataclasses import dataclass

from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import Value

# The characters of fonts/noto-sans-highland.woff2: Vietnamese, Ê Đê and M’Nông letters, and combining marks.
# Made by `pyftsubset NotoSans-Regular.ttf --text-file=… --flavor=woff2
# --layout-features=kern,mark,mkmk,ccmp,locl --no-hinting`.
LETTERS = frozenset(
    f"{string.ascii_letters}{string.digits}{string.punctuation} \u00a0"
    "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ"
    "ỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹÑñČčĔĕĬĭŎŏŬŭƀɃ\u0300\u0301\u0303\u0306\u0309\u0323«»“”‘’ʼ–—…·°²×"
)


@dataclass(frozen=True)
class Language:
    """A language: its tag (ISO 639-3) and its Vietnamese name."""

    tag: str
    name: str

    @property
    def attribute(self) -> str:
        """The attribute of a story for the summary in this language."""
        return f"summary_{self.tag}"


LANGUAGES = (Language("rad", "tiếng Ê Đê"), Language("cmo", "tiếng M’Nông"), Language("hmn", "tiếng Mông"))


def passage(value: Value) -> str:
    """Return a line of text in one of these languages; Invalid for letters that its font lacks."""
    written = values.text(value)
    if unknown := sorted(set(written) - LETTERS):
        shown = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in unknown)
        fix = "xem lại kiểu gõ; nếu gõ đúng, báo người phụ trách kỹ thuật thêm vào phông"
        raise Invalid(f"Phông chữ của trang chưa có {shown}", fix)
    return written
