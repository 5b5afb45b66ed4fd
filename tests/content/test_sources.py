"""Every fault that a person can put into content/: its file, its line, and the sentence that they read."""

from __future__ import annotations

import os
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.content.cache import ContentCache
from tests.conftest import make_image
from tests.loading import load
from tests.photos.test_pixels import png_of

if TYPE_CHECKING:
    from plugins.content.content import Content
    from tests.conftest import Project

FOLDER = "content/bai-viet/2020/kenh"
FOLDERS = "bai-viet, trang, van-ban, danh-muc, dang-ky, theo-doi, bao-cao, thu-ve, gui-bai.csv, mau"
VOCABULARIES = "co-quan.yaml, linh-vuc.yaml, phong-trao.yaml, xa.yaml, ke-hoach.yaml, nguon.yaml, lich.yaml"
STORY = f"{FOLDER}/bai.md"

NOT_A_DATE = "viết ngày/tháng/năm bằng số, ví dụ 19/8/2020"
AS_UTF8 = "mở tệp bằng Notepad, chọn Lưu thành… với mã hóa UTF-8"
FRONT_EXAMPLE = "mở đầu tệp bằng một dòng ---, các mục như Tiêu đề: …, rồi một dòng ---"
NO_ALT = 'Ảnh "kenh.jpg" chưa có mô tả cho người không nhìn thấy; thêm dòng Mô tả ảnh: …'
NO_CONSENT = 'Bài về cá nhân mà thiếu mục "Đồng ý"; thêm dòng Đồng ý: <số phiếu đồng ý của người được viết>'
PUBLISH_FIRST = (
    "trang chỉ đăng chữ và ảnh: đăng tệp ở nơi có địa chỉ https://… rồi dẫn tới đó, hoặc tóm tắt thành một tệp .md "
    "trong content/van-ban và dẫn bằng {filename}/van-ban/tên.md"
)
ON_YOUR_COMPUTER = f"chỉ mở được trên máy của bạn; {PUBLISH_FIRST}"
A_PATH = "tới trang khác thì ghi đủ địa chỉ https://…; tới bài của trang này thì ghi đường dẫn, ví dụ"
IN_PREVIEW = "chỉ mở được trên máy của bạn lúc xem thử; viết"
INSTEAD_OF_HTML = "viết liên kết bằng [chữ](địa chỉ), ảnh bằng ![mô tả](tệp.jpg); video thì dẫn liên kết"
MOVE = "sửa ngày, hoặc chuyển thư mục bài sang bai-viet/2021/ nếu bài chưa đăng"
UNUSED_PHOTO = "Ảnh này không được dùng trong bài; thêm vào bài bằng ![mô tả](tên tệp), hoặc xóa tệp"


def test_a_sound_story_has_no_problem(project: Project) -> None:
    path = project.write_story()
    library = project.load()
    assert library.problems == ()
    assert list(library.sources) == [path]
    assert library.is_sound


