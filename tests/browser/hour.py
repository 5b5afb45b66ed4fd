"""The writer's hour: a Word file becomes a page that is online, is corrected, and is taken down again."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.shared import Cm
from playwright.sync_api import expect

from tests.browser.conftest import wait_for_text
from tests.conftest import make_image
from tests.site import checkout

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from playwright.sync_api import FrameLocator, Locator

    from tests.browser.hand import Hand

TITLE = "Con đường hoa thôn 5"
DAY = "3/3/2026"
PICTURES = ("Bà con thôn 5 trồng hoa bên đường", "Luống hoa đã nở trước nhà văn hóa")
CORRECTION = "Sửa chiều dài đường hoa, trước ghi nhầm là 2 km"
REASON = "thôn xin viết lại"
FOLDER = f"{checkout.STORIES}/2026/con-duong-hoa-thon-5"
URL = "/bai-viet/2026/con-duong-hoa-thon-5/"
# Milliseconds that a publish may take on a machine that has much else to do.
PATIENCE = 60_000
DESK = "/_ban-bien-tap/"


def write_document(file: Path) -> None:
    """Write a commune's document: a title, paragraphs, two pictures, a table and a list."""
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("Sáng thứ bảy, bà con thôn 5 xã Nam Dong ra đường trồng hoa. Đã ba năm nay như thế.")
    document.add_picture(BytesIO(make_image(size=(800, 500))), width=Cm(10))
    document.add_paragraph("Hai bên đường nay có hoa bốn mùa.")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, (("Việc", "Kết quả"), ("Trồng hoa", "1,2 km")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_picture(BytesIO(make_image(size=(700, 500))), width=Cm(10))
    for line in ("Mỗi nhà một đoạn", "Mỗi tuần một buổi"):
        document.add_paragraph(line, style="List Bullet")
    document.save(str(file))


@dataclass(frozen=True)
class Step:
    """A part of the hour, and the actions of the hand in it."""

    name: str
    count: Counter[str]


class Hour:
    """One hour of one hand at one running preview."""

    def __init__(self, hand: Hand, project: Path, home: str) -> None:
        self.hand, self.page, self.project, self.home = hand, hand.page, project, home
        self.steps: list[Step] = []

    def end_step(self, name: str) -> None:
        """Note the actions since the last step."""
        self.steps.append(Step(name, self.hand.count.copy()))
        self.hand.count.clear()

    @property
    def beside(self) -> FrameLocator:
        """The page beside the form."""
        return self.page.frame_locator("#ban-xem")

    def field(self, name: str) -> Locator:
        """Return a group of the form's boxes by its name."""
        return self.page.get_by_role("group", name=name)

    def import_document(self, file: Path) -> None:
        """Make a draft of the Word file."""
        self.page.goto(self.home + DESK)
        self.hand.give(self.page.get_by_label("Chọn tệp Word"), file)
        expect(self.page.get_by_label("Tiêu đề")).to_have_value(TITLE)
        self.end_step("nhập tệp Word")

    def fill_in(self) -> None:
        """Fill in what a story of an exemplar has to say, and confirm what the machine has guessed."""
        page, hand = self.page, self.hand
        hand.press(page.locator('[data-confirm="title"]'))
        hand.write(page.get_by_label("Tóm tắt", exact=True), "Mỗi nhà một đoạn đường hoa.")
        hand.write(page.get_by_label("Ngày bắt buộc"), DAY)
        hand.choose(self.field("Lĩnh vực").get_by_role("combobox").first, "Văn hóa – xã hội")
        hand.press(page.locator('[data-confirm="commune"]'))
        hand.choose(page.get_by_label("Loại"), "Mô hình")
        hand.write(page.get_by_label("Điển hình", exact=True), "Đường hoa thôn 5")
        results = self.field("Kết quả")
        hand.write(results.get_by_label("Số lượng"), "1,2 km")
        hand.write(results.get_by_label("Việc"), "đường hoa")
        self.end_step("điền các mục")

    def mark_ready(self) -> None:
        """Let the story be published, and save it."""
        self.hand.choose(self.page.get_by_label("Trạng thái"), "đăng")
        expect(self.page.locator("#trang-thai")).to_contain_text("chưa lưu")
        self.save()
        self.end_step("chuyển sang đăng, lưu")

    def save(self) -> None:
        """Save the form."""
        self.hand.save()
        expect(self.page.locator("#trang-thai")).to_contain_text("Đã lưu lúc")

    def correct(self) -> None:
        """Say what was wrong in the published story."""
        rows = self.field("Đính chính")
        self.hand.write(rows.get_by_label("Ngày sửa"), DAY)
        self.hand.write(rows.get_by_label("Sửa gì, thêm gì"), CORRECTION)
        self.save()
        self.end_step("đính chính, lưu")

    def withdraw(self) -> None:
        """Take the story down."""
        self.hand.write(self.page.get_by_label("Gỡ", exact=True), f"{DAY}, lý do {REASON}")
        self.save()
        self.end_step("gỡ, lưu")

    def describe_pictures(self) -> None:
        """Say of each picture what is in it, for who cannot see it."""
        rows = self.page.get_by_role("list", name="Ảnh của bài").get_by_role("group")
        expect(rows).to_have_count(len(PICTURES))
        for row, words in zip(rows.all(), PICTURES, strict=True):
            self.hand.write(row.get_by_label("Mô tả ảnh"), words)
        for words in PICTURES:
            expect(self.beside.get_by_role("img", name=words)).to_be_visible(timeout=PATIENCE)
        self.end_step("mô tả ảnh")

    def find_story(self) -> None:
        """Find the story again, as on another day."""
        page, hand = self.page, self.hand
        page.goto(self.home + DESK)
        hand.follow(page.get_by_role("link", name="Mọi thứ sửa được"))
        hand.follow(page.get_by_role("link", name=f"Sửa {TITLE}"))
        expect(page.get_by_label("Tiêu đề")).to_have_value(TITLE)
        self.end_step("tìm bài đã đăng")

    def publish(self, number: int) -> None:
        """Publish from the desk, which makes the release of this number."""
        page, hand = self.page, self.hand
        page.goto(self.home + DESK)
        hand.follow(page.get_by_role("link", name="Xuất bản", exact=True))
        hand.press(page.get_by_role("button", name="Xuất bản", exact=True))
        wait_for_text(page, "[role=log]", f"Bản {number:04} đã sẵn sàng", PATIENCE)
        self.end_step("xuất bản")
