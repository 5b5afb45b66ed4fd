"""A photo of a story, from its file to its address. Paths only; the pixels are another module's."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from plugins.photos import pixels
from plugins.sources.problem import Invalid
from plugins.vietnamese import slugify

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Photo:
    """A photo that was found whole: where its file is, its address on the site, and its shown size in pixels."""

    file: Path
    url: str
    width: int
    height: int


def load_photo(file: Path, base_url: str) -> Photo:
    """Open a photo that will stand under `base_url`, named by a hash of its content; Invalid when it is broken."""
    try:
        if file.stat().st_size > pixels.MAX_BYTES:
            raise Invalid("Ảnh nặng quá 40 MB", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")
        data = file.read_bytes()
    except OSError:
        raise Invalid("Không đọc được tệp ảnh", "kiểm tra quyền đọc tệp rồi thử lại") from None
    suffix, (width, height) = pixels.inspect(data)
    name = f"{slugify(file.stem) or 'anh'}-{sha256(data).hexdigest()[:8]}{suffix}"
    return Photo(file, base_url + name, width, height)


def write_photo(photo: Photo, output: Path) -> None:
    """Write a photo at its address under the output folder, upright and without metadata; the original stays put."""
    target = output / photo.url.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pixels.strip(photo.file.read_bytes()))
