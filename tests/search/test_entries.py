"""The searched text of a story, and the values of its result."""

from typing import TYPE_CHECKING

from plugins.search.entries import FACETS, build_entry

if TYPE_CHECKING:
    from tests.conftest import Project

FRONT = {
    "Điển hình": "Ban Công tác Mặt trận thôn 3",
    "Tóm tắt": "Nước về sớm.",
    "Kết quả": "3,2 km | kênh mương",
    "Biểu dương": "Giấy khen | huyện | 2020",
    "Tác giả": "Mặt trận xã",
    "Phong trào": "Hàng Việt Nam",
    "Mẫu": "có",
}


def test_a_story_is_searched_by_everything_on_its_page(project: "Project") -> None:
    project.write_story(front=FRONT)
    edition = project.edition()
    entry = build_entry(edition.index.stories[0], edition.content.vocabulary, "Bàn kỹ\nRồi mới làm.")
    assert (entry.title, entry.name, entry.lead) == ("Kênh về thôn 3", "Ban Công tác Mặt trận thôn 3", "Nước về sớm.")
    assert entry.text == "Bàn kỹ\nRồi mới làm."
    assert entry.more == "3,2 km kênh mương\nGiấy khen cấp huyện, 2020\nMặt trận xã"
    assert {"Kinh tế", "Xã Nam Dong", "Tập thể", "Năm 2020"} <= set(entry.terms)
    assert "Người Việt Nam ưu tiên dùng hàng Việt Nam" in entry.terms
    assert entry.facets == {"linh-vuc": "kinh-te", "xa": "nam-dong", "loai": "tap-the", "nam": "2020"}
    assert set(entry.facets) == set(FACETS)
    assert entry.shown["url"] == "/bai-viet/2020/kenh/"
    assert entry.shown["mark"] == "Bài mẫu"
    assert entry.shown["date"] == "19/8/2020"


def test_an_old_commune_is_found_under_the_one_of_today(project: "Project") -> None:
    project.write_story(front={"Xã": "Ea T’ling"})
    edition = project.edition()
    entry = build_entry(edition.index.stories[0], edition.content.vocabulary, "")
    assert {"Thị trấn Ea T’ling", "Xã Cư Jút"} <= set(entry.terms)
    assert entry.facets["xa"] == "ea-tling"


def test_plain_news_documents_and_pages_are_of_a_kind_too(project: "Project") -> None:
    project.write_story(front={"Loại": None, "Lĩnh vực": None, "Xã": None})
    project.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\nGọi cho chúng tôi.\n")
    document = "---\nTiêu đề: Hướng dẫn\nSố hiệu: 59/KH\nNgày: 29/5/2020\nCơ quan ban hành: Mặt trận\n---\nNội dung.\n"
    project.write("content/van-ban/huong-dan.md", document)
    edition = project.edition()
    entries = [build_entry(source, edition.content.vocabulary, "") for source in edition.sources.values()]
    kinds = {entry.title: (entry.facets, entry.shown["kind"]) for entry in entries}
    assert kinds == {
        "Kênh về thôn 3": ({"loai": "tin", "nam": "2020"}, "Tin tức"),
        "Liên hệ": ({"loai": "trang"}, "Trang chung"),
        "Hướng dẫn": ({"loai": "van-ban", "nam": "2020"}, "Văn bản"),
    }