# The valid story has Tiêu đề, Ngày, Lĩnh vực, Xã, Loại on lines 2 to 6; cases add lines from 7 on.
@pytest.mark.parametrize(
    ("front", "line", "sentence"),
    [
        pytest.param({"Tiêu đề": None}, 1, 'Thiếu mục "Tiêu đề"; thêm dòng Tiêu đề: …', id="missing title"),
        pytest.param({"Tiêu đề": ""}, 2, 'Thiếu mục "Tiêu đề"; thêm dòng Tiêu đề: …', id="empty title"),
        pytest.param({"Ngày": None}, 1, 'Thiếu mục "Ngày"; thêm dòng Ngày: 19/8/2020', id="missing date"),
        pytest.param(
            {"Ngày": "31/02/2020"},
            3,
            'Ngày "31/02/2020" không có thật: tháng 2 năm 2020 chỉ có 29 ngày; sửa lại ngày',
            id="31 February",
        ),
        pytest.param(
            {"Ngày": "2020-13-45"},
            3,
            'Ngày "2020-13-45" không có thật: không có tháng 13; viết ngày trước, tháng sau',
            id="month 13",
        ),
        pytest.param(
            {"Ngày": "ngày 19 tháng 8 năm 2020"},
            3,
            f'Ngày "ngày 19 tháng 8 năm 2020" không đúng dạng; {NOT_A_DATE}',
            id="date in words",
        ),
        pytest.param({"Ngày": "hôm qua"}, 3, f'Ngày "hôm qua" không đúng dạng; {NOT_A_DATE}', id="no date at all"),
        pytest.param(
            {"Linh vcu": "Kinh tế"}, 7, 'Không có mục nào tên "Linh vcu"; ý bạn là "Lĩnh vực"?', id="misspelt key"
        ),
        pytest.param(
            {"Zzzz": "a"},
            7,
            'Không có mục nào tên "Zzzz"; xóa mục này hoặc xem bảng các mục trong sổ tay',
            id="unknown key",
        ),
        pytest.param(
            {"Lĩnh vực": "Kinh tees"},
            4,
            'Lĩnh vực "Kinh tees" không có trong danh mục; ý bạn là "Kinh tế"?',
            id="unknown field",
        ),
        pytest.param(
            {"Lĩnh vực": "Kinh tế; văn hóa – xã hội"},
            4,
            'Lĩnh vực "Kinh tế; văn hóa – xã hội" là nhiều tên trên một dòng; '
            "viết [Kinh tế, văn hóa – xã hội], hoặc mỗi tên một dòng bắt đầu bằng “- ”",
            id="two fields in one line",
        ),
        pytest.param(
            {"Xã": "Nam Dong, Đắk D’rông"},
            5,
            'Xã "Nam Dong, Đắk D’rông" là nhiều tên trên một dòng; chỉ ghi một xã, xã khác kể trong bài',
            id="two communes",
        ),
        pytest.param(
            {"Lĩnh vực": "[Kinh tế, Thể thao]"},
            4,
            'Lĩnh vực "Thể thao" không có trong danh mục; chọn một trong: Kinh tế, Văn hóa – xã hội',
            id="unknown second field, like none",
        ),
        pytest.param(
            {"Xã": "Nam Đông B"},
            5,
            'Xã "Nam Đông B" không có trong danh mục; ý bạn là "Nam Dong"?',
            id="unknown commune",
        ),
        pytest.param(
            {"Loại": "Tập thể thôn"},
            6,
            'Loại "Tập thể thôn" không có trong danh mục; ý bạn là "Tập thể"?',
            id="unknown kind",
        ),
        pytest.param(
            {"Phong trào": "Hàng Vệt Nma"},
            7,
            'Phong trào "Hàng Vệt Nma" không có trong danh mục; ý bạn là "Hàng Việt Nam"?',
            id="unknown movement",
        ),
        pytest.param(
            {"Trạng thái": "đăg"},
            7,
            'Trạng thái "đăg" không có trong danh mục; ý bạn là "đăng"?',
            id="misspelt status",
        ),
        pytest.param(
            {"Trạng thái": "xuất bản"},
            7,
            'Trạng thái "xuất bản" không có trong danh mục; chọn một trong: nháp, đăng',
            id="unknown status",
        ),
        pytest.param({"Năm": "20"}, 7, 'Năm "20" không đúng; viết bốn chữ số, ví dụ 2020', id="bad year"),
        pytest.param(
            {"Mẫu": "maybe"},
            7,
            'Giá trị "maybe" không có trong danh mục; chọn một trong: có, không',
            id="neither yes nor no",
        ),
        pytest.param(
            {"Kết quả": "\n  - 3 km | kênh\n  - 3 | km | kênh"},
            7,
            'Kết quả "3 | km | kênh" không đúng dạng; viết: số lượng | việc, ví dụ 3,2 km | kênh mương',
            id="result of three parts",
        ),
        pytest.param(
            {"Biểu dương": "Giấy khen | huyện"},
            7,
            'Biểu dương "Giấy khen | huyện" không đúng dạng; '
            "viết: hình thức | cấp | ngày hoặc năm, ví dụ Giấy khen | tỉnh | 15/11/2020",
            id="commendation of two parts",
        ),
        pytest.param(
            {"Biểu dương": "Giấy khen | quận | 2020"},
            7,
            'Cấp biểu dương "quận" không có trong danh mục; chọn một trong: thôn, xã, huyện, tỉnh, trung ương',
            id="unknown level",
        ),
        pytest.param(
            {"Xã": "Cư Jút"},
            5,
            "Xã Cư Jút chỉ có từ 1/7/2025, sau ngày 19/8/2020 của bài; ghi địa bàn vào lúc ấy, hoặc sửa ngày",
            id="commune of the future",
        ),
        pytest.param({"Xã": None}, 1, 'Thiếu mục "Xã"; thêm dòng Xã: Cư Jút', id="exemplar without commune"),
        pytest.param({"Loại": "Cá nhân"}, 6, NO_CONSENT, id="person without consent"),
        pytest.param({"Loại": "Cá nhân", "Đồng ý": ""}, 7, NO_CONSENT, id="person with empty consent"),
        pytest.param(
            {"Loại": "Cá nhân", "Đồng ý": "Đã ký"},
            7,
            'Đồng ý "Đã ký" không phải số phiếu; ghi số trên phiếu đã ký, ví dụ PĐY-2026-07',
            id="assent in place of a form",
        ),
        pytest.param(
            {"Ảnh": "kenh.jpg", "Mô tả ảnh": "Kênh"},
            7,
            'Không có tệp ảnh "kenh.jpg" trong thư mục bài; chép ảnh vào cạnh bai.md, hoặc sửa tên tệp',
            id="missing photo",
        ),
        pytest.param(
            {"Ảnh": "../kenh.jpg", "Mô tả ảnh": "Kênh"},
            7,
            '"../kenh.jpg" không phải tên một tệp trong thư mục bài; chỉ ghi tên tệp, ví dụ kenh.jpg',
            id="photo elsewhere",
        ),
        pytest.param(
            {"Nhân rộng từ": "khong-co"},
            7,
            'Không có bài nào tên "khong-co" để nhân rộng từ; ghi tên thư mục của bài gốc',
            id="replicates an unknown story",
        ),
        pytest.param(
            {"Nhân rộng từ": "keng"},
            7,
            'Không có bài nào tên "keng" để nhân rộng từ; ý bạn là "kenh"?',
            id="replicates a misspelt story",
        ),
        pytest.param(
            {"Nhân rộng từ": "kenh"},
            7,
            "Bài ghi là nhân rộng từ chính nó; ghi tên thư mục của bài gốc, hoặc xóa mục này",
            id="replicates itself",
        ),
        pytest.param(
            {"Tiêu đề": '"!!! – …"'},
            2,
            'Tiêu đề "!!! – …" không có chữ cái hay chữ số nào; viết tên bài bằng chữ',
            id="title of signs only",
        ),
        pytest.param(
            {"Tiêu đề": "Kênh: bà con cùng làm"},
            2,
            "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép; "
            'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"',
            id="unquoted colon",
        ),
        pytest.param(
            {"Kết quả": "\n\t- 3 km | kênh"},
            8,
            "Có phím Tab thụt đầu dòng; thay phím Tab bằng hai dấu cách",
            id="tab",
        ),
        pytest.param(
            {"Tiêu đề": '"Kênh về thôn'},
            2,
            'Dấu nháy mở mà không đóng; thêm dấu " ở cuối giá trị, hoặc bỏ dấu nháy ở đầu',
            id="unclosed quote",
        ),
        pytest.param(
            {"tieu de": "Khác"},
            7,
            'Mục "Tiêu đề" được khai hai lần (lần đầu ở dòng 2); xóa một trong hai',
            id="key twice, in two spellings",
        ),
        pytest.param(
            {"Tóm tắt": "Một\nTóm tắt: Hai"},
            8,
            'Mục "Tóm tắt" được khai hai lần (lần đầu ở dòng 7); xóa một trong hai',
            id="key twice",
        ),
        pytest.param(
            {"Tiêu đề": "[Một, Hai]"},
            2,
            "Mục này chỉ nhận một dòng chữ, không nhận danh sách; viết gọn thành một dòng",
            id="list for text",
        ),
    ],
)
def test_faults_of_front_matter(project: Project, front: dict[str, str | None], line: int, sentence: str) -> None:
    path = project.write_story(front=front)
    library = project.load()
    assert [str(problem) for problem in library.problems] == [f"{STORY}:{line}: {sentence}"]
    assert len(library.errors) == 1
    assert path not in library.sources
    assert library.is_sound


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        pytest.param(b"", 1, "Tệp trống; viết nội dung vào tệp hoặc xóa tệp", id="empty"),
        pytest.param(
            "Bà con làm kênh.\n", 1, f"Tệp không có phần khai báo ở đầu; {FRONT_EXAMPLE}", id="no front matter"
        ),
        pytest.param(
            "---\nTiêu đề: Kênh\n\nBà con làm kênh.\n",
            1,
            "Phần khai báo ở đầu tệp không có dòng --- đóng lại; thêm một dòng --- sau mục cuối",
            id="unterminated front matter",
        ),
        pytest.param(
            "---\n- Kênh\n- 19/8/2020\n---\nBài.\n",
            2,
            "Phần khai báo không phải các mục Tên: giá trị; viết mỗi dòng theo mẫu Tên mục: giá trị",
            id="front matter is no mapping",
        ),
        pytest.param(
            "---\nTiêu đê\u0300: Xa\u0303 Nam Dong\n---\n".encode("cp1258"),
            1,
            f"Tệp không ở mã UTF-8 (có thể là Windows-1258 hoặc một bảng mã cũ); {AS_UTF8}",
            id="Windows-1258",
        ),
        pytest.param(
            "---\nTiêu đề: Kênh\n---\n".encode("utf-16"),
            1,
            f"Tệp lưu ở mã UTF-16 nên không đọc được; {AS_UTF8}",
            id="UTF-16",
        ),
        pytest.param(
            b"x" * 20_000_000,
            1,
            "Tệp nặng 20,0 MB, quá giới hạn 1 MB cho một tệp chữ; "
            "tách ảnh hoặc tài liệu ra tệp riêng, chỉ giữ chữ trong tệp này",
            id="20 megabytes",
        ),
    ],
)
def test_faults_of_a_whole_file(project: Project, data: str | bytes, line: int, sentence: str) -> None:
    project.write(STORY, data)
    assert project.problems() == [f"{STORY}:{line}: {sentence}"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        pytest.param(
            "kenh.jpg",
            b"khong phai anh",
            "tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh từ máy chụp, lưu thành JPG",
            id="no photo",
        ),
        pytest.param(
            "kenh.jpg",
            make_image(size=(300, 300))[:-400],
            "ảnh hỏng, không mở được trọn vẹn; chép lại ảnh từ máy chụp",
            id="corrupt",
        ),
        pytest.param("kenh.jpg", b"", "ảnh là tệp trống (0 byte); chép lại ảnh từ máy chụp", id="empty"),
        pytest.param(
            "kenh.png",
            png_of(60_000, 60_000),
            "ảnh quá lớn khi mở ra (nghi là tệp phá hoại); dùng ảnh khác",
            id="decompression bomb",
        ),
        pytest.param(
            "kenh.gif",
            make_image("GIF"),
            "ảnh ở định dạng GIF, trang chỉ nhận JPG, PNG, WebP, HEIC; lưu lại thành JPG",
            id="other format",
        ),
    ],
)
def test_faults_of_a_photo(project: Project, name: str, data: bytes, sentence: str) -> None:
    project.write_story(front={"Ảnh": name, "Mô tả ảnh": "Kênh"})
    project.write(f"{FOLDER}/{name}", data)
    assert project.problems() == [f'{STORY}:7: "{name}": {sentence}']


