"""JPEGs as phones write them: with films, thumbnails and profiles in which anything may stand."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from plugins.photos import pixels
from plugins.photos.formats.jpeg import walk
from plugins.photos.recipe import fallback_size, plan_sizes
from plugins.sources.problem import Invalid

# Markers that begin a pass over a picture, more than any real picture has.
PASSES = b"\xff\xda\0\x0c" * 400
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"day la phim" + PASSES
# Data of a maker between and after: the end of a Samsung file tells where its parts begin.
SAMSUNG = b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" + FILM + b"SEFH\x6b\0\0\0\1\0\0\0SEFT"


def jpeg(file_format: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (320, 200), "teal").save(out, file_format, **options)
    return out.getvalue()


def thumbnail() -> bytes:
    exif = Image.Exif()
    exif[0x927C] = PASSES
    return exif.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(jpeg() + FILM, id="film after the end"),
        pytest.param(jpeg() + SAMSUNG, id="Samsung"),
        pytest.param(jpeg(progressive=True) + SAMSUNG, id="Samsung, progressive"),
        pytest.param(
            jpeg("MPO", save_all=True, append_images=[Image.new("L", (160, 100), 90)]) + FILM, id="gain map and film"
        ),
        pytest.param(jpeg(icc_profile=PASSES), id="profile"),
        pytest.param(jpeg(comment=PASSES), id="comment"),
        pytest.param(jpeg(exif=thumbnail()), id="EXIF"),
        pytest.param(jpeg(xmp=PASSES), id="XMP"),
    ],
)
def test_only_the_passes_of_the_picture_count(data: bytes) -> None:
    assert len(walk(data, 50).scans) <= 10
    assert pixels.inspect(data) == (320, 200)
    copies = pixels.develop(data, plan_sizes(320, 200), fallback_size(320, 200))
    for copy in (*copies, pixels.keep(data, 2560)):
        assert b"day la phim" not in copy
        assert PASSES[:64] not in copy


def test_the_result_of_a_walk() -> None:
    data = jpeg(progressive=True)
    picture = walk(data + FILM, 50)
    assert picture.frame
    assert (picture.frame.width, picture.frame.height, picture.frame.is_progressive) == (320, 200, True)
    assert picture.end == len(data) - 2
    assert [scan.is_refinement for scan in picture.scans][:2] == [False, False]
    assert all(data[scan.header : scan.header + 2] == b"\xff\xda" for scan in picture.scans)
    assert picture.scans[-1].end == picture.end


@pytest.mark.parametrize("data", [b"\xff\xd8\xff", b"\xff\xd8\xff\xda", b"\xff\xd8" + b"\xff" * 90, jpeg()[:60]])
def test_a_walk_ends_where_the_file_does(data: bytes) -> None:
    picture = walk(data, 50)
    assert (picture.end, len(picture.scans) <= 1) == (None, True)
    with pytest.raises(Invalid):
        pixels.inspect(data)


def with_frame(change: bytes, at: int) -> bytes:
    data = jpeg()
    place = data.index(b"\xff\xc0") + at
    return data[:place] + change + data[place + len(change) :]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(
            with_frame(b"\x0c", 4),
            "Ảnh là JPG 12 bit, trình duyệt không hiện được; mở ảnh ấy rồi lưu lại thành JPG thường",
            id="12 bits",
        ),
        pytest.param(
            with_frame(b"\xff\xc3", 0),
            "Ảnh là JPG của máy chuyên dụng, trình duyệt không hiện được; mở ảnh ấy rồi lưu lại thành JPG thường",
            id="lossless",
        ),
        pytest.param(
            with_frame((12_240).to_bytes(2) + (16_320).to_bytes(2), 5),
            "Ảnh quá lớn (16.320 × 12.240 điểm ảnh); thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="200 megapixels",
        ),
    ],
)
def test_the_facts_of_a_frame(data: bytes, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        pixels.inspect(data)
    assert f"{refused.value.message}; {refused.value.fix}" == sentence
