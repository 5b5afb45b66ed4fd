"""A story as a loudspeaker script, as many of its sentences as fit, and as a message for Zalo. Pure."""

from dataclasses import dataclass

from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Office
from plugins.spoken.numbers import NORTH, Speech
from plugins.spoken.text import SYLLABLES_A_MINUTE, Spoken, count_seconds, read_aloud
from plugins.spreading.telling import read_passages, split_sentences

_SHORTEST, LONGEST = 120, 180  # seconds
SAMPLE = "BÀI MẪU, KHÔNG PHÁT: viết để minh họa; người, việc và con số trong bài không có thật."
MOST = 500  # characters of a message for Zalo
_RESULTS = 3
_NOT_TO_SEND = "BÀI MẪU, KHÔNG GỬI: người, việc và con số không có thật."


@dataclass(frozen=True)
class ScriptLine:
    """A paragraph, and the second at which it begins."""

    text: str
    starts: int


@dataclass(frozen=True)
class Script:
    """A script, with the number of sentences `left_out` and the unknown abbreviations, which are `spelt`."""

    title: str
    lines: tuple[ScriptLine, ...]
    syllables: int
    left_out: int
    spelt: tuple[str, ...]
    sample: bool
    lacks_office: bool

    @property
    def seconds(self) -> int:
        return count_seconds(self.syllables)

    @property
    def length(self) -> str:
        """The length in minutes and syllables, in words."""
        said = f"khoảng {format_length(self.seconds)}"
        return f"{said}, {self.syllables} tiếng (đọc {SYLLABLES_A_MINUTE} tiếng một phút)"

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks for the reader."""
        notes = []
        if self.left_out:
            notes.append(
                f"Cho vừa thời lượng, {self.left_out} câu của bài không có ở đây; đọc lại xem mạch chuyện còn đủ."
            )
        elif self.seconds < _SHORTEST:
            notes.append(f"Bài ngắn: đọc hết cả bài mà chưa tới {format_length(_SHORTEST)}.")
        if self.spelt:
            notes.append(f"Chữ viết tắt máy chưa biết nên đánh vần: {', '.join(self.spelt)}; thay bằng chữ đầy đủ.")
        if self.lacks_office:
            notes.append(
                "Chưa điền tên cơ quan trong content/danh-muc/co-quan.yaml; điền rồi làm lại để lời chào nêu tên."
            )
        return tuple(notes)


def format_length(seconds: int) -> str:
    """Return a duration in words: 2 phút 30 giây."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(filter(None, (f"{minutes} phút" if minutes else "", f"{rest} giây" if rest or not minutes else "")))


def write_script(story: Story, office: Office | None, speech: Speech = NORTH) -> Script:
    """Return the script of a story in the name of an office, which may be None or have no name yet."""
    head = (" ".join(split_sentences(text)) for text in (story.title, story.summary) if text)
    frame = [[read_aloud(text, speech)] for text in (_greet(story, office), *head, _part(story, office))]
    passages = read_passages(story.body)
    spoken = [[read_aloud(sentence, speech) for sentence in passage] for passage in passages]
    kept = _choose(spoken, LONGEST * SYLLABLES_A_MINUTE // 60 - sum(one.syllables for (one,) in frame))
    told = [spoken[at][:count] for at, count in enumerate(kept) if count]
    paragraphs = [*frame[:-1], *told, frame[-1]]
    lines, syllables = [], 0
    for paragraph in paragraphs:
        lines.append(ScriptLine(" ".join(one.text for one in paragraph), count_seconds(syllables)))
        syllables += sum(one.syllables for one in paragraph)
    spelt = dict.fromkeys(word for paragraph in paragraphs for one in paragraph for word in one.spelt)
    left_out = sum(map(len, passages)) - sum(kept)
    lacks_office = office is None or not office.name
    return Script(story.title, tuple(lines), syllables, left_out, tuple(spelt), story.sample, lacks_office)


def _choose(passages: list[list[Spoken]], room: int) -> list[int]:
    """Return how many sentences of each passage fit into `room` syllables, in turns from the first and the last."""
    kept = [0] * len(passages)
    order = sorted(range(len(passages)), key=lambda at: (at not in (0, len(passages) - 1), at))
    is_open = [bool(passage) for passage in passages]
    while any(is_open):
        for at in order:
            if not is_open[at]:
                continue
            syllables = passages[at][kept[at]].syllables
            fits = syllables <= room
            if fits:
                room -= syllables
                kept[at] += 1
            # A sentence that does not fit ends its passage.
            is_open[at] = fits and kept[at] < len(passages[at])
    return kept


def _greet(story: Story, office: Office | None) -> str:
    whose = f" của {office.name}" if office and office.name else ""
    what = "câu chuyện" if story.is_exemplar else "tin"
    where = f"ở {story.commune.full_name}" if story.commune else "sau đây"
    return f"Kính thưa bà con! Đây là chuyên mục “Dân vận khéo”{whose}. Mời bà con nghe {what} {where}."


def _part(story: Story, office: Office | None) -> str:
    whose = f" của {office.short}" if office and office.short else ""
    author = f" Bài của {story.author}." if story.author else ""
    what = "câu chuyện" if story.is_exemplar else "tin"
    return (
        f"Bà con vừa nghe {what}: {story.title.rstrip('.')}.{author} "
        f"Cả bài có trên trang thông tin “Dân vận khéo”{whose}. Xin cảm ơn bà con đã lắng nghe."
    )


def write_short_text(story: Story, site_url: str) -> str:
    """Return the message, at most MOST characters long unless the title itself is longer.

    Results are left out from the last, then the sentence. Without an address of the site there is no link.
    """
    results = [f"• {f'{one.quantity} {one.label}'.strip()}" for one in story.results[:_RESULTS]]
    told = split_sentences(story.summary) or [one for passage in read_passages(story.body) for one in passage]
    link = f"Đọc cả bài: {site_url.rstrip('/')}{story.url}" if site_url else ""
    sample = _NOT_TO_SEND if story.sample else ""
    for lead in (*told[:1], ""):
        for count in range(len(results), -1, -1):
            parts = (sample, story.title, lead, "\n".join(results[:count]), link)
            text = "\n\n".join(filter(None, parts))
            if len(text) <= MOST:
                return text
    # A very long title is not cut.
    return "\n\n".join(filter(None, (sample, story.title, link)))
