"""Find people's names in Vietnamese text, including Ê Đê and M’Nông names. Pure.

A heuristic by titles (ông, chị, già làng…), family names, and the Y and H’ of highland names: good enough for advice,
not for decisions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.vietnamese import fold

_CAPITALS = "".join(
    letter for letter in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))) if letter.isupper()
)
_WORD = rf"[{_CAPITALS}](?:[^\W\d_]|[’'ʼ‘`](?=[^\W\d_]))*"
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0]{_WORD})*")
_WORDS = re.compile(r"[^ \u00a0]+")
_KIN = "ông bà anh chị em cháu bé cô chú bác cụ dì cậu mế thầy"
_OFFICES = "già làng|đồng chí|nghệ nhân|thầy giáo|cô giáo|bác sĩ|y sĩ|cựu chiến binh|thương binh|liệt sĩ|bệnh nhân|"
_OFFICES += "học sinh|trưởng thôn|trưởng buôn|trưởng bon|bí thư|chủ tịch"
_BY_TITLE = re.compile(
    rf"(?:^|(?P<whose>\w+)[ \u00a0]+|\W)(?P<title>{_OFFICES}|{_KIN.replace(' ', '|')})[ \u00a0]+$", re.IGNORECASE
)
# Words before a title that make it plural: “các anh”, “anh em”.
_SEVERAL = {"anh", "chị", "con", "các", "những", "mấy", "ông", "cô", "thầy", "bà", "hỡi"}
_FAMILIES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Lâm Trịnh Mai Trương Đoàn Tô Hà
Lương Vương Cao Lưu Tạ Thái Châu Phùng Tống Quách Kiều Nông Triệu Bế Vi Lục Lò Lường Quàng Cầm Hứa Mã Sầm Chu Lã
Ma Đàm Thào Giàng Vàng Sùng Cháng Mùa Lầu Hạng Ly Bàn Phàn Tẩn Chảo Điểu Thị Tăng Từ Ninh Doãn Khổng Thân Trang
Tiêu Viên Âu Giáp Mạc Nghiêm Kim Văn La Đồng Quan Lại Khuất
"""
_FAMILY = frozenset(re.findall(r"\w+", _FAMILIES))
_HIGHLAND = re.compile(r"H[’'ʼ‘`]\w+|(?:Ama|Amí|Aduôn|Aê)$")
# Words after a title that are no names of private people: “Ông Chủ tịch”, “chị em Ê Đê”, “bác Hồ”.
_NO_ONE = {
    *("e de", "mong", "hmong", "mnong", "tay", "nung", "dao", "thai", "muong", "kinh", "viet", "gia rai", "viet nam"),
    *("mat", "hoi", "bi", "chu", "truong", "pho", "ban", "doan", "dang", "chi", "to", "nong", "phu", "cuu", "cong"),
    *("bo", "uy", "tong", "ho", "ho chi minh", "ria", "y te"),
}
# Words before the name of a place, a school or an honour.
_NAMED_AFTER = re.compile(
    r"(?:^|\W)(?:đường|phố|trường|thpt|thcs|tiểu học|mầm non|mẫu giáo|đại học|công viên|quảng trường|tượng đài|"
    r"tư tưởng|thành phố|tp\.?|xã|phường|huyện|tỉnh|thị trấn|thôn|buôn|bon|chợ|(?<!yêu )cầu|giải thưởng|huân chương|"
    r"mang tên)[ \u00a0]+$",
    re.IGNORECASE,
)
_MOST_WORDS = 4
_LONGEST_TITLE = 24  # characters, with the word before it


@dataclass(frozen=True)
class Name:
    """A name at `start`–`end` of a text, with the title before it, if any; together they begin at `begin`."""

    start: int
    end: int
    text: str
    title: str = ""
    titled_from: int = -1

    @property
    def begin(self) -> int:
        return self.titled_from if self.title else self.start

    @property
    def shown(self) -> str:
        """The title, as within a sentence, and the name."""
        return f"{self.title.lower()} {self.text}" if self.title else self.text

    @property
    def initials(self) -> str:
        """The initials, as the press writes names of children: N.V.A."""
        return "".join(f"{word[0]}." for word in self.text.split())


def find_names(text: str) -> Iterator[Name]:
    """Yield all occurrences of people's names in a text, in order."""
    for run in _RUN.finditer(text):
        end = run.start()
        words = [(run.start() + word.start(), word.group()) for word in _WORDS.finditer(run.group())]
        for at, (start, _) in enumerate(words):
            if start < end:
                continue
            before = text[max(0, start - _LONGEST_TITLE) : start]
            titled = _BY_TITLE.search(before)
            if not titled and _NAMED_AFTER.search(before):
                break
            if name := _name_of(words[at : at + _MOST_WORDS], titled, start - len(before)):
                yield name
                end = name.end


def _name_of(words: list[tuple[int, str]], titled: re.Match[str] | None, offset: int) -> Name | None:
    """Return the name that begins at the first of these capitalised words, if any."""
    start, first = words[0]
    is_highland = bool(_HIGHLAND.match(first)) or first == "Y"
    if is_highland and len(words) == 1 and not first.startswith("H"):
        return None
    is_named = is_highland or (first in _FAMILY and len(words) > 1)
    if titled:
        title = titled["title"].lower()
        several = (titled["whose"] or "").lower() in _SEVERAL and title in ("em", "anh", "cháu")
        # After some titles, such as “học sinh”, a school may follow instead of a name.
        if several or (first == "H" and len(words) == 1) or (title not in _KIN.split() and not is_named):
            return None
    elif not is_named or (len(words) == 2 and not is_highland):
        return None
    if is_highland:
        words = words[:3]
    end = words[-1][0] + len(words[-1][1])
    if fold(name := " ".join(word for _, word in words)) in _NO_ONE or name.isupper():
        return None
    return Name(start, end, name, titled["title"], offset + titled.start("title")) if titled else Name(start, end, name)
