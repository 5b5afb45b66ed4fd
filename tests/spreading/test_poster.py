"""The poster: one sheet of A3 for any story, with readable words and QR code, nothing cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
import zxingcpp

from plugins.bulletin.pdf import is_ours
from plugins.spreading.poster import STEPS, choose_figures, render_poster, render_steps
from tests.bulletin.test_command import need_browser, squeeze
from tests.conftest import make_image

if TYPE_CHECKING:
    from plugins.content.stories.story import Story
    from plugins.exemplars.model.edition import Edition
    from tests.conftest import Project

A3 = (842, 1191)  # points
LONG: dict[str, str | None] = {
    "Tiêu đề": "Một trăm hai mươi hộ ở ba thôn, hai bon cùng góp đất, góp công làm con đường liên thôn Đắk D’rông",
    "Tóm tắt": "Bà con bàn chín cuộc họp mới xong. Nhà mất đất nhiều được nhà mất ít giúp công. " * 3,
    "Kết quả": "\n  - 1.250 triệu đồng | bà con ba thôn, hai bon đóng góp trong hai năm liền\n"
    "  - 12.500 ngày công | do các hộ, đoàn viên, bộ đội cùng làm\n  - 3,2 km | đường",
}
PHOTO: dict[str, str | None] = {
    "Ảnh": "anh.jpg",
    "Mô tả ảnh": "Con đường mới",
    "Chú thích ảnh": "Đường Đắk D’rông. Ban biên tập chụp",
}


@pytest.fixture
def edition(project: Project) -> Edition:
    project.write_story("ngan", front={"Tiêu đề": "Kênh về thôn", "Tóm tắt": "Nước đã về."})
    project.write_story("dai", front=LONG | PHOTO | {"Mẫu": "có"})
    project.write("content/bai-viet/2020/dai/anh.jpg", make_image(size=(1800, 1200)))
    return project.edition()


def test_each_story_has_one_sheet_and_a_code_that_leads_to_it(edition: Edition) -> None:
    need_browser()
    for slug in ("ngan", "dai"):
        story: Story = edition.index.by_slug[slug]
        data = render_poster(edition, story)
        (sheet,) = pypdfium2.PdfDocument(data)
        assert tuple(map(round, sheet.get_size())) == A3
        page = sheet.get_textpage()
        text = squeeze(page.get_text_range())
        results = [f"{one.quantity} {one.label}" for one in story.results]
        for words in (story.title, story.photo_caption, *results, f"example.vn{story.url}".rstrip("/")):
            assert squeeze(words) in text, words
        assert ("MẪU" in text) == story.sample
        # Every letter on the sheet, none under the footer.
        boxes = [page.get_charbox(at) for at in range(page.count_chars())]
        assert all(left >= 0 and right <= A3[0] and bottom >= 0 for left, bottom, right, _ in boxes)
        picture = sheet.render(scale=1).to_pil()
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"https://example.vn{story.url}"]
        assert not is_ours(data)


def test_without_an_address_there_is_no_code(project: Project) -> None:
    project.write("content/danh-muc/co-quan.yaml", "- tên: Mặt trận xã\n  tên gọn: Mặt trận xã\n  cấp: xã\n")
    project.write_story("ngan")
    edition = project.edition()
    page = render_steps(edition, edition.index.by_slug["ngan"])
    assert "<svg" not in page
    assert "Quét mã" not in page
    assert "Mặt trận xã" in page


def test_the_page_has_all_parts(edition: Edition) -> None:
    short, long = (edition.index.by_slug[slug] for slug in ("ngan", "dai"))
    plain = render_steps(edition, short)
    # Without a photo, no picture but the band: the story's own words.
    assert "<figure" not in plain
    assert "Nước đã về." in plain
    assert '<p class="opening">Bài.</p>' in plain
    full = render_steps(edition, long)
    assert 'alt="Con đường mới"' in full
    assert "MẪU, KHÔNG TREO" in full
    assert [result.quantity for result in choose_figures(long)] == ["1.250 triệu đồng", "12.500 ngày công", "3,2 km"]
    assert '<strong>1.250 <span class="unit">triệu đồng</span></strong>' in full
    assert "<strong>3,2 km</strong>" in full
    # The smallest step goes without.
    assert full.count(long.summary) == len(STEPS) - 1
