"""The vocabularies: every way to name a term, and every contradiction in their files."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.terms import is_placeholder
from plugins.sources.problem import Invalid
from tests.conftest import VOCABULARY

if TYPE_CHECKING:
    from tests.conftest import Project

FIELDS, COMMUNES, MOVEMENTS, OFFICES = "linh-vuc.yaml", "xa.yaml", "phong-trao.yaml", "co-quan.yaml"
FROM_COPY = "chép lại tệp này từ bản sao gần nhất"
COLON = (
    "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép; "
    'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"'
)
ADDRESS = "viết dạng https://ten-mien, không có đường dẫn phía sau"
OLD_ENCODING = (
    "Tệp không ở mã UTF-8 (có thể là Windows-1258 hoặc một bảng mã cũ); "
    "mở tệp bằng Notepad, chọn Lưu thành… với mã hóa UTF-8"
)
ALIKE = "có tên trùng nhau khi bỏ dấu; đổi tên hoặc tên khác của một mục"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Đắk D’rông", ["dak-drong"]),
        ("Đắk D'rông", ["dak-drong"]),
        ("Đăk D’rông", ["dak-drong"]),
        ("dak drong", ["dak-drong"]),
        ("DAK D RONG", ["dak-drong"]),
        ("xã Đắk D’rông", ["dak-drong"]),
        ("x. Đắk D’rông", ["dak-drong"]),
        ("dak-drong", ["dak-drong"]),
        pytest.param(unicodedata.normalize("NFD", "Đắk D’rông"), ["dak-drong"], id="decomposed"),
        ("thị trấn Ea T'ling", ["ea-tling"]),
        ("TT Ea Tling", ["ea-tling"]),
        ("Ea T’ling", ["ea-tling"]),
        pytest.param("Nam Dong", ["nam-dong", "xa-nam-dong-2025"], id="one name, two communes"),
        pytest.param("nam-dong", ["nam-dong"], id="an id is one commune"),
        pytest.param("xa-nam-dong-2025", ["xa-nam-dong-2025"], id="the id of the new one"),
        pytest.param("xã Nam Dong cũ", ["nam-dong"], id="as pages tell the old one from the new"),
        pytest.param("Nam Dong mới", ["xa-nam-dong-2025"], id="and the new one from the old"),
    ],
)
def test_a_commune_has_many_spellings(project: Project, name: str, found: list[str]) -> None:
    vocabulary, _ = load_vocabulary(project.path)
    assert [commune.id for commune in vocabulary.find_communes(name)] == found


def test_only_communes_that_share_a_name_are_marked(project: Project) -> None:
    communes = load_vocabulary(project.path)[0].communes
    assert [commune.distinct_name for commune in communes] == [
        "thị trấn Ea T’ling",
        "xã Nam Dong cũ",
        "xã Đắk D’rông",
        "xã Cư Jút",
        "xã Nam Dong mới",
    ]
    # A letter to one of them is headed by its name.
    assert [commune.full_name for commune in communes if commune.age] == ["xã Nam Dong", "xã Nam Dong"]


def test_the_old_commune_may_be_named_by_its_age_as_by_its_id(project: Project) -> None:
    vocabulary = load_vocabulary(project.path)[0]
    by_id = {name: vocabulary.name_commune(name).by_id for name in ("Nam Dong", "Nam Dong cũ", "nam-dong", "Cư Jút")}
    assert by_id == {"Nam Dong": False, "Nam Dong cũ": True, "nam-dong": True, "Cư Jút": False}


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Kinh tế", "kinh-te"),
        ("lam an", "kinh-te"),
        ("Văn hóa", "van-hoa-xa-hoi"),
        ("văn hoá - xã hội", "van-hoa-xa-hoi"),
    ],
)
def test_a_field_has_many_spellings(project: Project, name: str, identifier: str) -> None:
    field = load_vocabulary(project.path)[0].find_field(name)
    assert field
    assert field.id == identifier


@pytest.mark.parametrize("name", ["Hàng Việt Nam", "hang-viet", "người việt nam ưu tiên dùng hàng việt nam"])
def test_a_movement_goes_by_name_short_name_or_id(project: Project, name: str) -> None:
    movement = load_vocabulary(project.path)[0].find_movement(name)
    assert movement
    assert movement.title == "Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam”"


def test_an_unknown_name_lists_known_ones(project: Project) -> None:
    vocabulary, _ = load_vocabulary(project.path)
    with pytest.raises(Invalid) as refused:
        vocabulary.find_communes("Zzzz")
    assert refused.value.fix == "chọn một trong: Ea T’ling, Nam Dong, Đắk D’rông, Cư Jút"


def test_successors_and_predecessors_of_a_commune(project: Project) -> None:
    vocabulary, _ = load_vocabulary(project.path)
    new = vocabulary.commune("xa-nam-dong-2025")
    assert vocabulary.today(vocabulary.commune("dak-drong")) is new
    assert vocabulary.today(new) is new
    assert [commune.id for commune in vocabulary.predecessors(new)] == ["dak-drong", "nam-dong"]
    assert [commune.existed_on(date(2025, 6, 30)) for commune in (vocabulary.commune("nam-dong"), new)] == [True, False]
    assert [commune.existed_on(date(2025, 7, 1)) for commune in (vocabulary.commune("nam-dong"), new)] == [False, True]


def test_optional_attributes_of_a_field_have_defaults(project: Project) -> None:
    economy, culture = load_vocabulary(project.path)[0].fields
    assert (economy.short, economy.dark_color) == ("Kinh tế", "#8a5a00")
    assert culture.short == "Văn hóa"


# Each case changes the first place where `old` stands in the file; an empty `old` replaces the file.
@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        pytest.param(
            COMMUNES,
            "tên: Nam Dong",
            "tên: Nam: Dong",
            [f"10: {COLON}"],
            id="does not parse",
        ),
        pytest.param(
            FIELDS,
            "",
            "tên: Kinh tế\n",
            ["1: Danh mục phải là một danh sách; bắt đầu mỗi mục bằng “- mã: …”"],
            id="no list",
        ),
        pytest.param(
            FIELDS,
            "- mã: van",
            "- Khác\n- mã: van",
            ["6: Mục không gồm các dòng Tên: giá trị; bắt đầu bằng “- mã: …”"],
            id="item is no mapping",
        ),
        pytest.param(MOVEMENTS, "", "# chưa có\n", [f"1: Tệp danh mục không có mục nào; {FROM_COPY}"], id="no term"),
        pytest.param(
            MOVEMENTS,
            "",
            "- mã: Hàng Việt\n  loại: hội thi\n  tên: Hàng Việt\n",
            [
                '1: Mã "Hàng Việt" không hợp lệ; chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ kinh-te',
                '1: Thiếu mục "mô tả"; thêm dòng mô tả: …',
                '2: Loại "hội thi" không có trong danh mục; chọn một trong: phong trào, cuộc vận động',
            ],
            id="bad id, kind and no description",
        ),
        pytest.param(
            FIELDS,
            '"#8a5a00"',
            "đỏ",
            ['4: Màu "đỏ" không hợp lệ; viết mã sáu chữ số trong ngoặc kép, ví dụ "#8a5a00"'],
            id="no colour",
        ),
        pytest.param(
            FIELDS,
            '"#8a5a00"',
            "#8a5a00",
            [
                (
                    '4: Mục "màu": từ "#8a5a00" trở đi bị hiểu là ghi chú và bị bỏ; '
                    "đặt cả giá trị trong ngoặc kép, hoặc thêm dấu cách sau dấu # nếu là ghi chú"
                )
            ],
            id="colour without quotes",
        ),
        pytest.param(
            FIELDS,
            "mã: van-hoa-xa-hoi",
            "mã: kinh-te",
            ['6: Mã "kinh-te" đã dùng ở dòng 1; đổi một trong hai mã'],
            id="duplicate id",
        ),
        pytest.param(
            COMMUNES,
            "mã: dak-drong",
            "mã: nam-dong",
            ['15: Mã "nam-dong" đã dùng ở dòng 8; đổi một trong hai mã'],
            id="duplicate id of a commune",
        ),
        pytest.param(
            FIELDS,
            "tên gọn: Văn hóa",
            "tên khác: [Giáo dục, lam an]",
            [f'8: "Kinh tế" (dòng 3) và "Văn hóa – xã hội" {ALIKE}'],
            id="duplicate alias",
        ),
        pytest.param(
            COMMUNES,
            "[Đăk D’rông]",
            "[nam dong]",
            [f'18: "Nam Dong" (dòng 10) và "Đắk D’rông" {ALIKE}'],
            id="alias is another's name",
        ),
        pytest.param(
            COMMUNES,
            "tên: Đắk D’rông",
            "tên: Nam Đông",
            [f'17: "Nam Dong" (dòng 10) và "Nam Đông" {ALIKE}'],
            id="names fold alike",
        ),
        pytest.param(
            FIELDS,
            "tên: Văn hóa – xã hội",
            "tên: Kinh tê",
            [f'7: "Kinh tế" (dòng 2) và "Kinh tê" {ALIKE}'],
            id="fields fold alike",
        ),
        pytest.param(
            MOVEMENTS,
            "tên gọn: An ninh Tổ quốc",
            "tên gọn: Hàng Việt",
            [f'9: "Người Việt Nam ưu tiên dùng hàng Việt Nam" (dòng 1) và "Toàn dân bảo vệ an ninh Tổ quốc" {ALIKE}'],
            id="short name is another's id",
        ),
        pytest.param(
            COMMUNES,
            "nay thuộc: xa-cu-jut",
            "nay thuộc: xa-cu-jt",
            ['7: "Ea T’ling" nay thuộc "xa-cu-jt", nhưng không có mã ấy; ý bạn là "xa-cu-jut"?'],
            id="successor misspelt",
        ),
        pytest.param(
            COMMUNES,
            "nay thuộc: xa-cu-jut",
            "nay thuộc: zzz",
            ['7: "Ea T’ling" nay thuộc "zzz", nhưng không có mã ấy; dùng mã của một địa bàn có trong tệp này'],
            id="successor unknown",
        ),
        pytest.param(
            COMMUNES,
            "nay thuộc: xa-cu-jut",
            "nay thuộc: ea-tling",
            ['7: "Ea T’ling" nối vòng về chính mình qua "nay thuộc"; sửa lại chuỗi kế tiếp'],
            id="its own successor",
        ),
        pytest.param(
            COMMUNES,
            "tên: Cư Jút",
            "tên: Cư Jút\n  đến ngày: 1/1/2026\n  nay thuộc: ea-tling",
            [
                f'{line}: "{name}" nối vòng về chính mình qua "nay thuộc"; sửa lại chuỗi kế tiếp'
                for line, name in ((7, "Ea T’ling"), (27, "Cư Jút"))
            ],
            id="successors in a circle",
        ),
        pytest.param(
            COMMUNES,
            "tên: Cư Jút",
            "tên: Cư Jút\n  đến ngày: 1/1/2026\n  nay thuộc: xa-cu-jut",
            ['27: "Cư Jút" nối vòng về chính mình qua "nay thuộc"; sửa lại chuỗi kế tiếp'],
            id="a successor that goes in a circle",
        ),
        pytest.param(
            COMMUNES,
            "đến ngày: 30/6/2025",
            "từ ngày: 1/7/2025\n  đến ngày: 30/6/2025",
            ['7: "Ea T’ling" kết thúc ngày 30/6/2025, trước khi bắt đầu ngày 1/7/2025; sửa lại hai ngày'],
            id="life reversed",
        ),
        pytest.param(
            COMMUNES,
            "  nay thuộc: xa-cu-jut\n",
            "",
            ['6: "Ea T’ling" đã kết thúc mà không nói nay thuộc đâu; thêm dòng nay thuộc: <mã>'],
            id="ended without successor",
        ),
        pytest.param(
            COMMUNES,
            "  đến ngày: 30/6/2025\n",
            "",
            ['6: "Ea T’ling" có đơn vị kế tiếp mà không có ngày cuối; thêm dòng đến ngày: …'],
            id="successor without end",
        ),
        pytest.param(
            COMMUNES,
            "đến ngày: 30/6/2025",
            "đến ngày: 31/7/2025",
            ['6: "Ea T’ling" còn đến 31/7/2025 mà "Cư Jút" có từ 1/7/2025; sửa lại hai ngày cho nối nhau'],
            id="lives overlap",
        ),
        pytest.param(
            COMMUNES,
            "- mã: xa-cu-jut\n  loại: xã",
            "- mã: xa-cu-jut\n  loại: xa xa",
            ['24: Loại "xa xa" không có trong danh mục; ý bạn là "xã"?'],
            id="what cannot be read contradicts nobody",
        ),
        pytest.param(
            OFFICES,
            "",
            "- Ủy ban\n",
            ["1: Cơ quan không gồm các dòng Tên: giá trị; bắt đầu mỗi cơ quan bằng “- tên: …”, như mẫu trong sổ tay"],
            id="office is no mapping",
        ),
        pytest.param(
            OFFICES,
            "https://example.vn",
            "example.vn/trang",
            [f'9: Địa chỉ trang "example.vn/trang" không hợp lệ; {ADDRESS}'],
            id="address of the site",
        ),
    ],
)
def test_faults(project: Project, name: str, old: str, new: str, expected: list[str]) -> None:
    assert old in VOCABULARY[name]
    project.write(f"content/danh-muc/{name}", VOCABULARY[name].replace(old, new, 1) if old else new)
    # A story that uses every vocabulary: one broken line there must not come out as a problem of the story.
    project.write_story(front={"Phong trào": "Hàng Việt Nam"})
    library = project.load()
    assert [str(problem) for problem in library.problems] == [f"content/danh-muc/{name}:{line}" for line in expected]
    assert not library.is_sound


@pytest.mark.parametrize("name", [FIELDS, COMMUNES, MOVEMENTS, OFFICES])
def test_a_file_that_is_gone(project: Project, name: str) -> None:
    (project.path / "content/danh-muc" / name).unlink()
    project.write_story(front={"Phong trào": "Hàng Việt Nam"})
    assert project.problems() == [f"content/danh-muc/{name}:1: Thiếu tệp danh mục {name}; {FROM_COPY}"]


def test_a_file_in_an_old_encoding(project: Project) -> None:
    project.write(f"content/danh-muc/{COMMUNES}", "- tên: Đă\u0301k Wil\n".encode("cp1258"))
    assert project.problems() == [f"content/danh-muc/{COMMUNES}:1: {OLD_ENCODING}"]


@pytest.mark.parametrize(
    ("value", "waits"),
    [
        ("", True),
        ("…", True),
        ("...", True),
        ("[điền sau]", True),
        ("0261 000 000", False),
        ("Số 1 [cũ]", False),
        ("Xã [điền tên]", True),
    ],
)
def test_placeholders(*, value: str, waits: bool) -> None:
    assert is_placeholder(value) is waits
