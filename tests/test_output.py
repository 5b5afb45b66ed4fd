"""output/ is replaced whole or not at all, and files in use are left for the next build to delete."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from plugins import output
from plugins.site.build import clean_project
from plugins.sources.files import write_whole
from tests.held import holding


def make(project: Path, name: str, text: str) -> Path:
    folder = project / name
    write_whole(folder / "bai-viet/index.html", text.encode())
    return folder


def read(project: Path) -> str:
    return (project / "output/bai-viet/index.html").read_text(encoding="utf-8")


def hidden(project: Path) -> list[str]:
    return sorted(entry.name for entry in project.iterdir() if entry.name.startswith(".output-"))


@pytest.mark.parametrize("at", ["output", "output/bai-viet", "output/bai-viet/index.html"])
def test_a_site_in_use_stays_and_the_file_in_use_is_named(tmp_path: Path, at: str) -> None:
    make(tmp_path, "output", "cũ")
    with holding(tmp_path / at), pytest.raises(output.BuildError) as refused:
        output.put_site(make(tmp_path, ".output-new-1", "mới"), tmp_path / "output")
    said = str(refused.value)
    assert said.startswith("không ghi được output/")
    assert "đang được chương trình khác mở" in said
    assert ".output" not in said
    assert read(tmp_path) == "cũ"
    output.put_site(tmp_path / ".output-new-1", tmp_path / "output")
    assert read(tmp_path) == "mới"
    assert hidden(tmp_path) == []


def test_a_file_in_use_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    make(tmp_path, "output", "cũ")
    with holding(tmp_path / "output/bai-viet/index.html", times=4) as refused:
        output.put_site(make(tmp_path, ".output-new-1", "mới"), tmp_path / "output")
    assert (read(tmp_path), len(refused)) == ("mới", 4)


def test_an_interrupt_between_the_two_moves_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "output", "cũ")
    moves, move = list[Path](), output.put_in_place

    def cut_off(made: Path, file: Path) -> None:
        moves.append(made)
        if len(moves) == 2:
            raise KeyboardInterrupt
        move(made, file)

    monkeypatch.setattr(output, "put_in_place", cut_off)
    with pytest.raises(KeyboardInterrupt):
        output.put_site(make(tmp_path, ".output-new-1", "mới"), tmp_path / "output")
    assert read(tmp_path) == "cũ"


def test_leftovers_are_deleted_by_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "output", "cũ")
    with monkeypatch.context() as held:
        held.setattr("shutil.rmtree", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "đang mở")))
        output.put_site(make(tmp_path, ".output-new-1", "mới"), tmp_path / "output")
    assert read(tmp_path) == "mới"
    assert [name[:12] for name in hidden(tmp_path)] == [".output-old-"]
    long_ago, running = make(tmp_path, ".output-new-2", "dở"), make(tmp_path, ".output-new-3", "đang dựng")
    os.utime(long_ago, (time.time() - 90_000,) * 2)
    new = output.make_site_folder(tmp_path / "output")
    assert hidden(tmp_path) == sorted([running.name, new.name])
    # The site that is not in its place yet may have to come back.
    kept = make(tmp_path, ".output-old-1", "trước nữa")
    (tmp_path / "output").rename(tmp_path / "khac")
    output.make_site_folder(tmp_path / "output")
    assert kept.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows không có umask")
def test_a_site_is_for_all_who_may_read_the_project(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        new = output.make_site_folder(tmp_path / "output")
        output.put_site(new, tmp_path / "output")
        (tmp_path / "other").mkdir()
    finally:
        os.umask(before)
    assert (tmp_path / "output").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("at", ["output/bai-viet/index.html", "output"])
def test_clean_deletes_whole_folders_and_names_files_in_use(
    tmp_path: Path, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, "output", "cũ")
    make(tmp_path, ".cache", "nhớ")
    make(tmp_path, ".output-old-1", "rác")
    (tmp_path / ".cache/bai-viet/index.html").chmod(0o400)
    with holding(tmp_path / at):
        assert clean_project(tmp_path) == 1
    said = capsys.readouterr()
    assert said.err.startswith("Chưa xóa được: không xóa được output/")
    assert "đang được chương trình khác mở, hoặc chỉ cho đọc; đóng chương trình ấy" in said.err
    assert said.err.count("\n") == 1
    assert said.out == "Đã xóa .cache/\nĐã xóa .output-old-1/\n"
    assert read(tmp_path) == "cũ"
    assert clean_project(tmp_path) == 0
    assert capsys.readouterr().out == "Đã xóa output/\n"
    assert [*tmp_path.iterdir()] == []
    assert clean_project(tmp_path) == 0
    assert capsys.readouterr().out == "Không có gì để xóa.\n"
