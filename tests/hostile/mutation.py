"""Inputs made out of good ones: a story, a register, a photo, a document with something wrong in it, by a seed."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

SCRIPTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "java\tscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "<image src='/\\evil.example/x.png'>",
    "<source srcset='//evil.example/x 1w'>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi//xlink:href='javascript:alert(1)'>x",
    "<style>@import '//evil.example'</style>",
    "<base href='//evil.example/'>",
    "<form action=//evil.example><input name=x>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<div id=noi-dung class=wrap style='position:fixed'>",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "</title></textarea></noscript><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}{{ config }}",
    "${7*7}",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "\u2028alert(1)//\u2029",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
)
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "a;=1+1", '=HYPERLINK("http://evil.example")', "＝1+1", "-5")
MARKS = (
    *(
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~~\n",
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "&",
        "&#7;",
    ),
    *(
        "&#x202e;",
        "&#0;",
        "&#xD800;",
        "{",
        "}",
        "{: #x .y onclick=z }",
        "{filename}",
        "|filename|",
        "{static}/x",
        "[^1]",
    ),
    *(
        "[^1]: a\n",
        "*[A]: b\n",
        "\n: b\n",
        "\n\n",
        "\n    ",
        "\n- ",
        "\n1. ",
        "\n> ",
        "\n| a | b |\n|---|---|\n| c |\n",
    ),
    *(
        "\n# ",
        "\n===\n",
        "\n---\n",
        "[a]: b 'c'\n",
        '![a](anh.jpg "b")',
        "[x](//e)",
        "<a href=x>",
        "<b>",
        "</p>",
        "<div>\n",
    ),
    *(
        "![a](../../../../etc/passwd)",
        "[a]({filename}../../../../pelicanconf.py)",
        "\\",
        '"',
        "'",
        "--",
        "...",
        "\t",
        "  \n",
    ),
)
YAML = (
    *(
        "---\n",
        "...\n",
        ": ",
        "- ",
        "? ",
        "&a ",
        "*a",
        "!!python/object/apply:os.system [id]",
        "!!binary x",
        "<<: *a\n",
        "|\n",
    ),
    *(
        ">\n",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "%YAML 1.2\n",
        '"',
        "'",
        "\\x07",
        "\\ud800",
        "\\",
        "\t",
        "null",
        "~",
        "yes",
        "0x1F",
    ),
    *(
        "1e999",
        ".inf",
        "2020-02-30",
        "31/2/2020",
        "  - a | b | c\n",
        "Xã: Nam Dong\n",
        "mã: con\n",
        "=: x\n",
        "\n  ",
        "@",
        "%",
    ),
)
UNSEEN = (
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x07",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\ud7ff",
    "\ufffe",
    "\U0010ffff",
)
LETTERS = (
    "đ",
    "Đ",
    "ẫ",
    "e\u0302\u0301",
    "a\u0301" * 9,
    "’",
    "ʼ",
    "ﬁ",
    "İ",
    "ß",
    "\u0345",
    "𝔸",
    "👨‍👩‍👧",
    "٣",
    "²",
    "½",
    "Ǆ",
)
TOKENS = (*SCRIPTS, *FORMULAS, *MARKS, *YAML, *UNSEEN, *LETTERS)
XML = (
    *(
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "&a;",
        "<w:p/>",
        "<w:r>",
        "</w:p>",
        "<w:t>",
        "]]>",
        "<![CDATA[",
    ),
    *(
        "../../../../tmp/x",
        "file:///etc/passwd",
        "http://evil.example/x",
        'TargetMode="External"',
        "-1",
        "99999999999",
        "1e9",
    ),
    *(
        'w:val=""',
        "NaN",
        "javascript:alert(1)",
        "<f>1+1</f>",
        't="s"',
        't="e"',
        'r="XFD1048576"',
        "&#1;",
        "<?x y?>",
        " xmlns=''",
    ),
)


def mutate_text(random: Random, text: str, others: Sequence[str] = ("",), tokens: Sequence[str] = TOKENS) -> str:
    """Return a text with a few things wrong in it."""
    for _ in range(random.choice((1, 1, 2, 3, 5, 9))):
        at = random.randrange(len(text) + 1)
        end = min(len(text), at + random.choice((1, 2, 5, 20, 100)))
        match random.randrange(11):
            case 0 | 1 | 2 | 3:
                text = text[:at] + random.choice(tokens) + text[at:]
            case 4:
                text = text[:at] + random.choice(tokens) * random.choice((2, 10, 40, 300)) + text[at:]
            case 5:
                text = text[:at] + text[end:]
            case 6:
                text = text[:at] + text[at:end] * random.choice((2, 10, 60)) + text[end:]
            case 7:
                lines = text.split("\n")
                random.shuffle(lines)
                text = "\n".join(lines[: random.randrange(len(lines)) + 1])
            case 8:
                other = random.choice(others)
                cut = random.randrange(len(other) + 1)
                text = text[:at] + other[cut : cut + 400] + text[end:]
            case 9:
                # A value in place of another, as whoever fills in a form would.
                lines = text.split("\n")
                line = random.randrange(len(lines))
                key, colon, _ = lines[line].partition(": ")
                lines[line] = f"{key}{colon}{random.choice(tokens)}"
                text = "\n".join(lines)
            case 10:
                text = (
                    text[:at]
                    + chr(random.choice((random.randrange(1, 0x250), random.randrange(0xE000, 0x11000))))
                    + text[end:]
                )
    return text


def mutate_bytes(random: Random, data: bytes) -> bytes:
    """Return bytes of which a few are others, or gone, or there twice."""
    made = bytearray(data)
    if random.random() < 0.15:
        del made[random.randrange(len(made) + 1) :]
    for _ in range(random.choice((1, 2, 4, 16, 64))):
        if not made:
            break
        # The head of a file says what the rest is.
        at = random.randrange(min(len(made), random.choice((64, 1024, len(made)))))
        match random.randrange(6):
            case 0 | 1:
                made[at] = random.randrange(256)
            case 2:
                made[at : at + 4] = random.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\0\0\xff\xff")
                )
            case 3:
                del made[at : at + random.choice((1, 4, 64))]
            case 4:
                made[at:at] = random.randbytes(random.choice((1, 4, 64)))
            case 5:
                made[at:at] = made[at : at + random.choice((8, 256, 4096))]
    return bytes(made)


def mutate_package(random: Random, data: bytes) -> bytes:
    """Return a .docx, .odt or .xlsx of which one part is other, gone, doubled or somewhere else."""
    if random.random() < 0.15:
        return mutate_bytes(random, data)
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = [(entry.filename, package.read(entry)) for entry in package.infolist()]
    for _ in range(random.choice((1, 1, 2, 4))):
        # Most of a document's parts say little: the large ones are taken more often.
        at = random.choices(range(len(parts)), [len(part) ** 0.5 + 1 for _, part in parts])[0]
        name, part = parts[at]
        match random.randrange(8):
            case 0:
                parts[at] = name, mutate_bytes(random, part)
            case 1 if len(parts) > 1:
                del parts[at]
            case 2:
                names = ("../../../../tmp/ra-ngoai", "/etc/passwd", "..\\x", "word/media/a.jpg", "", "a" * 300, name)
                parts.append((random.choice(names), part))
            case 3:
                parts[at] = name, random.choice(parts)[1]
            case _:
                text = part.decode("utf-8", "replace")
                parts[at] = name, mutate_text(random, text, (text,), (*XML, *SCRIPTS)).encode("utf-8", "replace")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(zipfile.ZipInfo(name or "x"), part)
    return out.getvalue()
