"""Thousands of edits of stories written in every way: no byte changes but of the key that was said otherwise."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import load_vocabulary
from plugins.editing.rewriting import read_fields, read_guesses, rewrite
from plugins.editing.saving import normalize_text, write_lines
from plugins.sources.front_matter import FrontMatter, parse_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.slow

KEYS = story_keys(load_vocabulary(Path(__file__).parents[2])[0])
# Keys whose value may be any line, or any lines.
LINES = {"Tiêu đề": "title", "Điển hình": "exemplar", "Tóm tắt": "summary", "Tác giả": "author", "Nguồn": "source"}
LISTS = {"Kết quả": "results", "Bỏ nhắc": "muted", "Ảnh khác": "gallery", "Biểu dương": "commendations"}
NAMES = {key.name: key.attribute for key in KEYS}
WORDS = (
    "Nước về ruộng", "3,2 km | kênh mương", "Tổ #3 họp", "Ảnh: thôn 3", "[a], b", "Nói “được”", "xã: Ea Pô # x",
    "- gạch", "46 hộ", "Hòa giải", "trắng\u00a0đêm", "{c}", "nam  dong", "đoán: ai", "'một'", "1/2/2020", "a, b",
)  # fmt: skip
COMMENTS = ("# ai sửa nhớ báo chị Hoa", "# đã duyệt: 3", "#", "# Tóm tắt: cũ", "# - bỏ dòng này")
ENDS = ("\n", "\r\n")


@dataclass
class Part:
    """A key of a generated story: the lines above it, its own lines, and those of them that may change."""

    name: str
    above: list[str]
    own: list[str]
    # Comments in it that stand on lines of their own; and each item with the comment beside it.
    inside: list[str] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)


def quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def make_part(chance: random.Random, name: str) -> Part:
    above = [chance.choice(("", *COMMENTS)) for _ in range(chance.randrange(3))]
    if chance.random() < 0.3:
        above.insert(chance.randrange(len(above) + 1), f"# đoán: {chance.choice(WORDS)}")
    beside = chance.choice(("", "", "  # đã duyệt", "\t# hỏi lại", "   "))
    part = Part(name, above, [])
    words = [chance.choice(WORDS) for _ in range(chance.randrange(1, 5))]
    way = chance.randrange(3) if name in LINES else chance.randrange(2, 8)
    indent = chance.choice(("  ", "", "    "))
    match way:
        case 0:
            part.own = [f"{name}: {quoted(words[0])}{beside}"]
        case 1:
            sign, fold = chance.choice(("|", ">-", ">", "|-")), chance.choice(("  # gấp", ""))
            part.own = [f"{name}: {sign}{fold}", f"  {words[0]}", *(f"  # {word}" for word in words[1:])]
        case 2:
            part.own = [f"{name}:{beside}"]
        case 3:
            part.own = [f"{name}: [{', '.join(map(quoted, words))}]{beside}"]
        case 4:
            part.own = [f"{name}: [", *(f"  {quoted(word)}, # mục" for word in words), f"]{beside}"]
            part.inside = ["# mục"] * len(words)
        case 5:
            part.own = [f"{name}: {quoted(words[0])}{beside}"]
        case _:
            part.own = [f"{name}:{beside}"]
            for number, word in enumerate(words):
                if chance.random() < 0.4 and (indent or number):
                    part.own.append(f"{indent or '  '}# trước {number}")
                    part.inside.append(part.own[-1])
                note = chance.choice(("", "", f"  # ghi chú {number}"))
                part.own.append(f"{indent}-{chance.choice((' ', '   '))}{quoted(word)}{note}")
                part.items.append((word, part.own[-1]))
    return part


def make_story(chance: random.Random) -> tuple[list[Part], str]:
    names = [name for name in (*LINES, *LISTS) if chance.random() < 0.7] or ["Tiêu đề"]
    chance.shuffle(names)
    parts = [make_part(chance, name) for name in names]
    body = chance.choice(("\nThân bài.\n\nĐoạn hai.\n", "Liền ngay.\n", "\n\nKhông xuống dòng cuối", ""))
    return parts, body


def write(chance: random.Random, parts: list[Part], body: str) -> tuple[bytes, dict[str, bytes]]:
    """Return a file's bytes, and for each key the bytes above it and its own."""
    most = chance.choice(ENDS)
    is_mixed, is_decomposed = chance.random() < 0.4, chance.random() < 0.3

    def encode(line: str) -> bytes:
        line = unicodedata.normalize("NFD", line) if is_decomposed and chance.random() < 0.7 else line
        return (line + (chance.choice(ENDS) if is_mixed else most)).encode()

    blocks = {part.name: b"".join(map(encode, [*part.above, *part.own])) for part in parts}
    tail = b"".join(map(encode, [chance.choice(("", "# cuối phần khai báo"))]))
    fence = encode("---")
    *lines, end = body.split("\n")
    last = "".join(encode(line).decode() for line in lines) + end
    mark = b"\xef\xbb\xbf" if chance.random() < 0.3 else b""
    return mark + fence + b"".join(blocks.values()) + tail + encode("---") + last.encode(), blocks