@pytest.mark.parametrize(
    ("front", "line"),
    [
        pytest.param({"Ảnh": "kenh.jpg"}, 7, id="key left out"),
        pytest.param({"Ảnh": "kenh.jpg", "Mô tả ảnh": ""}, 8, id="key left empty"),
    ],
)
def test_a_photo_needs_words(project: Project, front: dict[str, str | None], line: int) -> None:
    project.write_story(front=front)
    project.write(f"{FOLDER}/kenh.jpg", make_image())
    assert project.problems() == [f"{STORY}:{line}: {NO_ALT}"]


def test_the_case_of_a_photo_name_matters_on_the_server(project: Project) -> None:
    project.write_story(front={"Ảnh": "kenh.jpg", "Mô tả ảnh": "Kênh"})
    project.write(f"{FOLDER}/Kenh.JPG", make_image())
    assert project.problems() == [
        f"{FOLDER}/Kenh.JPG:1: {UNUSED_PHOTO}",
        f'{STORY}:7: Không có tệp ảnh "kenh.jpg" trong thư mục bài; ý bạn là "Kenh.JPG"?',
    ]


# The body starts on line 8; beside it stand kenh.jpg, and a story in ../cau/.
@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        pytest.param(
            "Đoạn đầu.\n\n![](kenh.jpg)\n",
            10,
            'Ảnh "kenh.jpg" trong bài chưa có mô tả cho người không nhìn thấy; viết ![mô tả ảnh](kenh.jpg)',
            id="photo without alt",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\n\n![Cầu](keng.jpg)\n",
            10,
            'Không có tệp ảnh "keng.jpg" trong thư mục bài; ý bạn là "kenh.jpg"?',
            id="missing photo",
        ),
        pytest.param(
            "![Kênh](kenh.jpg) ![Cầu](https://a.vn/cau.jpg)",
            8,
            'Ảnh "https://a.vn/cau.jpg" nằm ở trang khác; tải ảnh về, đặt cạnh bai.md rồi ghi tên tệp',
            id="photo on another site",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\n\nXem [cầu]({filename}../cu/bai.md).\n",
            10,
            "Liên kết {filename}../cu/bai.md không dẫn tới bài nào; ý bạn là {filename}../cau/bai.md?",
            id="broken link, with a suggestion",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\n\n[x]({filename}../khong/bai.md)\n",
            10,
            "Liên kết {filename}../khong/bai.md không dẫn tới bài nào; sửa đường dẫn tới tệp .md có thật",
            id="broken link, like none but to itself",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\n\n[x]({filename}/van-ban/nghi-quyet.md)\n",
            10,
            "Liên kết {filename}/van-ban/nghi-quyet.md không dẫn tới bài nào; sửa đường dẫn tới tệp .md có thật",
            id="broken link",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\n[x]({filename}../../../../etc/passwd)",
            9,
            "Liên kết {filename}../../../../etc/passwd không dẫn tới bài nào; sửa đường dẫn tới tệp .md có thật",
            id="link out of the project",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\n\n[đơn]({static}don.pdf)\n",
            10,
            "Liên kết tới tệp {static}don.pdf không dùng được; "
            "đặt ảnh bằng ![mô tả](tệp.jpg); tới bài khác thì dùng {filename}",
            id="link to another file",
        ),
        pytest.param(
            '![Kênh](kenh.jpg)\n\n<iframe src="https://a.vn"></iframe>\n',
            10,
            f"Thẻ <iframe> không được dùng trong bài; {INSTEAD_OF_HTML}",
            id="frame",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\n\nXem [cầu](../cau/bai.md#dau).\n",
            10,
            "Liên kết ../cau/bai.md#dau không dẫn tới đâu; ý bạn là {filename}../cau/bai.md#dau?",
            id="link to a file without {filename}",
        ),
        pytest.param(
            "![Kênh](kenh.jpg)\nXem [báo](baodaknong.vn).\n",
            9,
            "Liên kết baodaknong.vn không dẫn tới đâu; ý bạn là https://baodaknong.vn?",
            id="address without https",
        ),
    ],
)
def test_faults_of_a_body(project: Project, body: str, line: int, sentence: str) -> None:
    project.write_story(body=body)
    project.write(f"{FOLDER}/kenh.jpg", make_image())
    project.write_story("cau", front={"Tiêu đề": "Cầu"})
    assert project.problems() == [f"{STORY}:{line}: {sentence}"]


