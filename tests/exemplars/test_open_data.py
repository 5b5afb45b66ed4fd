"""Open data as Excel and as other tools read it: the same numbers as the pages."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from plugins.content.members.members import Replica, parse_replications
from plugins.content.members.open_data import SHAPES, parse_site_data
from plugins.content.vocabulary.terms import Office
from plugins.exemplars.open_data import tables
from plugins.exemplars.open_data.columns import COLUMNS

if TYPE_CHECKING:
    from plugins.exemplars.model.index import Index
    from tests.conftest import Project

SITE = "https://example.vn"
OFFICE = Office(name="Ủy ban MTTQ Việt Nam huyện Cư Jút", short="Dân vận khéo Cư Jút", level="huyện", area="Đắk Nông")


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def index(district: Project) -> Index:
    return district.edition().index


def test_the_tables_open_in_excel(index: Index) -> None:
    written = (
        "".join(tables.write_exemplars_csv(index, SITE)),
        tables.build_replications_csv(index),
        tables.build_dictionary_csv(index),
    )
    for text in written:
        assert text.encode().startswith(b"\xef\xbb\xbf")
        assert text.endswith("\r\n")
        assert "\n" not in text.replace("\r\n", "")


def test_one_row_an_exemplar_with_the_words_of_the_pages(index: Index) -> None:
    rows = read_csv("".join(tables.write_exemplars_csv(index, SITE)))
    assert [row["Mã bài"] for row in rows] == [story.slug for story in index.exemplars]
    (row,) = [row for row in rows if row["Mã bài"] == "kenh-dak-drong"]
    assert row == {
        "Mã bài": "kenh-dak-drong",
        "Điển hình": "Đắk D’rông cũng có kênh",
        "Tiêu đề bài": "Đắk D’rông cũng có kênh",
        "Loại": "Mô hình",
        "Lĩnh vực": "Kinh tế",
        "Lĩnh vực khác": "",
        "Mã xã": "dak-drong",
        "Xã": "xã Đắk D’rông",
        "Mã xã hiện nay": "xa-nam-dong-2025",
        "Xã hiện nay": "xã Nam Dong mới",
        "Năm": "2021",
        "Ngày đăng": "2021-05-05",
        "Ngày cập nhật": "2021-05-05",
        "Tóm tắt": "",
        "Kết quả": "",
        "Biểu dương": "",
        "Phong trào": "",
        "Nhân rộng từ": "kenh-ea-tling",
        "Số nơi làm theo": "0",
        "Được công nhận": "",
        "Bài mẫu": "không",
        "Địa chỉ": "https://example.vn/bai-viet/2021/kenh-dak-drong/",
        "Mã lĩnh vực": "kinh-te",
        "Mã loại": "mo-hinh",
        "Loại nơi": "xã",
        "Địa chỉ gốc": "https://example.vn/bai-viet/2020/kenh-ea-tling/",
    }


def test_the_table_counts_as_the_matrices_do(index: Index) -> None:
    rows = read_csv("".join(tables.write_exemplars_csv(index, SITE)))
    for matrix, commune in ((index.matrix_then, "Mã xã"), (index.matrix_now, "Mã xã hiện nay")):
        cells = {
            (row.commune.id, cell.field.name): cell.count for row in matrix.rows for cell in row.cells if cell.count
        }
        assert Counter((row[commune], row["Lĩnh vực"]) for row in rows) == cells
        assert len(rows) == matrix.total


def test_json_holds_the_same_rows_and_the_licence(index: Index) -> None:
    data = json.loads(tables.build_exemplars_json(index, OFFICE, SITE))
    assert (data["licence"], data["licence_url"]) == (tables.LICENCE, tables.LICENCE_URL)
    rows = read_csv("".join(tables.write_exemplars_csv(index, SITE)))
    for from_json, from_csv in zip(data["exemplars"], rows, strict=True):
        assert list(from_json) == [column.key for column in COLUMNS]
        for column in COLUMNS:
            value = from_json[column.key]
            assert from_csv[column.heading] == ("; ".join(value) if isinstance(value, list) else str(value))


def test_lists_of_facts_keep_their_parts(project: Project) -> None:
    front = {
        "Lĩnh vực": "[Văn hóa, Kinh tế]",
        "Kết quả": "\n  - 3,2 km | kênh mương\n  - nước về sớm",
        "Biểu dương": "\n  - Giấy khen | huyện | 2020",
        "Phong trào": "[Hàng Việt Nam, An ninh Tổ quốc]",
        "Tóm tắt": "'Bà con nói: \"Được!\", rồi làm'",
    }
    project.write_story(front=front)
    index = project.edition().index
    (row,) = read_csv("".join(tables.write_exemplars_csv(index, SITE)))
    assert (row["Lĩnh vực"], row["Lĩnh vực khác"]) == ("Văn hóa – xã hội", "Kinh tế")
    assert row["Kết quả"] == "3,2 km kênh mương; nước về sớm"
    assert row["Biểu dương"] == "Giấy khen cấp huyện, 2020"
    assert row["Phong trào"] == "Người Việt Nam ưu tiên dùng hàng Việt Nam; Toàn dân bảo vệ an ninh Tổ quốc"
    assert row["Tóm tắt"] == 'Bà con nói: "Được!", rồi làm'
    (from_json,) = json.loads(tables.build_exemplars_json(index, OFFICE, SITE))["exemplars"]
    assert from_json["results"] == ["3,2 km kênh mương", "nước về sớm"]


@pytest.mark.parametrize("title", ["=1+1", '=HYPERLINK("https://a.vn")', "+84 261", "-Không hẹn trước", "@bà con"])
def test_no_cell_runs_as_a_formula(project: Project, title: str) -> None:
    project.write_story(front={"Tiêu đề": f"'{title}'", "Kết quả": f"\n  - '{title}'\n  - b"})
    index = project.edition().index
    (row,) = read_csv("".join(tables.write_exemplars_csv(index, SITE)))
    assert (row["Tiêu đề bài"], row["Điển hình"], row["Kết quả"]) == (f"'{title}", f"'{title}", f"'{title}; b")
    (from_json,) = json.loads(tables.build_exemplars_json(index, OFFICE, SITE))["exemplars"]
    assert from_json["title"] == title


def test_one_row_a_replication_oldest_copy_first(index: Index) -> None:
    assert read_csv(tables.build_replications_csv(index))[1] == {
        "Mã bài gốc": "kenh-ea-tling",
        "Điển hình gốc": "Ea T’ling học làm kênh",
        "Lĩnh vực gốc": "Kinh tế",
        "Xã gốc": "thị trấn Ea T’ling",
        "Xã gốc hiện nay": "xã Cư Jút",
        "Năm gốc": "2020",
        "Mã bài nhân rộng": "kenh-dak-drong",
        "Điển hình nhân rộng": "Đắk D’rông cũng có kênh",
        "Lĩnh vực": "Kinh tế",
        "Xã": "xã Đắk D’rông",
        "Xã hiện nay": "xã Nam Dong mới",
        "Năm": "2021",
    }
    edges = [(row["Mã bài gốc"], row["Mã bài nhân rộng"]) for row in read_csv(tables.build_replications_csv(index))]
    assert edges == [("kenh", "kenh-ea-tling"), ("kenh-ea-tling", "kenh-dak-drong"), ("kenh-ea-tling", "kenh-moi")]


def test_an_origin_that_is_left_out_is_not_named(project: Project) -> None:
    project.write_story("goc", front={"Tiêu đề": "Gốc", "Mẫu": "có"})
    project.write_story("hoc-theo", front={"Tiêu đề": "Con", "Nhân rộng từ": "goc"})
    index = project.edition(samples=False).index
    (row,) = read_csv("".join(tables.write_exemplars_csv(index, SITE)))
    assert row["Nhân rộng từ"] == ""
    assert read_csv(tables.build_replications_csv(index)) == []


def test_the_dictionary_explains_every_column_and_names_the_licence(index: Index) -> None:
    rows = read_csv(tables.build_dictionary_csv(index))
    headings = "".join(tables.write_exemplars_csv(index, SITE)).removeprefix("\ufeff").split("\r\n", 1)[0].split(",")
    assert [row["Cột trong CSV"] for row in rows] == [*headings, "Giấy phép"]
    assert all(row["Ý nghĩa"] and row["Meaning"] and row["Khóa trong JSON"] for row in rows)
    assert (rows[-1]["Ý nghĩa"], rows[-1]["Meaning"]) == (tables.LICENCE, tables.LICENCE_URL)


def check_schema(schema: str, data: str) -> None:
    # Its import takes 1.7 s, which every process of a run of all tests would wait for.
    import jsonschema

    said = json.loads(schema)
    jsonschema.Draft202012Validator.check_schema(said)
    jsonschema.Draft202012Validator(said).validate(json.loads(data))


def test_the_data_is_as_its_schema_and_our_own_reader_have_it(index: Index) -> None:
    data = tables.build_exemplars_json(index, OFFICE, SITE)
    check_schema(tables.build_exemplars_schema(SITE), data)
    read = parse_site_data(data.encode(), SITE)
    assert (read.version, read.site["office"], read.site["url"]) == (2, OFFICE.name, SITE)
    for row, from_json in zip(read.rows, json.loads(data)["exemplars"], strict=True):
        assert json.loads(json.dumps(row._asdict(), default=str)) == from_json


def test_each_column_has_one_shape() -> None:
    assert [column.key for column in COLUMNS] == list(SHAPES)
    assert [key for key, shape in SHAPES.items() if shape.since == 2] == list(SHAPES)[-4:]


def test_a_copy_of_another_site_has_its_origin(index: Index) -> None:
    origin, url = "https://a.example.vn/bai-viet/2020/goc/", f"{SITE}/bai-viet/2021/kenh-dak-drong/"
    copy = Replica(url, "Đắk D’rông cũng có kênh", "Xã Nam Dong mới", "Dân vận khéo Cư Jút")
    data = tables.build_copies_json({origin: {url: copy}}, {origin: "Kênh gốc"}, OFFICE, SITE)
    check_schema(tables.build_copies_schema(SITE), data)
    assert parse_replications(data.encode()) == {origin: (copy,)}
    assert tables.find_copies(index, OFFICE, SITE) == {}  # each copies one of this site
    assert json.loads(tables.build_exemplars_json(index, OFFICE, SITE))["replications"] == ""
