"""Words to offer to someone who found nothing."""

from plugins.search.entries import SearchEntry
from plugins.search.popular import find_popular


def entry(title: str, name: str = "", commune: str = "") -> SearchEntry:
    return SearchEntry("/", title, name, filed={"commune": commune} if commune else {})


def test_shared_phrases_come_first_and_places_do_not_count() -> None:
    titles = ["Hũ gạo tình thương buôn Nui", "Hũ gạo tình thương thôn 9", "Nhà phân loại rác", "Phân loại rác ở Ea Pô"]
    entries = [entry(title, commune="Ea Pô") for title in (*titles, "Ea Pô học làm kênh", "Hũ gạo")]
    assert find_popular(entries) == ["hũ gạo", "phân loại rác", "tình thương"]


def test_nothing_is_popular_where_nothing_is_shared() -> None:
    assert find_popular([entry("Ấm trà thứ hai"), entry("Chín khung cửi")]) == []
    assert find_popular([]) == []
