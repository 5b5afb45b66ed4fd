"""A story's body as what can be told: passages of whole sentences, in their order, without what is only seen. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.markdown.body import Body

    Passage = tuple[str, ...]

# After a letter alone (H.) or a title (TP.) no sentence ends.
_PAUSE = re.compile(r"(?<!\b[A-ZĐ]\.)(?<!\bT[PXTS]\.)(?<!\bThS\.)(?:(?<=[.!?…])|(?<=[.!?…][”\")]))\s+(?=[“\"(]?(\w))")
_ENDED = re.compile(r"[.!?…][”\"’)]*$")
_NOTE = re.compile(r"footnote-(?:ref|backref)")


def read_passages(body: Body) -> tuple[Passage, ...]:
    """Return the sentences of each passage; headings, tables, pictures and notes are for the eye, and left out.

    A list belongs to what announces it, and a quotation to the words after it, which say whose it is.
    """
    passages: list[list[str]] = []
    quoted: list[str] = []
    for kind, text in _read_blocks(body):
        if kind == "list" and passages and passages[-1][-1].endswith(":"):
            passages[-1][-1] += f" {text}"
        elif kind == "quote":
            quoted += split_sentences(text)
        else:
            passages.append([*quoted, *split_sentences(text)])
            quoted = []
    if quoted:
        passages.append(quoted)
    return tuple(tuple(passage) for passage in passages if passage)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; each but one that announces a list ends as a sentence does."""
    line, found, start = " ".join(text.split()), list[str](), 0
    for pause in _PAUSE.finditer(line):
        # A small letter goes on with the sentence: “Được!” ông nói.
        if not pause[1].islower():
            found.append(line[start : pause.start()])
            start = pause.end()
    found.append(line[start:])
    return [one if _ENDED.search(one) or one.endswith((":", ";")) else f"{one}." for one in found if one]


def _read_blocks(body: Body) -> Iterator[tuple[str, str]]:
    """Yield each block that is running text, with what it is: p, list or quote."""
    source = "".join(body.parts)
    if not source.strip():
        return
    for block in html.fragment_fromstring(source, create_parent="div"):
        if not isinstance(block.tag, str) or block.get("class", "").startswith("footnote"):
            continue
        for note in [one for one in block.iter("a", "sup", "img", "picture") if _is_unread(one)]:
            note.drop_tree()
        text = " ".join(block.text_content().split())
        if not text:
            continue
        if block.tag in ("ul", "ol"):
            items = [" ".join(item.text_content().split()).rstrip(";.,") for item in block.iter("li")]
            yield "list", f"{'; '.join(items)}."
        elif block.tag in ("p", "blockquote"):
            yield ("quote" if block.tag == "blockquote" else "p"), text


def _is_unread(element: html.HtmlElement) -> bool:
    return element.tag in ("img", "picture") or bool(_NOTE.search(f"{element.get('class')} {element.get('id')}"))
