"""Checks of addresses: no dead links, no lost addresses, and nothing fetched from other hosts."""

from collections.abc import Iterator
from functools import cache

from plugins.content.addresses.sections import DOCUMENTS, TAKEN
from plugins.content.addresses.urls import url_of_file
from plugins.exemplars.model.listing import LATER_PAGE
from plugins.release.policy import IMMUTABLE, cache_rule, is_served
from plugins.release.verify.candidate import Address, Candidate
from plugins.release.verify.finding import Finding
from plugins.sources.problem import Level

# Lists made from stories; documents are written one by one.
_LISTS = TAKEN - {DOCUMENTS.url.strip("/")}


def find_dead(candidate: Candidate) -> Iterator[Finding]:
    """Yield each address of the site without a file, and each anchor that is not on its page."""
    ids = {path: frozenset(facts.ids) for path, facts in candidate.items(".html")}

    @cache
    def find_fault(own: Address) -> tuple[str, str] | None:
        if (file := candidate.find_file(own.path)) is None:
            return "không có gì ở đó", "sửa chỗ dẫn, hoặc thêm tệp ấy"
        if own.anchor and file in ids and own.anchor not in ids[file]:
            return f"trang ấy không có mục “{own.anchor}”", "sửa phần sau dấu #"
        return None

    for path, target, own in candidate.find_links(lambda own: find_fault(own) is not None):
        what, fix = find_fault(own) or ("", "")
        yield Finding(url_of_file(path), f"dẫn tới “{target}” mà {what}", fix)


def find_lost(candidate: Candidate) -> Iterator[Finding]:
    """Yield each address of the current release that the new one lacks."""
    answered = {*map(url_of_file, candidate.files), *candidate.moved, *candidate.gone}
    for path in sorted(candidate.earlier):
        url = url_of_file(path)
        # Files with fingerprints are only linked from pages of the same release.
        if url in answered or cache_rule(url) == IMMUTABLE or not is_served(path):
            continue
        later = LATER_PAGE.fullmatch(url)
        if later and later["list"] in answered:
            what = "trang sau của một danh sách không còn, vì danh sách ngắn lại"
            yield Finding(url, what, "không phải làm gì", Level.ADVICE)
        elif candidate.taken_down and url.split("/")[1] in _LISTS:
            # Nothing may prevent a withdrawal.
            what = "danh sách không còn, vì bài duy nhất trong đó đã gỡ"
            yield Finding(url, what, "không phải làm gì", Level.ADVICE)
        else:
            fix = "đổi tên thì ghi “Địa chỉ cũ”; gỡ thì ghi “Gỡ” và lý do; cố ý bỏ thì thêm --drop-addresses"
            yield Finding(url, "địa chỉ đang có trên mạng mà bản mới không còn", fix)


def find_foreign(candidate: Candidate) -> Iterator[Finding]:
    """Yield each resource that a browser would fetch from another host."""
    for path, facts in candidate.files.items():
        for _, target in facts.loads:
            if not target.startswith(("data:", "#")) and candidate.find_own(path, target) is None:
                yield Finding(
                    url_of_file(path), f"tải “{target}” từ máy chủ khác", "chép tệp ấy về trang này, hoặc bỏ đi"
                )
