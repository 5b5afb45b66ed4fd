"""`archive`: write the current release as a zip that opens from disk, for a USB stick or a records office.

The same release gives the same bytes on every machine: names are sorted, times are left out, and nothing is compressed,
as zlibs differ and most of a site is photos.
"""

import json
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from plugins import job_status, progress
from plugins.content.addresses.sections import SEARCH_INDEX_URL
from plugins.output import explain
from plugins.release.manifest import FileEntry, NoRelease, Release, describe, load_current
from plugins.release.offline import read_title, relocate_page, relocate_style
from plugins.sources.files import open_new
from plugins.vietnamese import format_number

SITE, START, READ_ME, MANIFEST = "trang", "MO-TRANG.html", "DOC-TRUOC.txt", "manifest.json"
# Files for servers and scripts only.
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
    """Write the archive, by default named after the release, and return the exit code, 1 for a refusal."""
    begun = time.monotonic()
    try:
        release = load_current(project)
        target = project / (file or f"luu-tru-{release.number}.zip")
        release.check(_choose(release))
        with progress.showing(begun):
            count = write_archive(release, target)
        digest = report_zip(project, target)
    except NoRelease as refused:
        return refuse_zip("Chưa làm được bản lưu", refused, project)
    except OSError as error:
        return refuse_zip("Chưa ghi được bản lưu", error, project)
    print(f"Đã ghi {target.name}: bản {release.number}, {format_number(count)} tệp.")
    print(f"Mã SHA-256, để ghi vào biên bản giao nhận: {digest}")
    return 0


def report_zip(project: Path, target: Path) -> str:
    """Report a zip as made by the command and return its SHA-256 in hexadecimal."""
    with target.open("rb") as made:
        digest = file_digest(made, "sha256").hexdigest()
    job_status.report_file(project, target)
    return digest


def refuse_zip(failed: str, error: Exception, project: Path) -> int:
    """Print why a zip was not made and return the exit code."""
    if isinstance(error, FileExistsError):
        line = f"Đã có {error.filename}: không ghi đè; dời tệp ấy đi, hoặc đặt tên khác bằng --file."
    else:
        line = f"{failed}: {explain(error, project) if isinstance(error, OSError) else error}."
    print(line, file=sys.stderr)
    return 1


def write_archive(release: Release, target: Path) -> int:
    """Write the zip. Returns its number of files. Raises FileExistsError; on any error no file is left."""
    entries: dict[str, FileEntry] = {}
    with open_new(target) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for path, data in _render(release):
            entries[path] = describe(data)
            _add(made, path, data)
        files = {path: entry._asdict() for path, entry in sorted(entries.items())}
        text = json.dumps({"release": release.number, "files": files}, ensure_ascii=False, indent=1)
        _add(made, MANIFEST, f"{text}\n".encode())
    return len(entries) + 1


def _add(made: zipfile.ZipFile, path: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(path)
    # On every system: made on Linux, a regular file that all may read.
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    made.writestr(entry, data)


def _render(release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the archive except its manifest: path and content."""
    chosen = _choose(release)
    files = set(chosen)
    title = read_title((release.site / "index.html").read_text(encoding="utf-8"))
    pages, count = format_number(sum(path.endswith(".html") for path in chosen)), format_number(len(chosen))
    words = _READ_ME_TEXT.format(title=title, number=release.number, pages=pages, files=count)
    # Older Notepads need CRLF and a BOM.
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


def _choose(release: Release) -> list[str]:
    return sorted(path for path in release.files if not _ONLINE_ONLY.search(path))
