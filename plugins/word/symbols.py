"""Text in a font of symbols -> Unicode."""

import re

_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
)
_WINGDINGS = """
21✏ 22✂ 23✁ 28☎ 29✆ 2A✉ 36⌛ 3F✍ 41✌ 45☜ 46☞ 47☝ 48☟ 4A☺ 4C☹ 51✈ 52☼ 54❄ 58✠ 59✡ 5F♉ 6C● 6D❍ 6E■ 6F□ 70❐ 71❑ 72❒ 73⬧
74⧫ 75◆ 76❖ 77⬥ 78☒ 7A⌘ 80⓪ 81① 82② 83③ 84④ 85⑤ 86⑥ 87⑦ 88⑧ 89⑨ 8A⑩ 8B⓿ 8C❶ 8D❷ 8E❸ 8F❹ 90❺ 91❻ 92❼ 93❽ 94❾ 95❿ 9E· 9F•
A0▪ A1○ A4◉ A5◎ A7▪ A8◻ AA✦ AB★ AC✶ AD✴ AE✹ AF✵ B5✪ B6✰ D5⌫ D6⌦ D8➢ DC➲ DF← E0→ E1↑ E2↓ E3↖ E4↗ E5↙ E6↘ E8➔ E7⬅ E9⬆ EA⬇
EF⇦ F0⇨ F1⇧ F2⇩ F3⬄ F4⇳ FB✗ FC✓ FD☒ FE☑
"""
_WINGDINGS_2 = "4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 56⊗ 6A① 6B② 6C③ 96● 97● 98• 9E⊙ 9F◎ A0▪ A2■ A3□ A4◻ A7▣ AE◆ AF◇ E9★"
_WINGDINGS_3 = "66← 67→ 68↑ 69↓ 6A↖ 6B↗ 6C↙ 6D↘ 70▲ 71▼ 72△ 73▽ 74◀ 75▶ 76◁ 77▷ 7D▶ 80▲ 81▼"
_WEBDINGS = "33◀ 34▶ 35▲ 36▼ 61✓ 63□ 67■ 6E● 72✗ 80★ A7♪ C8☎ 4E👁 59♥"


def _table(written: str) -> dict[int, str]:
    return {int(entry[:2], 16): entry[2:] for entry in written.split()}


_FONTS = {
    "symbol": dict(enumerate(_SYMBOL[0], 0x20)) | dict(enumerate(_SYMBOL[1], 0xA0)),
    "wingdings": _table(_WINGDINGS),
    "wingdings 2": _table(_WINGDINGS_2),
    "wingdings 3": _table(_WINGDINGS_3),
    "webdings": _table(_WEBDINGS),
}
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def is_of_symbols(font: str) -> bool:
    """Tell whether a font has symbols instead of letters."""
    return font.lower() in _FONTS


def read_symbols(text: str, font: str) -> tuple[str, int]:
    """Return a text in a symbol font in Unicode, and the number of its unknown characters, which are dropped."""
    table = _FONTS.get(font.lower())
    return _PRIVATE.subn("", "".join(_shown(letter, table) for letter in text))


def _shown(letter: str, table: dict[int, str] | None) -> str:
    code = ord(letter)
    code = code - 0xF000 if 0xF020 <= code <= 0xF0FF else code
    if table is not None and 0x20 < code <= 0xFF:
        return table.get(code, chr(0xF000 + code))
    # Fonts of old encodings use these codes too, but their text is converted before.
    return chr(code) if 0x20 <= code < 0x7F else letter
