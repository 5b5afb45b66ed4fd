"""Which plate a story has: a function of its key, its field and its place alone, wherever the story is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Protocol

from plugins import cache
from plugins.plates.drawing import GOLD, HEIGHT, NIGHT, WIDTH, Dice, Drawing
from plugins.plates.motifs import draw_country, draw_hall, draw_long_house, draw_night
from plugins.plates.svg import write_svg
from plugins.plates.weave import PATTERNS, draw_cloth, lay_hem
from plugins.tokens import own_tokens
from plugins.vietnamese import slugify

# Plates drawn for the last build, kept for the next one: hardly any story gets another plate. Under the project.
KEPT = ".cache/builds/plates"
# Part of every address; increase it when a change of code alters a plate.
RECIPE = "2"
# Of one field, for each of the hems. Ten thousand stories share some thousands of files; of eighteen in one list, it is
# one in twenty-five that two are alike.
VARIANTS = 1_024
# Of one field, on share cards: to paint one takes longer than all the rest of a card, and thousands are drawn at once.
SHARED_VARIANTS = 4
# For news without a field: the Front's red, in light and in dark.
_NO_FIELD = ("", own_tokens().light["accent"], own_tokens().dark["accent"])

_MOTIFS: dict[str, Callable[[Drawing, str, str, Dice], None]] = {
    "dong-doi": draw_country,
    "nha-dai": draw_long_house,
    "dem-yen": draw_night,
    "nha-hop": draw_hall,
    "tho-cam": draw_cloth,
}
# Words of a field's id, and the motif that tells of it; a field of other words has one by its id's hash.
_WORDS = {
    "kinh-te": "dong-doi", "nong": "dong-doi", "san-xuat": "dong-doi", "thu-nhap": "dong-doi",
    "van-hoa": "nha-dai", "xa-hoi": "nha-dai", "giao-duc": "nha-dai", "dan-toc": "nha-dai", "ton-giao": "nha-dai",
    "quoc-phong": "dem-yen", "an-ninh": "dem-yen", "trat-tu": "dem-yen", "giao-thong": "dem-yen",
    "chinh-tri": "nha-hop", "dang": "nha-hop", "chinh-quyen": "nha-hop", "mat-tran": "nha-hop", "cai-cach": "nha-hop",
}  # fmt: skip


class Field(Protocol):
    """The properties of a field that its plates depend on."""

    @property
    def id(self) -> str: ...
    @property
    def color(self) -> str: ...
    @property
    def dark_color(self) -> str: ...


@dataclass(frozen=True)
class Plate:
    """A plate as it stands on the site; equal plates share one file."""

    base_url: str
    motif: str
    color: str
    glow: str
    variant: int
    hem: int

    width = WIDTH
    height = HEIGHT

    @cached_property
    def key(self) -> str:
        """Names all that the drawing depends on."""
        return f"plate {RECIPE} {NIGHT} {GOLD} {self.motif} {self.color} {self.glow} {self.variant} {self.hem}"

    @cached_property
    def url(self) -> str:
        return f"{self.base_url}{self.motif}-{blake2b(self.key.encode(), digest_size=4).hexdigest()}.svg"

    @property
    def shared(self) -> "Plate":
        """The plate of its kind that share cards have."""
        variant = self.variant % SHARED_VARIANTS
        return replace(self, variant=variant, hem=variant % PATTERNS)

    def draw(self) -> Drawing:
        drawing = Drawing()
        _MOTIFS[self.motif](drawing, self.color, self.glow, Dice(f"{self.motif} {self.variant}"))
        lay_hem(drawing, self.hem, self.glow)
        return drawing

    def make(self) -> bytes:
        """Return its SVG file."""
        return write_svg(self.draw())


@lru_cache(20_000)
def choose_plate(base_url: str, key: str, field: Field | None, place: str) -> Plate:
    """Return the plate, under `base_url`, of the story with this slug as its key; a place, id or name, has its hem."""
    name, color, glow = (field.id, field.color, field.dark_color) if field else _NO_FIELD
    return Plate(base_url, _choose_motif(name), color, glow, _number(key, VARIANTS), _number(place, PATTERNS))


@lru_cache
def _choose_motif(field: str) -> str:
    if not field:
        return "tho-cam"
    words = f"-{slugify(field)}-"
    found = min(((at, motif) for word, motif in _WORDS.items() if (at := words.find(f"-{word}-")) >= 0), default=None)
    return found[1] if found else list(_MOTIFS)[_number(field, len(_MOTIFS))]


def _number(text: str, below: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) % below


def make_plates(plates: Collection[Plate], file: Path | None) -> dict[str, bytes]:
    """Return the SVG of each plate by its address, taken from the file of kept plates, if any, which then has these."""
    known: dict[str, bytes] = (file and cache.load(file, _code())) or {}
    made = {plate.url: known.get(plate.key) or plate.make() for plate in plates}
    now = {plate.key: made[plate.url] for plate in plates}
    if file and now.keys() != known.keys():
        cache.save(file, _code(), now)
    return made


@lru_cache
def _code() -> str:
    """Return a hash of the code that draws."""
    return sha256(b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()
