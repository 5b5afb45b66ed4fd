"""Each check finds its fault in a release that is broken in one place, and no other check makes anything of it."""

from __future__ import annotations

import random
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from plugins.release.verify import candidate
from plugins.release.verify.checks import CHECKS
from plugins.release.verify.other_files import read_file
from plugins.sources.problem import Level
from tests.release.verify.conftest import DRAFT, SAMPLE, SAMPLE_TITLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.release.verify.conftest import Broken

pytestmark = pytest.mark.slow

STORY, STORY_FILE = "/bai-viet/2020/kenh/", "bai-viet/2020/kenh/index.html"
FEED = "feeds/tat-ca.atom.xml"
HOME = "https://example.vn"
_END = "</main>"


def _add(html: str) -> Callable[[Broken], None]:
    """Return a change that appends HTML to a story's text."""
    return lambda site: site.replace(STORY_FILE, _END, f"{html}{_END}")


def _swap(path: str, old: str, new: str) -> Callable[[Broken], None]:
    return lambda site: site.replace(path, old, new)


def _in_style(rule: str) -> Callable[[Broken], None]:
    def change(site: Broken) -> None:
        (sheet,) = (site.site / "theme/css").glob("*.css")
        sheet.write_text(sheet.read_text(encoding="utf-8") + rule, encoding="utf-8")

    return change


def _in_script(line: str) -> Callable[[Broken], None]:
    def change(site: Broken) -> None:
        script = next((site.site / "theme/js").glob("reading.*.js"))
        script.write_text(script.read_text(encoding="utf-8") + line, encoding="utf-8")

    return change


def _tracked_photo(site: Broken) -> None:
    photo = next((site.site / "bai-viet/2020/co-anh").glob("*.jpg"))
    with Image.open(photo) as image:
        exif = Image.Exif()
        exif[0x8825] = {1: "N", 2: (12.0, 35.0, 30.0)}
        out = BytesIO()
        image.save(out, "JPEG", exif=exif)
    photo.write_bytes(out.getvalue())


def _worded_png(site: Broken) -> None:
    words, exif = PngInfo(), Image.Exif()
    words.add_text("Author", "Máy của cô Hoa")
    exif[0x010F] = "Máy của cô Hoa"
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=words, exif=exif)
    site.write("theme/x.png", out.getvalue())


def _publish_draft(site: Broken) -> None:
    site.write(f"{DRAFT.strip('/')}/ghi-chu.txt", "Chưa đăng.")


def _lose(*paths: str) -> Callable[[Broken], None]:
    def change(site: Broken) -> None:
        site.earlier = frozenset(paths)

    return change


def _many_locations(site: Broken) -> None:
    urls = "".join(f"<url><loc>{HOME}/x/{number}/</loc></url>" for number in range(50_001))
    site.replace("sitemap.xml", "</urlset>", f"{urls}</urlset>")


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311


def _words(size: int) -> str:
    return f"<p>{_noise(size).hex()}</p>"


OFFICE, HIDDEN, PERSONAL, PHOTO = (
    "cơ quan phụ trách",
    "bài nháp, bài mẫu",
    "số điện thoại, giấy tờ, tài khoản cá nhân",
    "thông tin trong ảnh",
)
LINKS, LOST, MARKUP, FOREIGN = "liên kết", "địa chỉ đã có", "cách viết trang", "tải tài nguyên từ trang khác"
CSP, FEEDS, MAP, WEIGHT = "chính sách bảo mật", "nguồn tin", "bản đồ trang", "dung lượng"

