"""The picture of a story where its address is shared, drawn from its words in the site's own font."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache, partial
from hashlib import sha256
from importlib.metadata import version
from itertools import filterfalse
from pathlib import Path
from typing import Any
from zlib import crc32

import deflate
import PIL
from PIL import Image, ImageColor, ImageDraw, ImageFont

from plugins.photos.card_picture import label_corners, show_photo, show_plate
from plugins.photos.encoding import write_jpeg
from plugins.photos.photo import Photo
from plugins.plates.plate import Plate
from plugins.tokens import own_tokens

# The size that Facebook, Zalo and others show uncropped (Open Graph: 1.91 : 1).
WIDTH, HEIGHT = 1200, 630
# Increase with every change of the drawing below.
RECIPE = "6"
MADE_WITH = f"share card {RECIPE} Pillow {PIL.__version__} deflate {version('deflate')}"

# "highland" has ĕ ŏ ĭ ŭ ƀ: a title with one of them is set in it as a whole.
_FONTS, _LIGHT = own_tokens().fonts, own_tokens().light
_COLORS = [_LIGHT[name] for name in ("paper", "ink", "ink-soft", "line", "cloth", "accent", "gold", "cream")]
_PAPER, _BLACK, _GRAY, _LINE, _NIGHT, _RED, _GOLD, _CREAM = _COLORS
# Numbers of a palette: before each ink come paper and the shades between, for the edges of letters.
_SHADES = 10
_TITLE, _SOFT, _FOOT, _FIELD = range(_SHADES, 4 * (_SHADES + 1), _SHADES + 1)
_RULE, _WOVEN = _FIELD + 1, _FIELD + 2
_WOVEN_COLORS = 64
_PLATE = _WOVEN + _WOVEN_COLORS
_LEFT, _RIGHT = 84, 1132
# The left edge of a picture, which fills the rest, and the right edge of words beside it.
_PICTURE_AT, _BESIDE = 664, 628
_STRIPE = 20
_QUALITY = 82
# Of 12: 6 saves a tenth of the bytes and costs a third more time than all else of a card.
_EFFORT = 4
_BAND = 42
_FILED_AT = 136
_TITLE_TOP, _TITLE_BOTTOM = 176, 508
_FOOT_AT = 580
# Room for stacked marks over a capital (Ễ, Ổ) and marks under a letter (ự).
LINE_HEIGHT = 1.45
# The part of a line above its baseline.
_ASCENT = 0.81
# Of any text: a card shows 150, and measuring many thousands repeatedly takes hours.
_MOST_LETTERS = 400
TITLE_SIZES = range(76, 39, -4)


@dataclass(frozen=True)
class ShareCard:
    """The content of a card: the story's title, field, place and publisher; `mark` is a warning such as “Bài mẫu”.

    `fonts` is the folder of the site's fonts, `base_url` the story's address.
    """

    base_url: str
    title: str
    field: str
    color: str
    place: str
    publisher: str
    mark: str
    fonts: Path
    picture: Photo | Plate | None = None
    picture_alt: str = ""

    width = WIDTH
    height = HEIGHT

    @cached_property
    def key(self) -> str:
        """Everything that the drawing depends on."""
        shown = ""
        if self.picture:
            shown = self.picture.digest if isinstance(self.picture, Photo) else self.picture.shared.key
        words = (self.title, self.field, self.color, self.place, self.publisher, self.mark, shown)
        return "\n".join((RECIPE, *_COLORS, *words, *_digest_fonts(self.fonts)))

    @cached_property
    def url(self) -> str:
        ending = "jpg" if isinstance(self.picture, Photo) else "png"
        return f"{self.base_url}chia-se-{sha256(self.key.encode()).hexdigest()[:8]}.{ending}"

    @property
    def right(self) -> int:
        """The right edge of its lines."""
        return _BESIDE if self.picture else _RIGHT

    @property
    def alt(self) -> str:
        """The alternative text."""
        filed = ", ".join(filter(None, (self.field, self.place)))
        return ". ".join(filter(None, (self.title, filed, self.picture_alt)))

    @cached_property
    def title_font(self) -> str:
        """The font with most letters of the title."""
        return min(("bold", "highland"), key=lambda name: len(_lacking(self.fonts, name, self.title)))

    @cached_property
    def lacking(self) -> str:
        """Characters missing in its fonts, which would be drawn as boxes."""
        others = self.field + self.place + self.publisher
        signs = _lacking(self.fonts, self.title_font, self.title) + _lacking(self.fonts, "bold", others)
        return "".join(dict.fromkeys(signs))

    def without_lacking(self) -> "ShareCard":
        """Return the card without characters missing in its fonts."""
        if not self.lacking:
            return self
        title = _only_drawable(self.fonts, self.title_font, self.title)
        others = (self.field, self.place, self.publisher)
        field, place, publisher = (_only_drawable(self.fonts, "bold", text) for text in others)
        return replace(self, title=title, field=field, place=place, publisher=publisher)


def draw_card(card: ShareCard) -> list[bytes]:
    """Return the card as one file: a PNG, or a JPEG if it has a photo."""
    sheet = bytearray(_frame(card.publisher, card.mark, card.fonts, card.right))
    pixels: Any = memoryview(sheet)[1:]
    image = Image.frombuffer("L", (WIDTH, HEIGHT), pixels, "raw", "L", WIDTH + 1, 1)
    # Draw on the sheet itself: copying its pixels there and back takes as long as drawing.
    image.readonly = 0
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, _BAND, _STRIPE - 1, HEIGHT), fill=_FIELD)
    _draw_filing(draw, card)
    size, lines = fit_title(card)
    font = _font(card.fonts, card.title_font, size)
    step = round(size * LINE_HEIGHT)
    # A little above the middle of its room, where the eye looks first.
    top = _TITLE_TOP + max(0, (_TITLE_BOTTOM - _TITLE_TOP - step * len(lines)) * 2 // 5)
    for number, line in enumerate(lines):
        _draw_words(draw, _LEFT, top + number * step + round(step * _ASCENT), line, _TITLE, font)
    font, beside = _font(card.fonts, "bold", 24), (WIDTH - _PICTURE_AT, HEIGHT - _BAND)
    palette = _palette(card.color)
    if isinstance(card.picture, Photo):
        image.putpalette(palette)
        words, photo = image.convert("RGB"), show_photo(card.picture, beside)
        label_corners(photo, card.mark, "", font)
        words.paste(photo, (_PICTURE_AT, _BAND))
        return [write_jpeg(words, _QUALITY)]
    if card.picture:
        plate, colors = show_plate(card.picture.shared, card.mark, beside, _PLATE, font)
        image.paste(plate, (_PICTURE_AT, _BAND))
        palette = palette.ljust(3 * _PLATE, b"\0") + colors
    return [_encode(sheet, palette)]


def _encode(sheet: bytearray, palette: bytes) -> bytes:
    """Return a PNG of a sheet of palette numbers: in a third of Pillow's time."""
    head = WIDTH.to_bytes(4, "big") + HEIGHT.to_bytes(4, "big") + bytes((8, 3, 0, 0, 0))  # a byte a pixel, by palette
    pixels = bytes(deflate.zlib_compress(memoryview(sheet)[:-1], _EFFORT))
    png = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b"")):
        png += len(data).to_bytes(4, "big") + name + data + crc32(name + data).to_bytes(4, "big")
    return png