@pytest.mark.parametrize(
    "body",
    [
        "[cầu]({filename}../cau/bai.md)",
        "[cầu]({filename}../cau/bai.md#muc-hop-dan)",
        "[cầu]({filename}/bai-viet/2020/cau/bai.md)",
        "[cầu](|filename|../cau/bai.md)",
        "[cầu][c]\n\n[c]: {filename}../cau/bai.md",
        "[a](#muc), [b](/lien-he/), [c](https://a.vn), [d](mailto:a@a.vn), [e](tel:0261)",
        "Viết `{filename}khong-co.md` để dẫn, <!-- ![](khong.jpg) --> rồi thôi.",
    ],
)
def test_links_that_lead_somewhere(project: Project, body: str) -> None:
    project.write_story(body=body)
    project.write_story("cau", front={"Tiêu đề": "Cầu"})
    assert project.problems() == []


def test_stories_of_one_name(project: Project) -> None:
    first, *others = (project.write_story(year=year, front={"Tiêu đề": f"Kênh {year}"}) for year in (2020, 2021, 2022))
    library = project.load()
    assert [str(problem) for problem in library.problems] == [
        f'{other}:1: Tên bài "kenh" trùng với {first}; đổi tên một trong hai thư mục' for other in others
    ]
    assert list(library.sources) == [first]


