"""Checks of files: well formed, within the security policy, pictures without metadata, no dead or lost addresses."""

from collections.abc import Iterator
from functools import cache

from plugins.content.addresses.sections import DOCUMENTS, TAKEN
from plugins.content.addresses.urls import url_of_file
from plugins.exemplars.model.listing import LATER_PAGE
from plugins.release.policy import CONTENT_SECURITY, IMMUTABLE, cache_rule, is_served
from plugins.release.verify.candidate import Address, Candidate
from plugins.release.verify.facts import Finding
from plugins.sources.problem import Level

_SELF, _DATA = "'self'", "data:"


def find_broken(candidate: Candidate) -> Iterator[Finding]:
    """Yield each fault of a file that is not well formed."""
    for path, facts in candidate.files.items():
        for fault in facts.faults:
            of_pages = "sửa mẫu trang trong theme/, hoặc HTML gõ tay trong bài"
            fix = of_pages if path.endswith(".html") else "làm lại tệp ấy"
            yield Finding(url_of_file(path), f"viết không đúng chuẩn, {fault}", fix)


def find_violations(candidate: Candidate) -> Iterator[Finding]:
    """Yield each inline script or style, and each resource, that the content security policy forbids."""
    for path, facts in candidate.files.items():
        url = url_of_file(path)
        for what in facts.inline:
            yield Finding(url, f"có {what}, trình duyệt sẽ chặn", "chuyển kiểu và mã vào tệp trong theme/static")
        for directive, target in facts.loads:
            sources = CONTENT_SECURITY.get(directive, CONTENT_SECURITY["default-src"])
            if target.startswith(_DATA) and _DATA not in sources:
                yield Finding(url, f"có dữ liệu data: trong trang mà {directive} không cho", "để thành tệp")
            elif not target.startswith(_DATA) and _SELF not in sources:
                yield Finding(url, f"tải “{target}” mà {directive} không cho", "bỏ đi, hoặc sửa chính sách")


def find_traces(candidate: Candidate) -> Iterator[Finding]:
    """Yield each picture with metadata."""
    for path, facts in candidate.files.items():
        for trace in facts.traces:
            fix = "xóa .cache/ rồi xuất bản lại; ảnh trong theme/ thì lưu lại không kèm thông tin"
            yield Finding(url_of_file(path), f"ảnh còn {trace}", fix)


_LISTS = TAKEN - {DOCUMENTS.url.strip("/")}  # lists made from stories; documents are written one by one


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
                fix = "chép tệp ấy về trang này, hoặc bỏ đi"
                yield Finding(url_of_file(path), f"tải “{target}” từ máy chủ khác", fix)
