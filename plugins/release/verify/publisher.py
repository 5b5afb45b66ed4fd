"""Whoever reads a page is told whose it is: every fact of the publisher, and nothing that waits to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.terms import is_placeholder
from plugins.content.vocabulary_files import FOLDER, PUBLISHER_KEYS
from plugins.release.verify.candidate import page_url
from plugins.release.verify.finding import Finding
from plugins.sources.problem import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate


def find_missing(candidate: Candidate) -> Iterator[Finding]:
    """Yield each fact that is missing, and each page with words that stand for one."""
    publisher = candidate.edition.content.vocabulary.publisher
    where = f"{FOLDER}/co-quan.yaml"
    for key in PUBLISHER_KEYS:
        if key.required and is_placeholder(getattr(publisher, key.attribute)):
            yield Finding(where, f'mục "{key.name}" chưa được điền', "điền vào rồi xuất bản lại")
    if publisher.site_url.startswith("http://"):
        yield Finding(
            where,
            "địa chỉ trang bắt đầu bằng http://, không được mã hóa",
            "xin chứng chỉ cho tên miền rồi ghi https://",
            Level.ADVICE,
        )
    for path, facts in candidate.files.items():
        for words in facts.placeholders:
            yield Finding(page_url(path), f"còn chỗ chưa điền “{words}”", "điền vào tệp của trang ấy")