def matter(text: str) -> FrontMatter:
    parsed = parse_front_matter(text, "bai.md")
    assert isinstance(parsed, FrontMatter)
    return parsed


def clean(lines: Iterable[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines]


def change(chance: random.Random, said: list[str]) -> list[str]:
    """Return lines with one of them gone, come, changed or moved."""
    lines = list(said)
    at = chance.randrange(len(lines) + 1)
    match chance.randrange(4):
        case 0 if lines:
            del lines[at % len(lines)]
        case 1 if lines:
            lines[at % len(lines)] = " ".join(chance.choice(WORDS).split())
        case 2 if len(lines) > 1:
            lines.insert(0, lines.pop())
        case _:
            lines.insert(at, " ".join(chance.choice(WORDS).split()))
    return lines


def edit(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same stories every time
    parts, body = make_story(chance)
    before, blocks = write(chance, parts, body)
    text = normalize_text(before.decode("utf-8-sig"))
    said = read_fields(matter(text), KEYS)
    name = chance.choice((*LINES, *LISTS))
    attribute = NAMES[name]
    old = list(said.get(attribute, ()))
    lines = change(chance, old) if name in LISTS else ([] if old and chance.random() < 0.2 else [chance.choice(WORDS)])
    lines = [unicodedata.normalize("NFC", " ".join(line.split())) for line in lines]
    made = rewrite(text, KEYS, {attribute: lines}, matter(text).body)
    data = write_lines(made, before)
    after = normalize_text(data.decode("utf-8-sig"))
    assert after == made
    now, meant = read_fields(matter(after), KEYS), said | {attribute: tuple(lines)}
    assert {key: cleaned for key in now if (cleaned := clean(now[key]))} == {
        key: cleaned for key in meant if (cleaned := clean(meant[key]))
    }
    # Every other key is there, in order, with the lines above it, to the byte.
    at = 0
    for other in parts:
        if other.name != name:
            found = data.find(blocks[other.name], at)
            assert found >= 0, other.name
            at = found + len(blocks[other.name])
    guesses = read_guesses(text, KEYS)
    if lines != clean(old):
        guesses.pop(attribute, None)
    assert read_guesses(after, KEYS) == guesses
    assert data.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    written = after.split("\n")
    own = next((part for part in parts if part.name == name), None)
    if own:
        for line in [line for line in own.above if not line.startswith("# đoán: ")]:
            assert line in written
        for comment in own.inside:
            assert comment.strip() in (line.strip() for line in written) or comment in after
        for word, line in own.items:
            if (plain := " ".join(word.split())) in lines and clean(old).count(plain) == lines.count(plain):
                assert line in written
    kept = set(text.split("\n"))
    fresh = [line for line in written if line not in kept]
    assert len(fresh) <= max(1, len(lines) + 1 + len(own.inside if own else ()))
    raw, ends = data.decode("utf-8-sig"), [before.count(b"\n") - before.count(b"\r"), before.count(b"\r")]
    most = [end for end, number in zip(ENDS, ends, strict=True) if number == max(ends)]
    assert all(any(f"{line}{end}" in raw for end in most) for line in fresh)


@pytest.mark.parametrize("start", range(0, 2400, 400))
def test_a_change_of_one_key_leaves_every_other_line_as_it_is(start: int) -> None:
    for seed in range(start, start + 400):
        try:
            edit(seed)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


def test_repeated_saves_leave_other_bytes_unchanged() -> None:
    """A list gets and loses rows fifty times; the file then has its first bytes again."""
    lines = ["---", "# Hoa", "Kết quả:", "  # đo", "  - 1 km | a  # kỹ", "  - 2 km | b", "", "# đoán: chữ “xã”"]
    before = "\ufeff".encode() + "\r\n".join([*lines, "Xã: Ea Pô", "---", "Thân."]).encode()
    data = before
    for number in range(50):
        for lines in (["1 km | a", f"{number} hộ | c", "2 km | b"], ["1 km | a", "2 km | b"]):
            text = normalize_text(data.decode("utf-8-sig"))
            data = write_lines(rewrite(text, KEYS, {"results": lines}, matter(text).body), data)
    assert data == before
