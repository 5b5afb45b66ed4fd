"""Under which licences the libraries stand that the project needs to run, and which of these go with its own.

A table, since packages say it in a dozen ways, some of them wrongly, and a release must say the same on every machine.
A test holds it against what the installed packages say of themselves.
"""

from __future__ import annotations

import re

PROJECT = "AGPL-3.0-or-later"
# As SPDX writes them, by the names in requirements.txt; what a wheel brings inside it is counted.
LICENCES = {
    "anyio": "MIT",
    "beautifulsoup4": "MIT",
    "blinker": "MIT",
    "brotli": "MIT",
    "cobble": "BSD-2-Clause",
    "deflate": "MIT",
    "docutils": "BSD-2-Clause AND BSD-3-Clause AND LicenseRef-Public-Domain",
    "et-xmlfile": "MIT",
    "feedgenerator": "BSD-3-Clause",
    "idna": "BSD-3-Clause",
    "invoke": "BSD-2-Clause",
    "jinja2": "BSD-3-Clause",
    # Lightning CSS itself is under the MPL, what binds it to Python under Apache.
    "lightningcss": "Apache-2.0 AND MPL-2.0",
    "lxml": "BSD-3-Clause",
    "mammoth": "BSD-2-Clause",
    "markdown": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "markdownify": "MIT",
    "markupsafe": "BSD-3-Clause",
    "mdurl": "MIT",
    "nh3": "MIT",
    "openpyxl": "MIT",
    "ordered-set": "MIT",
    "pelican": "AGPL-3.0-or-later",
    "pillow": "MIT-CMU",
    # With libheif and libde265, and with x265.
    "pillow-heif": "BSD-3-Clause AND LGPL-3.0-or-later AND GPL-2.0-or-later",
    "pygments": "BSD-2-Clause",
    "pypdf": "BSD-3-Clause",
    "python-dateutil": "BSD-3-Clause",
    "python-docx": "MIT",
    "pyyaml": "MIT",
    "rich": "MIT",
    "ruamel-yaml": "MIT",
    "segno": "BSD-3-Clause",
    "six": "MIT",
    "soupsieve": "MIT",
    "tinycss2": "BSD-3-Clause",
    # With tables after libphonenumber's and the WHATWG's.
    "turbohtml": "MIT AND Apache-2.0 AND BSD-3-Clause",
    "typing-extensions": "PSF-2.0",
    "tzdata": "Apache-2.0",
    "unidecode": "GPL-2.0-or-later",
    "watchfiles": "MIT",
    "webencodings": "BSD-3-Clause",
    "xlsxwriter": "BSD-2-Clause",
}
# What may be combined with a work under AGPL-3.0-or-later, after the list of the Free Software Foundation.
COMPATIBLE = {
    *("MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0", "PSF-2.0", "LicenseRef-Public-Domain"),
    *("MPL-2.0", "LGPL-3.0-or-later", "GPL-2.0-or-later", "GPL-3.0-or-later", "AGPL-3.0-or-later"),
}


def split_expression(expression: str) -> list[str]:
    """Return the licences of an SPDX expression, all of which apply."""
    return re.split(" AND ", expression)
