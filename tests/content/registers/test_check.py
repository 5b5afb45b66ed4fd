"""Problems of registers in the output of `check` and `build`, for people and for other tools."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from plugins.site.build import build
from plugins.site.check import check
from tests.registers.conftest import CSV, as_csv, rows
from tests.site import checkout

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import Project

REGISTER = "content/dang-ky/2026.csv"
STORY = "content/bai-viet/2020/kenh/bai.md"


def test_check_names_faults_of_registers_and_both_places_of_a_disagreement(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write(CSV, as_csv(rows({"Xã": "Dak Drong"}, {"Xã": "Nam Đông"})))
    project.write_story(front={"Đăng ký": "DK-2020-001"})
    assert check(project.path, as_json=True) == 1
    assert json.loads(capsys.readouterr().out) == [
        {
            "path": STORY,
            "line": 5,
            "level": "error",
            "message": f"Bài ghi xã Nam Dong, còn DK-2020-001 ở {CSV}:2 ghi xã Đắk D’rông",
            "fix": "sửa bài hoặc sổ cho khớp nhau",
        },
        {
            "path": CSV,
            "line": 3,
            "level": "error",
            "message": 'Xã "Nam Đông" không có trong danh mục',
            "fix": 'ý bạn là "Nam Dong"?',
        },
    ]
    assert check(project.path) == 1
    # Four files of the vocabulary, a story and a register.
    assert capsys.readouterr().out.splitlines()[-1] == "Đã đọc 6 tệp: 2 lỗi, 0 lời nhắc."


def test_a_build_leaves_out_the_story_that_the_register_contradicts_and_of_a_register_the_wrong_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = checkout.copy_project(tmp_path)
    for folder in (project / checkout.STORIES).glob("20[12][0-9]"):
        if folder.name != "2020":
            shutil.rmtree(folder)
    path = "content/bai-viet/2020/doi-troc-thon-4-moi-nha-mot-hang-cay/bai.md"
    text = (project / path).read_text(encoding="utf-8")
    checkout.write(project, path, text.replace("Xã: Đắk Wil", "Xã: Ea Pô"))
    rows = (project / REGISTER).read_text(encoding="utf-8-sig")
    checkout.write(project, REGISTER, rows.replace(";Đắk Wil;", ";Đắk Uyn;", 1))
    assert build(project) == 1
    out, err = capsys.readouterr()
    assert f"{path}:" in out
    assert "Bài ghi xã Ea Pô, còn DK-2020-032 ở content/dang-ky/2020.csv:34 ghi xã Đắk Wil" in out
    whole, wrong = err.splitlines()
    assert whole.startswith("Bỏ ra ngoài vì có lỗi: ")
    assert path in whole
    assert wrong == f"Không tính dòng có lỗi trong: {REGISTER}"
    assert not (project / "output/bai-viet/2020/doi-troc-thon-4-moi-nha-mot-hang-cay").exists()
    assert (project / "output/bai-viet/2020/hai-hoi-keng-moi-toi-thon-2-dak-wil/index.html").exists()
