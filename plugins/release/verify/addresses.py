"""What once had an address keeps it: a page, a way to where it is now, or a word that it was taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.exemplars.listing import LATER_PAGE
from plugins.release.policy import FOR_EVER, cache_rule, is_served
from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding
from plugins.sources.problem import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate


def find_lost(candidate: Candidate) -> Iterator[Finding]:
    """Yield each address of the release that is online which the new one no longer answers."""
    answered = {*map(page_url, candidate.files), *candidate.moved, *candidate.gone}
    for path in sorted(candidate.earlier):
        url = page_url(path)
        # Nobody is sent to what is named after its bytes but by a page of that day.
        if url in answered or cache_rule(url) == FOR_EVER or not is_served(path):
            continue
        later = LATER_PAGE.fullmatch(url)
        if later and later["list"] in answered:
            yield Finding(
                url, "trang sau của một danh sách không còn, vì danh sách ngắn lại", "không phải làm gì", Level.ADVICE
            )
        else:
            fix = "đổi tên thì ghi “Địa chỉ cũ”; gỡ thì ghi “Gỡ” và lý do; cố ý bỏ thì thêm --drop-addresses"
            yield Finding(url, "địa chỉ đang có trên mạng mà bản mới không còn", fix)
