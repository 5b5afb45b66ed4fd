"""Copies that are smaller, the same on every machine, and made once for one text."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import TYPE_CHECKING

import brotli

from plugins import teamwork
from plugins.release import compression
from plugins.release.manifest import Manifest, Release, build_manifest

if TYPE_CHECKING:
    import pytest

PROJECT = Path(__file__).parents[2]
PAGE = "<p>Bà con xã Nam Dong góp đất, góp công làm kênh mương.</p>\n" * 200


def make_site(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        file = root / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root / "site"


def compress(site: Path, earlier: Path | None = None) -> Manifest:
    before = Release("0001", earlier, build_manifest(earlier)) if earlier else None
    return compression.compress(site, build_manifest(site), before)()


def read_all(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_texts_that_shrink_get_two_copies(tmp_path: Path) -> None:
    files = {
        "index.html": PAGE.encode(),
        "a/b.json": PAGE.encode(),
        "du-lieu/lớn.csv": PAGE.encode() * 100,
        "small.html": b"<p>Ng\xe1\xba\xafn</p>",
        "noise.txt": os.urandom(4_000),
        "photo.webp": PAGE.encode(),
    }
    site = make_site(tmp_path, files)
    entries = compress(site)
    assert build_manifest(site) == build_manifest(site, entries)
    after = read_all(site)
    assert entries.keys() == after.keys() - files.keys()
    assert after.keys() - files.keys() == {
        *("index.html.br", "index.html.gz", "a/b.json.br", "a/b.json.gz", "du-lieu/lớn.csv.br", "du-lieu/lớn.csv.gz")
    }
    for name in ("index.html", "a/b.json", "du-lieu/lớn.csv"):
        assert brotli.decompress(after[f"{name}.br"]) == gzip.decompress(after[f"{name}.gz"]) == files[name]
        assert len(after[f"{name}.br"]) < len(after[f"{name}.gz"]) < len(files[name]) / 2
    # Neither a name nor a time: RFC 1952, 2.3.
    assert after["index.html.gz"][3:8] == bytes(5)


def test_several_processes_and_one_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"{number}/index.html": f"{number} {PAGE[:1_000]}".encode() for number in range(100)}
    one, several = (make_site(tmp_path / name, files) for name in ("one", "several"))
    compress(several)
    monkeypatch.setattr(teamwork, "_count_helpers", lambda: 0)
    compress(one)
    assert read_all(one) == read_all(several)
    assert len(read_all(one)) == 3 * len(files)


def test_the_same_text_is_not_compressed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a/index.html": PAGE.encode(), "b/index.html": PAGE.encode(), "small.html": b"x"}
    earlier = make_site(tmp_path / "1", files)
    compress(earlier)
    for file in earlier.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    # Under another name it is the same; where more is spent on it, it is not.
    changed = files | {"b/index.html": f"{PAGE}!".encode(), "c/index.html": PAGE.encode(), "index.html": PAGE.encode()}
    made: list[str] = []
    make_copies = compression.make_copies

    def note(url: str, data: bytes) -> dict[str, bytes]:
        made.append(url)
        return make_copies(url, data)

    monkeypatch.setattr(compression, "make_copies", note)
    later = make_site(tmp_path / "2", changed)
    compress(later, earlier)
    assert made == ["/b/index.html", "/index.html"]
    alone = make_site(tmp_path / "3", changed)
    compress(alone)
    assert read_all(later) == read_all(alone)
    # Who has the text already is not sent it again: servers go by its time.
    times = {name: (later / name).stat().st_mtime for name in read_all(later)}
    assert {name for name, time in times.items() if time == 1_000_000_000} == {
        *("a/index.html", "a/index.html.br", "a/index.html.gz", "small.html"),
        *("c/index.html", "c/index.html.br", "c/index.html.gz"),
    }


def test_copies_by_another_library_or_damaged_are_not_reused(tmp_path: Path) -> None:
    earlier = make_site(tmp_path / "1", {"index.html": PAGE.encode(), "a.json": PAGE.encode()})
    compress(earlier)
    known = Release("0001", earlier, build_manifest(earlier))
    (earlier / "index.html.br").write_bytes(b"made by another")
    (earlier / "a.json.gz").unlink()
    for stamp in (None, "brotli 0.1"):
        if stamp:
            (earlier.parent / "compression.txt").write_text(stamp, encoding="utf-8")
            known = Release("0001", earlier, build_manifest(earlier))
        later = make_site(tmp_path / f"later {stamp}", {"index.html": PAGE.encode(), "a.json": PAGE.encode()})
        compression.compress(later, build_manifest(later), known)()
        assert brotli.decompress((later / "index.html.br").read_bytes()) == PAGE.encode()
        assert gzip.decompress((later / "a.json.gz").read_bytes()) == PAGE.encode()


def test_files_that_every_page_loads_get_the_best_compression() -> None:
    data = (PROJECT / "README.md").read_bytes()
    sizes = [
        {sum(map(len, compression.make_copies(url, data).values())) for url in urls}
        for urls in (
            ("/theme/css/site.12345678.css",),
            ("/index.html", "/dan-van-kheo/index.html", "/tim-kiem/chi-muc/a/muc-luc.json"),
            ("/bai-viet/2025/a/index.html", "/a.css"),
        )
    ]
    assert [len(of_one_effort) for of_one_effort in sizes] == [1, 1, 1]
    assert max(sizes[0]) < max(sizes[1]) < max(sizes[2])
