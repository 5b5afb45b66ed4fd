"""The picture on a share card: a story's photo, cropped to its busiest part, or the plate of a story without photos."""

from functools import lru_cache
from hashlib import sha256
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from plugins.photos import pixels
from plugins.photos.photo import Photo
from plugins.photos.recipe import Size
from plugins.plates.plate import SHARED_VARIANTS, Plate
from plugins.plates.raster import paint
from plugins.sources.held import insist_on_reading
from plugins.tokens import own_tokens

ORNAMENT = "Hình trang trí"
# The lower edges of labels on a picture: from its top, and above the hem of a plate.
_ABOVE, _BELOW = 68, 76
_NIGHT, _CREAM = (own_tokens().light[name] for name in ("cloth", "cream"))
# A photo is examined in this many parts along the side that is too long.
_PARTS = 48
# The penalty of a part at the rim against the middle, where most photographers put their subject.
_RIM = 0.35


def show_photo(photo: Photo, size: Size) -> Image.Image:
    """Return the part of a photo that fills a box of pixels."""
    data = insist_on_reading(photo.file.read_bytes)
    if sha256(data).hexdigest() != photo.digest:
        raise OSError(0, "ảnh vừa thay đổi trong lúc dựng trang; chạy lại lệnh", str(photo.file))
    scale = max(size[0] / photo.size[0], size[1] / photo.size[1])
    covering = max(size[0], round(photo.size[0] * scale)), max(size[1], round(photo.size[1] * scale))
    return _cut(pixels.decode(data, covering), size)


@lru_cache(SHARED_VARIANTS * 8)
def show_plate(
    plate: Plate, mark: str, size: Size, first: int, font: ImageFont.FreeTypeFont
) -> tuple[Image.Image, bytes]:
    """Return a plate that fills a box, labelled, as numbers of a palette from `first` on, and the colours of these."""
    image = paint(plate.draw(), *size)
    label_corners(image, mark, ORNAMENT, font)
    # Pillow's own choice of colours depends on how a system sorts equal values.
    found: list[tuple[int, Any]] = image.getcolors(image.width * image.height) or []
    shown = [color for _, color in sorted(found, key=lambda one: (-one[0], one[1]))[: 256 - first]]
    colors = bytes(part for color in shown for part in color)
    palette = Image.new("P", (1, 1))
    palette.putpalette(colors)
    indexed = image.quantize(palette=palette, dither=Image.Dither.NONE)
    numbers = indexed.tobytes().translate(bytes(min(number, 255) for number in range(first, first + 256)))
    return Image.frombytes("L", size, numbers), colors


def label_corners(image: Image.Image, above: str, below: str, font: ImageFont.FreeTypeFont) -> None:
    """Write labels, if any, into the upper and the lower right corner of a picture."""
    for text, bottom in ((above, _ABOVE), (below, image.height - _BELOW)):
        if text:
            _label(image, text, bottom, font)


def _label(image: Image.Image, text: str, bottom: int, font: ImageFont.FreeTypeFont) -> None:
    draw = ImageDraw.Draw(image)
    right, width = image.width - 24, round(font.getlength(text))
    draw.rounded_rectangle((right - width - 32, bottom - 44, right, bottom), 22, _NIGHT)
    draw.text((right - 16, bottom - 14), text, fill=_CREAM, font=font, anchor="rs")


def _cut(image: Image.Image, box: Size) -> Image.Image:
    """Crop a picture that covers a box to the stretch with the most edges."""
    spare = image.width - box[0], image.height - box[1]
    is_wide = spare[0] >= spare[1]
    side, shown = (image.width, box[0]) if is_wide else (image.height, box[1])
    left = top = 0
    if side > shown:
        small = image.convert("L").resize((_PARTS, _PARTS), Image.Resampling.BOX).filter(ImageFilter.FIND_EDGES)
        edges = small.crop((1, 1, _PARTS - 1, _PARTS - 1))
        strip = edges.resize((_PARTS, 1) if is_wide else (1, _PARTS), Image.Resampling.BOX)
        window = max(1, round(_PARTS * shown / side))
        middle = (_PARTS - window) / 2
        values = strip.tobytes()

        def worth(start: int) -> float:
            return sum(values[start : start + window]) * (1 - _RIM * abs(start - middle) / (middle or 1))

        start = max(range(_PARTS - window + 1), key=worth)
        at = round((side - shown) * start / max(1, _PARTS - window))
        left, top = (at, 0) if is_wide else (0, at)
    return image.crop((left, top, left + box[0], top + box[1]))
