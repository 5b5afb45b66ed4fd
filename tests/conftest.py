"""Fixtures for every test: a project of its own on disk, with a small sound vocabulary and nothing else."""

from __future__ import annotations

import gc
import importlib
import os
import re
import shutil
import subprocess
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from PIL import Image

from plugins.exemplars.model.edition import select_edition
from tests import fast
from tests.loading import load
from tests.site import checkout, forked
from tests.site.templates_once import compile_once

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from plugins.content.content import Content
    from plugins.exemplars.model.edition import Edition

# Few examples, always the same ones: a test that fails does so again, and the suite stays fast.
settings.register_profile("suite", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know `--fast`, which `python3 tasks.py test --fast` passes on."""
    parser.addoption("--fast", action="store_true", help="only tests that start no process and are not marked slow")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out files of slow tests before they are imported, when only fast tests are wanted."""
    return True if config.getoption("fast") and fast.is_slow_file(collection_path) else None


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Have the collector of garbage pass over the tests and all that they import, which live until the end."""
    gc.disable()
    try:
        _import_share(session.config)
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def _import_share(config: pytest.Config) -> None:
    """Import a part of all tests, of several processes each another one.

    pytest takes twice as long to rewrite the asserts of a module as to import it; a module that one process has
    rewritten, the others read.
    """
    worker: dict[str, Any] | None = getattr(config, "workerinput", None)
    if not worker or config.getoption("fast"):
        return
    files = sorted(Path(__file__).parent.rglob("test_*.py"))
    number, count = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    for file in files[len(files) * number // count : len(files) * (number + 1) // count]:
        # What fails is told when it is collected.
        with suppress(Exception, pytest.skip.Exception):
            importlib.import_module(".".join(file.relative_to(checkout.PROJECT).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out single slow tests, when only fast ones are wanted."""
    if config.getoption("fast"):
        items[:], slow = fast.choose(items)
        config.hook.pytest_deselected(items=slow)


def pytest_configure(config: pytest.Config) -> None:
    """Have all processes of a run work on the same project, whoever edits it meanwhile, and share what they compile."""
    if config.getoption("numprocesses", None):
        checkout.share_snapshot()
    if kept := forked.kept_templates():
        compile_once(kept, checkout.PROJECT / "plugins")


VOCABULARY = {
    "linh-vuc.yaml": """\
- mã: kinh-te
  tên: Kinh tế
  tên khác: [Làm ăn]
  màu: "#8a5a00"
  mô tả: Làm ăn khá lên.
- mã: van-hoa-xa-hoi
  tên: Văn hóa – xã hội
  tên gọn: Văn hóa
  màu: "#0f5e8c"
  mô tả: Học hành, sức khỏe.
""",
    "xa.yaml": """\
- mã: ea-tling
  loại: thị trấn
  tên: Ea T’ling
  mã số: "24640"
  thuộc: huyện Cư Jút, tỉnh Đắk Nông
  đến ngày: 30/6/2025
  nay thuộc: xa-cu-jut
- mã: nam-dong
  loại: xã
  tên: Nam Dong
  mã số: "24649"
  thuộc: huyện Cư Jút, tỉnh Đắk Nông
  đến ngày: 30/6/2025
  nay thuộc: xa-nam-dong-2025
- mã: dak-drong
  loại: xã
  tên: Đắk D’rông
  tên khác: [Đăk D’rông]
  mã số: "24652"
  thuộc: huyện Cư Jút, tỉnh Đắk Nông
  đến ngày: 30/6/2025
  nay thuộc: xa-nam-dong-2025
- mã: xa-cu-jut
  loại: xã
  tên: Cư Jút
  mã số: "24640"
  thuộc: tỉnh Lâm Đồng
  từ ngày: 1/7/2025
  theo: Nghị quyết số 1671/NQ-UBTVQH15
- mã: xa-nam-dong-2025
  loại: xã
  tên: Nam Dong
  mã số: "24649"
  thuộc: tỉnh Lâm Đồng
  từ ngày: 1/7/2025
  theo: Nghị quyết số 1671/NQ-UBTVQH15
""",
    "phong-trao.yaml": """\
- mã: hang-viet
  loại: cuộc vận động
  tên: Người Việt Nam ưu tiên dùng hàng Việt Nam
  tên gọn: Hàng Việt Nam
  mô tả: Đưa hàng trong nước về chợ thôn.
- mã: an-ninh-to-quoc
  loại: phong trào
  tên: Toàn dân bảo vệ an ninh Tổ quốc
  tên gọn: An ninh Tổ quốc
  mô tả: Bà con giữ bình yên.
""",
    "co-quan.yaml": """\
tên: Ủy ban MTTQ Việt Nam huyện Cư Jút
tên gọn: MTTQ huyện Cư Jút
địa bàn: tỉnh Đắk Nông
cơ quan chủ quản: Ủy ban MTTQ Việt Nam tỉnh Đắk Nông
chịu trách nhiệm: Ban Thường trực
địa chỉ: Số 1 đường Nguyễn Tất Thành
điện thoại: 0261 000 000
thư điện tử: mattran@example.vn
địa chỉ trang: https://example.vn
""",
}

# A sound exemplar. In the file, the first key stands on line 2.
FRONT = {
    "Tiêu đề": "Kênh về thôn 3",
    "Ngày": "19/8/2020",
    "Lĩnh vực": "Kinh tế",
    "Xã": "Nam Dong",
    "Loại": "Tập thể",
}


class Project:
    """A project folder that a test fills, and reads as `check` and `build` do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, path: str, content: str | bytes) -> str:
        """Write a file of the project; text as UTF-8 with LF. Returns its path."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def write_story(
        self, slug: str = "kenh", year: int = 2020, front: dict[str, str | None] | None = None, body: str = "Bài.\n"
    ) -> str:
        """Write a sound story but for `front`: values by key, in their place or at the end; None leaves a key out."""
        keys = FRONT | {"Ngày": f"19/8/{year}"} | (front or {})
        lines = [f"{key}: {value}" for key, value in keys.items() if value is not None]
        return self.write(f"content/bai-viet/{year}/{slug}/bai.md", "\n".join(["---", *lines, "---", body]))

    def load(self) -> Content:
        return load(self.path)

    def problems(self) -> list[str]:
        """Return the lines that `check` prints."""
        return [str(problem) for problem in self.load().problems]

    def edition(self, *, drafts: bool = False, samples: bool = True) -> Edition:
        return select_edition(self.load(), drafts=drafts, samples=samples)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project with a sound vocabulary."""
    made = Project(tmp_path)
    made.write("pelicanconf.py", (Path(__file__).parents[1] / "pelicanconf.py").read_bytes())
    for name, text in VOCABULARY.items():
        made.write(f"content/danh-muc/{name}", text)
    return made


def find_office() -> tuple[str, dict[str, str]]:
    """Return LibreOffice and the environment to run it in; where it is not here, the test is skipped, but for CI."""
    office, list_fonts = shutil.which("soffice"), shutil.which("fc-list")
    # Documents are set in Times New Roman: what is as wide as that stands for it, whatever fonts a browser is given.
    env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    asked = [list_fonts or "", ":", "family"]
    fonts = subprocess.run(asked, env=env, capture_output=True, text=True, check=False).stdout if list_fonts else ""
    if office is None or not re.search("Times New Roman|Liberation Serif|Tinos", fonts):
        told = pytest.fail if os.environ.get("CI") else pytest.skip
        told("cần libreoffice-writer-nogui, libreoffice-calc-nogui, fonts-liberation")
    return str(office), env


def open_in_office(folder: Path, to: str, files: Sequence[Path]) -> Path:
    """Let one LibreOffice open all files and write each in another format. Returns the folder that they are in."""
    office, env = find_office()
    made = folder / "ra"
    profile = f"-env:UserInstallation={(folder / 'ho-so').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(made), *map(str, files)]
    # On a busy machine it may end without a word, and without the file, once it has set up a new profile.
    for _ in range(2):
        subprocess.run(command, env=env, check=True, capture_output=True, timeout=120)
        if all((made / f"{file.stem}.{to}").exists() for file in files):
            break
    return made


@pytest.fixture
def convert(tmp_path: Path) -> Callable[[bytes, str, str], bytes]:
    """Let LibreOffice open a file, given by its bytes and suffix, and write it in another format."""
    find_office()

    def run(data: bytes, suffix: str, to: str) -> bytes:
        source = tmp_path / f"goc{suffix}"
        source.write_bytes(data)
        return (open_in_office(tmp_path, to, [source]) / f"goc.{to}").read_bytes()

    return run


def make_image(file_format: str = "JPEG", size: tuple[int, int] = (40, 20), **save: object) -> bytes:
    """Return the bytes of a plain image."""
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, file_format, **save)
    return out.getvalue()


def make_jpeg_that_says(width: int, height: int, **save: object) -> bytes:
    """Return a small JPEG whose header has this size: where that alone is refused, no such picture need be coded."""
    data = make_image("JPEG", **save)
    at = next(data.index(start) for start in (b"\xff\xc0", b"\xff\xc2") if start in data) + 5
    return data[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + data[at + 4 :]