def test_two_folders_whose_names_fold_alike(project: Project) -> None:
    first = project.write_story("Kênh mương")
    second = project.write_story("kenh-muong", front={"Tiêu đề": "Khác", "Ngày": "32/1/2020"})
    assert project.problems() == [
        f'{second}:1: Tên bài "kenh-muong" trùng với {first}; đổi tên một trong hai thư mục',
        f'{second}:3: Ngày "32/1/2020" không có thật: tháng 1 năm 2020 chỉ có 31 ngày; sửa lại ngày',
    ]


def test_two_stories_of_one_title_are_advice(project: Project) -> None:
    first = project.write_story("a")
    second = project.write_story("b", front={"Tiêu đề": "KENH VE THON 3!"})
    library = project.load()
    assert [str(problem) for problem in library.problems] == [
        f"{second}:2: Tiêu đề trùng với {first}; đổi tiêu đề cho người đọc phân biệt được hai bài"
    ]
    assert library.errors == []
    assert list(library.sources) == [first, second]


def test_a_date_of_another_year_than_the_folder_is_advice(project: Project) -> None:
    project.write_story(front={"Ngày": "2/1/2021"})
    library = project.load()
    assert [str(problem) for problem in library.problems] == [
        f"{STORY}:3: Ngày 2/1/2021 không thuộc năm 2020 của thư mục; {MOVE}"
    ]
    assert library.errors == []


def test_plain_news_neither_replicates_nor_is_replicated(project: Project) -> None:
    news = project.write_story("tin", front={"Tiêu đề": "Tin", "Loại": None, "Nhân rộng từ": "kenh"})
    project.write_story("kenh", front={"Tiêu đề": "Kênh"})
    copy = project.write_story("ban-sao", front={"Tiêu đề": "Bản sao", "Nhân rộng từ": "tin"})
    assert [problem.partition(": ")[2] for problem in project.problems()] == [
        f'"tin" là tin thường, không phải điển hình; thêm dòng Loại: … vào {news}, hoặc xóa mục này',
        "Tin thường mà khai Nhân rộng từ; thêm dòng Loại: …, hoặc xóa mục này",
    ]
    assert [problem.split(":")[0] for problem in project.problems()] == [copy, news]


