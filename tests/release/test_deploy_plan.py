"""The plan of a deploy: order of uploads, deletions, and files that stay."""

from __future__ import annotations

from hashlib import sha256

import pytest

from plugins.release.deploy_plan import Note, build_plan, emptied_folders, is_fingerprinted, parse_note
from plugins.release.manifest import FileEntry

STYLE, PHOTO = "theme/css/site.0a1b2c3d.css", "bai-viet/2020/kenh/kenh-0a1b2c3d-800.webp"


def entry(text: str) -> FileEntry:
    return FileEntry(sha256(text.encode()).hexdigest(), len(text))


def note(files: dict[str, str], *, whole: bool = True, replaced: dict[str, int] | None = None) -> Note:
    return Note("0001", {path: entry(text) for path, text in files.items()}, whole, replaced or {})


def plan(files: dict[str, str], there: dict[str, int], *notes: Note):
    return build_plan({path: entry(text) for path, text in files.items()}, there, notes)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (STYLE, True),
        (f"{STYLE}.br", True),
        ("theme/fonts/be-vietnam-pro-400.670ae6b3.woff2", True),
        ("theme/fonts/OFL.txt", False),
        (PHOTO, True),
        ("bai-viet/2020/kenh/chia-se-0a1b2c3d.png", True),
        ("tim-kiem/chi-muc/6244835badc3/muc-luc.json.gz", True),
        ("tim-kiem/index.html", False),
        ("du-lieu/so-20201110.csv", False),
        ("van-ban/nghi-quyet-20250701/index.html", False),
    ],
)
def test_a_name_that_changes_with_its_content_is_known(path: str, expected: bool) -> None:
    assert is_fingerprinted(path) == expected


def test_files_of_a_page_go_before_it_and_feeds_after() -> None:
    paths = [
        ".htaccess",
        "_redirects",
        "bai-viet/2020/kenh/index.html",
        PHOTO,
        "du-lieu/dien-hinh.csv",
        "feeds/tat-ca.atom.xml.gz",
        "index.html",
        "index.html.br",
        "robots.txt",
        "sitemap.xml",
        STYLE,
    ]
    found = plan(dict.fromkeys(paths, "mới"), {"index.html": 1}, note({"index.html": "c"}))
    assert found.uploads == [
        [PHOTO, STYLE],
        ["du-lieu/dien-hinh.csv", "robots.txt"],
        ["bai-viet/2020/kenh/index.html", "index.html.br"],
        ["index.html"],
        [".htaccess", "_redirects", "feeds/tat-ca.atom.xml.gz", "sitemap.xml"],
    ]
    assert found.in_the_way == []


def test_only_own_files_are_deleted_and_pages_first() -> None:
    before = note(
        {"a/index.html": "trang", "a/index.html.gz": "g", "feeds/a.atom.xml": "tin", STYLE: "css", "b.csv": "1"}
    )
    there = {path: file.bytes for path, file in before.files.items()} | {"b.csv": 99, "khach.html": 5, "a/khach.txt": 5}
    found = plan({}, there, before)
    assert found.deletes == [["a/index.html", "a/index.html.gz", "feeds/a.atom.xml"], [STYLE]]
    assert found.changed == ["b.csv"]


@pytest.mark.parametrize(
    ("there", "notes", "uploaded"),
    [
        ({}, [], True),
        ({"index.html": 3}, [note({"index.html": "mới"})], False),
        ({"index.html": 2}, [note({"index.html": "mới"})], True),
        # Of two versions of one length, either may be there.
        ({"index.html": 3}, [note({"index.html": "mới"}, whole=False), note({"index.html": "xưa"})], True),
        ({"index.html": 3}, [note({"index.html": "mới"}, whole=False), note({"index.html": "cũ"})], False),
        # Nor is it known whether a foreign one was replaced before the line was cut.
        ({"index.html": 3}, [note({"index.html": "mới"}, whole=False, replaced={"index.html": 3})], True),
        ({"index.html": 3}, [note({"index.html": "mới"}, whole=False, replaced={"index.html": 9})], False),
    ],
)
def test_a_file_surely_at_the_target_is_not_uploaded_again(
    there: dict[str, int], notes: list[Note], uploaded: bool
) -> None:
    assert (plan({"index.html": "mới"}, there, *notes).uploaded == ["index.html"]) == uploaded


def test_foreign_files_to_be_replaced_are_named() -> None:
    found = plan({"index.html": "mới", STYLE: "css"}, {"index.html": 3, STYLE: 3, "khach.html": 5})
    assert found.in_the_way == ["index.html"]
    assert found.deleted == []


def test_partial_files_of_an_interrupted_deploy_are_deleted() -> None:
    cut = note({"a.html": "một trang dài", "b.html": "x"}, whole=False)
    there = {"a.html": 4, "c.html.0a1b2c3d.partial": 3, "b.html.0a1b2c3d.partial": 3, "b.html": 9}
    found = plan({}, there, cut)
    assert found.deleted == ["a.html", "b.html.0a1b2c3d.partial"]
    assert found.changed == ["b.html"]


def test_folders_in_which_nothing_is_left() -> None:
    deleted = ["a/b/c/x.html", "a/b/d/y.html", "e/x.html", "top.html"]
    assert emptied_folders(deleted, ["a/z.html", "e/f/khach.txt"]) == ["a/b"]


def test_a_note_is_read_back_and_one_cut_short_is_none() -> None:
    made = note({"Số liệu.csv": "1"}, whole=False, replaced={"index.html": 3})
    assert parse_note(made.name, made.render()) == made
    assert parse_note(made.name, made.render()[:-1]) is None
    assert parse_note("khach.json", made.render()) is None
