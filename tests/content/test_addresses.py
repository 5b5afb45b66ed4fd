"""Old addresses: their spellings, conflicts and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.content.addresses.old import parse_old_addresses
from plugins.content.addresses.urls import readable_url
from plugins.exemplars.model.edition import resolve_address
from plugins.exemplars.pages.plan import plan_signposts
from plugins.markdown.reading import read_body
from plugins.sources.problem import Invalid
from tests.conftest import VOCABULARY

if TYPE_CHECKING:
    from tests.conftest import Project

HERE = "/bai-viet/2020/kenh/"
PAGE = "---\nTiêu đề: Liên hệ\n{}---\nBài.\n"
DOCUMENT = "---\nTiêu đề: Kế hoạch\nCơ quan ban hành: Huyện ủy\n{}---\nBài.\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bai-viet/2019/ten-cu", "/bai-viet/2019/ten-cu/"),
        ("/bai-viet/2019/ten-cu/", "/bai-viet/2019/ten-cu/"),
        ("https://example.vn/bai-viet/2019/ten-cu/", "/bai-viet/2019/ten-cu/"),
        ("www.example.vn/bai-viet/2019/ten-cu/#phan-2", "/bai-viet/2019/ten-cu/"),
        ("content/bai-viet/2019/Tên cũ/bai.md", "/bai-viet/2019/ten-cu/"),
        ("content\\bai-viet\\2019\\ten-cu", "/bai-viet/2019/ten-cu/"),
        ("bai-viet/2019/T%C3%AAn%20c%C5%A9/index.html", "/bai-viet/2019/ten-cu/"),
        ("2019/ten-cu", "/bai-viet/2019/ten-cu/"),
        ("ten-cu", "/bai-viet/2020/ten-cu/"),
        ("Tên cũ", "/bai-viet/2020/ten-cu/"),
        ("ten-cu.md", "/bai-viet/2020/ten-cu/"),
        ("Te\u0302n cu\u0303", "/bai-viet/2020/ten-cu/"),
        ("Cu K'nia", "/bai-viet/2020/cu-knia/"),
        ("/tin-tuc/123/", "/tin-tuc/123/"),
        ("/tin-tuc/Bai-Cu.html", "/tin-tuc/Bai-Cu.html"),
        ("bai-cu.html", "/bai-cu.html"),
        ("content/trang/lien-he-cu.md", "/lien-he-cu/"),
        ("/tin-tuc/bai-cu.htm", "/tin-tuc/bai-cu.htm"),
        ("bai-cu.aspx", "/bai-cu.aspx"),
        ("/Tin/ChiTiet.aspx?id=3&muc=tin", "/Tin/ChiTiet.aspx?id=3&muc=tin"),
        ("https://example.vn/tin.1.2.php?id=3#phan-2", "/tin.1.2.php?id=3"),
        ("https://example.vn/?p=123", "/?p=123"),
        ("/tin?id=3", "/tin?id=3"),
        ("/tai-lieu/ke-hoach.pdf", "/tai-lieu/ke-hoach.pdf"),
    ],
)
def test_an_address_is_understood_however_it_is_written(written: str, meant: str) -> None:
    (old,) = parse_old_addresses(written)
    assert old.beside(HERE) == meant


def test_a_site_of_letters_with_marks_is_known_by_either_name(project: Project) -> None:
    office = "content/danh-muc/co-quan.yaml"
    project.write(office, VOCABULARY["co-quan.yaml"].replace("example.vn\n", "mặttrậncưjút.vn\n").replace("@mặt", "@x"))
    project.write_story(front={"Địa chỉ cũ": "[https://mặttrậncưjút.vn/tin/7.html, www.MẶTTRẬNCƯJÚT.vn/tin/8/]"})
    content = project.load()
    assert (content.problems, content.site_url) == ((), "https://xn--mttrncjt-u5a23piw8mlda.vn")
    # Printed pages have the address as typed.
    assert readable_url(f"{content.site_url}/bai-viet/") == "https://mặttrậncưjút.vn/bai-viet/"
    assert readable_url("http://localhost:8000/a") == "http://localhost:8000/a"
    assert (readable_url(""), readable_url("https://xn--a.vn")) == ("", "https://xn--a.vn")
    moved = project.edition().moved
    assert moved == {"/tin/7.html": HERE, "/tin/8/": HERE}
    assert resolve_address("https://mặttrậncưjút.vn/tin/8/", moved, (), content.site_url) == HERE
    assert resolve_address("https://xn--mttrncjt-u5a23piw8mlda.vn/tin/8/", moved, (), content.site_url) == HERE


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("/tin?3", "không đúng dạng sau dấu hỏi"),
        ('/tin?id="3"', "không đúng dạng sau dấu hỏi"),
        ("/tin/../a.aspx?id=3", "không đúng dạng"),
        ("/tin/.htaccess?id=3", "không đúng dạng"),
        ("/", "là trang chủ"),
        ("https://example.vn/", "là trang chủ"),
        ("../../etc/passwd", "không đúng dạng"),
        ("/tin/../bai/", "không đúng dạng"),
        ("/tin-tuc/bai.exe", "không đúng dạng"),
        ("/tin-tức/bài/", "không đúng dạng"),
        ("/tin/con/", "Windows không cho đặt"),
        ("/.git/", "không đúng dạng"),
        (f"/{'x' * 101}/", "không đúng dạng"),
    ],
)
def test_impossible_addresses_are_refused(written: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_old_addresses(written)
    assert message in refused.value.message


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://khac.vn/bai-viet/2019/x/", 'Địa chỉ cũ "https://khac.vn/bai-viet/2019/x/" không thuộc trang này; '),
        ("kenh", "Địa chỉ cũ /bai-viet/2020/kenh/ chính là địa chỉ hiện nay; "),
        ("2020/cau", "Địa chỉ cũ /bai-viet/2020/cau/ đang là của content/bai-viet/2020/cau/bai.md; "),
        ("/Lien-He/", "Địa chỉ cũ /Lien-He/ đang là của content/trang/lien-he.md; "),
        ("/dan-van-kheo/xa/cu/", "Địa chỉ cũ /dan-van-kheo/xa/cu/ đã dành cho một mục của trang; "),
        ("/bai-viet/trang/2/", "Địa chỉ cũ /bai-viet/trang/2/ đã dành cho một mục của trang; "),
        ("/dinh-chinh/", "Địa chỉ cũ /dinh-chinh/ đã dành cho một mục của trang; "),
        ("/404.html", "Địa chỉ cũ /404.html đã dành cho một mục của trang; "),
        ("cau-cu", "Địa chỉ cũ /bai-viet/2020/cau-cu/ đã được khai ở content/bai-viet/2020/cau/bai.md; "),
        ("2020/da-go", "Địa chỉ cũ /bai-viet/2020/da-go/ đang là của content/bai-viet/2020/da-go/bai.md; "),
    ],
)
def test_an_address_that_cannot_lead_on_is_named_at_its_line(project: Project, written: str, expected: str) -> None:
    project.write("content/trang/lien-he.md", PAGE.format(""))
    project.write_story("cau", front={"Tiêu đề": "Cầu", "Địa chỉ cũ": "cau-cu"})
    project.write_story("da-go", front={"Tiêu đề": "Vườn rau", "Gỡ": "1/3/2021, lý do gia đình xin rút"})
    project.write_story(front={"Địa chỉ cũ": written})
    (problem,) = project.problems()
    assert problem.startswith(f"content/bai-viet/2020/kenh/bai.md:7: {expected}")


def test_two_that_claim_each_others_place_are_both_named_so_no_circle_can_be(project: Project) -> None:
    for one, other in (("kenh", "cau"), ("cau", "kenh")):
        project.write_story(one, front={"Tiêu đề": f"Chuyện {one}", "Địa chỉ cũ": other})
    assert [problem.split(":")[0].split("/")[3] for problem in project.problems()] == ["cau", "kenh"]
    assert project.edition().moved == {}


def test_addresses_with_a_query_are_left_to_servers(project: Project) -> None:
    old = {"/tin.aspx?id=3", "/tin/cu.htm", "/cu.php", "/?p=1"}
    project.write_story(front={"Địa chỉ cũ": f"[{', '.join(sorted(old))}]"})
    project.write_story("vuon", front={"Tiêu đề": "Vườn", "Gỡ": "1/3/2021, xin rút", "Địa chỉ cũ": "/tin.aspx?id=4"})
    assert project.problems() == []
    edition = project.edition()
    assert edition.moved == dict.fromkeys(old, HERE)
    assert [sheet.url for sheet in plan_signposts(edition)] == ["/bai-viet/2020/vuon/"]
    assert [edition.resolve(url) for url in ("/tin.aspx?id=3", "/cu.php#a", "/?p=1")] == [HERE, f"{HERE}#a", HERE]
    assert edition.resolve("/tin.aspx?id=4") is None
    assert edition.resolve("/tin.aspx?id=5") == "/tin.aspx?id=5"


def test_stories_pages_and_documents_are_found_where_they_were(project: Project) -> None:
    project.write_story(front={"Địa chỉ cũ": "\n  - ten-dau\n  - 2019/ten-giua\n  - https://example.vn/tin/7.html"})
    project.write("content/trang/lien-he.md", PAGE.format("Địa chỉ cũ: gop-y\n"))
    project.write("content/van-ban/ke-hoach.md", DOCUMENT.format("Địa chỉ cũ: [kh-59, /vb/59/]\n"))
    project.write_story("mau", front={"Tiêu đề": "Bài mẫu", "Mẫu": "có", "Địa chỉ cũ": "mau-cu"})
    moved = {
        "/bai-viet/2020/ten-dau/": HERE,
        "/bai-viet/2019/ten-giua/": HERE,
        "/tin/7.html": HERE,
        "/gop-y/": "/lien-he/",
        "/van-ban/kh-59/": "/van-ban/ke-hoach/",
        "/vb/59/": "/van-ban/ke-hoach/",
    }
    assert project.problems() == []
    assert project.edition().moved == moved | {"/bai-viet/2020/mau-cu/": "/bai-viet/2020/mau/"}
    assert project.edition(samples=False).moved == moved
    assert {sheet.url: sheet.file for sheet in plan_signposts(project.edition(samples=False))} == {
        url: url[1:] + ("index.html" if url.endswith("/") else "") for url in moved
    }


def test_every_page_of_a_term_under_its_old_id_leads_to_that_of_today(project: Project) -> None:
    for name, identifier, old in (
        ("linh-vuc.yaml", "kinh-te", "lam-an"),
        ("xa.yaml", "nam-dong", "[xa-nam-dong, nd]"),
        ("phong-trao.yaml", "hang-viet", "dung-hang-viet"),
    ):
        file = project.path / "content/danh-muc" / name
        text = file.read_text(encoding="utf-8").replace(f"mã: {identifier}\n", f"mã: {identifier}\n  mã cũ: {old}\n")
        project.write(f"content/danh-muc/{name}", text)
    for number in range(25):
        front = {"Tiêu đề": f"Chuyện {number}", "Phong trào": "dung-hang-viet", "Lĩnh vực": "lam-an", "Xã": "nd"}
        project.write_story(f"chuyen-{number}", front=front)
    assert project.problems() == []
    moved = project.edition().moved
    root, xa = "/dan-van-kheo/", "/dan-van-kheo/xa/"
    expected = {
        f"{root}linh-vuc/lam-an/": f"{root}linh-vuc/kinh-te/",
        f"{root}linh-vuc/lam-an/trang/2/": f"{root}linh-vuc/kinh-te/trang/2/",
        "/phong-trao/dung-hang-viet/": "/phong-trao/hang-viet/",
        "/phong-trao/dung-hang-viet/trang/2/": "/phong-trao/hang-viet/trang/2/",
        "/feeds/linh-vuc-lam-an.atom.xml": "/feeds/linh-vuc-kinh-te.atom.xml",
        f"{xa}nam-dong/lam-an/": f"{xa}nam-dong/kinh-te/",
        f"{xa}nam-dong/lam-an/trang/2/": f"{xa}nam-dong/kinh-te/trang/2/",
    }
    for old in ("xa-nam-dong", "nd"):
        expected |= {
            f"{xa}{old}/": f"{xa}nam-dong/",
            f"{xa}{old}/van-hoa-xa-hoi/": f"{xa}nam-dong/van-hoa-xa-hoi/",
            f"/feeds/xa-{old}.atom.xml": "/feeds/xa-nam-dong.atom.xml",
        }
        for field in ("kinh-te", "lam-an"):
            expected |= {f"{xa}{old}/{field}/{n}": f"{xa}nam-dong/kinh-te/{n}" for n in ("", "trang/2/")}
    for commune in ("ea-tling", "dak-drong", "xa-cu-jut", "xa-nam-dong-2025"):
        expected[f"{xa}{commune}/lam-an/"] = f"{xa}{commune}/kinh-te/"
    # The new commune lists the exemplars of its predecessors.
    expected[f"{xa}xa-nam-dong-2025/lam-an/trang/2/"] = f"{xa}xa-nam-dong-2025/kinh-te/trang/2/"
    assert moved == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("kinh-te", '2: Mã cũ "kinh-te" chính là mã đang dùng; xóa mã cũ ấy'),
        ("van-hoa-xa-hoi", '7: Mã "van-hoa-xa-hoi" đã dùng ở dòng 2; đổi một trong hai mã'),
        ("Kinh Tế", '2: Mã "Kinh Tế" không hợp lệ; chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ kinh-te'),
    ],
)
def test_an_old_id_belongs_to_one_term(project: Project, old: str, expected: str) -> None:
    path = "content/danh-muc/linh-vuc.yaml"
    text = (project.path / path).read_text(encoding="utf-8")
    project.write(path, text.replace("mã: kinh-te\n", f"mã: kinh-te\n  mã cũ: {old}\n"))
    assert project.problems() == [f"{path}:{expected}"]


@pytest.mark.parametrize(
    ("link", "mended"),
    [
        ('<a href="/cu/">chữ</a>', '<a href="/moi/">chữ</a>'),
        ('<a href="/cu/#phan" title="a &gt; b">chữ</a>', '<a href="/moi/#phan" title="a &gt; b">chữ</a>'),
        ('<a href="https://example.vn/cu">chữ</a>', '<a href="/moi/">chữ</a>'),
        ('<a href="/go/"><em>chữ</em></a> và <a href="/x/">x</a>', '<em>chữ</em> và <a href="/x/">x</a>'),
        ('<a title="t" href="http://www.example.vn/go/index.html?a=1&amp;b=2#c">chữ</a>', "chữ"),
        ('<a href="/g%6f/">chữ</a>', "chữ"),
        ('<a href="https://khac.vn/go/">chữ</a>', '<a href="https://khac.vn/go/">chữ</a>'),
        ('<a href="mailto:a@b.vn">thư</a>', '<a href="mailto:a@b.vn">thư</a>'),
        ('<a href="http://[hỏng/">chữ</a>', "<a>chữ</a>"),
    ],
)
def test_links_in_bodies_follow_moves_and_drop_withdrawn_targets(link: str, mended: str) -> None:
    def lead(href: str) -> str | None:
        return resolve_address(href, {"/cu/": "/moi/"}, {"/go/"}, "https://example.vn")

    assert read_body(link).html({}, lambda _: None, lead) == f"<p>{mended}</p>"


def test_a_body_is_mended_whether_its_link_is_typed_as_markdown_or_html(project: Project) -> None:
    project.write_story("moi", front={"Tiêu đề": "Bài mới", "Địa chỉ cũ": "cu"})
    project.write_story("da-go", front={"Tiêu đề": "Vườn rau", "Gỡ": "1/3/2021, lý do gia đình xin rút"})
    body = (
        "[cũ](/bai-viet/2020/cu/), [gỡ](/bai-viet/2020/da-go/), [nguồn]({filename}../da-go/bai.md)\n\n"
        '<p><a href="https://example.vn/bai-viet/2020/da-go/">thẻ</a></p>\n'
    )
    path = project.write_story(body=body)
    edition = project.edition()
    html = edition.html(edition.sources[path])
    assert html == '<p><a href="/bai-viet/2020/moi/">cũ</a>, gỡ, <span>nguồn</span></p>\n<p>thẻ</p>'
