"""The staff handbook: every page, table, search and link to the paragraph that explains a problem."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl
from zipfile import ZipFile

import pytest
from invoke import Collection

import tasks
from plugins.content.registers.columns import act_columns, paper_columns, register_columns
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.offices import OFFICE_KEYS
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.language.advice import RULES
from plugins.preview.addresses import HANDBOOK_URL, WHOLE_HANDBOOK_URL
from plugins.preview.handbook import book, pages, places
from plugins.preview.handbook.searching import search
from plugins.preview.live.site import LiveSite
from plugins.preview.serving.exchange import Request, refuse
from plugins.preview.serving.routes import answer
from plugins.sources.problem import Invalid, Level, Problem
from plugins.staff_program import read_tasks
from tests.browser.handbook import MOST_BYTES, PAPERS_TAKEN, PICTURES_TAKEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Project

NOTHING = Vocabulary()
CHAPTERS = book.chapters()
HTML = {chapter.slug: book.chapter_html(chapter, NOTHING) for chapter in CHAPTERS}
IDS = Counter(re.findall(r' id="([^"]+)"', "".join(HTML.values())))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> LiveSite:
    """Return a site that has not been read: the handbook asks for nothing of it but its words."""
    return LiveSite(tmp_path_factory.mktemp("trang"))


def get(site: LiveSite, address: str, **query: str) -> str:
    found = answer("GET", Request(site, address, query))
    assert found.status is HTTPStatus.OK
    return found.body.decode()


def test_every_chapter_is_a_page_and_listed(site: LiveSite) -> None:
    listed = get(site, HANDBOOK_URL)
    assert len(CHAPTERS) > 15
    for chapter in CHAPTERS:
        address = f"{HANDBOOK_URL}{chapter.slug}/"
        assert f'href="{address}"' in listed
        page = get(site, address)
        assert f"<h1>{chapter.title}</h1>" in page
        assert "<script" not in page


def test_an_id_stands_once_in_all_chapters_and_every_link_leads_to_one() -> None:
    assert [name for name, times in IDS.items() if times > 1] == []
    pages = {f"../{chapter.slug}/" for chapter in CHAPTERS}
    for slug, html in HTML.items():
        for href in re.findall(r'href="([^"]+)"', html):
            page, _, anchor = href.partition("#")
            assert page in {"", *pages} or page.startswith("https://"), (slug, href)
            assert not anchor or anchor in IDS, (slug, href)


def test_the_whole_book_leads_within_itself(site: LiveSite) -> None:
    page = get(site, WHOLE_HANDBOOK_URL)
    assert [name for name, times in Counter(re.findall(r' id="([^"]+)"', page)).items() if times > 1] == []
    assert {href[1:] for href in re.findall(r'href="(#[^"]+)"', page)} <= {*re.findall(r' id="([^"]+)"', page)}
    assert page.count('<section class="chapter">') == len(CHAPTERS)


def test_every_declaration_has_its_row() -> None:
    wanted = {book.row_anchor("lenh", name) for name in Collection.from_module(tasks).task_names}
    for _, keys in book.OF_KEYS.values():
        assert keys(NOTHING)
    wanted |= {
        book.row_anchor(prefix, key.attribute) for prefix, keys in book.OF_KEYS.values() for key in keys(NOTHING)
    }
    wanted |= {book.advice_anchor(name) for name in RULES}
    assert wanted <= IDS.keys()
    assert not any("[[bảng" in html for html in HTML.values())


@pytest.mark.parametrize(
    "keys", [story_keys(NOTHING), OFFICE_KEYS, register_columns(NOTHING), act_columns(), paper_columns(NOTHING)]
)
def test_a_row_says_what_its_declaration_says(keys: tuple[book.Key, ...]) -> None:
    text = " ".join(block.text for block in book.blocks(NOTHING))
    for key in keys:
        assert " ".join(key.help.split()).replace('"', "”")[:20] in text.replace("“", "”"), key.name


def test_a_command_has_its_help_and_options() -> None:
    # As `inv preview` does before the handbook is read: invoke empties the help of the tasks that it parses.
    Collection.from_module(tasks).to_contexts()
    text = " ".join(block.text for block in book.blocks(NOTHING))
    assert read_tasks()["build"].help.keys() == {"plain", "date"}
    for task in read_tasks().values():
        for option, told in (task.help or {}).items():
            assert told.removeprefix(f"--no-{option}: ")[:30] in text, (task.name, option)
            assert f"--{option}" in text or f"--no-{option}" in text


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError):
        book.fill_tables("Chữ.\n\n[[bảng: mục của gió]]\n", NOTHING)


@pytest.mark.parametrize("query", ["mô tả ảnh", "mo ta anh", "MO TA ANH", "mo\u0302 ta\u0309 a\u0309nh"])
def test_a_search_goes_without_marks(query: str) -> None:
    hits = search(query, NOTHING)
    assert "muc-bai-photo-alt" in {hit.block.anchor for hit in hits}
    assert all("<mark>" in hit.marked for hit in hits)


def test_what_is_typed_with_marks_comes_first() -> None:
    first = search("gỡ bài", NOTHING)[0].block
    assert "gỡ bài" in first.text.casefold()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("anh mo", "Ảnh mờ"),
        ("anh qua nang", "Ảnh quá nặng"),
        ("chen anh", "Chèn ảnh"),
        ("sua bai da dang", "Sửa bài đã đăng"),
        ("xa sap nhap", "Xã sáp nhập"),
        ("doi ten xa", "đổi tên xã"),
        ("in bao cao", "In báo cáo"),
        ("lay lai ban cu", "Lấy lại bản cũ"),
        ("khong luu duoc", "Không lưu được"),
        ("mat bai", "Mất bài"),
        ("xoa bai", "xóa bài"),
        ("ky ten", "Ký tên"),
        ("dong dau", "đóng dấu"),
        ("excel bi khoa", "Excel bị khóa"),
        ("nhac xa nop bao cao", "Nhắc xã nộp"),
        ("lam sao dua bai len mang", "Đưa lên mạng"),
        ("go bai", "Gỡ bài"),
        ("sao luu", "Sao lưu"),
        ("may bi treo", "Máy bị treo"),
        ("doi anh dai dien", "Đổi ảnh đại diện"),
        ("tim nguoi ky don", "đã ký đơn"),
        ("in giay khen", "In giấy khen"),
        ("phong chu bi loi", "Phông chữ bị lỗi"),
        ("lam sao dang bai len trang", "đăng bài lên trang"),
        ("sao bai cua em khong hien tren mang", "chưa thấy, bài không hiện"),
        ("lo tay xoa mat bai thi lam the nao", "lỡ xóa bài"),
        ("quen mat khau", "Quên mật khẩu"),
        ("man hinh den la gi co tat duoc khong", "Cửa sổ đen là gì"),
        ("lo tat cua so den roi", "Lỡ tay tắt"),
        ("mo xem thu khong duoc", "Không mở được trang"),
        ("may chay cham qua", "Máy chạy chậm"),
        ("anh bi quay ngang", "Xoay ảnh nằm ngang"),
        ("anh chup bang iphone khong nhan", "Ảnh iPhone"),
        ("cat bot anh", "cắt ảnh"),
        ("them anh vao bai kieu gi", "thêm ảnh vào giữa bài"),
        ("gui bai len tinh nhu the nao", "Bấm Gửi tin bài"),
        ("lam sao biet xa nao chua nop", "xã nào chưa nộp"),
        ("excel xa gui ve bi sai cot", "bị sai cột"),
        ("so dien thoai cua nguoi dan co can che khong", "đồng ý cho đăng số"),
        ("dang anh tre em co duoc khong", "Đăng ảnh trẻ em"),
        ("ghi nham ten nguoi trong bai da dang", "trước ghi nhầm"),
        ("muon go bai xuong", "Gỡ bài xuống"),
        ("hai nguoi cung sua mot bai", "Hai người cùng sửa"),
        ("may hong thi con bai khong", "Máy hỏng"),
        ("go khong duoc tieng viet", "Không gõ được tiếng Việt"),
        ("bao cao 6 thang lam o dau", "Báo cáo 6 tháng"),
        ("copy tu word sang bi mat bang", "Dán từ Word bị mất"),
        ("doi nguoi ky trong cong van", "Đổi người ký"),
        ("laptop bi do khong bam duoc gi", "đơ, đứng hình"),
        ("up bai len web", "đăng bài lên trang"),
        ("hinh mo", "Ảnh mờ"),
        ("them clip", "Thêm video"),
        ("file dang mo khong ghi duoc", "Tệp đang mở"),
        ("doi sdt co quan", "Đổi số điện thoại"),
    ],
)
def test_a_question_of_staff_is_answered_among_the_first_three(query: str, words: str) -> None:
    assert any(words in hit.block.text for hit in search(query, NOTHING)[:3])


@pytest.mark.parametrize("query", ["<script>", "%", "\0", "a" * 10_000, "anh " * 5_000, "“”", "\u0301", "⁠"])
def test_a_hostile_search_is_answered(site: LiveSite, query: str) -> None:
    page = get(site, HANDBOOK_URL, tim=query)
    assert "<script>" not in page
    assert "Không có đoạn nào" in page or "<mark>" in page or not query.strip()


def test_a_search_finds_nothing_by_words_that_no_paragraph_has() -> None:
    assert search("ảnh của qwertyuiop", NOTHING) == []


def test_every_table_has_a_name() -> None:
    assert [slug for slug, html in HTML.items() if 'aria-label="Bảng: "' in html] == []


def test_results_lead_to_paragraphs_and_nothing_found_is_said(site: LiveSite) -> None:
    page = get(site, HANDBOOK_URL, tim="phiếu đồng ý")
    hrefs = re.findall(rf'<a href="{HANDBOOK_URL}([a-z-]+)/#([^"]+)">[^<]*</a><br>', page)
    assert hrefs
    assert all(anchor in IDS for _, anchor in hrefs)
    assert "Không có đoạn nào" in get(site, HANDBOOK_URL, tim="xe lửa siêu tốc")
    assert "&lt;b&gt;" in get(site, HANDBOOK_URL, tim="<b>")


def anchor_of(path: str, message: str) -> str:
    return places.find_link(Problem(path, 1, message, "")).url.partition("#")[2]


def test_every_rule_of_places_leads_to_an_id() -> None:
    anchors = [anchor for _, _, anchor in (*places.KINDS, *places.FILES)]
    assert [anchor for anchor in anchors if anchor not in IDS] == []


@pytest.mark.parametrize(
    ("path", "message", "anchor"),
    [
        ("content/bai-viet/2020/a/bai.md", 'Thiếu mục "Tiêu đề"', "muc-bai-title"),
        ("content/bai-viet/2020/a/bai.md", 'Thiếu mục "Mô tả ảnh"', "muc-bai-photo-alt"),
        (
            "content/bai-viet/2020/a/bai.md",
            'Ngày "31/9/2020" không có thật: tháng 9 năm 2020 chỉ có 30 ngày',
            "muc-ngay-thang-khong-dung",
        ),
        (
            "content/bai-viet/2020/a/bai.md",
            'Xã "Đắk D’rong" không có trong danh mục',
            "muc-ten-khong-co-trong-danh-muc",
        ),
        ("content/bai-viet/2020/a/bai.md", "Nên xem lại (dấu câu): có dấu cách", "muc-nhac-dau-cau"),
        ("content/bai-viet/2020/a/bai.md", 'Biểu dương "x" không đúng dạng', "muc-bai-commendations"),
        ("content/bai-viet/2020/a/bai.md", 'Kết quả "Windows, phím Tab" không đúng dạng', "muc-bai-results"),
        ("content/bai-viet/2020/a/anh.jpg", "Ảnh hỏng, không mở được trọn vẹn", "muc-anh-may-khong-nhan"),
        ("content/bai-viet/2020/a/bai.md", 'Đồng ý "đã ký" không phải số phiếu', "muc-bai-consent"),
        ("content/bai-viet/2020/a/bai.md", "Có phím Tab thụt đầu dòng", "muc-phim-tab"),
        ("content/dang-ky/2020.csv", 'Thiếu "Tên mô hình"', "muc-dang-ky-name"),
        ("content/dang-ky/2020-viec.csv", 'Số phiếu "50/48" không đúng', "muc-viec-votes"),
        ("content/theo-doi/2020.csv", 'Thiếu "Ngày nhận"', "muc-theo-doi-received-on"),
        ("content/danh-muc/co-quan.yaml", 'Thiếu mục "điện thoại"', "muc-co-quan-phone"),
        ("content/danh-muc/ke-hoach.yaml", 'Hạn "mai" không rõ', "muc-thoi-han-cua-nam"),
        ("theme/templates/base.html", "Mẫu trang viết sai (x)", "muc-ma-mau-kieu-cua-trang-bi-loi"),
        ("gì đó", "điều chưa ai nghĩ tới", "muc-doc-mot-dong-loi"),
    ],
)
def test_a_problem_leads_to_its_paragraph(path: str, message: str, anchor: str) -> None:
    assert anchor in IDS
    assert anchor_of(path, message) == anchor


def test_pages_of_the_preview_link_each_problem(project: Project) -> None:
    project.write("content/bai-viet/2020/kenh/bai.md", "---\nTiêu đề: Kênh\nNgày: 31/9/2020\n---\nChữ.\n")
    site = LiveSite(project.path)
    site.open()
    desk = get(site, "/_ban-bien-tap/")
    errors = [problem for problem in site.problems if problem.level is Level.ERROR]
    assert errors
    for problem in errors:
        assert places.find_link(problem).url in desk


@pytest.mark.parametrize(
    ("message", "anchor"),
    [
        ("Bài này đã đăng nên không xóa được", "muc-go-bai"),
        ("Tệp đã được sửa ở nơi khác từ lúc mở nên chưa lưu", "muc-luu-va-cac-ban-truoc"),
        ("Không ghi được content/bai-viet/2020/a/bai.md: ổ đĩa hết chỗ", "muc-tep-dang-bi-giu"),
        ('Đã có bài khác ở địa chỉ "kenh"', "muc-doi-dia-chi"),
        ("Ảnh động, trang chỉ hiện ảnh đứng yên", "muc-anh-may-khong-nhan"),
        ("Đoạn chép nặng quá 2 MB", "muc-qua-dai-qua-nang-long-nhau-qua-sau"),
        ("Tên tệp “a?.csv” không dùng được trên Windows", "muc-ten-khong-dung-duoc-tren-windows"),
        ("Phần khai báo viết theo cách mà biểu mẫu không đọc được", "muc-phan-khai-bao-o-dau-tep"),
        ("Dòng 3: ngoặc kép mở mà không đóng", "muc-dau-hai-cham-dau-nhay-trong-mot-muc"),
        ("Trang gửi lên không đúng dạng", "nguoi-dung-hay-hoi-khong-luu-duoc-bai"),
        ("Điều chưa ai nghĩ tới", "muc-luu-va-cac-ban-truoc"),
    ],
)
def test_a_refusal_leads_to_its_paragraph(site: LiveSite, message: str, anchor: str) -> None:
    assert anchor in IDS
    refused = json.loads(refuse(Invalid(message, "làm lại")).body)
    assert refused["handbook"].partition("#")[2] == anchor
    assert refused["explained"].startswith("Sổ tay: ")


def test_the_page_of_a_file_that_is_not_shown_leads_to_the_handbook(site: LiveSite) -> None:
    found = answer("GET", Request(site, "/_xem-thu/sua", {"tep": "content/bai-viet/2020/a/bai.md"}))
    links = re.findall(rf'class="handbook" href="{HANDBOOK_URL}([^"]+)">Sổ tay: ([^<]+)<', found.body.decode())
    assert found.status is HTTPStatus.NOT_FOUND
    assert links == [("nguoi-dung-hay-hoi/#nguoi-dung-hay-hoi-mat-bai-lo-xoa-bai", "Mất bài, lỡ xóa bài")]


def test_a_script_leads_to_a_paragraph_that_is_there() -> None:
    scripts = "".join(file.read_text(encoding="utf-8") for file in (book.FOLDER.parent / "static").glob("*.js"))
    anchors = re.findall(rf"{HANDBOOK_URL}[^#\"]*#([^\"]+)", scripts)
    assert anchors
    assert [anchor for anchor in anchors if anchor not in IDS] == []


def pictures() -> list[tuple[str, str, str]]:
    """Return each picture that a chapter shows: what it says aloud, its file, and its caption."""
    source = "".join(chapter.source for chapter in CHAPTERS)
    return re.findall(r'!\[([^\]]+)\]\(anh/([\w.-]+\.webp) "([^"]+)"\)', source)


def test_each_picture_is_there_light_told_apart_and_taken_by_the_task() -> None:
    told = pictures()
    assert (
        {name for _, name, _ in told}
        == {file.name for file in book.PICTURES.iterdir()}
        == {*PICTURES_TAKEN, *PAPERS_TAKEN}
    )
    assert len({alt for alt, _, _ in told}) == len(told) > 5
    for _, name, _ in told:
        assert (book.PICTURES / name).stat().st_size <= MOST_BYTES, name


def strip(markup: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup.decode())).split())


def read_office_file(file: Path) -> str:
    with ZipFile(file) as package:
        return " ".join(strip(package.read(name)) for name in package.namelist() if name.endswith(".xml"))


def test_the_page_of_a_picture_still_has_the_words_that_its_caption_quotes(live: LiveSite) -> None:
    for _, name, caption in pictures():
        if paper := PAPERS_TAKEN.get(name):
            words = read_office_file(paper.make(live.project))
        else:
            address, _, query = PICTURES_TAKEN[name].address.partition("?")
            words = strip(answer("GET", Request(live, address, dict(parse_qsl(query)))).body)
        quoted = re.findall("“([^”]+)”", caption)
        assert quoted, name
        assert [label for label in quoted if label not in words] == [], name


def test_a_picture_is_served(site: LiveSite) -> None:
    found = answer("GET", Request(site, book.picture_url("bieu-mau.webp")))
    assert (found.kind, found.body[8:12]) == ("image/webp", b"WEBP")
    assert 'alt="Biểu mẫu của một bài' in get(site, f"{HANDBOOK_URL}viet-bai/")


def test_the_handbook_is_written_as_one_file_that_needs_no_other(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pages, "find_browser", lambda: None)
    assert pages.write_handbook(project.path) == 0
    assert capsys.readouterr().out == "Đã ghi so-tay/so-tay.html\n"
    page = (project.path / "so-tay/so-tay.html").read_text(encoding="utf-8")
    asked = re.findall(r'(?:src|href)="([^"#][^"]*)"|url\(([^)]+)\)', page)
    assert {a or b for a, b in asked if not (a or b).startswith(("data:", "https://rclone.org"))} == set()
    assert page.count("data:image/webp") == len(pictures())


def bad_stories() -> Iterator[str]:
    """Yield stories that are each wrong in one way: a key's value, the front matter, or the body."""
    sound = {"Tiêu đề": "Kênh", "Ngày": "19/8/2020", "Trạng thái": "đăng"}
    for key in story_keys(NOTHING):
        for value in (
            "",
            "x|y|z|w",
            "31/9/2020",
            "[a",
            '"a',
            "a: b",
            "a #b",
            "*a",
            "- a",
            "Không có ở đâu",
            "xấu.exe",
            "99",
        ):
            front = sound | {"Loại": "Cá nhân"} | {key.name: value}
            yield "\n".join(["---", *(f"{name}: {said}" for name, said in front.items()), "---", "Bài."])
    front = "---\nTiêu đề: Kênh\nNgày: 19/8/2020\n---\n"
    yield from ("", "Chữ không mục.", "---\nTiêu đề: A\n", "---\n\tTiêu đề: A\n---\n", front, f"{front}[a](b.md)")
    yield from (f"{front}![](khong-co.jpg)", f"{front}<div>x</div>", f"{front}TINH THẦN ĐOÀN KẾT , gọi 0912345678.")
    yield from (
        f"{front}{'*' * 40_000}",
        f"{front}a\u202eb",
        f"{front}a\x07b",
        "---\nTieu: A\nTiêu đề: B\nTiêu đề: C\n---\nA",
    )


