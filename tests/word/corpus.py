"""Sixty office documents made up at random, the same each time, and how many of their words come back.

`python -m tests.word.corpus 600` makes so many, and prints recall and precision of their words, by kind and format.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

from tests.word.office_writers import Docx, Odt, Run, Writer
from tests.word.page import Page, our_page

KINDS = ("kế hoạch", "báo cáo", "biên bản", "danh sách", "thư cảm ơn")
_WORDS = """Mặt trận xã Nam Dong thôn buôn Hai Ba bà con nhân dân góp đất công sức làm kênh mương nội đồng đường bê tông
nước về ruộng sớm mười ngày họp bàn thống nhất giao việc từng hộ khó khăn thuận lợi kết quả năm nay vụ mùa cà phê lúa
tuyên truyền vận động giám sát hòa giải giúp nhau vượt qua cảm ơn đồng bào chi bộ trưởng ban công tác Y Thịnh Niê H’Mai
Đắk R’lấp bon N’Jiêng lễ hội mừng lúa mới chất lượng cuộc sống 2019 2020 1.850 46 12,5 90% 10/3/2020 18-KH/MTTQ"""
_PHRASES = tuple(_WORDS.split())


@dataclass
class Made:
    """A document, the words that are seen in it, those that may come again, and what must be said to be left out."""

    kind: str
    suffix: str
    data: bytes
    seen: Counter[str]
    again: Counter[str]
    unseen: Counter[str]
    said: set[str] = field(default_factory=set)


class Author:
    """Writes one document with a writer of its format, and knows what is seen of it."""

    def __init__(self, kind: str, writer: Writer, dice: random.Random) -> None:
        self.kind, self.writer, self.dice = kind, writer, dice
        self.seen: list[str] = []
        self.again: list[str] = []
        self.unseen: list[str] = []
        self.said: set[str] = set()
        self._numbered = 0
        self._secrets = 0

    def words(self, fewest: int, most: int) -> str:
        return " ".join(self.dice.choices(_PHRASES, k=self.dice.randint(fewest, most)))

    def sentence(self) -> str:
        return self._see(self.words(6, 25).capitalize() + self.dice.choice((".", ".", ";", "!")))

    def _see(self, text: str) -> str:
        self.seen.append(text)
        return text

    def secret(self, said: str) -> str:
        """Return words that nobody is to see, each there once, of which the report must say that they are out."""
        self._secrets += 1
        self.said.add(said)
        self.unseen.append(f"kín{self._secrets}")
        return f"kín{self._secrets} {self.words(1, 4)}"

    def runs(self) -> list[Run]:
        looks = ("", "", "", "b", "i", "bi")
        return [Run(self.sentence() + " ", self.dice.choice(looks)) for _ in range(self.dice.randint(1, 4))]

    def paragraph(self) -> None:
        self.writer.paragraph(self.runs())

    def broken(self) -> None:
        self.writer.paragraph(
            [Run(self.sentence()), Run("\n"), Run(self.sentence(), "b"), Run("\n"), Run(self.sentence())]
        )

    def heading(self) -> None:
        self.writer.heading(self._see(self.words(3, 8).capitalize()), self.dice.randint(1, 3))

    def numbered(self) -> None:
        items = [self.sentence() for _ in range(self.dice.randint(1, 5))]
        for _ in items:
            self._numbered += 1
            self._see(str(self._numbered))
        self.writer.numbered(items)

    def bullets(self) -> None:
        self.writer.bullets([self.sentence() for _ in range(self.dice.randint(1, 5))])

    def typed(self) -> None:
        for _ in range(self.dice.randint(1, 4)):
            self.writer.paragraph([Run(f"- {self.sentence()}")])

    def table(self) -> None:
        width, height = self.dice.randint(2, 5), self.dice.randint(1, 12)
        head = [self._see(self.words(1, 3)) for _ in range(width)]
        rows = [[self._see(self.words(1, 6)) for _ in range(width)] for _ in range(height)]
        self.writer.table([head, *rows])

    def merged_table(self) -> None:
        """Two heads over three columns, the second over two; what is merged may come again in each of its places."""
        upper = [self._see(self.words(1, 2)) for _ in range(2)]
        self.again += upper
        lower = [self._see(self.words(1, 2)) for _ in range(2)]
        rows = [[self._see(self.words(1, 3)) for _ in range(3)] for _ in range(self.dice.randint(1, 6))]
        self.writer.merged_table(upper, lower, rows)

    def note(self) -> None:
        self.writer.note(self.sentence(), self.sentence())

    def photo(self) -> None:
        self.writer.photo(self.dice.randint(0, 255), self._see(f"Hình {self.words(4, 9)}"))

    def hidden(self) -> None:
        self.writer.hidden(self.sentence(), self.secret("ẩn"))

    def deleted(self) -> None:
        self.writer.deleted(self.sentence(), self.secret("chỗ xóa đã bỏ"))

    def box(self) -> None:
        self.writer.box(self.sentence(), self.sentence())

    def letterhead(self) -> None:
        self.writer.side_by_side(
            [self._see("ỦY BAN MẶT TRẬN TỔ QUỐC XÃ NAM DONG"), self._see(f"Số: {self.dice.randint(1, 99)}/BC-MTTQ")],
            [self._see("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), self._see("Độc lập - Tự do - Hạnh phúc")],
        )

    def signature(self) -> None:
        self.writer.side_by_side(
            [self._see("Nơi nhận:"), self._see("- Ban Thường trực huyện;"), self._see("- Lưu văn thư.")],
            [self._see("TM. BAN THƯỜNG TRỰC"), self._see("CHỦ TỊCH"), self._see("Y Thịnh Niê")],
        )

    def write(self) -> None:
        """Write a whole document of this kind: its head, things in any order of which this kind has most, its end."""
        self.letterhead()
        for line in (self.kind.upper(), self.words(5, 12)):
            self.writer.paragraph([Run(self._see(line), "b")])
        many = {
            "kế hoạch": (self.heading, self.numbered, self.paragraph),
            "báo cáo": (self.heading, self.paragraph, self.merged_table, self.photo),
            "biên bản": (self.paragraph, self.typed, self.broken),
            "danh sách": (self.table, self.merged_table),
            "thư cảm ơn": (self.paragraph, self.broken),
        }[self.kind]
        rare = (
            self.note,
            self.hidden,
            self.hidden,
            self.deleted,
            self.deleted,
            self.box,
            self.bullets,
            self.table,
            self.photo,
            self.typed,
        )
        for _ in range(self.dice.randint(5, 25)):
            self.dice.choice(many if self.dice.random() < 0.6 else rare)()
        self.signature()


def make(seed: int) -> Made:
    """Return the document of this number: its kind and its format go round."""
    dice = random.Random(seed)  # noqa: S311 - chance that is the same every time
    kind = KINDS[seed % len(KINDS)]
    writer = (Docx, Odt)[seed // len(KINDS) % 2]()
    author = Author(kind, writer, dice)
    author.write()
    seen, again = (Counter(word for text in texts for word in words_of(text)) for texts in (author.seen, author.again))
    return Made(kind, writer.suffix, writer.saved(), seen, again, Counter(author.unseen), author.said)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def words_on(page: Page) -> Counter[str]:
    """Return the words that a reader of a page sees, with the numbers of its lists, and what is under its pictures."""
    soup = BeautifulSoup(page.html, "html.parser")
    for mark in soup.select("sup[id^=fnref], a.footnote-backref"):
        mark.decompose()
    for item in soup.select("ol > li:not([id])"):
        start = int(str(item.parent.get("start", "1"))) if item.parent else 1
        item.insert(0, f"{start + len(item.find_previous_siblings('li'))} ")
    captions = " ".join(str(image.get("title", "")) for image in soup.find_all("img"))
    return Counter(words_of(soup.get_text(" ") + " " + captions))


class Score(NamedTuple):
    """Words that were seen and came back, all that were seen, all that came back; what is wrong beside."""

    found: int
    seen: int
    got: int
    wrong: str


def score(made: Made, folder: Path) -> Score:
    """Return how the words of a document came back."""
    file = folder / f"bai{made.suffix}"
    file.write_bytes(made.data)
    page = our_page(file)
    got = words_on(page)
    # A cell that spans several places may stand in each, which the report then says.
    if "ô gộp" in page.said:
        got -= (got - made.seen) & Counter({word: count * 3 for word, count in made.again.items()})
    found = (made.seen & got).total()
    unsaid = [what for what in made.said if what not in page.said]
    leaked = sorted((got & made.unseen).keys())
    missing, added = made.seen - got, got - made.seen
    wrong = "; ".join(
        f"{what}: {', '.join(map(str, which))}"
        for what, which in (("missing", missing), ("added", added), ("leaked", leaked), ("not said", unsaid))
        if which
    )
    return Score(found, made.seen.total(), got.total(), wrong)


def main(count: int) -> None:
    groups: dict[str, list[Score]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            made = make(seed)
            found = score(made, Path(folder))
            groups[f"{made.kind} {made.suffix}"].append(found)
            if found.wrong:
                print(f"{seed} {made.kind} {made.suffix}: {found.wrong[:300]}")
    groups["all"] = [one for scores in groups.values() for one in scores]
    for name, scores in groups.items():
        words = sum(one.found for one in scores)
        recall, precision = words / sum(one.seen for one in scores), words / sum(one.got for one in scores)
        print(f"{name:20} {len(scores):4} documents, {words} words, recall {recall:.5f}, precision {precision:.5f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
