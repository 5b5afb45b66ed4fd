"""The fields of a .docx: their last result is shown, their instructions are not; some become links."""

import re
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import W, is_on, number, value
from plugins.word.symbols import read_symbols

# Tables of contents and indexes: they repeat text from elsewhere.
_CONTENTS = {"TOC", "TOA", "INDEX"}
_FORMS = {"FORMCHECKBOX", "FORMDROPDOWN"}
_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”|(\\[a-zA-Z!@#*])|(\S+)')
TICKED, UNTICKED = "☒", "☐"


@dataclass
class WordField:
    """An open field: its instructions, and whether its result has begun."""

    form: Element | None = None
    instruction: str = ""
    has_result: bool = False
    is_shown: bool = False

    @property
    def name(self) -> str:
        """The kind of field, in capitals."""
        return next(iter(self.instruction.split()), "").upper()

    @property
    def is_silent(self) -> bool:
        """Whether nothing of this field is shown as text now."""
        return not self.has_result or self.name in _CONTENTS or self.name in _FORMS

    @property
    def is_contents(self) -> bool:
        """Whether this is a table of contents."""
        return self.name in _CONTENTS

    @property
    def link(self) -> str:
        """The address of a link with its anchor, "" for any other field."""
        if self.name != "HYPERLINK":
            return ""
        address = place = ""
        arguments = iter(_arguments(self.instruction))
        for argument in arguments:
            # These switches name an anchor, a tooltip and a frame.
            if argument in {"\\l", "\\o", "\\t"}:
                said = next(arguments, "")
                place = said if argument == "\\l" else place
            elif not argument.startswith("\\") and not address:
                address = argument
        return f"{address}#{place}" if place else address

    def text(self) -> str:
        """Return the text of a field without a result; "" if it has none or is unknown."""
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


def _arguments(instruction: str) -> list[str]:
    return [
        re.sub(r"\\(.)", r"\1", quoted) if quoted else curled or switch or bare
        for quoted, curled, switch, bare in _ARGUMENT.findall(instruction.strip())[1:]
    ]


def _form_text(form: Element | None) -> str:
    """Return the choice in a field of an old form."""
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
    parts = map(str.strip, found.groups())
    return "/".join(part if re.fullmatch(r"[\w.,√/]*", part) else f"({part})" for part in parts)