def bad_tables() -> Iterator[tuple[str, str]]:
    """Yield registers and vocabularies with a bad cell, heading or value, by path."""
    for path, columns in (
        ("dang-ky/2020.csv", register_columns(NOTHING)),
        ("dang-ky/2020-viec.csv", act_columns()),
        ("theo-doi/2020.csv", paper_columns(NOTHING)),
    ):
        sound = {key.name: key.example or "Đường hoa" for key in columns}
        for value in ("", "31/9/2020", "như trên", "#REF!", "1,2E+11", "không có", '"'):
            rows = [[value if other == name else said for other, said in sound.items()] for name in sound]
            yield f"content/{path}", "\n".join(";".join(row) for row in ([*sound], *rows))
        for name in sound:
            yield f"content/{path}", ";".join(column for column in sound if column != name) + "\nx\n"
    for name, (prefix, keys) in book.OF_KEYS.items():
        if (path := f"content/danh-muc/{prefix}.yaml") in YAML_FILES:
            for key in keys(NOTHING):
                yield from ((path, f"- {key.name}: {value}\n") for value in ("", "không có", "[a", "31/9/2020"))
            yield path, f"{name}\n"


YAML_FILES = {
    f"content/danh-muc/{name}.yaml" for name in ("co-quan", "linh-vuc", "xa", "phong-trao", "ke-hoach", "lich", "nguon")
}


