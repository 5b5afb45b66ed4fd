"""The boxes of the form: every key of the table once, in the words of the vocabularies."""

from __future__ import annotations

from pathlib import Path

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import load_vocabulary
from plugins.preview.form.page import OTHERS, FormField, group_fields

KEYS = story_keys(load_vocabulary(Path(__file__).parents[2])[0])


def fields(**said: tuple[str, ...]) -> dict[str, FormField]:
    groups = group_fields(KEYS, said, {})
    return {field.key.attribute: field for _, group in groups for field in group}


def test_every_key_of_the_table_is_asked_for_once() -> None:
    shown = [field.key.attribute for _, group in group_fields(KEYS, {}, {}) for field in group]
    assert sorted(shown) == sorted(key.attribute for key in KEYS)
    groups = {title: [field.key.name for field in group] for title, group in group_fields(KEYS, {}, {})}
    assert list(groups) == [
        "Tên bài",
        "Xếp vào đâu",
        "Ảnh",
        "Người viết và phiếu đồng ý",
        "Kết quả và biểu dương",
        "Đăng hay chưa",
        "Sau khi đăng",
        OTHERS,
    ]
    assert groups["Tên bài"] == ["Tiêu đề", "Tóm tắt"]
    assert groups["Người viết và phiếu đồng ý"] == ["Tác giả", "Nguồn", "Đồng ý"]
    assert groups[OTHERS][-1] == "Mẫu"


def test_a_list_offers_all_options() -> None:
    options = {key.attribute: key.widget.parts[0].options for key in KEYS}
    assert options["kind"] == ("Tập thể", "Cá nhân", "Mô hình")
    assert options["status"] == ("nháp", "đăng")
    assert len(options["field"]) == 4
    communes = options["commune"]
    assert "Ea T’ling" in communes
    assert len(communes) == len(set(communes))
    for key in KEYS:
        for option in key.widget.parts[0].options if len(key.widget.parts) == 1 else ():
            key.parse(option)


def test_a_line_falls_into_the_parts_of_its_key() -> None:
    shown = fields(
        results=("3,2 km | kênh mương", "Bà con vui"),
        gallery=("a.jpg | Mô tả", "b.jpg | Mô tả | Chú thích | Ảnh: A"),
        commendations=("Giấy khen | Huyện | 2020",),
        commune=("dak drong",),
        kind=("không có",),
    )
    assert shown["results"].rows == (("3,2 km", "kênh mương"), ("", "Bà con vui"))
    assert shown["gallery"].rows == (("a.jpg", "Mô tả", ""), ("b.jpg", "Mô tả", "Chú thích | Ảnh: A"))
    assert shown["commendations"].rows == (("Giấy khen", "huyện", "2020"),)
    assert shown["commune"].rows == (("Đắk D’rông",),)
    # A wrong value is shown as it is, for its writer to mend.
    assert shown["kind"].rows == (("không có",),)
    assert shown["title"].rows == (("",),)
    assert shown["consent"].rows == (("", ""),)


def test_a_value_outside_the_list_is_shown_as_written() -> None:
    # The old commune alone, also after its name went to a new one.
    assert fields(commune=("nam-dong",))["commune"].rows == (("nam-dong",),)
    assert fields(commune=("nam dong",))["commune"].rows == (("Nam Dong",),)
