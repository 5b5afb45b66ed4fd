"""The archive of a real build: whole, the same bytes each time, every link in it leads to a file in it."""

from __future__ import annotations

import json
import shutil
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

from plugins.release.archive import archive
from tests.release.made_release import make_release
from tests.site.conftest import built  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.site.conftest import Build


@pytest.fixture(scope="module")
def project(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """A project whose release is the built site."""
    folder = tmp_path_factory.mktemp("Lưu trữ Cư Jút")
    root = built.site.root
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}
    make_release(folder, 7, {**files, "du-lieu/Số liệu Cư K’nia.csv": b"1", ".htaccess": b"", "index.html.br": b"x"})
    return folder


@pytest.fixture(scope="module")
def opened(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, made and taken apart."""
    folder = tmp_path_factory.mktemp("USB")
    assert archive(project, "ban-luu.zip") == 0
    with zipfile.ZipFile(project / "ban-luu.zip") as made:
        assert made.testzip() is None
        made.extractall(folder)
    return folder


def test_the_same_release_gives_the_same_bytes(
    project: Path, opened: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "may-khac"
    shutil.copytree(project / "releases", copy / "releases", symlinks=True)
    assert archive(copy) == 0
    made = (copy / "luu-tru-0007.zip").read_bytes()
    assert made == (project / "ban-luu.zip").read_bytes()
    assert f"Mã SHA-256, để ghi vào biên bản giao nhận: {sha256(made).hexdigest()}\n" in capsys.readouterr().out


def test_the_manifest_has_every_file(opened: Path) -> None:
    manifest = json.loads((opened / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["release"] == "0007"
    found = {file.relative_to(opened).as_posix(): file.read_bytes() for file in opened.rglob("*") if file.is_file()}
    del found["manifest.json"]
    assert manifest["files"] == {
        path: {"sha256": sha256(data).hexdigest(), "bytes": len(data)} for path, data in found.items()
    }
    assert "trang/du-lieu/Số liệu Cư K’nia.csv" in found
    assert [path for path in found if path.endswith((".js", ".br")) or "/." in path] == []


def test_names_are_utf_8(project: Path, opened: Path) -> None:
    with zipfile.ZipFile(project / "ban-luu.zip") as made:
        entry = made.getinfo("trang/du-lieu/Số liệu Cư K’nia.csv")
    assert entry.flag_bits & 0x800


def test_the_archive_explains_how_to_open_it(opened: Path) -> None:
    text = (opened / "DOC-TRUOC.txt").read_bytes().decode("utf-8-sig")
    assert "\r\nCÁCH MỞ\r\n" in text
    assert "bấm đúp tệp MO-TRANG.html" in text
    assert text.startswith("Dân vận khéo\r\n")
    assert 'url=trang/index.html"' in (opened / "MO-TRANG.html").read_text(encoding="utf-8")


def test_every_address_in_it_leads_to_a_file_in_it(opened: Path, built: Build) -> None:  # noqa: F811
    root = opened / "trang"
    pages = sorted(root.rglob("*.html"))
    assert len(pages) == len(built.site.pages)
    checked = 0
    for page in pages:
        for address in _addresses(lxml.html.document_fromstring(page.read_bytes())):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            assert not parts.path.startswith("/"), f"{page}: {address}"
            assert (page.parent / unquote(parts.path)).is_file(), f"{page}: {address}"
            checked += 1
    assert checked > 5_000


def _addresses(page: lxml.html.HtmlElement) -> Iterator[str]:
    for element, name, address, _ in page.iterlinks():
        if not (element.tag == "meta" or name in ("srcset", "imagesrcset")):
            yield address
    for element in page.iter("img", "source"):
        yield from (part.split()[0] for part in (element.get("srcset") or "").split(",") if part.strip())


def test_nothing_is_overwritten(project: Path, opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "cua-toi.zip").write_bytes(b"abc")
    assert archive(project, "cua-toi.zip") == 1
    assert "không ghi đè" in capsys.readouterr().err
    assert (project / "cua-toi.zip").read_bytes() == b"abc"


def test_an_unwritable_folder_is_reported(project: Path, opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert archive(project, "khong-co/ban-luu.zip") == 1
    assert capsys.readouterr().err.startswith("Chưa ghi được ")


def test_a_missing_release_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert archive(tmp_path) == 1
    assert capsys.readouterr().err == "Chưa làm được bản lưu: chưa có bản phát hành nào; chạy publish trước.\n"
