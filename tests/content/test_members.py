from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.content.members.members import PATH, Member, read_members
from plugins.content.vocabulary.terms import Commune, Office
from plugins.content.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from plugins.sources.problem import Problem

END = date(2025, 6, 30)
OLD = Commune("xa-nam-dong", "Nam Dong", "xã", "24625", "Cư Jút", until=END, successor="xa-nam-dong-2025")
NEW = Commune("xa-nam-dong-2025", "Nam Dong", "xã", "24640", "Lâm Đồng")
DRONG = Commune("xa-dak-drong", "Đắk D’rông", "xã", "24637", "Lâm Đồng")


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(communes=(OLD, NEW, DRONG), offices=(Office(site_url="https://tinh.example.vn"),))


def read(vocabulary: Vocabulary, text: str) -> tuple[tuple[Member, ...], list[Problem]]:
    problems: list[Problem] = []
    return read_members(Path("nowhere"), vocabulary, problems, {PATH: text}), problems


def test_members_are_read_in_the_order_of_the_file(vocabulary: Vocabulary) -> None:
    text = """- mã: xa-nam-dong
  tên: Xã Nam Dong
  địa chỉ: https://NamDong.example.gov.vn:443/
  xã: xa-nam-dong-2025
- mã: cu-jut-cu
  tên: Huyện Cư Jút (lưu trữ)
  thư mục: ..\\cu-jut\\
- mã: dak-drong
  tên: Xã Đắk D’rông
  tệp: kho/./dak-drong.zip
  xã: dak d'rong
- mã: idn
  tên: Tên miền tiếng Việt
  địa chỉ: https://mặttrậnđắkwil.vn:8443
"""
    members, problems = read(vocabulary, text)
    assert problems == []
    assert members == (
        Member("xa-nam-dong", "Xã Nam Dong", "https://namdong.example.gov.vn", commune="xa-nam-dong-2025"),
        Member("cu-jut-cu", "Huyện Cư Jút (lưu trữ)", folder="../cu-jut"),
        Member("dak-drong", "Xã Đắk D’rông", archive="kho/dak-drong.zip", commune="xa-dak-drong"),
        Member("idn", "Tên miền tiếng Việt", "https://xn--mttrnkwil-ugb2944f0a1h.vn:8443"),
    )
    assert [member.line for member in members] == [1, 5, 8, 12]


def test_no_file_means_no_member(vocabulary: Vocabulary, tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_members(tmp_path, vocabulary, problems) == ()
    assert problems == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("địa chỉ: http://a.example.vn", "không phải https"),
        ("địa chỉ: a.example.vn", "thiếu https://"),
        ("địa chỉ: ../nam-dong", "không phải địa chỉ trang"),
        ("địa chỉ: https://a.example.vn/trang", "có đường dẫn"),
        ("địa chỉ: https://a.example.vn?x=1", "có đường dẫn"),
        ('địa chỉ: "https://a.example.vn#x"', "có đường dẫn"),
        ("địa chỉ: https://user:mat-khau@a.example.vn", "có tên hay mật khẩu"),
        ("địa chỉ: https://10.0.0.1", "không có tên miền đúng"),
        ('địa chỉ: "https://[::1]"', "không có tên miền đúng"),
        ("địa chỉ: https://localhost", "không có tên miền đúng"),
        ("địa chỉ: https://a..vn", "không có tên miền đúng"),
        ("địa chỉ: https://a.example.vn:99999", "không đúng dạng"),
        ("địa chỉ: https://a.example.vn:0", "cổng không đúng"),
        ("địa chỉ: https://tinh.example.vn", "của chính trang này"),
        ("địa chỉ: [điền địa chỉ]", "chỉ nhận một dòng chữ"),
        ('địa chỉ: "[điền địa chỉ]"', "chỗ chờ điền"),
        ("thư mục: https://a.example.vn", "là một địa chỉ"),
        ("thư mục: ./", "chính trang này"),
        ("tệp: kho/nam-dong.rar", "không phải tệp zip"),
        ("thu muc: ../a\n  tệp: a.zip", 'ghi cả "thư mục" và "tệp"'),
        ("xã: Nam Dong", "không ghi lấy số liệu ở đâu"),
        ("thư mục: ../a\n  xã: Nam Đong Xa", "không có trong danh mục"),
        ("thư mục: ../a\n  xax: Nam Dong", 'Không có mục nào tên "xax"'),
    ],
)
def test_invalid_members_are_reported_at_their_lines(vocabulary: Vocabulary, line: str, told: str) -> None:
    members, problems = read(vocabulary, f"- mã: a\n  tên: Xã A\n  {line}\n- mã: b\n  tên: Xã B\n  thư mục: ../b\n")
    assert [member.id for member in members] == ["b"]
    assert [problem.path for problem in problems] == [PATH]
    assert told in problems[0].message
    assert problems[0].fix


@pytest.mark.parametrize("identifier", ["Xã A", "../a", "a_b", "con", "a" * 61, "…"])
def test_an_id_is_a_slug_that_any_system_can_name_a_folder_by(vocabulary: Vocabulary, identifier: str) -> None:
    members, problems = read(vocabulary, f'- mã: "{identifier}"\n  tên: Xã A\n  thư mục: ../a\n')
    assert members == ()
    assert [problem.line for problem in problems] == [1]


def test_an_id_and_a_source_belong_to_one_member(vocabulary: Vocabulary) -> None:
    one = "- mã: a\n  tên: Xã A\n  địa chỉ: https://a.example.vn\n"
    members, problems = read(vocabulary, one + one.replace("a.example", "A.example") + one.replace("mã: a", "mã: b"))
    assert [member.id for member in members] == ["a"]
    assert [(problem.line, problem.message) for problem in problems] == [
        (4, 'Mã "a" đã dùng ở dòng 1'),
        (6, 'Địa chỉ "https://a.example.vn" đã dùng ở dòng 3'),
        (9, 'Địa chỉ "https://a.example.vn" đã dùng ở dòng 3'),
    ]


def test_of_places_of_one_name_the_lasting_one_is_meant(vocabulary: Vocabulary) -> None:
    text = "- mã: a\n  tên: Xã A\n  thư mục: ../a\n  xã: Nam Dong\n"
    assert [member.commune for member in read(vocabulary, text)[0]] == [NEW.id]
    both = Vocabulary(communes=(replace(OLD, until=None), NEW))
    assert [problem.fix for problem in read(both, text)[1]] == ["ghi mã: xa-nam-dong, xa-nam-dong-2025"]


def test_thousands_of_members_are_read(vocabulary: Vocabulary) -> None:
    text = "".join(f"- mã: xa-{n}\n  tên: Xã số {n}\n  thư mục: ../cac-xa/xa-{n}\n" for n in range(3_300))
    members, problems = read(vocabulary, text)
    assert (len(members), problems) == (3_300, [])