def test_a_replication_cycle_names_its_members_alone(project: Project) -> None:
    for slug, origin in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        project.write_story(slug, front={"Tiêu đề": f"Bài {slug}", "Nhân rộng từ": origin})
    circles = {"a": "a → b → c → a", "b": "b → c → a → b", "c": "c → a → b → c"}
    library = project.load()
    assert [str(problem) for problem in library.problems] == [
        f"content/bai-viet/2020/{slug}/bai.md:7: Nhân rộng thành vòng: {circle}; xóa mục Nhân rộng từ ở bài gốc thật sự"
        for slug, circle in circles.items()
    ]
    assert list(library.sources) == ["content/bai-viet/2020/d/bai.md"]


@pytest.mark.parametrize(
    "written", ["goc", "2020/goc", "content/bai-viet/2020/goc/bai.md", "bai-viet\\2020\\goc\\", "Góc"]
)
def test_an_origin_may_be_named_by_its_path(project: Project, written: str) -> None:
    project.write_story("goc", front={"Tiêu đề": "Gốc"})
    project.write_story(front={"Nhân rộng từ": written})
    library = project.load()
    assert library.problems == ()
    assert {story.slug: story.replicates for story in library.stories} == {"goc": "", "kenh": "goc"}


@pytest.mark.parametrize(
    ("file", "fix"),
    [
        ("anh.jpg", "viết bài vào tệp bai.md, hoặc xóa thư mục"),
        ("bai.docx", "viết bài vào tệp bai.md, hoặc xóa thư mục"),
        ("Bai.md", 'đổi tên "Bai.md" thành bai.md'),
        ("bài.md", 'đổi tên "bài.md" thành bai.md'),
        ("kenh.md", 'đổi tên "kenh.md" thành bai.md'),
    ],
)
def test_a_folder_without_a_story(project: Project, file: str, fix: str) -> None:
    project.write(f"{FOLDER}/{file}", "x")
    assert project.problems() == [f"{FOLDER}:1: Thư mục bài không có tệp bai.md; {fix}"]


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("2020/lac.md", '2020/lac.md:1: Tệp "lac.md" không nằm trong thư mục bài nào'),
        ("lac.md", 'lac.md:1: Tệp "lac.md" không phải một năm'),
        ("nam-2020/kenh/bai.md", 'nam-2020:1: Thư mục "nam-2020" không phải một năm'),
    ],
)
def test_misplaced_stories(project: Project, file: str, problem: str) -> None:
    project.write(f"content/bai-viet/{file}", "x")
    assert project.problems() == [f"content/bai-viet/{problem}; đặt bài vào bai-viet/<năm>/<tên-bài>/bai.md"]


def test_a_folder_name_without_letters(project: Project) -> None:
    path = project.write_story("!!!")
    assert project.problems() == [
        f"{path}:1: Tên thư mục bài không có chữ cái hay chữ số; đặt tên thư mục bằng chữ, ví dụ kenh-be-tong"
    ]


@pytest.mark.parametrize("name", ["thua.jfif", "thua.HEIF", "thua.avif"])
def test_a_photo_by_its_rarer_ending_is_a_photo(project: Project, name: str) -> None:
    project.write_story()
    project.write(f"{FOLDER}/{name}", b"x")
    assert project.problems() == [f"{FOLDER}/{name}:1: {UNUSED_PHOTO}"]


def test_photos_of_a_line_that_was_not_understood_are_not_called_unused(project: Project) -> None:
    project.write_story(front={"Ảnh khác": "[a.jpg |, b.jpg |]"})
    for name in ("a.jpg", "b.jpg"):
        project.write(f"{FOLDER}/{name}", make_image())
    (problem,) = project.problems()
    assert 'Ảnh khác "a.jpg", "b.jpg" chưa có mô tả' in problem


def test_files_that_no_page_shows_are_advice_and_litter_is_nothing(project: Project) -> None:
    path = project.write_story()
    for name in ("thua.jpg", "ban-thao.docx", "cu/kenh.jpg", ".DS_Store", "~$ban-thao.docx", "Thumbs.db"):
        project.write(f"{FOLDER}/{name}", b"x")
    library = project.load()
    assert [str(problem) for problem in library.problems] == [
        f"{FOLDER}/ban-thao.docx:1: Tệp này không được đọc; chép nội dung vào bai.md, hoặc chuyển tệp ra khỏi content",
        f"{FOLDER}/cu:1: Thư mục con trong thư mục bài không được đọc; mỗi bài một thư mục ngay dưới thư mục năm",
        f"{FOLDER}/thua.jpg:1: {UNUSED_PHOTO}",
    ]
    assert library.errors == []
    assert list(library.sources) == [path]


