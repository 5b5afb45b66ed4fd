"""Checks of the text that readers see: the office is named, no draft, sample or personal number is shown."""

import re
from collections.abc import Iterator

from plugins.content.addresses.urls import url_of_file
from plugins.content.page import Page
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import FOLDER
from plugins.content.vocabulary.offices import OFFICE_KEYS, OFFICES
from plugins.language.privacy import find_numbers
from plugins.release.verify.candidate import Candidate
from plugins.release.verify.facts import Finding
from plugins.sources.problem import Level

_FIX = "gửi dòng này cho người phụ trách kỹ thuật; bản đang dùng không đổi"
_WHAT = {"số điện thoại": "số điện thoại riêng", "số giấy tờ": "số giấy tờ tùy thân", "số tài khoản": "số tài khoản"}


def find_missing(candidate: Candidate) -> Iterator[Finding]:
    """Yield each missing fact about the office, and each page with a placeholder."""
    office, where = candidate.edition.content.office, f"{FOLDER}/{OFFICES}"
    for key in OFFICE_KEYS:
        if key.required and not getattr(office, key.attribute):
            yield Finding(where, f'mục "{key.name}" chưa được điền', "điền vào rồi xuất bản lại")
    if candidate.home.startswith("http://"):
        what = "địa chỉ trang bắt đầu bằng http://, không được mã hóa"
        yield Finding(where, what, "xin chứng chỉ cho tên miền rồi ghi https://", Level.ADVICE)
    for path, facts in candidate.files.items():
        for words in facts.placeholders:
            yield Finding(url_of_file(path), f"còn chỗ chưa điền “{words}”", "điền vào tệp của trang ấy")


def find_leaks(candidate: Candidate) -> Iterator[Finding]:
    """Yield each trace of a story that is left out of this edition."""
    edition = candidate.edition
    hidden = {story.url: "bài nháp" for story in edition.drafts_left_out}
    hidden |= {story.url: "bài mẫu" for story in edition.samples_left_out}
    stories = (*edition.drafts_left_out, *edition.samples_left_out)
    # A title that a shown story has too proves nothing.
    titles = {" ".join(story.title.split()): hidden[story.url] for story in stories}
    for source in edition.sources.values():
        titles.pop(" ".join(source.title.split()), None)
    for path, _, own in candidate.find_links(lambda own: own.path in hidden):
        if own.path != url_of_file(path):
            yield Finding(url_of_file(path), f"nhắc tới {hidden[own.path]} “{own.path}”", _FIX)
    for path, facts in candidate.files.items():
        url = url_of_file(path)
        folder = f"{url.rpartition('/')[0]}/"
        if folder in hidden:
            yield Finding(url, f"{hidden[folder]} không được đưa lên mà có trong bản mới", _FIX)
        for words in facts.headings:
            if words in titles:
                yield Finding(url, f"có tiêu đề của {titles[words]} “{words}”", _FIX)
        for label in facts.labels:
            yield Finding(url, f"có nhãn “{label}”", _FIX)


def find_numbers_shown(candidate: Candidate) -> Iterator[Finding]:
    """Yield each personal number that a page shows."""
    allowed = _find_allowed(candidate)
    for path, facts in candidate.files.items():
        for rule, number in facts.numbers:
            if _digits(number) not in allowed:
                fix = f"bỏ số ấy; được phép đăng thì ghi “Bỏ nhắc: {rule}” ở bài"
                yield Finding(url_of_file(path), f"có {_WHAT[rule]} “{number}”", fix)


def _find_allowed(candidate: Candidate) -> set[str]:
    """Return the numbers of the offices, of standing pages, and of stories with the rule muted."""
    allowed: set[str] = set()
    for office in candidate.edition.content.vocabulary.offices:
        allowed |= {_digits(office.phone), *(_digits(number) for _, number in find_numbers(office.address))}
        allowed |= {_digits(number) for number in re.findall(r"[\d .()+-]{8,}", office.phone)}
    for source in candidate.edition.sources.values():
        if (facts := candidate.pages.get(source.url)) is None:
            continue
        if type(source) is Page:
            allowed |= {_digits(number) for _, number in facts.numbers}
        elif isinstance(source, Story):
            allowed |= {_digits(number) for rule, number in facts.numbers if rule in source.muted}
    return allowed


def _digits(number: str) -> str:
    """Return the digits of a number as dialled within Vietnam."""
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:]}" if number.strip().startswith(("+84", "84")) and len(digits) == 11 else digits
