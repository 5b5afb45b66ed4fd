#!/bin/sh
# Pillow 13.0.0: a PNG may name one colour that is transparent (tRNS; PNG, third edition, 11.3.1.1), in the depth of its samples.
# Pillow scales the samples to 8 bits and leaves the colour as it stands in the file, so that another one becomes transparent:
#   2 or 4 bits of grey: 1 stays 1, where the pixels have become 85 or 17: nothing is transparent, or another grey is
#   16 bits of RGB: (0, 32768, 65535) is looked for among values from 0 to 255, and not found
# pypng 0.20220715.0 reads the same bytes as the standard says. A scanned seal or a map drawn in few greys would get a white
# ground on the page. Ours scales the colour too (plugins/photos/opening.py, tests/photos/test_pixels.py). Exits 0 while this is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet 'pillow==13.0.0' 'pypng==0.20220715.0'
cat > read.py <<'PYTHON'
import struct
import sys
import zlib
from io import BytesIO

import png
from PIL import Image


def made(depth, kind, row, colour):
    """Return a PNG of one row; `colour` is the transparent one."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 2, 1, depth, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"tRNS", colour), (b"IDAT", zlib.compress(b"\0" + row)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


# Two pixels each: the transparent colour, and white.
colour = struct.pack(">3H", 0, 32_768, 65_535)
pictures = {
    "grey, 2 bits": made(2, 0, bytes([0b01_11_0000]), struct.pack(">H", 1)),
    "grey, 4 bits": made(4, 0, bytes([0b0001_1111]), struct.pack(">H", 1)),
    "grey, 8 bits": made(8, 0, bytes([1, 255]), struct.pack(">H", 1)),
    "RGB, 16 bits": made(16, 2, colour + b"\xff" * 6, colour),
}
found = {}
for name, data in pictures.items():
    with Image.open(BytesIO(data)) as image:
        image.load()
        pillow = [image.convert("RGBA").getpixel((at, 0))[3] for at in (0, 1)]
    rows = png.Reader(bytes=data).asRGBA8()[2] if name != "RGB, 16 bits" else png.Reader(bytes=data).asRGBA()[2]
    row = list(next(iter(rows)))
    pypng = [255 if row[at] else 0 for at in (3, 7)]
    print(f"{name}: how opaque the two pixels are, Pillow {pillow}, pypng {pypng}")
    found[name] = pillow, pypng
wrong, right = ([255, 255], [0, 255]), ([0, 255], [0, 255])
if found != {name: right if name == "grey, 8 bits" else wrong for name in pictures}:
    sys.exit("changed")
PYTHON
env/bin/python read.py
