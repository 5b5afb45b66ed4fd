"""Which parts of a Markdown source are words for a reader: the rest is blanked, so that every position stays."""

from __future__ import annotations

import re

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Where a link or an image leads, an address on its own, an HTML tag, and an attribute list; each begins with a sign.
_ADDRESS = re.compile(r"\]\([^\s)]+|https?://[^\s)>\]]+|www\.[^\s)>\]]+|</?[A-Za-z][^<>]*>|\{:?[ #.a-z][^{}\n]*\}")
_PARAGRAPH = re.compile(r"(?:.+\n?)+")
_LANGUAGE = re.compile(r"[{<][^{}<>\n]*\blang=")


def hide_unshown(body: str) -> str:
    """Return the body with its code and comments blanked; as long as before, line by line."""
    if "`" in body or "~~~" in body:
        body = _CODE.sub(_blank, body)
    # Every opening before the last end is closed: no search for an end runs in vain to the end of the text.
    last = body.rfind("-->") + len("-->")
    return _COMMENT.sub(_blank, body[:last]) + body[last:] if last > len("-->") else body


def hide_all_but_prose(body: str) -> str:
    """Return the body with only its Vietnamese words left: no code, comment, address, tag or other language."""
    body = hide_unshown(body)
    if "lang=" in body:
        body = _PARAGRAPH.sub(lambda match: _blank(match) if _LANGUAGE.search(match.group()) else match.group(), body)
    return _ADDRESS.sub(_blank_address, body) if any(mark in body for mark in ("](", "://", "www.", "<", "{")) else body


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _blank_address(match: re.Match[str]) -> str:
    kept = "](" if match.group().startswith("](") else ""
    return kept + _blank(match)[len(kept) :]
