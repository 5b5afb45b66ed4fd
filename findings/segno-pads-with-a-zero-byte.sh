#!/bin/sh
# segno 1.6.6: what follows the text of a QR code in byte mode begins with a byte of zeros, where ISO/IEC 18004 (7.4.10) has the pad
# codewords 11101100 and 00010001 begin: it fills up to the next whole byte even where it stands at one, which every text of
# whole bytes does. qrcodegen 1.8.0 and zxing-cpp 3.1.1 (by libzint) agree with each other on all modules, under the same mask.
# Most cameras ignore the padding; BoofCV is known to refuse such codes (github.com/heuer/segno, issues 123 and 148).
# Every code on a printed story of ours was so; segno is given the right padding now (plugins/exemplars/pages/sharing.py,
# tests/exemplars/test_sharing.py). Exits 0 while this is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet 'segno==1.6.6' 'qrcodegen==1.8.0' 'zxing-cpp==3.1.1'
cat > compare.py <<'PYTHON'
import sys

import segno
import zxingcpp
from qrcodegen import QrCode, QrSegment


def differ(one, other):
    """Return the number of modules that two codes of one size have differently."""
    return sum(a != b for row, another in zip(one, other) for a, b in zip(row, another))


found = {}
for length in (51, 52, 53):
    # A code of version 3-L holds 53 letters: 53 leave no room for padding.
    text = "x" * length
    image = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L"), add_quiet_zones=False
    )
    size, pixels = image.shape[1], bytes(memoryview(image))
    zxing = [[not pixels[y * size + x] for x in range(size)] for y in range(size)]
    # The mask stands beside the upper left corner, itself under a mask of 101.
    mask = (zxing[8][2] << 2 | zxing[8][3] << 1 | zxing[8][4]) ^ 0b101
    code = QrCode.encode_segments([QrSegment.make_bytes(text.encode())], QrCode.Ecc.LOW, mask=mask, boostecl=False)
    other = [[code.get_module(x, y) for x in range(size)] for y in range(size)]
    third = [
        [module == 1 for module in row]
        for row in segno.make(text, error="l", mode="byte", mask=mask, micro=False, boost_error=False).matrix
    ]
    found[length] = differ(zxing, other), differ(zxing, third)
    print(f"{length} letters: zxing-cpp and qrcodegen differ in {found[length][0]} modules, zxing-cpp and segno in {found[length][1]}")
if found != {51: (0, 76), 52: (0, 62), 53: (0, 0)}:
    sys.exit("changed")
PYTHON
env/bin/python compare.py
