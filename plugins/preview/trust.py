"""The token that only our own pages know: whoever bears it may change something."""

from __future__ import annotations

import os
import secrets

from plugins.preview.agreement import TOKEN_VARIABLE

# No other site's page can read it, nor send the header that bears it without being asked about. The command hands it
# on, so that a page that is open stays good when the code has changed.
TOKEN = os.environ.get(TOKEN_VARIABLE) or secrets.token_urlsafe()
TOKEN_HEADER = "X-Xem-Thu"  # noqa: S105 - it only names it


def is_trusted(token: str) -> bool:
    """Tell whether a token is ours."""
    return secrets.compare_digest(token.encode(), TOKEN.encode())
