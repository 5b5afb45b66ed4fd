"""Checks of single files: well formed, within the content security policy, and pictures without metadata."""

from collections.abc import Iterator

from plugins.content.addresses.urls import url_of_file
from plugins.release.policy import CONTENT_SECURITY
from plugins.release.verify.candidate import Candidate
from plugins.release.verify.finding import Finding

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
