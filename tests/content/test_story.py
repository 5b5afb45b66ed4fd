"""Front matter read as a story."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.registers.act import ActKind
from plugins.content.stories.listed import Result
from plugins.content.stories.story import Consent, GalleryPhoto, Story
from plugins.content.vocabulary.terms import COLLECTIVE, INDIVIDUAL, MODEL, ExemplarKind, Year
from tests.conftest import make_image

if TYPE_CHECKING:
    from tests.conftest import Project


def read(project: Project, front: dict[str, str | None] | None = None) -> Story:
    """Return the one story of a project, which has no problem."""
    project.write_story(front=front)
    library = project.load()
    assert library.problems == ()
    (story,) = library.stories
    return story


def test_everything_that_a_story_may_hold_by_its_english_names(project: Project) -> None:
    story = read(
        project,
        {
            "exemplar": "Ban công tác Mặt trận thôn 3",
            "year": "2021",
            "summary": "Bà con góp đất,\n  góp công.",
            "author": "Thanh Hà",
            "source": "Báo Đắk Nông",
            "results": "\n  - 3,2 km | kênh mương\n  - nước về sớm",
            "commendations": "\n  - Giấy khen | huyện | 18/11/2020\n  - Bằng khen | TRUNG UONG | 2021"
            "\n  - Biểu dương | thôn | 2020",
            "recognition": "20/10/2020 | Quyết định 12/QĐ-MTTQ",
            "movements": "[hang-viet, An ninh Tổ quốc]",
            "consent": "PĐY-01",
            "status": "nháp",
            "sample": "có",
        },
    )
    assert (story.title, story.name, story.date) == (
        "Kênh về thôn 3",
        "Ban công tác Mặt trận thôn 3",
        date(2020, 8, 19),
    )
    assert (story.year, story.kind, story.is_exemplar) == (Year(2021), COLLECTIVE, True)
    assert story.summary == "Bà con góp đất, góp công."
    assert (story.author, story.source, story.consents) == ("Thanh Hà", "Báo Đắk Nông", (Consent("PĐY-01"),))
    assert story.results == (Result("3,2 km", "kênh mương"), Result("", "nước về sớm"))
    assert [(act.kind, act.form, act.level, act.day, act.year) for act in story.commendations] == [
        (ActKind.AWARD, "Giấy khen", "huyện", date(2020, 11, 18), 2020),
        (ActKind.AWARD, "Bằng khen", "trung ương", None, 2021),
        (ActKind.PRAISE, "Biểu dương", "thôn", None, 2020),
    ]
    (recognition,) = story.recognition
    assert (recognition.day, recognition.paper) == (date(2020, 10, 20), "Quyết định 12/QĐ-MTTQ")
    assert [praise.title for praise in story.commendations] == [
        "Giấy khen cấp huyện, 18/11/2020",
        "Bằng khen trung ương, 2021",
        "Biểu dương cấp thôn, 2020",
    ]
    assert [movement.id for movement in story.movements] == ["hang-viet", "an-ninh-to-quoc"]
    assert (story.draft, story.sample) == (True, True)


def test_missing_values_are_empty(project: Project) -> None:
    story = read(project)
    assert (story.year, story.name) == (Year(2020), "Kênh về thôn 3")
    assert (story.results, story.commendations, story.movements, story.photo) == ((), (), (), None)
    assert (story.draft, story.sample, story.replicates) == (False, False, "")
    assert story.url == "/bai-viet/2020/kenh/"


def test_the_first_field_is_the_one_that_counts(project: Project) -> None:
    story = read(project, {"Lĩnh vực": "[Văn hóa, Kinh tế]"})
    assert [field.id for field in story.fields] == ["van-hoa-xa-hoi", "kinh-te"]
    assert story.field is story.fields[0]
    assert story.pair == (story.commune, story.fields[0])


def test_a_term_given_twice_counts_once(project: Project) -> None:
    story = read(project, {"Lĩnh vực": "[Kinh tế, Làm ăn]", "Phong trào": "[Hàng Việt Nam, hang-viet]"})
    assert [field.id for field in story.fields] == ["kinh-te"]
    assert [movement.id for movement in story.movements] == ["hang-viet"]


def test_a_story_without_kind_is_news(project: Project) -> None:
    story = read(project, {"Loại": None, "Lĩnh vực": None, "Xã": None})
    assert (story.is_exemplar, story.kind, story.field, story.commune, story.pair) == (False, None, None, None, None)


@pytest.mark.parametrize(
    ("written", "kind"),
    [("tập thể", COLLECTIVE), ("CA NHAN", INDIVIDUAL), ("Mô hình", MODEL)],
    ids=["lower", "bare", "plain"],
)
def test_kinds(project: Project, written: str, kind: ExemplarKind) -> None:
    assert read(project, {"Loại": written, "Đồng ý": "PĐY-01"}).kind is kind


@pytest.mark.parametrize(
    ("day", "commune", "found"),
    [
        pytest.param("30/6/2025", "Nam Dong", "nam-dong", id="the last day of the old one"),
        pytest.param("1/7/2025", "Nam Dong", "xa-nam-dong-2025", id="the first day of the new one"),
        pytest.param("19/8/2020", "xã nam dong", "nam-dong", id="long before"),
        pytest.param("3/2/2026", "Nam Dong", "xa-nam-dong-2025", id="long after"),
        pytest.param("3/2/2026", "nam-dong", "nam-dong", id="an id means itself"),
        pytest.param("3/2/2026", "Đắk D'rông", "dak-drong", id="a place that goes on under its old name"),
    ],
)
def test_of_two_communes_of_one_name_the_one_that_was(project: Project, day: str, commune: str, found: str) -> None:
    project.write_story(year=int(day[-4:]), front={"Ngày": day, "Xã": commune})
    (story,) = project.load().stories
    assert story.commune
    assert story.commune.id == found


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (300, 1), (400, 2), (2200, 10)])
def test_minutes_to_read(project: Project, words: int, minutes: int) -> None:
    project.write_story(body="chữ " * words)
    assert project.load().stories[0].reading_minutes == minutes


AS_ROW = "viết: tên tệp | mô tả | chú thích, ví dụ cong.jpg | Bà con đào cống | Ảnh: thôn 3"


def test_further_photos(project: Project) -> None:
    for name in ("a.jpg", "Ảnh hai.jpg"):
        project.write(f"content/bai-viet/2020/kenh/{name}", make_image())
    story = read(
        project, {"Ảnh khác": "\n  - a.jpg | Bà con đào móng | Ngày đầu. Ảnh: thôn 3\n  - Ảnh hai.jpg|Kênh mới"}
    )
    assert story.gallery == (
        GalleryPhoto("a.jpg", "Bà con đào móng", "Ngày đầu. Ảnh: thôn 3"),
        GalleryPhoto("Ảnh hai.jpg", "Kênh mới"),
    )
    assert set(story.photos) == {"a.jpg", "Ảnh hai.jpg"}
    assert story.photo is None


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            "a.jpg",
            'Ảnh khác "a.jpg" chưa có mô tả cho người không nhìn thấy; viết: a.jpg | mô tả ảnh | chú thích',
        ),
        (
            "\n  - a.jpg | | Ảnh: Hà",
            'Ảnh khác "a.jpg" chưa có mô tả cho người không nhìn thấy; viết: a.jpg | mô tả ảnh | chú thích',
        ),
        (
            "[a.jpg |, a.jpg | b, b.jpg]",
            'Ảnh khác "a.jpg", "b.jpg" chưa có mô tả cho người không nhìn thấy; viết: a.jpg | mô tả ảnh | chú thích',
        ),
        ("a.jpg | b | c | d", f'Ảnh khác "a.jpg | b | c | d" không đúng dạng; {AS_ROW}'),
        ("../a.jpg | b", '"../a.jpg" không phải tên một tệp trong thư mục bài; chỉ ghi tên tệp, ví dụ kenh.jpg'),
        ("[a.jpg | b, a.jpg | c]", 'Ảnh khác "a.jpg" được ghi hai lần; xóa một trong hai dòng'),
        ("b.jpg | c", 'Không có tệp ảnh "b.jpg" trong thư mục bài; ý bạn là "a.jpg"?'),
        ("chu.jpg | c", '"chu.jpg": tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh từ máy chụp, lưu thành JPG'),
    ],
)
def test_faults_of_further_photos(project: Project, written: str, sentence: str) -> None:
    project.write("content/bai-viet/2020/kenh/a.jpg", make_image())
    if "chu.jpg" in written:
        project.write("content/bai-viet/2020/kenh/chu.jpg", b"khong phai anh")
    path = project.write_story(front={"Ảnh khác": written})
    errors = [str(problem) for problem in project.load().errors]
    assert errors == [f"{path}:7: {sentence}"]


@pytest.mark.parametrize("form", ["PĐY-2020-07", "Phiếu của bà Hoa, hồ sơ lưu ở xã"])
def test_a_consent_names_its_form_by_number_or_by_words(project: Project, form: str) -> None:
    assert read(project, {"Đồng ý": form}).consents == (Consent(form),)
