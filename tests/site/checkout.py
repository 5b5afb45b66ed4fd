"""A copy of this project in a folder of its own, and the commands run there as staff run them."""

from __future__ import annotations

import compileall
import hashlib
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from PIL import Image

from tests.site import forked
from tests.site.forked import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROJECT = Path(__file__).resolve().parents[2]
# A folder as people have it on their desk.
FOLDER = "Dân vận khéo – Cư Jút"

STORIES = "content/bai-viet"
PHONE_PHOTO = f"{STORIES}/2024/Ảnh chụp bằng điện thoại/Ảnh từ điện thoại.jpg"
PHONE_STORY = f"{STORIES}/2024/Ảnh chụp bằng điện thoại/bai.md"
PHONE_URL = "/bai-viet/2024/anh-chup-bang-dien-thoai/"
COPY_STORY = f"{STORIES}/2026/Học theo cách chụp ảnh/bai.md"
COPY_URL = "/bai-viet/2026/hoc-theo-cach-chup-anh/"
NEWS_STORY = f"{STORIES}/2020/Họp báo đầu năm/bai.md"
NEWS_URL = "/bai-viet/2020/hop-bao-dau-nam/"
DRAFT_STORY = f"{STORIES}/2026/Bài còn viết dở/bai.md"
DRAFT_PHOTO = f"{STORIES}/2026/Bài còn viết dở/Ảnh chưa ai xem.jpg"
DRAFT_TITLE = "Chưa ai được đọc bài này"

# In addition to the shipped content: a phone's photo, a copy across the merger, news, a draft, every kind of body.
EXTRA_STORIES = {
    PHONE_STORY: """\
---
Tiêu đề: Chụp & kể <mỗi tuần> một chuyện "thật" ở Cư K’nia
Ngày: 5/3/2024
Lĩnh vực: [Văn hóa – xã hội, Kinh tế]
Xã: Cu K'nia
Loại: Mô hình
Điển hình: Mỗi tuần một ảnh
Tóm tắt: Điện thoại nào cũng kể được chuyện thôn mình, nếu biết đứng cho khéo.
Tóm tắt tiếng Ê Đê: Klei blŭ Êđê mâo ĕ ŏ ĭ ŭ ƀ ê̆ ô̆ ơ̆ ư̆
Ảnh: Ảnh từ điện thoại.jpg
Mô tả ảnh: Nửa trên đỏ, nửa dưới xanh
Chú thích ảnh: Ảnh dựng đứng
Bỏ nhắc: dấu nháy, NGƯỜI CHỤP
Kết quả:
  - 52 ảnh | mỗi năm
  - Bà con kể chuyện nhau nghe
Biểu dương:
  - Giấy khen | huyện | 2024
Phong trào: Cư Jút nông thôn mới
Mẫu: có
---
# Cả bài trong một bài

Một đoạn có *nhấn*, **đậm**, `mã`, chú thích[^1], [liên kết ra ngoài](https://example.vn/trang) và
[văn bản hướng dẫn]({filename}/van-ban/huong-dan-nam-dan-van-kheo-2020.md), còn
[bài chưa đăng]({filename}../../2026/Bài còn viết dở/bai.md) thì không dẫn đi đâu.

### Nhảy cấp tiêu đề

- Gạch đầu dòng
    1. Lồng vào trong

| Việc | Số |
|---|---:|
| Ảnh | 52 |

Từ ngữ
:   Lời giải thích.

> Lời trích của một bà cụ.

![Cùng tấm ảnh ấy](<Ảnh từ điện thoại.jpg> "Chú thích trong bài")

<p lang="rad">Klei blŭ Êđê mâo ĕ ŏ ĭ ŭ ƀ</p>

<p onmouseover="alert(1)" onclick="alert(2)" style="color: red" id="noi-dung">HTML gõ tay</p>

Một từ dài không dấu cách: khongcodaucachkhongcodaucachkhongcodaucachkhongcodaucachkhongcodaucach.

[^1]: Lời chú.
""",
    COPY_STORY: """\
---
Tiêu đề: Xã Cư Jút học theo cách chụp ảnh
Ngày: 2/2/2026
Lĩnh vực: Văn hóa - xã hội
Xã: xa-cu-jut
Loại: Tập thể
Điển hình: Tổ ảnh xã Cư Jút
Nhân rộng từ: Ảnh chụp bằng điện thoại
Mẫu: có
---
Không tóm tắt, không ảnh, không kết quả.
""",
    NEWS_STORY: """\
---
Tiêu đề: Họp báo đầu năm
Ngày: 6/1/2020
Mẫu: có
---
Tin thường, không thuộc danh mục.
""",
    DRAFT_STORY: f"""\
---
Tiêu đề: {DRAFT_TITLE}
Ngày: 3/3/2026
Lĩnh vực: Kinh tế
Xã: Nam Dong
Loại: Tập thể
Ảnh: Ảnh chưa ai xem.jpg
Mô tả ảnh: Chưa ai xem
Trạng thái: nháp
---
Bài còn viết dở.
""",
}