def test_every_problem_of_many_bad_inputs_leads_to_a_paragraph(project: Project) -> None:
    met = Counter[str]()
    for number, text in enumerate(bad_stories()):
        project.write(f"content/bai-viet/2020/xau-{number}/bai.md", text)
    project.write("content/bai-viet/2020/xau-anh/anh.jpg", b"khong phai anh")
    project.write("content/bai-viet/2020/lac.txt", "x")
    project.write("content/bai-viet/2020/utf/bai.md", "Tiêu đề".encode("utf-16"))
    problems = [*project.load().problems]
    shutil.rmtree(project.path / "content/bai-viet")
    for path, text in bad_tables():
        file = project.path / path
        kept = file.read_bytes() if file.is_file() else None
        project.write(path, text)
        problems += project.load().problems
        file.unlink() if kept is None else file.write_bytes(kept)
    for problem in {*problems}:
        page, _, anchor = places.find_link(problem).url.partition("#")
        assert anchor in IDS, problem
        assert page.removeprefix(HANDBOOK_URL).strip("/") in HTML, problem
        met[anchor] += 1
    assert len({problem.message for problem in problems}) > 300
    assert len(met) > 60
    # Nothing of the content is explained by no more than how to read a line.
    assert not [
        one
        for one in problems
        if one.path.startswith("content/") and anchor_of(one.path, one.message) == "muc-doc-mot-dong-loi"
    ]


def test_a_chapter_read_as_a_file_leads_to_files() -> None:
    for file in book.FOLDER.glob("*.md"):
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", prose):
            assert target.startswith("https://") or (book.FOLDER / target).is_file(), (file.name, target)
