"""The printed bulletin, sheet by sheet, and the messages for staff."""

from __future__ import annotations

import os
import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from plugins.bulletin import browser, command
from plugins.bulletin.browser import find_browser
from plugins.bulletin.layout import build_bulletin, render_bulletin
from plugins.bulletin.period import parse_period
from plugins.exemplars.model.edition import select_edition
from tests.conftest import VOCABULARY, make_image
from tests.held import UNREAD, holding
from tests.loading import load
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugins.content.stories.story import Story
    from tests.conftest import Project

SHEET = (595, 842)  # A4 in points
HEAD, FOOT = 55, 50  # of the margins, in points
MASTHEAD = "Bản tin Mặt trận Tổ quốc Việt Nam xã Cư Jút"
SMALL = "Bản tin MTTQ huyện Cư Jút"  # that of the small project


class Printed(NamedTuple):
    """A bulletin, the output of the command, the stories that belong in it, and the text of each sheet."""

    data: bytes
    run: checkout.Run
    stories: list[Story]
    sheets: list[str]


def need_browser() -> None:
    if find_browser() is None:
        told = pytest.fail if os.environ.get("CI") else pytest.skip
        told("không có Chromium, Chrome hay Edge để in: cài gói chromium")


def squeeze(text: str) -> str:
    """Return the text without spaces and line ends: where a line breaks is the printer's affair."""
    return "".join(text.replace("\ufffe", "-").split())