# The district until 30/6/2025, and who runs the site after it.
DISTRICT = "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Cư Jút"
OFFICE = "Ủy ban Mặt trận Tổ quốc Việt Nam xã Cư Jút"
FILLED_OFFICE = {
    "tên": OFFICE,
    "tên gọn": "Mặt trận Tổ quốc Việt Nam xã Cư Jút",
    "cấp": "xã",
    "địa bàn": "tỉnh Lâm Đồng",
    "cơ quan chủ quản": "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng",
    "chịu trách nhiệm": "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Cư Jút",
    "địa chỉ": "Số 1 đường Nguyễn Tất Thành, xã Cư Jút",
    "điện thoại": "0261 000 000",
    "thư điện tử": "mattran@cujut.example.vn",
    "địa chỉ trang": "https://cujut.example.vn",
}


@dataclass(frozen=True)
class Run:
    """The output and exit code of a command."""

    code: int
    stdout: str
    stderr: str


def share_snapshot() -> None:
    """Copy the project now, for this process and for those that it starts."""
    if SHARED not in os.environ:
        snapshot = os.environ[SHARED] = _snapshot().name
        # Copies take the bytecode with them; checked by the hash of its source, it holds in all of them.
        mode = py_compile.PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(Path(snapshot, "project/plugins"), quiet=1, invalidation_mode=mode)


