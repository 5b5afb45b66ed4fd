"""A plate depends on key, field and place alone, and is an SVG of attributes that says nothing."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from plugins.plates.drawing import Drawing
from plugins.plates.plate import SHARED_VARIANTS, Plate, choose_plate
from plugins.plates.raster import paint
from plugins.plates.svg import write_svg
from plugins.release.policy import IMMUTABLE, cache_rule

URL = "/hinh-trang-tri/"
MOTIFS = ("dong-doi", "nha-dai", "dem-yen", "nha-hop", "tho-cam")
ALLOWED = {
    "svg": {"viewBox", "fill", "stroke-linecap"},
    "path": {"fill", "fill-opacity", "d", "stroke", "stroke-width"},
    "pattern": {"id", "width", "height"},
}


@dataclass(frozen=True)
class Field:
    id: str
    color: str = "#8a5a00"
    dark_color: str = "#e5b567"


SECURITY = Field("quoc-phong-an-ninh", "#3d6b21", "#a3cf7d")


def choose(key: str, field: Field | None = SECURITY, place: str = "xa-dak-drong") -> Plate:
    return choose_plate(URL, key, field, place)


@pytest.mark.parametrize(
    ("field", "motif"),
    [
        ("kinh-te", "dong-doi"),
        ("van-hoa-xa-hoi", "nha-dai"),
        ("quoc-phong-an-ninh", "dem-yen"),
        ("he-thong-chinh-tri", "nha-hop"),
        ("xay-dung-dang-chinh-quyen", "nha-hop"),
        ("phat-trien-nong-thon", "dong-doi"),
    ],
)
def test_a_field_has_the_motif_of_its_words(field: str, motif: str) -> None:
    assert {choose(f"bai-{number}", Field(field)).motif for number in range(20)} == {motif}


def test_a_field_of_other_words_keeps_one_motif_and_its_own_colors() -> None:
    for name in ("y-te", "moi-truong", "linh-vuc-5", "Đ"):
        plates = {choose(f"bai-{number}", Field(name, "#123456", "#abcdef")) for number in range(20)}
        assert len({plate.motif for plate in plates}) == 1
        assert {(plate.color, plate.glow) for plate in plates} == {("#123456", "#abcdef")}


def test_news_without_a_field_has_cloth() -> None:
    assert choose("tin", None, "").motif == "tho-cam"


def test_the_same_key_field_and_place_give_the_same_bytes_in_every_process() -> None:
    code = (
        "from tests.plates.test_plate import choose; from hashlib import sha256;"
        "p = choose('hai-thon'); print(p.url, sha256(p.make()).hexdigest(), sha256(paint(p).tobytes()).hexdigest())"
    ).replace("paint(p)", "__import__('plugins.plates.raster', fromlist=['paint']).paint(p.draw(), 90, 60)")
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    plate = choose("hai-thon")
    pixels = paint(plate.draw(), 90, 60).tobytes()
    assert ran.stdout.split() == [plate.url, sha256(plate.make()).hexdigest(), sha256(pixels).hexdigest()]
    assert cache_rule(plate.url) == IMMUTABLE


@pytest.mark.parametrize("field", ["kinh-te", "van-hoa", "an-ninh", "chinh-tri", ""])
def test_eighteen_side_by_side_all_differ(field: str) -> None:
    plates = [choose(f"guong-thu-{number}", Field(field) if field else None) for number in range(18)]
    assert len({plate.make() for plate in plates}) == 18
    assert len({plate.url for plate in plates}) == 18
    # To the eye too, as small as a list shows them.
    assert len({paint(plate.draw(), 108, 81).resize((12, 9)).tobytes() for plate in plates}) == 18


def test_a_place_has_its_own_hem() -> None:
    hems = {choose("mot-bai", place=f"xa-{number}").hem for number in range(24)}
    assert hems == {0, 1, 2, 3}
    assert len({choose(key, place="xa-cu-knia").hem for key in ("a", "b", "c", "d", "e")}) == 1


def test_one_of_another_site_has_one_by_its_address() -> None:
    plate = choose("https://namdong.example.gov.vn/bai-viet/2026/kenh/", place="Xã Nam Dong")
    assert plate.url.startswith(f"{URL}dem-yen-")


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("variant", range(0, 1_024, 64))
def test_it_is_a_light_drawing_of_attributes_alone(motif: str, variant: int) -> None:
    written = Plate(URL, motif, "#0f5e8c", "#7cc0e8", variant, variant % 4).make()
    assert 1_000 < len(written) <= 2_500
    assert len(gzip.compress(written, 6)) < 1_200
    root = ET.fromstring(written)  # noqa: S314 - our own
    for element in root.iter():
        name = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert set(element.attrib) <= ALLOWED[name]
        assert not (element.text or "").strip()
        assert "nan" not in element.get("d", "")
    assert root.get("viewBox") == "0 0 720 480"


@pytest.mark.parametrize("motif", MOTIFS)
def test_none_of_its_variants_weighs_more(motif: str) -> None:
    sizes = [len(Plate(URL, motif, "#3d6b21", "#a3cf7d", number, number % 4).make()) for number in range(1_024)]
    assert max(sizes) <= 2_500, sizes.index(max(sizes))


def test_what_lies_between_two_shapes_stays_between_them() -> None:
    drawing = Drawing()
    for color, left in (("#111111", 0), ("#222222", 20), ("#111111", 40), ("#111111", 90)):
        drawing.box(color, left, 0, 30, 30)
    written = write_svg(drawing).decode()
    assert re.findall(r'fill="(#\d+)" d="([^"]+)"', written) == [
        ("#111111", "m0 0h60v60H0"),
        ("#222222", "m40 0h60v60H40"),
        ("#111111", "m80 0h60v60H80m100-60h60v60h-60"),
    ]


def test_thousands_share_files_and_cards_some_dozens() -> None:
    plates = [choose(f"bai-{number}", place=f"xa-{number % 124}") for number in range(12_000)]
    assert len(set(plates)) <= 4 * 1_024
    assert len({plate.shared for plate in plates}) == SHARED_VARIANTS
