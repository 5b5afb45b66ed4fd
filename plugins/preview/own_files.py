"""The files that the own pages name: scripts, styles and, below theme/, colours, fonts and drawings of the theme.

Pages name them at an address that changes with any of them and with every start, so that browsers may keep them.
"""

import re
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from plugins.preview.addresses import OWN
from plugins.preview.serving.watching import take_snapshot
from plugins.tokens import STATIC, own_tokens, read_tokens

_OWN, _THEME = Path(__file__).resolve().parent / "static", STATIC
# What is sent depends on the code too.
_START = token_hex()
_VERSION = re.compile(r"[0-9a-f]{16}/")


def own_folder() -> str:
    """Return the address of the folder in which pages name own files as they stand now."""
    state = sorted(take_snapshot((_OWN, _THEME)).items())
    return f"{OWN}{sha256(f'{_START} {state}'.encode()).hexdigest()[:16]}/"


def read_own_file(address: str) -> tuple[bytes, bool]:
    """Return a file by its address, with or without a version, and whether browsers may keep it.

    OSError or ValueError when there is none.
    """
    name = _VERSION.sub("", address.removeprefix(OWN), count=1)
    folder, is_theme = (_THEME, True) if name.startswith("theme/") else (_OWN, False)
    file = (folder / name.removeprefix("theme/")).resolve(strict=True)
    if not file.is_relative_to(folder):
        raise FileNotFoundError
    data = file.read_bytes()
    if name == "trang.css":
        # The colours while the theme is broken, below those of its tokens.css.
        data = f"@layer without-theme {{ {own_tokens().root} }}\n".encode() + data
    elif name == "xem-thu.css":
        # The bar stands in a page of the site, of which it looks the same in both schemes.
        data = own_tokens().fill(data.decode()).encode()
    elif is_theme and file.suffix == ".svg":
        data = read_tokens(folder).fill(data.decode()).encode()
    # Asked after reading: a file changed meanwhile is not kept.
    return data, address == own_folder() + name
