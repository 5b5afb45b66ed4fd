"""`archive`: the current release as one zip that opens from a disk, for a USB stick or a records office.

The same release gives the same bytes on every machine: nothing in it is compressed, since not every zlib compresses
alike (most of a site are photos, which would not get smaller), no time is written down, and names stand in order.
"""

from __future__ import annotations

import json
import re
import sys
import time
import zipfile
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING

from plugins import job_status, progress
from plugins.content.addresses.sections import SEARCH_INDEX_URL
from plugins.output import explain
from plugins.release.manifest import FileEntry, NoRelease, Release, load_current
from plugins.release.offline import read_title, relocate_page, relocate_style
from plugins.sources.files import open_new
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SITE, START, READ_ME, MANIFEST = "trang", "MO-TRANG.html", "DOC-TRUOC.txt", "manifest.json"
# What only a server, or a script, has any use for.
_ONLINE_ONLY = re.compile(
    rf"(^|/)\.|\.(br|gz|js|map|webmanifest)$|^(_headers|_redirects|robots\.txt)$|^{SEARCH_INDEX_URL.lstrip('/')}"
)
_START_PAGE = """\
<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Mở trang</title>
<meta http-equiv="refresh" content="0; url={site}/index.html">
</head>
<body>
<p><a href="{site}/index.html">Mở trang</a></p>
</body>
</html>
"""
_READ_ME_TEXT = """\
{title}

Bản lưu của trang thông tin, làm từ bản phát hành số {number}: {pages} trang, {files} tệp.

CÁCH MỞ
1. Bấm chuột phải vào tệp .zip, chọn "Giải nén tất cả" (Extract All). Đừng mở thẳng bên trong tệp nén: trang sẽ mất
   hình và kiểu chữ.
2. Trong thư mục vừa giải nén, bấm đúp tệp MO-TRANG.html. Trang mở trong trình duyệt, không cần mạng.

Ô tìm chỉ chạy trên mạng. Trong bản lưu, mục Tìm có danh sách mọi bài từ A đến Y; hoặc bấm Ctrl+F để tìm trong một
trang. Liên kết ra trang khác, như chia sẻ bài, vẫn cần mạng.

CÓ GÌ TRONG NÀY
MO-TRANG.html   mở trang chủ
trang/          cả trang thông tin, gồm bài viết, ảnh và dữ liệu mở; địa chỉ trong trang đã đổi để đọc được từ đĩa
manifest.json   số byte và mã SHA-256 của từng tệp

KIỂM TRA BẢN LƯU CÒN NGUYÊN
So mã SHA-256 của tệp .zip với mã đã ghi khi giao nhận. Trên Windows, gõ trong cửa sổ lệnh:
   certutil -hashfile TEN-TEP.zip SHA256
"""


def archive(project: Path, file: str = "") -> int:
    """Write the archive; `file` is its name, by default after the release. Returns the exit code: 1 for a refusal."""
    begun = time.monotonic()
    target = None
    try:
        release = load_current(project)
        target = project / (file or f"luu-tru-{release.number}.zip")
        release.check(_chosen(release))
        with progress.showing(begun):
            count = write_archive(release, target)
    except NoRelease as refused:
        print(f"Chưa làm được bản lưu: {refused}.", file=sys.stderr)
        return 1
    except FileExistsError:
        print(f"Đã có {target}: không ghi đè; dời tệp ấy đi, hoặc đặt tên khác bằng --file.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Chưa ghi được bản lưu: {explain(error, project)}.", file=sys.stderr)
        return 1
    with target.open("rb") as made:
        digest = file_digest(made, "sha256").hexdigest()
    job_status.report_file(project, target)
    print(f"Đã ghi {target.name}: bản {release.number}, {format_number(count)} tệp.")
    print(f"Mã SHA-256, để ghi vào biên bản giao nhận: {digest}")
    return 0


def write_archive(release: Release, target: Path) -> int:
    """Write the zip, whole or not at all. Returns how many files it has; FileExistsError when there is one already."""
    entries: dict[str, FileEntry] = {}
    with open_new(target) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for path, data in _render(release):
            entries[path] = FileEntry(sha256(data).hexdigest(), len(data))
            _add(made, path, data)
        files = {path: entry._asdict() for path, entry in sorted(entries.items())}
        manifest = {"release": release.number, "files": files}
        _add(made, MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    return len(entries) + 1


def _add(made: zipfile.ZipFile, path: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(path)
    # As on Linux, wherever this runs; an ordinary file that everyone may read.
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    made.writestr(entry, data)


def _render(release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the archive by its path there, but for the manifest."""
    chosen = _chosen(release)
    files = set(chosen)
    pages = sum(path.endswith(".html") for path in chosen)
    title = read_title((release.site / "index.html").read_text(encoding="utf-8"))
    words = _READ_ME_TEXT.format(
        title=title, number=release.number, pages=format_number(pages), files=format_number(len(chosen))
    )
    # Older Notepads know neither bare line feeds nor UTF-8 without its mark.
    yield READ_ME, words.replace("\n", "\r\n").encode("utf-8-sig")
    yield START, _START_PAGE.format(site=SITE).encode()
    for number, path in enumerate(chosen, 1):
        data = (release.site / path).read_bytes()
        if path.endswith(".html"):
            data = relocate_page(data.decode(), path, files).encode()
        elif path.endswith(".css"):
            data = relocate_style(data.decode(), path, files).encode()
        yield f"{SITE}/{path}", data
        progress.tell("Gói bản lưu", number, len(chosen))


def _chosen(release: Release) -> list[str]:
    return sorted(path for path in release.files if not _ONLINE_ONLY.search(path))