def fit_title(card: ShareCard) -> tuple[int, list[str]]:
    """Return the largest size, in pixels, at which a title fits its room, and its lines; cut with … at the smallest."""
    width, height = card.right - _LEFT, _TITLE_BOTTOM - _TITLE_TOP
    title, size, most, lines = card.title[:_MOST_LETTERS], 0, 0, [""]
    for size in TITLE_SIZES:
        measure = partial(_measure, _font(card.fonts, card.title_font, size))
        most = height // round(size * LINE_HEIGHT)
        lines = list(_wrap(title, width, measure))
        # Only the smallest size may break words.
        if len(lines) <= most and " ".join(lines) == " ".join(title.split()):
            return size, _balance(title, width, measure, len(lines))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, measure)]
    return size, lines


def _wrap(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line, length, space = "", 0.0, measure(" ")
    for word in text.split():
        # The basic layout has no kerning: a line is as long as its words and spaces.
        longer = length + space + measure(word)
        if line and longer <= width:
            line, length = f"{line} {word}", longer
            continue
        if line:
            yield line
        line = word
        while (length := measure(line)) > width:
            fits = next(end for end in range(len(line) - 1, 0, -1) if end == 1 or measure(line[:end]) <= width)
            yield line[:fits]
            line = line[fits:]
    if line:
        yield line


def _balance(text: str, width: float, measure: Callable[[str], float], count: int) -> list[str]:
    """Wrap into `count` lines of about equal width."""
    low, high = max(map(measure, text.split()), default=0.0), width
    while high - low > 8:
        middle = (low + high) / 2
        low, high = (low, middle) if len(list(_wrap(text, middle, measure))) <= count else (middle, high)
    return list(_wrap(text, high, measure))


def _cut(line: str, width: float, measure: Callable[[str], float]) -> str:
    """Return a line that fits, with … if it was cut."""
    if measure(line) <= width:
        return line
    words = line[:_MOST_LETTERS].split()
    while len(words) > 1 and measure(f"{' '.join(words)}…") > width:
        words.pop()
    shown = " ".join(words)
    # Stop when nothing is left, even if … does not fit.
    while shown and measure(f"{shown}…") > width:
        shown = shown[:-1]
    return f"{shown.rstrip(',;:.– ')}…"


def _draw_filing(draw: ImageDraw.ImageDraw, card: ShareCard) -> None:
    font, soft = _font(card.fonts, "bold", 34), _font(card.fonts, "regular", 34)
    at = _LEFT + 44.0
    field = _cut(card.field, card.right - at, partial(_measure, font))
    end = at + _measure(font, field)
    # Beside a picture the place is on its own line.
    filed_at = _FILED_AT - 46 if card.picture else _FILED_AT
    draw.rectangle((_LEFT, _BAND, end + 15, filed_at + 10 if card.picture else _FILED_AT + 24), fill=_FIELD - _SHADES)
    middle = filed_at - 12
    diamond = [(_LEFT, middle), (_LEFT + 13, middle - 13), (_LEFT + 26, middle), (_LEFT + 13, middle + 13)]
    draw.polygon(diamond, fill=_FIELD)
    _draw_words(draw, at, filed_at, field, _FIELD, font)
    at = at if card.picture else end + 30
    _draw_words(draw, at, _FILED_AT, _cut(card.place, card.right - at, partial(_measure, soft)), _SOFT, soft)


def _draw_words(
    draw: ImageDraw.ImageDraw, at: float, baseline: int, line: str, ink: int, font: ImageFont.FreeTypeFont
) -> None:
    for word in line.split():
        left, top, drawn = _draw_word(font, word)
        draw.bitmap((int(at) + left, baseline + top), drawn, ink)
        at += _measure(font, f"{word} ")


@lru_cache(2_000)
def _draw_word(font: ImageFont.FreeTypeFont, word: str) -> tuple[int, int, Image.Image]:
    """Return the offset and the pixels of a word; most words are on many cards."""
    left, top, right, bottom = map(int, font.getbbox(word, anchor="ls"))
    image = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(image).text((-left, -top), word, fill=255, font=font, anchor="ls")
    return left, top, image


@lru_cache(20_000)
def _measure(font: ImageFont.FreeTypeFont, text: str) -> float:
    return font.getlength(text)


@lru_cache(4)
def _frame(publisher: str, mark: str, fonts: Path, right: int) -> bytes:
    """Draw the common parts of many cards: the band, the foot, and the paper under each ink, numbered for its shades.

    As lines of a PNG: each begins with its filter, none. There is one more byte at the end.
    """
    image = Image.new("L", (WIDTH, HEIGHT), _TITLE - _SHADES)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, _FILED_AT + 24), fill=_SOFT - _SHADES)
    draw.rectangle((0, _FOOT_AT - 52, WIDTH, HEIGHT), fill=_FOOT - _SHADES)
    tile = _band_tile(_BAND)
    tile = Image.frombytes("L", tile.size, bytes(number + _WOVEN for number in tile.tobytes()))
    for left in range(0, WIDTH, tile.width):
        image.paste(tile, (left, 0))
    draw.line((_LEFT, _FOOT_AT - 52, right, _FOOT_AT - 52), fill=_RULE, width=2)
    font = _font(fonts, "bold", 30)
    room = float(right - _LEFT)
    if right == _BESIDE:
        font = _font(fonts, "bold", 25)
        first, *rest = _wrap(publisher[:_MOST_LETTERS], room, font.getlength) if publisher.strip() else [""]
        draw.text((_LEFT, _FOOT_AT - 12), first, fill=_FOOT, font=font, anchor="ls")
        publisher, mark = " ".join(rest), ""
        draw.text((_LEFT, _FOOT_AT + 24), _cut(publisher, room, font.getlength), fill=_FOOT, font=font, anchor="ls")
        publisher = ""
    if mark:
        width = font.getlength(mark) + 36
        draw.rounded_rectangle((_RIGHT - width, _FOOT_AT - 36, _RIGHT, _FOOT_AT + 14), 25, _TITLE - _SHADES, _SOFT, 2)
        draw.text((_RIGHT - 18, _FOOT_AT), mark, fill=_TITLE, font=font, anchor="rs")
        room -= width + 30
    draw.text((_LEFT, _FOOT_AT), _cut(publisher, room, font.getlength), fill=_FOOT, font=font, anchor="ls")
    lines = Image.new("L", (WIDTH + 1, HEIGHT))
    lines.paste(image, (1, 0))
    return lines.tobytes() + b"\0"


