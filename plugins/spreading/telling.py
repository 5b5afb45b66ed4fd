"""A story's body as passages of whole sentences, without headings, tables, pictures and notes. Pure."""

import re
from collections.abc import Iterator

from lxml import html

from plugins.markdown.body import Body
from plugins.vietnamese import capitalize

# No sentence ends after a single letter (H.) or a title (TP.).
_PAUSE = re.compile(r"(?<!\b[A-ZĐ]\.)(?<!\bT[PXTS]\.)(?<!\bThS\.)(?:(?<=[.!?…])|(?<=[.!?…][”\")]))\s+(?=[“\"(]?(\w))")
_ENDED = re.compile(r"[.!?…][”\"’)]*$")
_NOTE = re.compile(r"footnote-(?:ref|backref)")


def read_passages(body: Body) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of each passage.

    A list or quotation belongs to the passage that announces it with a colon; any other quotation to the next passage,
    which usually names its speaker.
    """
    passages: list[list[str]] = []
    quoted: list[str] = []
    for kind, text in _read_blocks(body):
        if kind == "unheard":
            _end_announcement(passages)
        elif kind != "p" and not quoted and passages and passages[-1][-1].endswith(":"):
            passages[-1][-1] += f" {' '.join(split_sentences(text))}"
        elif kind == "quote":
            quoted += split_sentences(text)
        else:
            passages.append([*quoted, *split_sentences(text)])
            quoted = []
    if quoted:
        passages.append(quoted)
    _end_announcement(passages)
    return tuple(tuple(passage) for passage in passages if passage)


def _end_announcement(passages: list[list[str]]) -> None:
    """Replace the colon that announces something left out by a full stop."""
    if passages and passages[-1] and passages[-1][-1].endswith(":"):
        passages[-1][-1] = f"{passages[-1][-1].rstrip(': ')}."


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with its final stop, colon or semicolon."""
    line, found, start = " ".join(text.split()), list[str](), 0
    for pause in _PAUSE.finditer(line):
        # A lower-case letter continues the sentence: “Được!” ông nói.
        if not pause[1].islower():
            found.append(line[start : pause.start()])
            start = pause.end()
    found.append(line[start:])
    return [one if _ENDED.search(one) or one.endswith((":", ";")) else f"{one}." for one in found if one]


def _read_blocks(body: Body) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each block: p, list or quote; unheard, without text, for one that is left out."""
    source = "".join(body.parts)
    if not source.strip():
        return
    for block in html.fragment_fromstring(source, create_parent="div"):
        if not isinstance(block.tag, str) or block.get("class", "").startswith("footnote"):
            continue
        unread = [one for one in block.iter("a", "sup") if _NOTE.search(f"{one.get('class')} {one.get('id')}")]
        for one in (*unread, *block.iter("img", "picture")):
            one.drop_tree()
        text = " ".join(block.text_content().split())
        if text and block.tag in ("ul", "ol"):
            yield "list", _tell_items(_take_items(block))
        elif text and block.tag in ("p", "blockquote"):
            yield ("quote" if block.tag == "blockquote" else "p"), text
        else:
            yield "unheard", ""


def _take_items(block: html.HtmlElement) -> list[str]:
    """Return the text of each item of a list, nested ones apart; the list is emptied."""
    texts = []
    for item in reversed([*block.iter("li")]):
        texts.append(" ".join(item.text_content().split()))
        item.drop_tree()
    return texts[::-1]


def _tell_items(items: list[str]) -> str:
    """Return the items of a list as one sentence, or as one each if any item is itself a sentence."""
    bare = [text for item in items if (text := item.rstrip(";., "))]
    if any(text[:1].isupper() or len(split_sentences(text)) > 1 for text in bare):
        ended = [text if _ENDED.search(text) or text[-1] == ":" else f"{text}." for text in bare]
        return " ".join(map(capitalize, ended))
    return f"{'; '.join(bare).replace(':;', ':')}."