@pytest.mark.parametrize(
    ("file", "stray", "what", "read"),
    [
        ("bai.md", "bai.md", "Tệp", FOLDERS),
        ("bai-viet-moi/a/bai.md", "bai-viet-moi", "Thư mục", FOLDERS),
        ("danh-muc/a.yaml", "danh-muc/a.yaml", "Tệp", VOCABULARIES),
    ],
    ids=["file", "folder", "vocabulary"],
)
def test_unknown_entries_are_advice(project: Project, file: str, stray: str, what: str, read: str) -> None:
    project.write(f"content/{file}", "x")
    library = project.load()
    assert [str(problem) for problem in library.problems] == [
        f"content/{stray}:1: {what} này không được đọc; ở đây chỉ đọc {read}"
    ]
    assert library.errors == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"], ids=["plain", "BOM"])
def test_every_honest_way_to_save_a_file_gives_the_same_story(
    project: Project, form: str, line_end: str, encoding: str
) -> None:
    name = unicodedata.normalize(form, "Kênh mương")
    text = (
        "---\nTiêu đề: Nước về Đắk D’rông\nNgày: 19/8/2020\nLĩnh vực: Văn hóa\nXã: Đắk D'rông\nLoại: Tập thể\n"
        "Ảnh: ảnh kênh.jpg\nMô tả ảnh: Kênh\nBỏ nhắc: kiểu bỏ dấu\n---\n\nHòa và hoà.\n"
    )
    data = unicodedata.normalize(form, text).replace("\n", line_end).encode(encoding)
    project.write(f"content/bai-viet/2020/{name}/bai.md", data)
    project.write(f"content/bai-viet/2020/{name}/{unicodedata.normalize(form, 'ảnh kênh.jpg')}", make_image())
    library = project.load()
    assert library.problems == ()
    (story,) = library.stories
    assert story.path == "content/bai-viet/2020/Kênh mương/bai.md"
    assert story.url == "/bai-viet/2020/kenh-muong/"
    assert (story.title, story.commune and story.commune.id) == ("Nước về Đắk D’rông", "dak-drong")
    assert (story.body.source, story.body.line) == ("\nHòa và hoà.\n", 11)
    assert story.photo
    assert story.photo.url.startswith("/bai-viet/2020/kenh-muong/anh-kenh-")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "trang/lien-he.md",
            "---\nTóm tắt: Gặp chúng tôi\n---\n",
            ['trang/lien-he.md:1: Thiếu mục "Tiêu đề"; thêm dòng Tiêu đề: …'],
            id="page without title",
        ),
        pytest.param(
            "van-ban/ke-hoach.md",
            "---\nTiêu đề: Kế hoạch\nNgày: 31/4/2020\n---\n",
            [
                'van-ban/ke-hoach.md:1: Thiếu mục "Cơ quan ban hành"; thêm dòng Cơ quan ban hành: …',
                'van-ban/ke-hoach.md:3: Ngày "31/4/2020" không có thật: tháng 4 năm 2020 chỉ có 30 ngày; sửa lại ngày',
            ],
            id="document without issuer",
        ),
        pytest.param(
            "trang/anh.md",
            "---\nTiêu đề: Ảnh\n---\n\n![Kênh](kenh.jpg)\n",
            ["trang/anh.md:5: Trang này không nhận ảnh; bỏ ảnh, hoặc viết thành một bài trong bai-viet"],
            id="page with a photo",
        ),
        pytest.param(
            "trang/phong-trao.md",
            "---\nTiêu đề: Phong trào\n---\n",
            ["trang/phong-trao.md:1: Địa chỉ /phong-trao/ đã dành cho một mục của trang; đổi tên tệp"],
            id="page in place of an index",
        ),
        pytest.param(
            "trang/so-do.txt",
            "x",
            ["trang/so-do.txt:1: Tệp này không được đọc; chỉ đặt tệp .md ở đây"],
            id="other file",
        ),
    ],
)
def test_faults_of_pages_and_documents(project: Project, path: str, text: str, expected: list[str]) -> None:
    project.write(f"content/{path}", text)
    assert project.problems() == [f"content/{problem}" for problem in expected]


def test_all_problems_of_all_files_come_out_at_once_in_order(project: Project) -> None:
    project.write_story("b", front={"Tiêu đề": None, "Ngày": "hôm qua", "Xã": "Zzzz"})
    project.write_story("a", front={"Loại": "Zzzz"}, body="[x]({filename}khong-co.txt)")
    project.write("content/van-ban/c.md", "")
    library = project.load()
    found = [(problem.path.removeprefix("content/"), problem.line) for problem in library.problems]
    assert found == [
        ("bai-viet/2020/a/bai.md", 6),
        ("bai-viet/2020/a/bai.md", 8),
        ("bai-viet/2020/b/bai.md", 1),
        ("bai-viet/2020/b/bai.md", 2),
        ("bai-viet/2020/b/bai.md", 4),
        ("van-ban/c.md", 1),
    ]
    assert library.problems == project.load().problems


