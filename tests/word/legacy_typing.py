"""Vietnamese as it was typed before Unicode: what a keyboard of the time left in the file. Written for the tests."""

from __future__ import annotations

# TCVN 5712:1993 VN3, in the order of its codes: A1–A7 capitals, then small letters. Its empty places are spaces.
_VN3 = "ĂÂÊÔƠƯĐăâêôơưđ" + "      " + "àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
TCVN3 = {letter: chr(0xA1 + place) for place, letter in enumerate(_VN3) if letter != " "}

# VNI: base and hat, then the marks for sắc huyền hỏi ngã nặng, in the order of the letters below.
_PLAIN, _HAT, _BREVE = "ùøûõï", "áàåãä", "éèúüë"
_VOWELS = {
    "a": ("áàảãạ", "a", _PLAIN),
    "â": ("ấầẩẫậ", "a", _HAT),
    "ă": ("ắằẳẵặ", "a", _BREVE),
    "e": ("éèẻẽẹ", "e", _PLAIN),
    "ê": ("ếềểễệ", "e", _HAT),
    "o": ("óòỏõọ", "o", _PLAIN),
    "ô": ("ốồổỗộ", "o", _HAT),
    "ơ": ("ớờởỡợ", "ô", _PLAIN),
    "u": ("úùủũụ", "u", _PLAIN),
    "ư": ("ứừửữự", "ö", _PLAIN),
    "y": ("ýỳỷỹ", "y", _PLAIN),
}
VNI = {"â": "aâ", "ă": "aê", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ", "ỵ": "î"}
VNI |= dict(zip("íìỉĩị", "íìæóò", strict=True))
for _letters, _base, _marks in _VOWELS.values():
    VNI |= {letter: _base + mark for letter, mark in zip(_letters, _marks, strict=False)}
VNI |= {letter.upper(): typed.upper() for letter, typed in VNI.items()}

SMALL = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
LETTERS = SMALL + SMALL.upper()


def type_tcvn3(text: str) -> list[tuple[str, str]]:
    """Return the typed text, in pieces with the font of each: capitals without a code are in the font of capitals."""
    pieces: list[tuple[str, str]] = []
    for letter in text:
        needs_capitals = letter not in TCVN3 and letter.lower() in TCVN3 and letter.isupper()
        font = ".VnTimeH" if needs_capitals else ".VnTime"
        typed = TCVN3.get(letter.lower() if needs_capitals else letter, letter)
        if pieces and pieces[-1][1] == font:
            pieces[-1] = pieces[-1][0] + typed, font
        else:
            pieces.append((typed, font))
    return pieces


def type_vni(text: str) -> str:
    """Return the text typed in a font of VNI."""
    return "".join(VNI.get(letter, letter) for letter in text)
