"""Written parts of reports: sections found however they are numbered, and problems at their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.content.prose import ASSESSMENT, DIRECTION, PLANS, PROPOSALS, load_proses
from tests.loading import load
from tests.reports.conftest import PROSE

if TYPE_CHECKING:
    from tests.conftest import Project

FOLDER = "content/bao-cao"


def test_sections_are_known_with_their_number_and_more_words(project: Project) -> None:
    project.write(f"{FOLDER}/2020.md", PROSE)
    proses, problems = load_proses(project.path, ())
    assert problems == []
    prose = proses.find(2020)
    assert list(prose.sections) == [DIRECTION, PLANS]
    assert prose.sections[DIRECTION].body.source.startswith("Chúng tôi **đi từng thôn**")
    assert (prose.number, prose.post, prose.signer) == ("45/BC-MTTQ-BTT", "Phó Chủ tịch", "Y Thử Niê")
    assert proses.find(2021).path == f"{FOLDER}/2021.md"
    assert not proses.find(2021).sections


def test_a_commune_has_words_of_its_own(project: Project) -> None:
    project.write(f"{FOLDER}/2020.md", PROSE)
    project.write(f"{FOLDER}/2020-nam-dong.md", "---\nSố: 7/BC\n---\n## phuong huong\n\nGiữ kênh.\n")
    communes = project.load().vocabulary.communes
    proses, problems = load_proses(project.path, communes)
    assert problems == []
    nam_dong = next(commune for commune in communes if commune.id == "nam-dong")
    assert list(proses.find(2020, nam_dong).sections) == [PLANS]
    assert proses.find(2020).number == "45/BC-MTTQ-BTT"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("2020.md", "Không khai báo\n", "1: Tệp không có phần khai báo ở đầu"),
        ("2020.md", "---\nSố hiệu: 1\n---\n", '2: Không có mục nào tên "Số hiệu"'),
        ("2020.md", "---\nSố: 1\n---\nLời chào.\n", "4: Có lời viết trước đề mục đầu tiên"),
        ("2020.md", "---\nSố: 1\n---\n\n## Lời cảm ơn\n\nCảm ơn.\n", '5: Báo cáo không có phần "Lời cảm ơn"'),
        (
            "2020.md",
            "---\nSố: 1\n---\n## Phương hướng\n\nMột.\n\n## IV. Phương hướng\n\nHai.\n",
            '8: Phần "Phương hướng, nhiệm vụ" được viết hai lần',
        ),
        ("2020-nam-đong.md", PROSE, '1: Tên "2020-nam-đong.md" không phải của một báo cáo'),
        ("ghi chép.docx", "x", '1: Tên "ghi chép.docx" không phải của một báo cáo'),
    ],
)
def test_each_fault_is_named_by_check(project: Project, name: str, text: str, expected: str) -> None:
    project.write(f"{FOLDER}/{name}", text)
    (problem,) = load(project.path).problems
    assert str(problem).startswith(f"{FOLDER}/{name}:{expected}; ")


def test_a_heading_in_a_comment_is_none(project: Project) -> None:
    project.write(f"{FOLDER}/2020.md", "---\nSố: 1\n---\n<!--\n## Ghi riêng\n-->\n\n## Kết quả\n\nTốt.\n")
    proses, problems = load_proses(project.path, ())
    assert problems == []
    assert list(proses.find(2020).sections) == ["Kết quả"]


def test_former_sections_are_parts_of_a_section(project: Project) -> None:
    old = "## Hạn chế, nguyên nhân\n\nMuộn.\n\n## Phương hướng\n\nSớm.\n\n## V. Kiến nghị, đề xuất\n\nCấp máy.\n"
    project.write(f"{FOLDER}/2020.md", f"---\nSố: 1\n---\n{old}")
    both = "## 1. Ưu điểm\n\nĐông.\n\n## Phương hướng\n\nSớm.\n\n## 2. Hạn chế\n\n[ảnh](C:/anh.jpg)\n"
    project.write(f"{FOLDER}/2021.md", f"---\nSố: 1\n---\n{both}")
    proses, problems = load_proses(project.path, ())
    found = proses.find(2020)
    assert list(found.sections) == [ASSESSMENT, PLANS, PROPOSALS]
    assert found.sections[ASSESSMENT].body.source == "### Hạn chế, nguyên nhân\n\nMuộn."
    assert found.missing == (DIRECTION,)
    # Problems keep their lines although parts are joined.
    assert [(problem.path, problem.line) for problem in problems] == [(f"{FOLDER}/2021.md", 14)]
    project.write(f"{FOLDER}/2021.md", f"---\nSố: 1\n---\n{both[: both.index('[')]}Xa.\n")
    (assessment, _) = load_proses(project.path, ())[0].find(2021).sections.values()
    assert [words for _, words in assessment.body.headings] == ["Ưu điểm", "Hạn chế"]
