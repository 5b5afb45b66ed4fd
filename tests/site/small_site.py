"""A small project of the tests' own, to be changed and built again and again."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tests.conftest import FRONT, VOCABULARY, make_image
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORIES = "content/bai-viet"
REGISTER = "content/dang-ky/2020.csv"
_PAGES = {"trang/lien-he": "Liên hệ", "trang/tro-nang": "Trợ năng", "van-ban/huong-dan": "Hướng dẫn"}
COLUMNS = ";".join(
    (
        *("Mã", "Tên mô hình", "Loại", "Đơn vị", "Xã", "Thôn/buôn/tổ dân phố", "Lĩnh vực", "Phong trào"),
        *("Người phụ trách", "Ngày đăng ký", "Trạng thái", "Kết quả", "Ghi chú"),
    )
)
_STATUSES = ("đăng ký", "đang thực hiện", "đã bình xét", "đã công nhận", "đã biểu dương", "đã nhân rộng", "dừng")


class SmallSite:
    """A small project that is changed and built; `undo` has the repairs after the next build."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.undo: list[Callable[[], None]] = []
        self.older_cache: Path | None = None

    @classmethod
    def create(cls, path: Path) -> SmallSite:
        """Make one with real theme and code, the tests' small vocabulary, and a story of each sort."""
        site = cls(checkout.copy_project(path))
        shutil.rmtree(site.path / "content")
        for name, text in VOCABULARY.items():
            site.write(f"content/danh-muc/{name}", text)
        for number, slug in enumerate(("kenh", "hu-gao", "duong-hoa")):
            site.add_story(slug, number, {"Biểu dương": "\n  - Giấy khen | huyện | 2020"})
        site.set_key(site.story(1), "Đăng ký", "DK-2020-001")
        site.add_story("hoc-theo", 4, {"Ngày": "2/2/2026", "Xã": "xa-cu-jut", "Nhân rộng từ": "kenh"})
        site.add_story("hop-bao", 2, {"Loại": None, "Xã": None, "Lĩnh vực": None})
        site.add_story("con-do", 3, {"Trạng thái": "nháp"})
        site.add_photo(site.story(2), "anh-0.jpg", 0)
        for page, title in _PAGES.items():
            issuer = "Cơ quan ban hành: Huyện\n" if "van-ban" in page else ""
            link = "{filename}/bai-viet/2020/kenh/bai.md"
            site.write(f"content/{page}.md", f"---\nTiêu đề: {title}\n{issuer}---\nXem [bài]({link}).\n")
        site.write_register(2, 3)
        return site

    def write(self, path: str, content: str | bytes) -> None:
        checkout.write(self.path, path, content)

    def stories(self) -> list[Path]:
        return sorted((self.path / STORIES).glob("*/*/bai.md"))

    def story(self, number: int) -> Path:
        """Return a story; there is always one left."""
        files = self.stories()
        return files[number % len(files)]

    def relative(self, file: Path) -> str:
        return file.relative_to(self.path).as_posix()

    def read(self, path: str) -> str:
        return (self.path / path).read_text(encoding="utf-8")

    def files(self, folder: str) -> list[Path]:
        return sorted(file for file in (self.path / folder).rglob("*") if file.is_file())

    def add_story(self, slug: str, number: int, front: dict[str, str | None] | None = None) -> None:
        keys = FRONT | {"Tiêu đề": f"Chuyện {slug}", "Ngày": f"{number + 1}/8/2020"} | (front or {})
        lines = [f"{key}: {value}" for key, value in keys.items() if value is not None]
        body = f"Bà con góp {number} công[^1].\n\n## Cách làm\n\n- Họp thôn\n- Góp công\n\n[^1]: Sổ của thôn.\n"
        year = keys["Ngày"][-4:] if keys["Ngày"] else "2020"
        self.write(f"{STORIES}/{year}/{slug}/bai.md", "\n".join(["---", *lines, "---", body]))

    def add_photo(self, story: Path, name: str, number: int) -> None:
        self.write_photo(story.parent / name, number)
        self.set_key(story, "Ảnh", name)
        self.set_key(story, "Mô tả ảnh", f"Một tấm ảnh đỏ {number}")

    def write_photo(self, file: Path, number: int) -> None:
        self.write(self.relative(file), make_image(size=(40 + number, 30)))

    def write_register(self, rows: int, status: int) -> None:
        lines = [
            f"DK-2020-00{n};Mô hình {n};Tập thể;Thôn;Nam Dong;;Kinh tế;;Bà Mẫu;2/4/2020;{_STATUSES[(status + n) % 7]};;"
            for n in range(1, rows + 1)
        ]
        self.write(REGISTER, "\n".join([COLUMNS, *lines, ""]))

    def set_key(self, file: Path, key: str, value: str) -> None:
        """Replace the value of a key with the lines under it; an empty one removes the key."""
        text = re.sub(rf"^{key}:.*\n(?:  .*\n)*", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        if value:
            text = text.replace("\n---\n", f"\n{key}: {value}\n---\n", 1)
        self.write(self.relative(file), text)

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text, f"{path} không còn {old!r}"
        self.write(path, text.replace(old, new, 1))

    def append(self, path: str, text: str) -> None:
        self.write(path, self.read(path) + text)

    def change_for_one_build(self, path: str, content: str) -> None:
        """Write a file that the next build refuses, and that is repaired after it."""
        before = (self.path / path).read_bytes()
        self.write(path, content)
        self.undo.append(lambda: self.write(path, before))

    def mend(self) -> None:
        while self.undo:
            self.undo.pop()()
