"""The door for member sites: a spoilt list of members, and spoilt open data, as its own target."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from plugins.content.members import members, open_data
from plugins.content.vocabulary.files import load_vocabulary
from plugins.sources.problem import Problem
from tests.gathering.made_data import as_bytes, make_data, make_first_version, make_row
from tests.hostile.mutation import mutate_bytes, mutate_text
from tests.site.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SITE = "https://a.example.vn"
_LIST = """\
- mã: xa-nam-dong
  tên: Xã Nam Dong
  địa chỉ: https://namdong.example.gov.vn
  xã: Nam Dong
- mã: dak-wil
  tên: Xã Đắk Wil
  tệp: kho/dak-wil.zip
- mã: cu-jut
  tên: Huyện Cư Jút (lưu trữ)
  thư mục: ../cu-jut
"""


def prepare(folder: Path, check_problems: Callable[[list[Problem]], None]) -> Callable[[int], None]:
    """Return the trial of one list or one file; whatever is taken of it must be as its schema says."""
    project = SmallSite.create(folder / "du-an").path
    vocabulary = load_vocabulary(project)[0]
    rows = [make_row(_SITE, number) for number in range(3)]
    copy = {"url": rows[0]["url"], "name": "Làm theo", "place": "Xã Đắk Wil", "site": "Trang Đắk Wil"}
    copies = as_bytes({"origins": [{"url": rows[1]["url"], "name": "Gốc", "copies": [copy]}]})
    files = (as_bytes(make_data(_SITE, rows)), as_bytes(make_first_version(_SITE, rows)), copies)

    def try_one(number: int) -> None:
        random = Random(f"gathered {number}")
        if random.random() < 0.3:
            problems: list[Problem] = []
            text = mutate_text(random, _LIST, (_LIST,))
            _check_members(members.read_members(project, vocabulary, problems, {members.PATH: text}))
            check_problems(problems)
            return
        seed = random.choice(files)
        data = (
            mutate_bytes(random, seed)
            if random.random() < 0.5
            else mutate_text(random, seed.decode()).encode("utf-8", "replace")
        )
        try:
            if seed is copies:
                taken: list[Any] = [one for told in members.parse_replications(data).values() for one in told]
            else:
                taken = [*open_data.parse_site_data(data, _SITE).rows]
        except open_data.OpenDataError as broken:
            check_problems([Problem("dien-hinh.json", 1, str(broken), "thu lại")])
            return
        for row in taken:
            _check_row(row)

    return try_one


def _check_members(read: tuple[members.Member, ...]) -> None:
    for one in read:
        assert one.id.replace("-", "").isalnum(), one
        assert one.id.isascii(), one
        assert (not one.address) or one.address.startswith("https://"), one
        assert not set(one.address.removeprefix("https://")) & set("/@?#\\ "), one
        assert [one.address, one.folder, one.archive].count("") == 2, one


def _check_row(row: Any) -> None:
    """Nothing that it says may run, hide or turn."""
    texts = [
        text for value in row for text in (value if isinstance(value, tuple) else [value]) if isinstance(text, str)
    ]
    assert not open_data.REFUSED.search("".join(texts)), row
    assert row.url.startswith(("https://", "http://") if isinstance(row, members.Replica) else f"{_SITE}/bai-viet/"), (
        row
    )
