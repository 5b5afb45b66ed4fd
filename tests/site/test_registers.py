"""Registrations on pages, without the person in charge, and without samples in a publish."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

from tests.loading import load
from tests.site.pages import words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Build
    from tests.site.pages import Site

STORY_URL = "/bai-viet/2020/ea-po-hoc-cach-lam-kenh/"


def people_in_charge(project: Path) -> set[str]:
    """Return every name in the column of those in charge."""
    found = set()
    for file in (project / "content/dang-ky").glob("*.csv"):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
        header = next(row for row in rows if "Mã" in row)
        if "Người phụ trách" not in header:  # of what happened to them
            continue
        column = header.index("Người phụ trách")
        found |= {row[column] for row in rows[rows.index(header) + 1 :]}
    return found


def test_a_story_shows_its_registration(built: Build) -> None:
    facts = built.site[STORY_URL].first("aside", "facts")
    shown = {words(item.find("dt")): words(item.find("dd")) for item in facts.iter("div")}
    assert shown["Đăng ký"] == "DK-2020-027, hoàn thành"
    assert re.fullmatch(r"14/10/2020 ?Quyết định 05/QĐ-MTTQ", shown["Công nhận"])
    assert shown["Biểu dương, khen thưởng"] == "Giấy khen cấp huyện, 18/11/2020"
    assert re.fullmatch(r"6/10/2020 ?\d+/\d+ phiếu đồng ý, Biên bản họp bình xét, .+", shown["Bình xét công khai"])
    assert shown["Nơi thực hiện"] == "Thôn Tân Sơn"
    # The unit is the exemplar itself, which stands there already.
    assert "Đơn vị" not in shown
    other = built.site["/bai-viet/2021/nha-phan-loai-rac-thon-2-truc-son/"].first("aside", "facts")
    assert "Ban Công tác Mặt trận thôn 2" in words(other)


def test_a_story_without_one_shows_none(built: Build) -> None:
    page = built.site["/bai-viet/2018/hu-gao-tinh-thuong-buon-nui/"]
    assert "Đăng ký" not in words(page.first("aside", "facts"))


def test_the_person_in_charge_is_in_no_file_of_any_site(site: Site, built: Build) -> None:
    names = people_in_charge(built.project)
    assert len(names) > 5
    needles = [unicodedata.normalize(form, name).encode() for name in names for form in ("NFC", "NFD")]
    assert [
        file.name
        for file in sorted(site.root.rglob("*"))
        if file.is_file() and any(needle in file.read_bytes() for needle in needles)
    ] == []


def test_the_papers_of_communes_are_in_no_file_of_any_site(site: Site, built: Build) -> None:
    rows = [row for received in load(built.project).papers.values() for row in received]
    private = {word for row in rows for word in (row.number, row.note) if word}
    assert len(private) > 20
    needles = [unicodedata.normalize(form, word).encode() for word in private for form in ("NFC", "NFD")]
    files = [file for file in sorted(site.root.rglob("*")) if file.is_file()]
    assert [file.name for file in files if any(needle in file.read_bytes() for needle in needles)] == []
    assert not any("theo-doi" in file.as_posix() for file in files)


def test_a_publish_shows_no_sample_of_a_register(published: Build) -> None:
    texts = [file for file in published.site.root.rglob("*") if file.suffix in {".html", ".json", ".csv", ".xml"}]
    assert len(texts) > 50
    assert [file.name for file in texts if "DK-20" in file.read_text(encoding="utf-8")] == []
