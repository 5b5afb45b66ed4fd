"""Structured data of a story: its place, its field, and the exemplar that it copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.exemplars.pages import structured_data
from tests.conftest import VOCABULARY, make_image

if TYPE_CHECKING:
    from tests.conftest import Project

SITE = "https://example.vn"


def test_an_article_names_its_place_and_its_origin(district: Project) -> None:
    edition = district.edition()
    data = structured_data.describe_article(edition.index.by_slug["kenh-dak-drong"], edition.index, SITE)
    assert (data["@type"], data["headline"], data["datePublished"]) == (
        "Article",
        "Đắk D’rông cũng có kênh",
        "2021-05-05",
    )
    assert data["mainEntityOfPage"] == f"{SITE}/bai-viet/2021/kenh-dak-drong/"
    assert data["isBasedOn"] == f"{SITE}/bai-viet/2020/kenh-ea-tling/"
    assert data["contentLocation"]["name"] == "Xã Đắk D’rông"
    assert data["articleSection"] == ["Kinh tế"]
    assert data["author"]["name"] == data["publisher"]["name"] == "Ủy ban MTTQ Việt Nam huyện Cư Jút"
    news = structured_data.describe_article(edition.index.by_slug["tin"], edition.index, SITE)
    assert not {"isBasedOn", "contentLocation", "articleSection", "image"} & news.keys()


def test_a_photo_has_its_size(project: Project) -> None:
    project.write_story(front={"Ảnh": "kenh.jpg", "Mô tả ảnh": "Kênh"})
    project.write("content/bai-viet/2020/kenh/kenh.jpg", make_image(size=(40, 20)))
    edition = project.edition()
    (story,) = edition.index.stories
    assert story.photo
    data = structured_data.describe_article(story, edition.index, SITE)
    assert data["image"] == {"@type": "ImageObject", "url": SITE + story.photo.url, "width": 40, "height": 20}


def test_unknown_facts_are_left_out(project: Project) -> None:
    text = VOCABULARY["co-quan.yaml"].replace("0261 000 000", '"[điền sau]"')
    project.write("content/danh-muc/co-quan.yaml", text)
    assert structured_data.describe_office(project.load().office, SITE) == {
        "@type": "GovernmentOrganization",
        "name": "Ủy ban MTTQ Việt Nam huyện Cư Jút",
        "url": f"{SITE}/",
        "address": "Số 1 đường Nguyễn Tất Thành",
        "email": "mattran@example.vn",
    }


def test_lists_are_numbered_from_one(district: Project) -> None:
    index = district.edition().index
    story = index.by_slug["kenh"]
    crumbs = structured_data.describe_crumbs(story.crumbs, SITE)["itemListElement"]
    assert [(crumb["position"], crumb["item"]) for crumb in crumbs] == [
        (1, f"{SITE}/"),
        (2, f"{SITE}/dan-van-kheo/"),
        (3, f"{SITE}/dan-van-kheo/linh-vuc/kinh-te/"),
        (4, f"{SITE}/bai-viet/2019/kenh/"),
    ]
    place = structured_data.describe_place(index.vocabulary.commune("ea-tling"), SITE)
    collection = structured_data.describe_collection("Điển hình", "/dan-van-kheo/", index.exemplars, SITE, place)
    items = collection["mainEntity"]["itemListElement"]
    assert collection["mainEntity"]["numberOfItems"] == len(items) == 7
    assert [item["position"] for item in items] == [1, 2, 3, 4, 5, 6, 7]
    assert collection["about"]["containedInPlace"]["name"] == "huyện Cư Jút, tỉnh Đắk Nông"