# The check that finds it, where, in which words, and how the release is broken.
FAULTS = {
    "a fact is missing": (
        OFFICE,
        "content/danh-muc/co-quan.yaml",
        'mục "điện thoại"',
        lambda s: s.change_office(phone=""),
    ),
    "words in brackets": (OFFICE, STORY, "[điền tên xã]", _add("<p>Xã [điền tên xã]</p>")),
    "this machine's address": (OFFICE, STORY, "http://localhost:8000/", _add("<p>http://localhost:8000/</p>")),
    "a file of a draft": (HIDDEN, DRAFT, "bài nháp không được đưa lên", _publish_draft),
    "a title of a sample": (HIDDEN, STORY, SAMPLE_TITLE, _add(f"<h2>{SAMPLE_TITLE}</h2>")),
    "a mark of a sample": (HIDDEN, STORY, "nhãn “Bài mẫu”", _add('<span class="tag tag--sample">Bài mẫu</span>')),
    "a phone": (PERSONAL, STORY, "số điện thoại riêng “0912 345 678”", _add("<p>Gọi 0912 345 678.</p>")),
    "a phone in a link": (PERSONAL, STORY, "“0912345678”", _add('<p><a href="tel:0912345678">Gọi</a></p>')),
    "a phone in an attribute": (PERSONAL, STORY, "“+84912345678”", _add('<p title="+84912345678">Gọi</p>')),
    "an identity card in a feed": (
        PERSONAL,
        f"/{FEED}",
        "số giấy tờ",
        _swap(FEED, "</title>", " 066203004567</title>"),
    ),
    "an account in data": (
        PERSONAL,
        "/du-lieu/dien-hinh.json",
        "số tài khoản “6001234567”",
        _swap("du-lieu/dien-hinh.json", "Kênh về thôn 3", "Kênh, số tài khoản 6001234567"),
    ),
    "a phone in a table": (
        PERSONAL,
        "/du-lieu/dien-hinh.csv",
        "0912345678",
        _swap("du-lieu/dien-hinh.csv", ",Kênh về thôn 3,", ",0912345678,"),
    ),
    "where a photo was taken": (PHOTO, "/bai-viet/2020/co-anh/", "vị trí chụp (GPS)", _tracked_photo),
    "with what a picture was made": (PHOTO, "/theme/x.png", "EXIF", _worded_png),
    "whose a picture is": (PHOTO, "/theme/x.png", "lời ghi trong ảnh", _worded_png),
    "a dead link": (LINKS, STORY, "“/khong-co/” mà không có gì", _add('<a href="/khong-co/">x</a>')),
    "a dead link in full": (LINKS, STORY, f"{HOME}/khong-co/", _add(f'<a href="{HOME}/khong-co/">x</a>')),
    "a dead relative link": (LINKS, STORY, "../khong-co/", _add('<a href="../khong-co/">x</a>')),
    "a dead anchor": (LINKS, STORY, "không có mục “khong-co”", _add('<a href="/lien-he/#khong-co">x</a>')),
    "a dead anchor of its own": (LINKS, STORY, "không có mục “khong-co”", _add('<a href="#khong-co">x</a>')),
    "a missing picture": (
        LINKS,
        STORY,
        "a.webp",
        _add('<img src="a.webp" srcset="a.webp 480w" alt="x" width="1" height="1">'),
    ),
    "a missing file of the style": (LINKS, "/theme/css/", "thieu.svg", _in_style(".x{background:url(thieu.svg)}")),
    "a missing script": (LINKS, "/theme/js/", "/theme/js/thieu.js", _in_script('\nimport "/theme/js/thieu.js";\n')),
    "a missing icon": (
        LINKS,
        "/manifest.webmanifest",
        "/icon.png",
        _swap("manifest.webmanifest", '"icons":[', '"icons":[{"src":"/icon.png"},'),
    ),
    "a dead link of a feed": (
        LINKS,
        f"/{FEED}",
        "/khong-co/",
        _swap(FEED, f'href="{HOME}{STORY}"', f'href="{HOME}/khong-co/"'),
    ),
    "a dead address in JSON-LD": (
        LINKS,
        STORY,
        f"{HOME}/khong-co/",
        _swap(STORY_FILE, f'"mainEntityOfPage":"{HOME}{STORY}"', f'"mainEntityOfPage":"{HOME}/khong-co/"'),
    ),
    "an address is lost": (LOST, "/bai-viet/2019/cu/", "bản mới không còn", _lose("bai-viet/2019/cu/index.html")),
    "a feed is lost": (LOST, "/feeds/xa-cu.atom.xml", "bản mới không còn", _lose("feeds/xa-cu.atom.xml")),
    "a list is lost with its pages": (LOST, "/xa-cu/trang/2/", "bản mới không còn", _lose("xa-cu/trang/2/index.html")),
    "tags that cross": (MARKUP, STORY, "đóng mở không khớp", _add("<p><b>x</p></b>")),
    "a tag that stays open": (MARKUP, STORY, "đóng mở không khớp", _add("<div>")),
    "a block in a paragraph": (MARKUP, STORY, "đóng mở không khớp", _add("<p><div>x</div></p>")),
    "an attribute twice": (MARKUP, STORY, "duplicate-attribute", _add('<p class="a" class="b">x</p>')),
    "an id twice": (MARKUP, STORY, 'id="noi-dung"', _add('<p id="noi-dung">x</p>')),
    "no doctype": (MARKUP, STORY, "thiếu <!doctype html>", _swap(STORY_FILE, "<!doctype html>", "")),
    "a broken feed": (MARKUP, f"/{FEED}", "không đọc được", _swap(FEED, "</feed>", "")),
    "broken data": (MARKUP, "/du-lieu/dien-hinh.json", "không đọc được", _swap("du-lieu/dien-hinh.json", "{", "")),
    "broken JSON-LD": (
        MARKUP,
        STORY,
        "JSON-LD",
        _swap(STORY_FILE, '<script type="application/ld+json">{', '<script type="application/ld+json">'),
    ),
    "a broken picture": (
        MARKUP,
        "/bai-viet/2020/co-anh/x.png",
        "ảnh hỏng",
        lambda s: s.write("bai-viet/2020/co-anh/x.png", b"\x89PNG"),
    ),
    "a picture from elsewhere": (
        FOREIGN,
        STORY,
        "https://elsewhere.example/a.png",
        _add('<img src="https://elsewhere.example/a.png" alt="x">'),
    ),
    "a host to be called": (
        FOREIGN,
        STORY,
        "//elsewhere.example",
        _swap(STORY_FILE, "</head>", '<link rel="preconnect" href="//elsewhere.example"></head>'),
    ),
    "a font from elsewhere": (
        FOREIGN,
        "/theme/css/",
        "https://elsewhere.example/a.woff2",
        _in_style("@font-face{src:url(https://elsewhere.example/a.woff2)}"),
    ),
    "a script that calls elsewhere": (
        FOREIGN,
        "/theme/js/",
        "https://elsewhere.example/",
        _in_script('\nfetch("https://elsewhere.example/");\n'),
    ),
    "a script in the page": (CSP, STORY, "<script>", _add("<script>alert(1)</script>")),
    "style in the page": (CSP, STORY, "<style>", _swap(STORY_FILE, "</head>", "<style>p{color:red}</style></head>")),
    "style of an element": (CSP, STORY, '<p style="…">', _add('<p style="color:red">x</p>')),
    "a handler": (CSP, STORY, '<p onclick="…">', _add('<p onclick="x()">x</p>')),
    "a script as an address": (CSP, STORY, 'href="javascript:…"', _add('<a href="JavaScript:x()">x</a>')),
    "a frame": (CSP, STORY, "frame-src không cho", _add('<iframe src="/lien-he/" title="x"></iframe>')),
    "a picture in the page": (CSP, STORY, "data:", _add('<object data="data:text/html,x"></object>')),
    "a script in a drawing": (
        CSP,
        "/theme/x.svg",
        "<script>",
        lambda s: s.write("theme/x.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ),
    "an entry without its title": (
        FEEDS,
        f"/{FEED}",
        "cần đúng một <title>",
        _swap(FEED, "<title>Kênh về thôn 3</title>", ""),
    ),
    "a code that is none": (FEEDS, f"/{FEED}", "mã không hợp lệ", _swap(FEED, "<id>tag:", "<id>")),
    "a feed of another address": (
        FEEDS,
        f"/{FEED}",
        "địa chỉ của chính nó",
        _swap(FEED, f'href="{HOME}/{FEED}" rel="self"', f'href="{HOME}/" rel="self"'),
    ),
    "a time that is none": (
        FEEDS,
        f"/{FEED}",
        "không phải ngày giờ: hôm qua",
        _swap(FEED, "<updated>", "<updated>hôm qua</updated><updated>"),
    ),
    "a page that the map forgets": (
        MAP,
        "/sitemap.xml",
        f"không kể {HOME}{STORY}",
        lambda s: s.write(
            "sitemap.xml", "\n".join(line for line in s.read("sitemap.xml").splitlines() if STORY not in line)
        ),
    ),
    "a page told twice": (
        MAP,
        "/sitemap.xml",
        "kể hai lần",
        _swap("sitemap.xml", "</urlset>", f"<url><loc>{HOME}{STORY}</loc></url></urlset>"),
    ),
    "a day that is none": (
        MAP,
        "/sitemap.xml",
        "<lastmod> không phải ngày",
        _swap("sitemap.xml", "2020-08-19", "2020-13-19"),
    ),
    "no map": (
        MAP,
        "/sitemap.xml",
        "không có bản đồ trang",
        lambda s: ((s.site / "sitemap.xml").unlink(), s.write("robots.txt", "")),
    ),
    "a heavy story": (WEIGHT, STORY, "HTML nặng", _add(_words(40_000))),
    "heavy style": (WEIGHT, STORY, "CSS nặng", _in_style(f"/*{_noise(25_000).hex()}*/")),
    "heavy scripts": (WEIGHT, STORY, "JS nặng", _in_script(f"//{_noise(22_000).hex()}")),
    "a heavy photo": (
        WEIGHT,
        "/bai-viet/2020/co-anh/",
        "ảnh nặng",
        lambda s: next((s.site / "bai-viet/2020/co-anh").glob("*-480.webp")).open("ab").write(_noise(200_000)),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_its_check_alone(broken: Broken, name: str) -> None:
    check, place, words, spoil = FAULTS[name]
    spoil(broken)
    errors = broken.errors()
    assert {found for found, _ in errors} == {check}, errors
    assert any(line.startswith(place) and words in line for _, line in errors), errors
    for _, line in errors:
        assert "\n" not in line
        assert "; " in line


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_again_where_nothing_but_another_page_has_changed(
    broken: Broken, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    FAULTS[name][3](broken)
    errors = broken.errors()
    another = "bai-viet/2020/hu-gao/index.html"
    broken.replace(another, _END, f"<p>Thêm một câu.</p>{_END}")
    read: list[str] = []
    monkeypatch.setattr(candidate, "read_file", lambda path, data: (read.append(path), read_file(path, data))[1])
    assert broken.errors() == errors
    assert read == [another]


def test_every_check_has_a_fault() -> None:
    assert CHECKS.keys() == {check for check, *_ in FAULTS.values()}


def test_a_sound_site_has_no_findings(broken: Broken) -> None:
    assert list(broken.find()) == []


@pytest.mark.parametrize(
    ("spoil", "check", "place"),
    [
        (_lose("bai-viet/trang/2/index.html"), LOST, "/bai-viet/trang/2/"),
        (_add(_words(16_000)), WEIGHT, STORY),
        (lambda site: site.change_office(site_url="http://example.vn"), OFFICE, "content/danh-muc/co-quan.yaml"),
    ],
    ids=["a list grows shorter", "a story is long", "a host without encryption"],
)
def test_small_faults_are_advice(broken: Broken, spoil: Callable[[Broken], None], check: str, place: str) -> None:
    spoil(broken)
    found = [(name, finding.place) for name, finding in broken.find() if finding.level is Level.ADVICE]
    assert (check, place) in found


@pytest.mark.parametrize(
    "path",
    [
        "theme/css/site.00000000.css",
        "bai-viet/2020/cu/a-00000000-480.webp",
        "tim-kiem/chi-muc/000000000000/a.json",
        ".htaccess",
        "_headers",
        "index.html.gz",
    ],
)
def test_fingerprinted_and_server_files_may_disappear(broken: Broken, path: str) -> None:
    broken.earlier = frozenset({path})
    assert list(broken.find()) == []


@pytest.mark.parametrize("words", ["0912 345 678", "+84912345678"])
def test_the_offices_own_numbers_may_stand(broken: Broken, words: str) -> None:
    broken.change_office(phone="0912.345.678")
    _add(f"<p>Gọi {words}</p>")(broken)
    assert broken.errors() == []


def test_numbers_of_a_standing_page_may_stand_everywhere(broken: Broken) -> None:
    for path in ("lien-he/index.html", STORY_FILE):
        broken.replace(path, _END, f"<p>Quỹ Vì người nghèo: số tài khoản 6001 2345 67</p>{_END}")
    assert broken.errors() == []


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://elsewhere.example/">x</a>',
        '<a href="mailto:a@example.vn">x</a>',
        '<a href="/lien-he/#noi-dung">x</a>',
        '<a href="/tim-kiem/?tu=nuoc">x</a>',
        "<p>Quyết định số 0912/QĐ-UBND, 1.234.567.890 đồng, ngày 19/08/2020</p>",
        "<table><tbody><tr><td>0912</td><td>345678</td></tr></tbody></table>",
        "<p>[1] và [thêm]</p>",
    ],
)
def test_valid_html_has_no_findings(broken: Broken, html: str) -> None:
    _add(html)(broken)
    assert broken.errors() == []


def test_a_link_to_a_hidden_story_is_a_leak(broken: Broken) -> None:
    _add(f'<a href="{SAMPLE}">x</a>')(broken)
    assert (
        HIDDEN,
        f"{STORY}: nhắc tới bài mẫu “{SAMPLE}”; gửi dòng này cho người phụ trách kỹ thuật; bản đang dùng không đổi",
    ) in broken.errors()


def test_a_map_of_too_many_pages_is_refused(broken: Broken) -> None:
    _many_locations(broken)
    assert any("quá 50000" in line for name, line in broken.errors() if name == MAP)
