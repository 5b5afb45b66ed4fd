"""Untrusted open data: valid, invalid and hostile files."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plugins.content.members import open_data
from plugins.content.members.open_data import OpenDataError, load_json, parse_site_data
from tests.gathering.made_data import as_bytes, make_data, make_first_version, make_row

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = "https://a.example.vn"


def parse(data: Any, origin: str = SITE) -> open_data.SiteData:
    return parse_site_data(as_bytes(data), origin)


def test_both_versions_are_read() -> None:
    rows = [
        make_row(SITE, 1),
        make_row(SITE, 2, replicates="kenh-so-1", replicates_url=f"{SITE}/bai-viet/2026/kenh-so-1/"),
    ]
    new, old = parse(make_data(SITE, rows)), parse(make_first_version(SITE, rows))
    assert (new.version, old.version, old.site) == (2, 1, {})
    assert new.rows[1].replicates_url == f"{SITE}/bai-viet/2026/kenh-so-1/"
    assert [row._replace(field_id="", kind_id="", place_type="", replicates_url="") for row in new.rows] == [*old.rows]
    row = new.rows[0]
    assert (row.date, row.updated, row.year) == (date(2026, 5, 19), date(2026, 6, 1), 2026)
    assert row.results == ("1.200 m kênh", "45 hộ có nước tưới")


def test_unknown_keys_are_ignored_and_later_versions_refused() -> None:
    assert len(parse(make_data(SITE, [make_row(SITE, likes=3)], more={})).rows) == 1
    with pytest.raises(OpenDataError, match=r"phiên bản 3, mới hơn phiên bản 2.*cập nhật chương trình"):
        parse(make_data(SITE, version=3))


def test_text_is_in_the_normal_form() -> None:
    name = unicodedata.normalize("NFD", "Đắk D’rông")
    (row,) = parse(make_data(SITE, [make_row(SITE, name=name, movements=[name])])).rows
    assert (row.name, row.movements) == ("Đắk D’rông", ("Đắk D’rông",))


def test_without_a_listed_address_the_site_names_its_own() -> None:
    assert parse(make_data(SITE), "").site["url"] == SITE
    assert len(parse(make_first_version(SITE, [make_row(SITE)]), "").rows) == 1
    with pytest.raises(OpenDataError, match="không thuộc trang"):
        parse(make_first_version(SITE, [make_row(SITE), make_row("https://b.example.vn", 2)]), "")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"url": "javascript:alert(1)"}, '"url" không đúng dạng'),
        ({"url": "https://b.example.vn/bai-viet/2026/kenh-so-1/"}, "không thuộc trang"),
        ({"url": "https://a.example.vn.evil.vn/bai-viet/2026/kenh-so-1/"}, "không thuộc trang"),
        ({"url": "https://a.example.vn@evil.vn/bai-viet/2026/kenh-so-1/"}, '"url" không đúng dạng'),
        ({"url": f"{SITE}/bai-viet/2026/khac/"}, "không khớp với mã bài"),
        ({"url": f"{SITE}/bai-viet/2026/kenh-so-1/../../x/"}, '"url" không đúng dạng'),
        ({"url": f"{SITE}/bai-viet/2026/kenh-so-1/\n"}, '"url" không đúng dạng'),
        ({"replicates_url": "data:text/html,x"}, '"replicates_url" không đúng dạng'),
        ({"id": "../x"}, '"id" không đúng dạng'),
        ({"id": None}, '"id" bị thiếu'),
        ({"id": 7}, '"id" không phải chữ'),
        ({"name": ""}, '"name" để trống'),
        ({"title": " \u200b\u00a0"}, '"title" để trống'),
        ({"date": "0001-01-01"}, '"date" không đúng dạng'),
        ({"updated": "9999-12-31"}, '"updated" không đúng dạng'),
        ({"name": "x" * 1_001}, '"name" dài quá 1000 chữ'),
        ({"name": "Bà \u202eaoH"}, "ký tự ẩn đảo chiều"),
        ({"name": "Bà \u0000 Hoa"}, "ký tự điều khiển"),
        ({"summary": "một\nhai"}, "ký tự điều khiển"),
        ({"results": ["x\ud800"]}, "ký tự điều khiển"),
        ({"results": "một dòng"}, '"results" không phải danh sách'),
        ({"results": [1]}, '"results" không phải danh sách'),
        ({"movements": ["x"] * 101}, '"movements" không phải danh sách'),
        ({"year": "2026"}, '"year" không phải số'),
        ({"year": True}, '"year" không phải số'),
        ({"year": 10**30}, '"year" không phải số'),
        ({"replicated_by": -1}, '"replicated_by" không phải số'),
        ({"kind": "Khác"}, '"kind" không phải một trong'),
        ({"kind": ["Mô hình"]}, '"kind" không phải chữ'),
        ({"date": "19/5/2026"}, '"date"'),
        ({"date": "2026-02-30"}, "ngày 2026-02-30 không có thật"),
        ({"commune": {}}, '"commune" không phải chữ'),
    ],
)
def test_a_row_that_breaks_the_schema_is_named(changes: dict[str, Any], told: str) -> None:
    data = make_data(SITE, [make_row(SITE, 2), make_row(SITE, **changes)])
    with pytest.raises(OpenDataError) as broken:
        parse_site_data(json.dumps(data).encode(), SITE)
    assert "điển hình thứ 2" in str(broken.value)
    assert told in str(broken.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data | {"version": "2"}, '"version" không phải'),
        (lambda data: data | {"version": True}, '"version" không phải'),
        (lambda data: data | {"site": None}, 'thiếu mục "site"'),
        (lambda data: data | {"site": data["site"] | {"url": "javascript:x"}}, '"site", mục "url" không đúng dạng'),
        (lambda data: data | {"exemplars": {}}, 'không có danh sách "exemplars"'),
        (lambda data: data | {"exemplars": [1]}, "điển hình thứ 1: không phải một mục"),
        (lambda data: data | {"exemplars": data["exemplars"] * 2}, "mã bài trùng"),
        (lambda data: [data], "không phải số liệu mở"),
        (str, "không phải số liệu mở"),
    ],
)
def test_files_of_another_kind_are_refused(change: Callable[[Any], Any], told: str) -> None:
    with pytest.raises(OpenDataError, match=told):
        parse(change(make_data(SITE)))


def test_only_the_first_faults_are_reported() -> None:
    rows = [make_row(SITE, number, kind="x") for number in range(9)]
    with pytest.raises(OpenDataError) as broken:
        parse(make_data(SITE, rows))
    assert str(broken.value).count("điển hình thứ") == 3


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"exemplars": [], "exemplars": []}', "khóa ghi hai lần"),
        (b'{"x": NaN}', "số NaN"),
        (b'{"x": -Infinity}', "số -Infinity"),
        (b'{"x": 1.5}', "chỉ nhận số nguyên"),
        (b'{"x": 1e999}', "chỉ nhận số nguyên"),
        (b'{"x": ' + b"9" * 10_000 + b"}", "không phải JSON"),
        (b'{"x": "\xff"}', "không ở mã UTF-8"),
        (b'{"x": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", "quá nhiều tầng"),
        (b"[" * 200_000, "quá nhiều danh sách"),
        (b'{"x": "' + b"a" * open_data.MOST_BYTES + b'"}', "nặng quá 20 MB"),
        (b"", "không phải JSON"),
        (b"<!doctype html>", "không phải JSON"),
        (b'{"exemplars": [', "không phải JSON"),
    ],
)
def test_no_bomb_goes_off(data: bytes, told: str) -> None:
    with pytest.raises(OpenDataError, match=told):
        load_json(data)