def read_sheets(data: bytes) -> list[str]:
    """Return the squeezed text of each sheet without its margins."""
    document = pypdfium2.PdfDocument(data)
    return [
        squeeze(sheet.get_textpage().get_text_bounded(bottom=FOOT, top=sheet.get_height() - HEAD)) for sheet in document
    ]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Three years of the shipped stories and of the extra ones: photos, a gallery, notes, tables, a draft, news."""
    need_browser()
    project = checkout.copy_project(tmp_path_factory.mktemp("printed"))
    checkout.add_stories(project)
    checkout.fill_in_office(project)
    run = checkout.run(project, "bulletin", "--from", "2023-11-01", "--to", "31/12/2026", "--output", "Bản tin.pdf")
    assert run.code == 0, run.stdout + run.stderr
    data = (project / "Bản tin.pdf").read_bytes()
    edition = select_edition(load(project), drafts=False, samples=True)
    stories = [story for story in edition.index.stories if story.date >= date(2023, 11, 1)]
    return Printed(data, run, stories, read_sheets(data))


def test_the_contents_name_the_sheet_on_which_each_story_begins(printed: Printed) -> None:
    """A title comes first in the contents, with a number, and last above its story."""
    whole = "".join(printed.sheets)
    for story in printed.stories:
        title = squeeze(story.title)
        found = re.search(re.escape(title) + r"(\d+)(?=\D)", whole)
        assert found, story.title
        begins = max(number for number, text in enumerate(printed.sheets, 1) if title in text)
        assert int(found[1]) == begins, story.title
    assert len(printed.stories) > 20


def test_every_sheet_is_a4_with_its_number_and_but_for_the_first_a_running_title(printed: Printed) -> None:
    document = pypdfium2.PdfDocument(printed.data)
    for number, sheet in enumerate(document, 1):
        assert tuple(map(round, sheet.get_size())) == SHEET
        text = sheet.get_textpage()
        assert text.get_text_bounded(top=FOOT).strip() == str(number)
        above = squeeze(text.get_text_bounded(bottom=sheet.get_height() - HEAD))
        running = squeeze(f"{MASTHEAD}Từ 1/11/2023 đến 31/12/2026")
        assert (running in above) == (number > 1)


def test_the_first_sheet_has_the_masthead_and_the_last_the_imprint(printed: Printed) -> None:
    whole = printed.sheets[-1]
    assert printed.sheets[0].startswith(squeeze("BẢN TIN Mặt trận Tổ quốc Việt Nam xã Cư Jút Ủy ban Mặt trận"))
    assert "Thôngtincôngtác" not in printed.sheets[0]
    assert squeeze("Từ 1/11/2023 đến 31/12/2026") in printed.sheets[0]
    for name, value in checkout.FILLED_OFFICE.items():
        assert squeeze(value) in whole or name in ("tên gọn", "cấp", "địa bàn")
    assert squeeze("Phụ trách đến hết ngày 30/6/2025: Ủy ban Mặt trận Tổ quốc Việt Nam huyện Cư Jút") in whole


def test_each_story_is_there_whole(printed: Printed) -> None:
    whole = "".join(printed.sheets)
    for story in printed.stories:
        shown = [story.summary, story.photo_caption, *(photo.caption for photo in story.gallery)]
        if story.is_exemplar:
            shown += [text for result in story.results for text in (result.quantity, result.label)]
            shown += [act.title for act in story.honors]
        assert [text for text in shown if squeeze(text) not in whole] == [], story.slug
        # Plain paragraphs; one that goes on overleaf is still in one piece, since the margins were left out.
        plain = [
            block for block in story.body.source.split("\n\n") if re.fullmatch(r"[\w“][^*_`\[\]<>|#\n\"']*", block)
        ]
        missing = [block for block in plain if squeeze(block) not in whole]
        assert missing == [], story.slug


def test_drafts_stay_out_and_samples_are_marked(printed: Printed) -> None:
    whole = "".join(printed.sheets)
    assert squeeze(checkout.DRAFT_TITLE) not in whole
    samples = sum(story.sample for story in printed.stories)
    assert whole.count(squeeze("Bài mẫu. Viết để minh họa")) == samples > 15
    assert f"Có {samples} bài mẫu" in printed.run.stdout


def test_photos_are_sharp_on_paper_and_carry_nothing_but_the_picture(printed: Printed) -> None:
    objects = [
        value.get_object()
        for page in PdfReader(BytesIO(printed.data)).pages
        for value in page["/Resources"].get("/XObject", {}).values()
    ]
    images = {image.indirect_reference: image for image in objects if image["/Subtype"] == "/Image"}.values()
    assert len(images) >= sum(story.photo is not None for story in printed.stories)
    assert min(max(image["/Width"], image["/Height"]) for image in images) >= 800
    assert b"CameraOwner" not in printed.data
    assert "Máy của cô Hoa".encode() not in printed.data
    # The one phone photo: taken with the phone on its side, printed upright, red above blue.
    upright = next(image for image in images if image["/Height"] > image["/Width"])
    picture = Image.open(BytesIO(upright._data)).convert("RGB")
    top, bottom = (picture.getpixel((20, y)) for y in (20, picture.height - 20))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


def test_only_the_fonts_of_the_theme_are_used_and_all_are_in_the_file(printed: Printed) -> None:
    names = set()
    for page in PdfReader(BytesIO(printed.data)).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            names.add(inner["/BaseFont"].partition("+")[2])
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
    assert names == {"BeVietnamPro-Regular", "BeVietnamPro-Bold", "NotoSans-Regular"}


def test_no_link_leads_into_this_machine_and_the_contents_lead_to_their_stories(printed: Printed) -> None:
    reader = PdfReader(BytesIO(printed.data))
    annotations = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    addresses = [note["/A"]["/URI"] for note in annotations if "/URI" in note.get("/A", {})]
    assert [address for address in addresses if not address.startswith("https://")] == []
    within = {str(note["/Dest"]).lstrip("/") for note in annotations if "/Dest" in note}
    assert within == {story.slug for story in printed.stories}


@pytest.fixture
def print_bulletin(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """Run the command in a small project. Return its exit code and output."""
    # The same Chromium without windows starts in a fifth of the work; `printed` is by the one that staff have.
    monkeypatch.setattr(browser, "_NAMES", f"chromium-headless-shell {browser._NAMES}")

    def run(first: str = "1/1/2020", last: str = "31/12/2020", output: str = "", size: str = "") -> tuple[int, str]:
        code = command.write_bulletin(project.path, first, last, output, size)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_the_office_names_its_bulletin_and_says_where_it_is_printed(
    project: Project, print_bulletin: Callable[..., tuple[int, str]]
) -> None:
    need_browser()
    facts = {"tên bản tin": 'Bản tin "Đoàn kết" <Cư Jút>', "giấy phép bản tin": "12/GP-XBBT", "số lượng in": "300 bản"}
    more = "".join(f"{key}: '{value}'\n" for key, value in facts.items())
    project.write("content/danh-muc/co-quan.yaml", VOCABULARY["co-quan.yaml"] + more)
    project.write_story(body="Bà con bàn nhau làm kênh mương nội đồng. " * 600)
    code, said = print_bulletin(output="so-1.pdf")
    assert code == 0
    assert "Cuối bản in để chấm: Chịu trách nhiệm xuất bản, Nơi in, Kỳ hạn xuất bản; ghi vào co-quan.yaml" in said
    document = pypdfium2.PdfDocument((project.path / "so-1.pdf").read_bytes())
    texts = [squeeze(sheet.get_textpage().get_text_bounded()) for sheet in document]
    assert len(texts) > 2
    assert texts[0].removeprefix("1").startswith(squeeze('BẢN TIN "Đoàn kết" <Cư Jút>'))
    assert [squeeze(facts["tên bản tin"]) in text for text in texts] == [False] + [True] * (len(texts) - 1)
    assert squeeze("Giấy phép xuất bản bản tin: 12/GP-XBBT") in texts[-1]
    assert squeeze("Số lượng in: 300 bản") in texts[-1]
    assert squeeze("Nơi in: .........") in texts[-1]


def test_an_issue_ignores_later_events(project: Project, print_bulletin: Callable[..., tuple[int, str]]) -> None:
    need_browser()
    district = "".join(f"  {line}\n" for line in VOCABULARY["co-quan.yaml"].splitlines())
    commune = district.replace("huyện", "xã")
    lives = f"-\n{district}  đến ngày: 30/6/2025\n-\n{commune}  từ ngày: 1/7/2025\n"
    project.write("content/danh-muc/co-quan.yaml", lives)
    project.write_story()
    project.write_story("moi", front={"Tiêu đề": "Kênh mới", "Ngày": "1/8/2025"})
    assert print_bulletin(output="truoc.pdf")[0] == 0
    before = "".join(read_sheets((project.path / "truoc.pdf").read_bytes()))
    assert squeeze("Kênh về thôn 3, xã Nam Dong") in before
    for later in ("Kế tục", "nay thuộc", "Nam Dong cũ", "2025"):
        assert squeeze(later) not in before
    assert print_bulletin("1/1/2020", "31/12/2025", "sau.pdf")[0] == 0
    after = "".join(read_sheets((project.path / "sau.pdf").read_bytes()))
    assert squeeze("Kênh về thôn 3, xã Nam Dong cũ (nay thuộc xã Nam Dong mới)") in after
    assert squeeze("Kênh mới, xã Nam Dong mới") in after


def test_it_is_printed_on_the_paper_that_is_asked_for(
    printed: Printed, project: Project, print_bulletin: Callable[..., tuple[int, str]]
) -> None:
    assert "trang khổ A4." in printed.run.stdout
    project.write_story()
    code, said = print_bulletin(output="so-1.pdf", size="19 × 27 cm")
    assert code == 0
    assert "trang khổ 19 × 27 cm." in said
    sheets = pypdfium2.PdfDocument((project.path / "so-1.pdf").read_bytes())
    assert {tuple(map(round, sheet.get_size())) for sheet in sheets} == {(539, 765)}


@pytest.mark.parametrize(
    ("asked", "paper"), [("", "A4"), ("a4", "A4"), ("19x27", "19x27"), ("19 × 27 cm", "19x27"), ("19X27CM", "19x27")]
)
def test_a_paper_is_asked_for_as_people_write_it(asked: str, paper: str) -> None:
    assert command._parse_paper(asked) == paper


def files(project: Project) -> list[str]:
    return sorted(file.name for file in project.path.glob("*.pdf"))


def test_the_same_stories_give_the_same_bytes(project: Project, print_bulletin: Callable[..., tuple[int, str]]) -> None:
    need_browser()
    project.write("content/bai-viet/2020/kenh/kenh.jpg", make_image(size=(600, 400)))
    project.write_story(front={"Ảnh": "kenh.jpg", "Mô tả ảnh": "Kênh"})
    assert print_bulletin()[0] == 0
    first = (project.path / "ban-tin-2020-01-01-2020-12-31.pdf").read_bytes()
    assert print_bulletin(output="lan-hai.pdf")[0] == 0
    assert (project.path / "lan-hai.pdf").read_bytes() == first
    metadata = PdfReader(BytesIO(first)).metadata
    assert metadata
    assert (metadata.title, metadata["/CreationDate"]) == (f"{SMALL}, năm 2020", "D:20201231120000+07'00'")


def test_contents_of_several_sheets_and_the_longest_titles_keep_their_numbers(
    project: Project, print_bulletin: Callable[..., tuple[int, str]]
) -> None:
    need_browser()
    titles = {f"bai-{n:02}": f"Bài thứ {n} về chuyện " + "bà con thôn buôn chung tay làm đường " * 6 for n in range(50)}
    for slug, title in titles.items():
        project.write_story(
            slug, front={"Tiêu đề": title.strip(), "Điển hình": "Ban Công tác Mặt trận " * 5}, body="B.\n"
        )
    assert print_bulletin(output="dai.pdf")[0] == 0
    sheets = read_sheets((project.path / "dai.pdf").read_bytes())
    whole = "".join(sheets)
    for title in titles.values():
        found = re.search(re.escape(squeeze(title)) + r"(\d+)\D", whole)
        assert found
        assert int(found[1]) == max(number for number, text in enumerate(sheets, 1) if squeeze(title) in text)


def test_a_table_of_many_columns_is_not_printed_over_the_column_beside(
    project: Project, print_bulletin: Callable[..., tuple[int, str]]
) -> None:
    need_browser()
    cells = (
        "| 1 | Nguyễn Thị Nghiêng | thôn Thanh Xuân | 12 hộ | 1.850,5 | 1.200.000 | 45.000.000 | nghiệm thu xong |\n"
    )
    table = "| TT | Họ tên | Thôn | Số hộ | Diện tích | Ngày công | Thành tiền | Ghi chú |\n" + "|---" * 8 + "|\n"
    words = "Bà con bàn nhau làm kênh mương nội đồng. " * 40
    project.write_story(body=f"{words}\n\n{table}{cells}\n{words}\n")
    assert print_bulletin(output="bang.pdf")[0] == 0
    sheets = pypdfium2.PdfDocument((project.path / "bang.pdf").read_bytes())
    (left,) = (
        text.get_charbox(found[0])[0]
        for text in (sheet.get_textpage() for sheet in sheets)
        if (found := text.search("Ghi chú").get_next())
    )
    assert left > 0.65 * SHEET[0]


DISTRICT = "Ủy ban MTTQ Việt Nam huyện Cư Jút"


@pytest.fixture
def handed_over(project: Project) -> Project:
    """The district until 30/6/2025, then an office whose name is still to be filled in; a story of either time."""
    district = VOCABULARY["co-quan.yaml"].replace("\n", "\n  ").rstrip()
    ended = f"- {district}\n  đến ngày: 30/6/2025\n  kế tục: Mặt trận các xã\n"
    project.write("content/danh-muc/co-quan.yaml", f'{ended}- tên: "[điền tên]"\n  từ ngày: 1/7/2025\n')
    project.write_story()
    project.write_story("moi", 2025, {"Tiêu đề": "Kênh mới", "Xã": "xa-nam-dong-2025"})
    return project


@pytest.mark.parametrize(
    ("period", "signs", "before"),
    [
        (("1/1/2020", "31/12/2020"), DISTRICT, ""),
        (("1/7/2025", "31/12/2025"), "……", ""),
        (("1/1/2025", "31/12/2025"), "……", f"Phụ trách đến hết ngày 30/6/2025: {DISTRICT}."),
    ],
    ids=["its own time", "after it", "over the change"],
)
def test_the_office_of_the_last_day_signs(
    handed_over: Project, tmp_path: Path, period: tuple[str, str], signs: str, before: str
) -> None:
    edition = select_edition(load(handed_over.path, date(2026, 11, 29)), drafts=False, samples=True)
    page = render_bulletin(build_bulletin(edition, parse_period(*period)), tmp_path, {"kenh": 1, "moi": 1})
    assert f'<p class="masthead__publisher">{signs}</p>' in page
    imprint = page.split('<section class="imprint">')[1].split("</section>")[0]
    assert f'<p class="imprint__publisher">{signs}</p>' in imprint
    assert (f"<p>{before}</p>" in imprint) is bool(before)
    assert page.count("30/6/2025") == bool(before)
    for word in ("Kế tục", "kế thừa", "Mặt trận các xã", "[điền"):
        assert word not in page
    assert (DISTRICT in page) is (signs == DISTRICT or bool(before))


def test_without_an_office_on_its_last_day_there_is_no_bulletin(
    project: Project, print_bulletin: Callable[..., tuple[int, str]]
) -> None:
    project.write("content/danh-muc/co-quan.yaml", f"{VOCABULARY['co-quan.yaml']}đến ngày: 30/6/2020\n")
    project.write_story(front={"Ngày": "1/2/2020"})
    code, said = print_bulletin()
    assert (code, said.count("\n"), files(project)) == (1, 1, [])
    told = f"Ngày 31/12/2020 không có cơ quan nào phụ trách trang ({DISTRICT} hoạt động đến hết 30/6/2020)"
    assert said.startswith(f"Chưa làm được bản tin: {told}; ")


def test_an_empty_period_is_one_line(project: Project, print_bulletin: Callable[..., tuple[int, str]]) -> None:
    project.write_story(front={"Trạng thái": "nháp"})
    line = "Chưa làm được bản tin: không có bài nào đã đăng từ 1/1/2020 đến 31/12/2020 (1 bài còn là nháp); "
    line += "chọn khoảng ngày khác\n"
    assert print_bulletin() == (1, line)
    assert print_bulletin("1/1/2019", "31/1/2019")[1].count("\n") == 1
    assert files(project) == []


def test_no_bulletin_lacks_a_story_for_being_held(
    project: Project, print_bulletin: Callable[..., tuple[int, str]]
) -> None:
    project.write_story()
    project.write_story("giu", 2020, {"Tiêu đề": "Chuyện giữ"})
    with holding(project.path / "content/bai-viet/2020/giu/bai.md"):
        code, said = print_bulletin()
    assert code == 1
    assert UNREAD in said
    assert "Chưa làm được bản tin: hãy sửa các lỗi trên" in said
    assert files(project) == []


def test_without_a_browser_the_message_names_one_to_install(
    project: Project, print_bulletin: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    project.write_story()
    code, said = print_bulletin()
    assert code == 1
    assert "cần trình duyệt Edge, Chrome hoặc Chromium" in said
    assert "cài Microsoft Edge" in said
    assert files(project) == []


def test_a_browser_that_is_too_old_is_named(
    project: Project, print_bulletin: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    need_browser()
    monkeypatch.setattr(command, "read_engine", lambda _: 109)
    project.write_story()
    code, said = print_bulletin()
    assert (code, files(project)) == (1, [])
    assert re.search(r"quá cũ \(bản 109\); cập nhật lên bản 131 trở lên", said)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("", "31/12/2020"), "Thiếu --from"),
        (("31/12/2020", "1/1/2020"), "đứng sau ngày cuối"),
        (("1/1/2020", "31/12/2020", "ban-tin.docx"), "không phải tên tệp PDF"),
        (("1/1/2020", "31/12/2020", "", "A5"), "Khổ “A5” không có; chọn một trong: A4, 19x27"),
    ],
)
def test_wrong_arguments_give_one_line_with_a_fix(
    project: Project, print_bulletin: Callable[..., tuple[int, str]], arguments: tuple[str, ...], says: str
) -> None:
    project.write_story()
    code, said = print_bulletin(*arguments)
    assert (code, said.count("\n")) == (1, 1)
    assert says in said


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 hop dong", "Ghi chép của tôi".encode()])
def test_a_file_of_another_is_never_written_over(
    project: Project, print_bulletin: Callable[..., tuple[int, str]], content: bytes
) -> None:
    project.write_story()
    project.write("cua-toi.pdf", content)
    code, said = print_bulletin(output="cua-toi.pdf")
    assert code == 1
    assert "không phải bản tin do lệnh này làm" in said
    assert (project.path / "cua-toi.pdf").read_bytes() == content


def test_an_earlier_bulletin_is_replaced_and_a_story_left_out_is_reported(
    printed: Printed, project: Project, print_bulletin: Callable[..., tuple[int, str]]
) -> None:
    project.write_story()
    project.write("so-3.pdf", printed.data)
    project.write_story("them", front={"Tiêu đề": "Bài viết thêm"})
    project.write_story("hong", front={"Tiêu đề": "Bài hỏng", "Xã": "Nam Đông"})
    code, said = print_bulletin(output="so-3.pdf")
    assert code == 1
    assert "content/bai-viet/2020/hong/bai.md:5: Xã" in said
    sheets = "".join(read_sheets((project.path / "so-3.pdf").read_bytes()))
    assert squeeze("Bài viết thêm") in sheets
    assert squeeze("Bài hỏng") not in sheets


def test_a_folder_that_cannot_be_written_is_no_traceback(
    project: Project, print_bulletin: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    need_browser()
    project.write_story()
    code, said = print_bulletin(output="khong-co/ban-tin.pdf")
    assert code == 1
    assert "không đọc hoặc ghi được" in said
