"""An address in a page leads where urljoin says, which is slower."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from plugins.release.verify.candidate import Address, Candidate

if TYPE_CHECKING:
    from plugins.exemplars.model.edition import Edition

HOME = "https://mttq.example.vn"
PAGE = "bai-viet/2020/hai-thon/index.html"


class _Content:
    site_url = HOME


class _Edition:
    content = _Content()


@pytest.mark.parametrize(
    "target",
    [
        *("/", "/xa/cu-knia/", "/xa/#bai", "/?q=1", "#muc", "anh.jpg", "../", "./x/?a#b", "?q", "/bai%20viet/#%C4%91"),
        *(HOME, f"{HOME}/", f"{HOME}/xa/", f"{HOME}/?", f"{HOME}/#", f"{HOME}?q", f"{HOME}#a", f"{HOME}/a/../b/"),
        *("HTTPS://mttq.example.vn/xa/", "https:/xa/", "http://mttq.example.vn/xa/", f"{HOME}.la/xa/"),
        *("//mttq.example.vn/xa/", "//khac.vn/xa/", "https://khac.vn/?", "https://khac.vn", f"{HOME}:443/xa/"),
        *(
            "mailto:a@khac.vn?subject=x",
            "tel:+842613",
            "javascript:0",
            "data:,x",
            "/x\ta/",
            "\n/xa/",
            "ht\ntps://khac.vn/",
        ),
    ],
)
def test_it_leads_where_urljoin_says(target: str) -> None:
    candidate = Candidate(Path(), cast("Edition", _Edition()), {}, {})
    whole = urljoin(f"{HOME}/{PAGE.removesuffix('index.html')}", target.replace("\t", "").replace("\n", ""))
    parts = urlsplit(whole)
    own = f"{parts.scheme}://{parts.netloc}" == HOME
    wanted = Address(unquote(parts.path) or "/", unquote(parts.fragment)) if own else None
    assert candidate.find_own(PAGE, target) == wanted