@cache
def _palette(color: str) -> bytes:
    paper, line, *inks = map(ImageColor.getrgb, (_PAPER, _LINE, _BLACK, _GRAY, _RED, color))
    shades = (
        round(low + (high - low) * shade / _SHADES)
        for ink in inks
        for shade in range(_SHADES + 1)
        for low, high in zip(paper, ink, strict=True)
    )
    return bytes((*shades, *line, *(_band_tile(_BAND).getpalette() or ())))


@cache
def _band_tile(height: int) -> Image.Image:
    """Draw one repeat of the woven band, theme/static/band.svg (72 × 28), in a palette of its own."""
    scale = 8  # Draw larger and scale down: Pillow's polygons have hard edges.
    tile = Image.new("RGB", (72 * scale, 28 * scale), _NIGHT)
    draw = ImageDraw.Draw(tile)

    def box(x: int, y: int, width: int, high: int, color: str) -> None:
        draw.rectangle((x * scale, y * scale, (x + width) * scale - 1, (y + high) * scale - 1), fill=color)

    def diamond(x: int, radius: int, color: str) -> None:
        points = ((x, 14 - radius), (x + radius, 14), (x, 14 + radius), (x - radius, 14))
        draw.polygon([(a * scale, b * scale) for a, b in points], fill=color)

    for y in (0, 26):
        box(0, y, 72, 2, _RED)
    for x in range(0, 72, 6):
        for y in (4, 23):
            box(x, y, 2, 1, _GOLD)
    for x in (0, 70):
        box(x, 6, 2, 16, _RED)
    for x, colors in ((22, (_RED, _GOLD, _CREAM)), (50, (_RED, _CREAM, _NIGHT))):
        for radius, color in zip((8, 4, 2), colors, strict=True):
            diamond(x, radius, color)
    diamond(36, 4, _CREAM)
    diamond(36, 2, _RED)
    for x in (8, 64):
        diamond(x, 4, _GOLD)
    tile = tile.resize((round(72 * height / 28), height), Image.Resampling.LANCZOS)
    return tile.quantize(_WOVEN_COLORS, Image.Quantize.MAXCOVERAGE)


@cache
def _font(fonts: Path, weight: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout: the other one is missing on some machines.
    return ImageFont.truetype(fonts / _FONTS[weight], size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _known(fonts: Path, name: str) -> Callable[[str], bool]:
    """Return whether a font has a letter, by the letter: asked for every title, name and place of a site."""
    font = _font(fonts, name, 24)
    # A font draws a letter that it lacks as it draws a code that is no character.
    lacked = bytes(font.getmask("\uffff"))
    return cache(lambda letter: letter.isspace() or bytes(font.getmask(letter)) != lacked)


# Asked for twice: of the cards that are told about, and of those that are drawn.
@lru_cache(4_096)
def _lacking(fonts: Path, name: str, text: str) -> tuple[str, ...]:
    return tuple(filterfalse(_known(fonts, name), dict.fromkeys(text)))


def _only_drawable(fonts: Path, name: str, text: str) -> str:
    return " ".join("".join(filter(_known(fonts, name), text)).split())


@cache
def _digest_fonts(fonts: Path) -> tuple[str, ...]:
    return tuple(sha256((fonts / name).read_bytes()).hexdigest() for name in _FONTS.values())