def test_a_project_without_content_is_reported(tmp_path: Path) -> None:
    assert [str(problem) for problem in load(tmp_path).problems] == [
        f"content/danh-muc/{name}:1: Thiếu tệp danh mục {name}; chép lại tệp này từ bản sao gần nhất"
        for name in ("co-quan.yaml", "linh-vuc.yaml", "phong-trao.yaml", "xa.yaml")
    ]


def test_the_content_of_this_repository_has_no_error() -> None:
    library = load(Path(__file__).parents[2])
    assert [str(problem) for problem in library.errors] == []
    assert len(library.stories) >= 40


def seen(library: Content) -> tuple[object, ...]:
    """Return all that a library says, as values: stories are compared as objects."""
    return {path: vars(source) for path, source in library.sources.items()}, library.problems, library.files


def test_the_cache_changes_nothing_but_time(project: Project) -> None:
    """After any change, forgetting the changed path gives the same content as reading everything."""
    kept = ContentCache(project.path)
    stories = project.path / "content/bai-viet"
    project.write_story("goc")
    project.write_story("ban-sao", front={"Nhân rộng từ": "goc"}, body="[gốc]({filename}../goc/bai.md)\n")
    load(project.path, cache=kept)

    def changed(*paths: Path | str) -> None:
        for path in paths:
            kept.forget(project.path / path)
        again, anew = load(project.path, cache=kept), project.load()
        assert seen(again) == seen(anew)

    changed(project.write_story("goc", front={"Xã": "Không có"}))
    changed(project.write_story("goc"))
    changed(project.write_story("moi"), "content/bai-viet/2020/moi")
    changed(project.write("content/bai-viet/2020/moi/anh.jpg", make_image()))
    # To Windows the first would be the folder that is there.
    other = "2020/GOC" if os.name == "posix" else "2020/KHAC"
    (stories / "2020/moi").rename(stories / other)
    changed("content/bai-viet/2020/moi", f"content/bai-viet/{other}")
    shutil.rmtree(stories / other)
    changed(f"content/bai-viet/{other}")
    (stories / "2020").rename(stories / "2021")
    changed("content/bai-viet/2020", "content/bai-viet/2021")
    changed(project.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\n"))
    text = (project.path / "content/danh-muc/xa.yaml").read_text(encoding="utf-8")
    changed(project.write("content/danh-muc/xa.yaml", text.replace("tên: Nam Dong", "tên: Nam Đong")))
    changed(project.write("content/danh-muc/xa.yaml", text))
    changed(project.write("content/la.txt", "lạ"))
    changed("theme/templates/base.html", "README.md")


def test_a_story_that_did_not_change_is_not_read_again(project: Project) -> None:
    kept = ContentCache(project.path)
    first, second = project.write_story("mot"), project.write_story("hai")
    before = load(project.path, cache=kept).sources
    kept.forget(project.path / first)
    after = load(project.path, cache=kept).sources
    assert after[second] is before[second]
    assert after[first] is not before[first]


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("[x]()", "Liên kết chưa có địa chỉ; điền địa chỉ vào giữa hai ngoặc tròn, hoặc chỉ để lại chữ"),
        (
            "[x](file:///C:/ke-hoach.pdf)",
            f"Liên kết file:///C:/ke-hoach.pdf {ON_YOUR_COMPUTER}",
        ),
        (
            r"[x](D:\Hồ sơ\kế hoạch.docx)",
            rf"Liên kết D:\Hồ sơ\kế hoạch.docx {ON_YOUR_COMPUTER}",
        ),
        (
            "[x](bai-cu)",
            f"Liên kết bai-cu không dẫn tới đâu; {A_PATH} {{filename}}../bai-cu/bai.md",
        ),
        ("[x](ke-hoach.pdf)", f"Liên kết ke-hoach.pdf không dẫn tới đâu; {PUBLISH_FIRST}"),
        (
            "[x](http://127.0.0.1:8000/bai-viet/2020/cau/#muc-a)",
            f"Liên kết http://127.0.0.1:8000/bai-viet/2020/cau/#muc-a {IN_PREVIEW} {{filename}}../cau/bai.md#muc-a",
        ),
        (
            "[x](http://localhost:8000/so-lieu/)",
            f"Liên kết http://localhost:8000/so-lieu/ {IN_PREVIEW} /so-lieu/",
        ),
        (
            "| ai | việc |\n|---|---|\n| 46 hộ | góp đất | 1.850 m² |",
            "Hàng này nhiều ô hơn dòng đầu bảng; điền tên cột vào dòng đầu bảng: | ai | việc | … |",
        ),
    ],
)
def test_broken_references_are_reported_with_a_working_fix(project: Project, link: str, sentence: str) -> None:
    project.write_story("cau", front={"Tiêu đề": "Cầu"}, body="Cầu mới.\n")
    project.write_story(body=f"Bà con góp công.\n\n{link}\n")
    problems = [problem.partition("bai.md:")[2].partition(": ")[2] for problem in project.problems()]
    assert sentence in problems
