"""What is carried over is the same file, or the same bytes; what is written anew leaves the other folder alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from plugins.carrying_over import carry_over, write_anew

if TYPE_CHECKING:
    from pathlib import Path


def refuse(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize("links", [True, False])
def test_a_site_is_carried_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    for name in ("index.html", "bai-viet/2020/kênh/index.html", "theme/a.css"):
        write_anew(tmp_path / "cũ" / name, name.encode())
    (tmp_path / "mới").mkdir()
    carry_over(tmp_path / "cũ", tmp_path / "mới")
    write_anew(tmp_path / "mới/index.html", b"other")
    files = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert files == {
        "cũ/index.html": b"index.html",
        "cũ/bai-viet/2020/kênh/index.html": "bai-viet/2020/kênh/index.html".encode(),
        "cũ/theme/a.css": b"theme/a.css",
        "mới/index.html": b"other",
        "mới/bai-viet/2020/kênh/index.html": "bai-viet/2020/kênh/index.html".encode(),
        "mới/theme/a.css": b"theme/a.css",
    }
    style = (tmp_path / "cũ/theme/a.css", tmp_path / "mới/theme/a.css")
    assert style[0].samefile(style[1]) == links
