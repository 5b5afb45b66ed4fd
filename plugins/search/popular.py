"""Phrases to offer to a reader who found nothing: those that many titles and names share. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from plugins.search.entries import SearchEntry
from plugins.vietnamese import fold

_CLAUSE = re.compile(r"[^.,;:!?“”\"()–…/]+")
# Stop words: a phrase neither begins nor ends with them.
_SMALL_WORDS = """
    ai anh ba bà ban bằng bảy bị bớt bốn các cái cách cán cần cho chi chị có còn con của cùng cũng cuộc cụm dưới
    đã đang đầu đến để đi điểm đó được gì giữ hai họ hộ hơn khi không là lại lần làm lên mà mặt mỗi mới một mười năm nam
    nào này nay nên người nhà nhau nhất nhiều như những nhóm ở ông phía qua ra rồi sang sau sáu số tám tại tận tân tập
    thêm theo thì thôn thôi thứ tổ trên trong trước từ tư từng và vẫn vào vận về vì với xã xóm
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_LONGEST = 4
# More entries would not change the result, and a country has a hundred thousand.
_NEWEST = 4_000


def find_popular(entries: Iterable[SearchEntry], most: int = 8) -> list[str]:
    """Return up to `most` phrases of two to four words, the most shared first, without words in common or places."""
    counts: Counter[str] = Counter()
    places: set[str] = set()
    for entry in islice(entries, _NEWEST):
        places.add(fold(entry.filed.get("commune", "")))
        # A phrase counts once for each entry.
        counts.update({phrase for text in (entry.title, entry.name) for phrase in _phrases(text)})
    places.discard("")
    found: list[str] = []
    shared = (item for item in counts.items() if item[1] > 1)
    for phrase, _ in sorted(shared, key=lambda item: (-item[1], -len(item[0]), item[0])):
        folded = fold(phrase)
        is_place = any(folded in place or place in folded for place in places)
        if not is_place and not any(set(folded.split()) & set(fold(other).split()) for other in found):
            found.append(phrase)
        if len(found) == most:
            break
    return found


def _phrases(text: str) -> Iterator[str]:
    for clause in _CLAUSE.findall(text.lower()):
        words = clause.split()
        for start, first in enumerate(words):
            if first in _SMALL:
                continue
            for end, last in enumerate(words[start : start + _LONGEST], start + 1):
                if not last.isalpha():
                    break
                if last not in _SMALL and end - start > 1:
                    yield " ".join(words[start:end])
