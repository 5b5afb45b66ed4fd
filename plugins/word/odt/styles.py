"""The styles of an .odt: the look of text, hidden text, and list styles."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
DRAW, FORM, OFFICE = f"{{{_NAMES}drawing:1.0}}", f"{{{_NAMES}form:1.0}}", f"{{{_NAMES}office:1.0}}"
STYLE, TABLE, TEXT = f"{{{_NAMES}style:1.0}}", f"{{{_NAMES}table:1.0}}", f"{{{_NAMES}text:1.0}}"
FO, SVG = f"{{{_NAMES}xsl-fo-compatible:1.0}}", f"{{{_NAMES}svg-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XLINK, XML_ID = "{http://www.w3.org/1999/xlink}", "{http://www.w3.org/XML/1998/namespace}id"
_BOLD = {"bold", "600", "700", "800", "900"}
_LINES = (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type")
# The key of the outline, which numbers headings as a list style without a name.
OUTLINE = "\noutline"


def local(element: Element) -> str:
    """Return the name of a tag without its namespace."""
    return element.tag.rsplit("}", 1)[-1]


class Look(NamedTuple):
    """The look of a text."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    shift: str = ""
    font: str = ""
    hidden: bool = False

    def marks(self) -> frozenset[str]:
        """Return the look as the tags that show it."""
        tags = {"strong": self.bold, "em": self.italic, "s": self.struck, self.shift: bool(self.shift)}
        return frozenset(tag for tag, is_on in tags.items() if is_on)


class Styles:
    """The styles of a document: a property of a style, of its ancestors, or of the default."""

    def __init__(self, roots: Sequence[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._automatic: set[int] = set()
        self._defaults: dict[str, Element] = {}
        self._fonts: dict[str, str] = {}
        self._lists: dict[str, Element] = {}
        self._fills: dict[str, str] = {}
        self._said: dict[tuple[str, str], dict[str, Any]] = {}
        # The styles of the text override those of headers and footers.
        for root in reversed(roots):
            self._automatic.update(map(id, root.iterfind(f"{OFFICE}automatic-styles/*")))
            for element in root.iter():
                self._learn(element)

    def _learn(self, element: Element) -> None:
        name, family = element.get(f"{STYLE}name", ""), element.get(f"{STYLE}family", "")
        match local(element):
            case "style":
                self._styles[family, name] = element
            case "default-style":
                self._defaults[family] = element
            case "font-face":
                self._fonts[name] = element.get(f"{SVG}font-family", "").strip("'\"")
            case "list-style":
                self._lists[name] = element
            case "outline-style":
                self._lists[OUTLINE] = element
            case "fill-image":
                self._fills[element.get(f"{DRAW}name", "")] = element.get(f"{XLINK}href", "")

    def names(self, name: str) -> list[str]:
        """Return the display names of a paragraph style and its ancestors."""
        found = [style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or "" for style in self._chain(name)]
        return [one.replace("_20_", " ") for one in [*found, *([] if found else [name])]]

    def look(self, around: Look, family: str, name: str) -> Look:
        """Return the look of text in this style inside a text of another look."""
        if (family, name) not in self._said:
            self._said[family, name] = self._say(family, name)
        return around._replace(**self._said[family, name])

    def _say(self, family: str, name: str) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for style in self._chain(name, family):
            properties = style.find(f"{STYLE}text-properties")
            for key, value in self._properties(properties) if properties is not None else ():
                # The look of a named paragraph style belongs to the style, that of an automatic one to the words.
                if family == "text" or key in {"font", "hidden"} or id(style) in self._automatic:
                    said.setdefault(key, value)
        return said

    def _properties(self, properties: Element) -> Iterator[tuple[str, Any]]:
        if weight := properties.get(f"{FO}font-weight"):
            yield "bold", weight in _BOLD
        if slant := properties.get(f"{FO}font-style"):
            yield "italic", slant in {"italic", "oblique"}
        if line := next(filter(None, map(properties.get, _LINES)), ""):
            yield "struck", line != "none"
        if position := properties.get(f"{STYLE}text-position"):
            yield "shift", _shift(position.split()[0])
        face = properties.get(f"{STYLE}font-name", "")
        if font := self._fonts.get(face, face) or properties.get(f"{FO}font-family", "").strip("'\""):
            yield "font", font
        if display := properties.get(f"{TEXT}display"):
            yield "hidden", display == "none"

    def of(self, family: str, name: str, kind: str, attribute: str) -> str:
        """Return a property of a graphic or table style, "" if neither it nor its ancestors have it."""
        for style in self._chain(name, family):
            properties = style.find(f"{STYLE}{kind}-properties")
            if properties is not None and (value := properties.get(attribute)):
                return value
        return ""

    def fill(self, name: str) -> str:
        """Return the part with the fill picture of shapes of this style, "" for none."""
        if self.of("graphic", name, "graphic", f"{DRAW}fill") != "bitmap":
            return ""
        return self._fills.get(self.of("graphic", name, "graphic", f"{DRAW}fill-image-name"), "")

    def list_of(self, name: str) -> str | None:
        """Return the list style of a paragraph style: "" for explicitly none, None if unset."""
        names = (style.get(f"{STYLE}list-style-name") for style in self._chain(name))
        return next((said for said in names if said is not None), None)

    def levels(self, name: str) -> Iterator[Element]:
        """Return the levels of a list, or of the outline."""
        return iter(self._lists.get(name, ()))

    def _chain(self, name: str, family: str = "paragraph") -> Iterator[Element]:
        style = self._styles.get((family, name))
        for _ in range(20):
            if style is None:
                break
            yield style
            style = self._styles.get((family, style.get(f"{STYLE}parent-style-name", "")))
        if family == "paragraph" and family in self._defaults:
            yield self._defaults[family]


def _shift(position: str) -> str:
    if position in {"super", "sub"}:
        return "sup" if position == "super" else "sub"
    # The shift as a percentage of the height.
    amount = position.rstrip("%")
    return "" if amount.strip("-0.") == "" else "lowered" if amount.startswith("-") else "raised"
