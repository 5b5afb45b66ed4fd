"""The two encodings that Vietnamese was typed in before Unicode, letter by letter.

Both put Vietnamese letters where Windows-1252 has others, so that only the font tells them from what they seem to be.
"""

from __future__ import annotations

# TCVN 5712:1993, table VN3, as the ABC fonts (.VnTime, .VnArial …) have it: each letter and its code in hexadecimal.
# There is one byte for each small letter and for seven capitals; all other capitals are small letters in a font whose
# name ends in H. glibc's iconv knows the table as TCVN.
_TCVN3 = """
à B5  ả B6  ã B7  á B8  ạ B9
ă A8  ằ BB  ẳ BC  ẵ BD  ắ BE  ặ C6
â A9  ầ C7  ẩ C8  ẫ C9  ấ CA  ậ CB
è CC  ẻ CE  ẽ CF  é D0  ẹ D1
ê AA  ề D2  ể D3  ễ D4  ế D5  ệ D6
ì D7  ỉ D8  ĩ DC  í DD  ị DE
ò DF  ỏ E1  õ E2  ó E3  ọ E4
ô AB  ồ E5  ổ E6  ỗ E7  ố E8  ộ E9
ơ AC  ờ EA  ở EB  ỡ EC  ớ ED  ợ EE
ù EF  ủ F1  ũ F2  ú F3  ụ F4
ư AD  ừ F5  ử F6  ữ F7  ứ F8  ự F9
ỳ FA  ỷ FB  ỹ FC  ý FD  ỵ FE
đ AE
Ă A1  Â A2  Ê A3  Ô A4  Ơ A5  Ư A6  Đ A7
"""

# VNI for Windows, as the VNI fonts of VNI Software Co. have it: a letter and then its mark, but for ơ, ư, đ and the
# toned i and y with a dot, which are one character. Capitals are the capitals of both.
_VNI = """
à aø  ả aû  ã aõ  á aù  ạ aï
ă aê  ằ aè  ẳ aú  ẵ aü  ắ aé  ặ aë
â aâ  ầ aà  ẩ aå  ẫ aã  ấ aá  ậ aä
è eø  ẻ eû  ẽ eõ  é eù  ẹ eï
ê eâ  ề eà  ể eå  ễ eã  ế eá  ệ eä
ì ì   ỉ æ   ĩ ó   í í   ị ò
ò oø  ỏ oû  õ oõ  ó où  ọ oï
ô oâ  ồ oà  ổ oå  ỗ oã  ố oá  ộ oä
ơ ô   ờ ôø  ở ôû  ỡ ôõ  ớ ôù  ợ ôï
ù uø  ủ uû  ũ uõ  ú uù  ụ uï
ư ö   ừ öø  ử öû  ữ öõ  ứ öù  ự öï
ỳ yø  ỷ yû  ỹ yõ  ý yù  ỵ î
đ ñ
"""


def _pairs(rows: str) -> list[tuple[str, str]]:
    words = rows.split()
    return list(zip(words[::2], words[1::2], strict=True))


# What stands in the file -> the letter that is meant.
TCVN3 = {chr(int(code, 16)): letter for letter, code in _pairs(_TCVN3)}
VNI = {
    written: letter.upper() if written[0].isupper() else letter
    for letter, code in _pairs(_VNI)
    # A capital is often followed by the mark of a small letter.
    for written in (
        code.upper(),
        *(code[0].upper() + mark for mark in code[1:]),
        code,
        *(code[0] + mark.upper() for mark in code[1:]),
    )
}
