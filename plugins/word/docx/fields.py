"""The fields of a .docx: what Word last computed is shown, what they are told to do is not; links are made of some."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from plugins.word.docx.ooxml import W, is_on, number, value
from plugins.word.symbols import read_symbols

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Tables of contents and the like: what stands elsewhere in the text.
_CONTENTS = {"TOC", "TOA", "INDEX"}
_FORMS = {"FORMCHECKBOX", "FORMDROPDOWN"}
_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”|(\\[a-zA-Z!@#*])|(\S+)')
TICKED, UNTICKED = "☒", "☐"


@dataclass
class WordField:
    """A field that is open: what it is told, and whether what follows is its result."""

    form: Element | None = None
    instruction: str = ""
    has_result: bool = False
    is_shown: bool = False

    @property
    def name(self) -> str:
        """Return what kind of field this is, in capitals."""
        return next(iter(self.instruction.split()), "").upper()

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing of this field is shown here as text."""
        return not self.has_result or self.name in _CONTENTS or self.name in _FORMS

    @property
    def is_contents(self) -> bool:
        """Tell whether this is a table of contents."""
        return self.name in _CONTENTS

    @property
    def link(self) -> str:
        """Return the address of a link, "" when it is none."""
        return link_of(self.instruction) if self.name == "HYPERLINK" else ""

    def text(self) -> str:
        """Return what is shown of a field without a result; "" when nothing is, or nobody here knows."""
        arguments = _arguments(self.instruction)
        if self.name in _FORMS:
            return _form_text(self.form)
        if self.name == "SYMBOL" and arguments:
            code = number(arguments[0], -1) if not arguments[0].lower().startswith("0x") else int(arguments[0], 16)
            font = next((after for one, after in pairwise(arguments) if one == "\\f"), "")
            return read_symbols(chr(code), font)[0] if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x11_0000 else ""
        if self.name == "MACROBUTTON":
            return " ".join(self.instruction.split()[2:])
        return _equation(self.instruction.strip()[2:].strip()) if self.name == "EQ" else ""


def link_of(instruction: str) -> str:
    """Return where a HYPERLINK field leads, its switches read: \\o and \\t tell a tooltip and a frame, \\l a place."""
    address = place = ""
    arguments = iter(_arguments(instruction))
    for argument in arguments:
        if argument in {"\\l", "\\o", "\\t"}:
            said = next(arguments, "")
            place = said if argument == "\\l" else place
        elif not argument.startswith("\\") and not address:
            address = argument
    return f"{address}#{place}" if place else address


def _arguments(instruction: str) -> list[str]:
    found = []
    for quoted, curled, switch, bare in _ARGUMENT.findall(instruction.strip()):
        found.append(re.sub(r"\\(.)", r"\1", quoted) if quoted else curled or switch or bare)
    return found[1:]


def _form_text(form: Element | None) -> str:
    """Return what was chosen in a field of an old form."""
    if form is None:
        return ""
    if (box := form.find(f"{W}checkBox")) is not None:
        checked = box.find(f"{W}checked")
        return TICKED if is_on(checked if checked is not None else box.find(f"{W}default")) else UNTICKED
    choices = form.find(f"{W}ddList")
    entries = [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")] if choices is not None else []
    chosen = number(value(choices, "result") or value(choices, "default"))
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _equation(written: str) -> str:
    r"""Return an EQ field on one line: \f(1;2) is 1/2, \r(3) is √3."""
    for _ in range(10):
        simpler = re.sub(r"\\f\s*\(([^();,]*)[;,]([^();,]*)\)", _fraction, written)
        simpler = re.sub(r"\\r\s*\((?:([^();,]*)[;,])?([^();,]*)\)", lambda found: f"√{found[2].strip()}", simpler)
        simpler = re.sub(r"\\[a-z]+\d*(?:\\[a-z]+\d*)*\s*\(([^()]*)\)", r"\1", simpler)
        if simpler == written:
            break
        written = simpler
    return written.replace("\\", "")


def _fraction(found: re.Match[str]) -> str:
    return "/".join(
        part if re.fullmatch(r"[\w.,√/]*", part) else f"({part})" for part in (found[1].strip(), found[2].strip())
    )