@cache
def _snapshot() -> tempfile.TemporaryDirectory[str]:
    # Taken once a run, so that an edit of the project meanwhile makes no two copies differ.
    snapshot = tempfile.TemporaryDirectory(prefix="dan-van-kheo-")
    project = Path(snapshot.name, "project")
    for name in ("content", "theme", "plugins"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    # Settings, tasks, and the pins that the tests of a release read.
    for file in (*PROJECT.glob("*.py"), PROJECT / "pyproject.toml", PROJECT / "requirements.txt"):
        shutil.copy(file, project)
    return snapshot


def program() -> Path:
    """Return the folder to import the program from: in a run of all tests the copy, which has its bytecode."""
    shared = os.environ.get(SHARED)
    return Path(shared, "project") if shared else PROJECT


def copy_project(folder: Path) -> Path:
    """Copy the inputs of a build into the folder, and what the first build of this run of all tests kept of its work.

    Returns the copy.
    """
    shared = os.environ.get(SHARED)
    project = _copy_snapshot(Path(shared or _snapshot().name), folder)
    if shared:
        shutil.copytree(_build_first(Path(shared)), project / ".cache")
    return project


def _copy_snapshot(shared: Path, folder: Path) -> Path:
    return Path(shutil.copytree(shared / "project", folder / FOLDER, copy_function=_copy))


def _copy(source: str, target: str) -> None:
    """Copy a file, but link bytecode, a third of all files: who writes that puts a new file in its place."""
    # Not to another file system, nor on one without links.
    with suppress(OSError):
        if source.endswith(".pyc"):
            os.link(source, target)
            return
    shutil.copy2(source, target)


def _build_first(shared: Path) -> Path:
    """Return the folder of what a build keeps by what it is made of, made once by the process that asks first.

    To encode photos takes four fifths of the processor time of a first build, to minify style a tenth of
    the rest; for one file of tests, sharing saves nothing.
    """
    kept = shared / "kept"
    with FileLock(shared / "kept.lock"):
        if not kept.is_dir():
            project = _copy_snapshot(shared, shared)
            add_stories(project)
            run(project, "build")
            (kept / "builds").mkdir(parents=True)
            for name in ("photos", "builds/style", "builds/plates"):
                (project / ".cache" / name).rename(kept / name)
            shutil.rmtree(project)
    return kept


def add_stories(project: Path) -> None:
    """Add the extra stories and their photos to a copy."""
    for path, text in EXTRA_STORIES.items():
        write(project, path, text)
    write(project, PHONE_PHOTO, phone_photo())
    write(project, DRAFT_PHOTO, phone_photo(quality=60))


def begin_office(folder: Path) -> Path:
    """Copy the project as an office begins with it: its facts filled in, no story yet. Returns the copy."""
    project = copy_project(folder)
    shutil.rmtree(project / STORIES)
    (project / STORIES).mkdir()
    fill_in_office(project)
    return project


def write(project: Path, path: str, content: str | bytes) -> None:
    """Write one file of a project, as UTF-8 with LF when it is text."""
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def changing(project: Path, path: str, content: str) -> Iterator[None]:
    """Write another text into a file of a project, and put back what it was at the end."""
    before = (project / path).read_bytes()
    write(project, path, content)
    try:
        yield
    finally:
        write(project, path, before)


def phone_photo(quality: int = 90) -> bytes:
    """Return a JPEG as a phone held upright makes it: lying on its side, with where it was taken; red above blue."""
    image = Image.new("RGB", (800, 600), (200, 20, 20))
    image.paste((20, 20, 200), (400, 0, 800, 600))
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its left side
    exif[0x010F] = "Máy của cô Hoa"
    exif[0x8825] = {1: "N", 2: (12.0, 35.0, 30.0), 3: "E", 4: (107.0, 53.0, 12.0)}
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif, comment=b"CameraOwner Hoa")
    return out.getvalue()


def fill_in_office(project: Path) -> None:
    """Give the facts of the office of today that the project ships as placeholders."""
    path = "content/danh-muc/co-quan.yaml"
    text = (project / path).read_text(encoding="utf-8")
    write(project, path, re.sub(r'([^\W\d_][^:\n]*): "\[.*\]"', lambda gap: f"{gap[1]}: {FILLED_OFFICE[gap[1]]}", text))


_INVOKE = """
import runpy
runpy.run_module("invoke", run_name="__main__", alter_sys=True)
"""


def run(project: Path, *command: str, environment: Mapping[str, str] | None = None, timeout: int = 120) -> Run:
    """Run `inv COMMAND` in a project, as in a prepared environment; with an environment, in a Python started for it."""
    if environment is None:
        (ran,) = forked.run([forked.Wanted(project, _INVOKE, command)], timeout=timeout)
        return Run(*ran)
    done = subprocess.run(
        [sys.executable, "-m", "invoke", *command],
        cwd=project,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=timeout,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def run_in_all(projects: Sequence[Path], *command: str) -> list[Run]:
    """Run `inv COMMAND` in all projects at the same time."""
    return [Run(*ran) for ran in forked.run([forked.Wanted(project, _INVOKE, command) for project in projects])]


def read_tree(folder: Path) -> dict[str, str]:
    """Return every file under a folder with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
