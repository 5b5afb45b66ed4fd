"""The two encodings that Vietnamese was typed in before Unicode, letter by letter.

Both put Vietnamese letters where Windows-1252 has others, so that only the font tells them from what they seem to be.
"""

from __future__ import annotations

# Each small letter, its code in TCVN3 in hexadecimal, and what stands for it in VNI.
#
# TCVN 5712:1993, table VN3, as the ABC fonts (.VnTime, .VnArial …) have it. There is one byte for each small letter and
# for seven capitals; all other capitals are small letters in a font whose name ends in H. glibc's iconv knows the table
# as TCVN.
#
# VNI for Windows, as the VNI fonts of VNI Software Co. have it: a letter and then its mark, but for ơ, ư, đ and the
# toned i and y with a dot, which are one character. Capitals are the capitals of both.
_TABLE = """
à B5 aø  ả B6 aû  ã B7 aõ  á B8 aù  ạ B9 aï
ă A8 aê  ằ BB aè  ẳ BC aú  ẵ BD aü  ắ BE aé  ặ C6 aë
â A9 aâ  ầ C7 aà  ẩ C8 aå  ẫ C9 aã  ấ CA aá  ậ CB aä
è CC eø  ẻ CE eû  ẽ CF eõ  é D0 eù  ẹ D1 eï
ê AA eâ  ề D2 eà  ể D3 eå  ễ D4 eã  ế D5 eá  ệ D6 eä
ì D7 ì   ỉ D8 æ   ĩ DC ó   í DD í   ị DE ò
ò DF oø  ỏ E1 oû  õ E2 oõ  ó E3 où  ọ E4 oï
ô AB oâ  ồ E5 oà  ổ E6 oå  ỗ E7 oã  ố E8 oá  ộ E9 oä
ơ AC ô   ờ EA ôø  ở EB ôû  ỡ EC ôõ  ớ ED ôù  ợ EE ôï
ù EF uø  ủ F1 uû  ũ F2 uõ  ú F3 uù  ụ F4 uï
ư AD ö   ừ F5 öø  ử F6 öû  ữ F7 öõ  ứ F8 öù  ự F9 öï
ỳ FA yø  ỷ FB yû  ỹ FC yõ  ý FD yù  ỵ FE î
đ AE ñ
"""
_LETTERS = _TABLE.split()

# What stands in the file -> the letter that is meant.
TCVN3 = {chr(int(code, 16)): letter for letter, code in zip(_LETTERS[::3], _LETTERS[1::3], strict=True)}
TCVN3 |= {"¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ"}
VNI = {
    written: letter.upper() if written[0].isupper() else letter
    for letter, code in zip(_LETTERS[::3], _LETTERS[2::3], strict=True)
    # A capital is often followed by the mark of a small letter.
    for written in (code.upper(), code[0].upper() + code[1:], code, code[0] + code[1:].upper())
}
