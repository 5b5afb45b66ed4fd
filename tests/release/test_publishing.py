"""publish, releases and rollback as staff use them: their output, and the state of releases/ afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from itertools import chain
from typing import TYPE_CHECKING

import html5lib
import pytest

from plugins import hint
from plugins.exemplars.pages import machine_files
from plugins.release import publishing, store
from plugins.release.manifest import find_damage
from plugins.release.releases import list_releases, rollback
from plugins.release.store import locked
from tests.conftest import Project
from tests.release.small_project import STORY, write_story
from tests.site.checkout import PROJECT, read_tree
from tests.site.small_site import COLUMNS
from tests.zipped_elsewhere import other_machine

if TYPE_CHECKING:
    from pathlib import Path


def names(project: Project) -> list[str]:
    return store.list_names(project.path / store.FOLDER)


def current(project: Project) -> str | None:
    return store.read_current(project.path / store.FOLDER)


def page(project: Project, url: str = STORY) -> str:
    file = project.path / store.FOLDER / str(current(project)) / store.SITE / f"{url.strip('/')}/index.html"
    return file.read_text(encoding="utf-8")


def test_another_machine_makes_the_same_release(small: Project) -> None:
    first = read_tree(small.path / "releases/0001")
    shutil.rmtree(small.path / "releases")
    shutil.rmtree(small.path / ".cache")
    with other_machine():
        assert publishing.publish(small.path) == 0
    assert read_tree(small.path / "releases/0001") == first
    assert store.SOURCES in first


def test_a_release_is_whole_and_matches_its_manifest(small: Project) -> None:
    release = small.path / "releases/0001"
    manifest = json.loads((release / "manifest.json").read_bytes())
    tree = read_tree(release / "site")
    assert {path: entry["sha256"] for path, entry in manifest.items()} == tree
    assert list(manifest) == sorted(manifest)
    assert all(entry["bytes"] == (release / "site" / path).stat().st_size for path, entry in manifest.items())
    assert find_damage(release) == []


def test_a_change_is_a_new_release_and_the_last_one_stays(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = read_tree(small.path / "releases/0001")
    write_story(small, "Nước đã về tới ruộng cuối cùng.")
    assert publishing.publish(small.path) == 0
    said = capsys.readouterr().out
    assert "Bản 0002 đã sẵn sàng trên máy này: gốc trang là releases/0002/site/. Máy này không phải máy chủ" in said
    assert "lên mạng" not in said
    assert f"lệnh {hint.command('deploy <nơi đến>')} đưa bản" in said
    assert (names(small), current(small)) == (["0001", "0002"], "0002")
    assert "ruộng cuối cùng" in page(small)
    assert read_tree(small.path / "releases/0001") == before


def test_nothing_new_is_nothing_done(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    # A copy of a project is another one.
    time.sleep(0.15)
    assert publishing.publish(small.path) == 0
    said = capsys.readouterr().out
    assert "Nội dung y như bản 0001 đang dùng: không làm bản mới." in said
    before = {path: path.stat().st_mtime_ns for path in (small.path / "releases").rglob("*")}
    assert publishing.publish(small.path) == 0
    assert capsys.readouterr().out == f"Không có gì thay đổi từ lần xuất bản trước (bản 0001).\n{said}"
    assert {path: path.stat().st_mtime_ns for path in (small.path / "releases").rglob("*")} == before


def test_nothing_heavy_is_imported_when_there_is_nothing_to_do(small: Project) -> None:
    time.sleep(0.15)
    assert publishing.publish(small.path) == 0
    code = (
        "import sys; from pathlib import Path; from plugins.release import publishing;"
        "code = publishing.publish(Path.cwd());"
        "print(sorted({'pelican', 'jinja2', 'yaml', 'PIL', 'turbohtml', 'markdown', 'runpy'} & sys.modules.keys()));"
        "sys.exit(code)"
    )
    # As the other process does it, so that it is not another kind of reading.
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=small.path,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Không có gì thay đổi từ lần xuất bản trước (bản 0001)."
    assert lines[-1] == "[]"


def test_a_damaged_release_is_published_again(small: Project) -> None:
    time.sleep(0.15)
    assert publishing.publish(small.path) == 0
    (small.path / "releases/0001/site/404.html").write_text("hỏng", encoding="utf-8")
    assert publishing.publish(small.path) == 0
    assert current(small) == "0002"
    assert find_damage(small.path / "releases/0002") == []
    assert find_damage(small.path / "releases/0001") == ["404.html"]


@pytest.mark.parametrize(
    ("words", "front", "line"),
    [
        ("Gọi bác Ba 0912 345 678.", {}, f"{STORY}: có số điện thoại riêng “0912 345 678”"),
        ("[Bài kia](/bai-viet/2020/khong-co/)", {}, f"{STORY}: dẫn tới “/bai-viet/2020/khong-co/” mà không có gì ở đó"),
        ("Xã [điền tên xã].", {}, f"{STORY}: còn chỗ chưa điền “[điền tên xã]”"),
    ],
)
def test_a_new_site_with_a_fault_does_not_go_online(
    small: Project, capsys: pytest.CaptureFixture[str], words: str, front: dict[str, str], line: str
) -> None:
    before = read_tree(small.path / "releases")
    write_story(small, words, **front)
    assert publishing.publish(small.path) == 1
    said = capsys.readouterr()
    assert f"Lỗi của bản mới: {line}" in said.out
    assert re.search(r"^Chưa xuất bản được: bản mới còn \d+ lỗi; .*Bản đang dùng giữ nguyên\.$", said.err, re.MULTILINE)
    assert read_tree(small.path / "releases") == before
    assert current(small) == "0001"


def test_a_number_that_its_writer_allows_goes_online(small: Project) -> None:
    write_story(small, "Gọi bác Ba 0912 345 678.", **{"Bỏ nhắc": "số điện thoại", "Tóm tắt": "Gọi 0912345678."})
    assert publishing.publish(small.path) == 0
    assert "0912 345 678" in page(small)


def test_an_address_is_not_lost_in_silence(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    story = small.path / "content/bai-viet/2020/hu-gao"
    story.rename(story.with_name("hu-gao-tinh-thuong"))
    assert publishing.publish(small.path) == 1
    assert "/bai-viet/2020/hu-gao/: địa chỉ đang có trên mạng mà bản mới không còn" in capsys.readouterr().out
    assert publishing.publish(small.path, drop_addresses=True) == 0
    assert current(small) == "0002"


def test_a_story_that_moves_or_is_taken_down_is_answered_by_every_server(small: Project) -> None:
    story = small.path / "content/bai-viet/2020/hu-gao"
    story.rename(story.with_name("hu-gao-tinh-thuong"))
    small.write_story("hu-gao-tinh-thuong", front={"Tiêu đề": "Hũ gạo thôn 5", "Địa chỉ cũ": "hu-gao"})
    write_story(small, "Bài.", Gỡ="1/3/2026, người được viết xin rút")
    assert publishing.publish(small.path) == 0
    release = small.path / "releases/0002"
    assert "hu-gao-tinh-thuong" in page(small, "/bai-viet/2020/hu-gao/")
    assert "người được viết xin rút" in page(small)
    redirects = (release / "site/_redirects").read_text(encoding="utf-8")
    assert re.search(r"^/bai-viet/2020/hu-gao/ \S*/bai-viet/2020/hu-gao-tinh-thuong/ 301$", redirects, re.MULTILINE)
    assert "410" in (release / "site/bai-viet/2020/kenh/.htaccess").read_text(encoding="utf-8")
    assert (release / "nginx.conf").is_file()
    assert (release / "site/index.html.br").is_file()
    assert (release / "site/index.html.gz").is_file()
    assert {".htaccess", "index.html.gz", "_headers"} <= json.loads((release / "manifest.json").read_bytes()).keys()
    assert [path for path in release.rglob("*.html") if "Kênh về thôn 3" in path.read_text(encoding="utf-8")] == []


def test_a_rollback_to_a_withdrawn_story_needs_the_number(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_story(small, "Bài.", Gỡ="1/3/2026, người được viết xin rút")
    assert publishing.publish(small.path) == 0
    assert rollback(small.path) == 1
    assert f"bản 0001 còn bài đã gỡ ({STORY}); " in capsys.readouterr().err
    assert current(small) == "0002"
    assert rollback(small.path, "1") == 0
    assert f"Bài đã gỡ lại có trong bản này: {STORY}\n" in capsys.readouterr().out
    assert current(small) == "0001"


def test_an_error_of_the_content_refuses_before_anything_is_built(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    write_story(small, "Bài.", Ngày="31/2/2020")
    assert publishing.publish(small.path) == 1
    first, *errors = capsys.readouterr().err.splitlines()
    assert first == "Chưa xuất bản được: hãy sửa 1 lỗi sau đây rồi chạy lại. Bản đang dùng giữ nguyên."
    assert len(errors) == 1
    assert re.match(r'content/bai-viet/.*/bai\.md:3: LỖI: Ngày "31/2/2020" không có thật', errors[0])


def test_a_second_publish_at_the_same_time_is_refused(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_story(small, "Bài khác.")
    holder = (
        "import sys; from pathlib import Path; from plugins.release.store import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('x', flush=True); sys.stdin.read()"
    )
    lock = small.path / store.FOLDER / store.LOCK
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(lock)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"x\n"
        for refused in (publishing.publish(small.path), rollback(small.path)):
            assert refused == 1
        assert capsys.readouterr().err.count("Đang có một lệnh khác xuất bản hoặc đổi bản trên máy này") == 2
        # Killed, it had no time to let go.
        other.kill()
    assert lock.exists()
    with locked(lock):
        pass
    assert publishing.publish(small.path) == 0


def test_the_last_releases_and_foreign_files_are_kept(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    small.write("publishconf.py", "from pelicanconf import *\nSHOW_SAMPLES = False\nRELEASES_KEPT = 2\n")
    small.write("releases/ghi-chu.txt", "của tôi")
    small.write("releases/.new-cutoff1/site/a.html", "dở dang")
    small.write("releases/.old-0000/site/a.html", "đang xóa")
    for number in range(2, 5):
        write_story(small, f"Lần {number}.")
        assert publishing.publish(small.path) == 0
    assert "Đã xóa bản cũ: 0002." in capsys.readouterr().out
    assert names(small) == ["0003", "0004"]
    assert {entry.name for entry in (small.path / "releases").iterdir()} == {
        *("0003", "0004", "current", "shared", ".lock", ".spare", "ghi-chu.txt")
    }


def test_a_release_that_takes_files_of_the_last_deleted_is_as_any_other(small: Project, tmp_path: Path) -> None:
    small.write("publishconf.py", "from pelicanconf import *\nSHOW_SAMPLES = False\nRELEASES_KEPT = 1\n")
    for number in (2, 3):
        write_story(small, f"Lần {number}.")
        assert publishing.publish(small.path) == 0
    anew = Project(tmp_path / "anew")
    shutil.copytree(small.path, anew.path, symlinks=True, ignore=shutil.ignore_patterns(".spare"))
    spare = small.path / "releases/.spare/site"
    taken = (spare / "404.html").stat().st_ino
    # Files that were changed, added or moved by hand are not taken.
    changed, moved = spare / "lien-he/index.html", spare / "tro-nang/index.html"
    changed.write_bytes(b"x" * changed.stat().st_size)
    small.write("releases/.spare/site/la.html", "của ai")
    moved.rename(tmp_path / "elsewhere")
    moved.symlink_to(tmp_path / "elsewhere")
    for project in (small, anew):
        write_story(project, "Lần 4.")
        assert publishing.publish(project.path) == 0
    of_both = [project.path / "releases/0004" for project in (small, anew)]
    assert read_tree(of_both[0] / "site") == read_tree(of_both[1] / "site")
    assert {entry.name for entry in of_both[0].iterdir()} == {entry.name for entry in of_both[1].iterdir()}
    assert (of_both[0] / "site/404.html").stat().st_ino == taken
    assert not any(file.is_symlink() for file in of_both[0].rglob("*"))
    # It is the release before that readers have had until now.
    assert [(of_both[0] / "site" / name).stat().st_mtime_ns for name in ("404.html", "lien-he/index.html")] == [
        (small.path / "releases/.spare/site" / name).stat().st_mtime_ns for name in ("404.html", "lien-he/index.html")
    ]


def test_rolling_back_and_publishing_again(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_story(small, "Bài mới.")
    assert publishing.publish(small.path) == 0
    capsys.readouterr()
    assert rollback(small.path) == 0
    assert capsys.readouterr().out.startswith(
        "Máy này đã trở lại bản 0001 (trước đó dùng bản 0002). Máy này không phải máy chủ của trang thì bạn đọc"
    )
    assert "Nước về ruộng" in page(small)
    assert publishing.publish(small.path) == 0
    assert "Nội dung y như bản 0002: dùng lại bản ấy. Máy này không phải" in capsys.readouterr().out
    assert (names(small), current(small)) == (["0001", "0002"], "0002")
    assert rollback(small.path, "1") == 0
    assert current(small) == "0001"


def test_the_release_online_is_never_pruned(small: Project) -> None:
    releases = small.path / store.FOLDER
    for number in (2, 3):
        shutil.copytree(releases / "0001", releases / f"000{number}")
    assert store.prune(releases, 1) == ["0002"]
    assert names(small) == ["0001", "0003"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "không có bản nào trước bản đang dùng; đang giữ: 0001, 0002."),
        ("9", "không có bản 9; đang giữ: 0001, 0002."),
        ("mới", "không có bản mới; đang giữ: 0001, 0002."),
        ("2", "bản 0002 không còn nguyên, 404.html và 1 tệp nữa đã mất hoặc bị sửa; chọn bản khác."),
    ],
)
def test_a_rollback_that_cannot_be(small: Project, capsys: pytest.CaptureFixture[str], number: str, said: str) -> None:
    shutil.copytree(small.path / "releases/0001", small.path / "releases/0002")
    (small.path / "releases/0002/site/404.html").unlink()
    (small.path / "releases/0002/site/la.html").write_text("lạ", encoding="utf-8")
    assert rollback(small.path, number) == 1
    assert capsys.readouterr().err == f"Chưa đổi bản được: {said}\n"
    assert current(small) == "0001"


def test_a_rollback_before_the_first_publish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rollback(tmp_path) == 1
    assert "chưa xuất bản lần nào" in capsys.readouterr().err
    assert list_releases(tmp_path) == 0
    assert "Chưa có bản nào" in capsys.readouterr().out


def test_the_list_marks_the_current_release(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(small.path / "releases/0001", small.path / "releases/0002")
    shutil.copytree(small.path / "releases/0001", small.path / "releases/0010")
    (small.path / "releases/0010/manifest.json").write_text("[]", encoding="utf-8")
    assert list_releases(small.path) == 0
    broken, second, first = capsys.readouterr().out.splitlines()
    assert broken == "0010  hỏng: không đọc được manifest.json"
    assert re.fullmatch(r"0002  \d\d:\d\d \d+/\d+/\d{4}  \d+ trang, \d+(,\d)? MB", second)
    assert re.fullmatch(r"0001  \d\d:\d\d .* MB  ← đang dùng", first)


def test_the_report_of_a_release_is_beside_its_site(small: Project) -> None:
    assert publishing.publish(small.path, report=True) == 0
    folder = small.path / "releases/0001"
    told = json.loads((folder / "report.json").read_bytes())
    assert told["passed"] is True
    assert told["pages"] == len(list((folder / "site").rglob("*.html")))
    assert [check["errors"] for check in told["checks"]] == [0] * len(told["checks"])
    assert find_damage(folder) == []
    before = (folder / "report.html").read_bytes()
    assert publishing.publish(small.path, plain=True, report=True) == 0
    assert (folder / "report.html").read_bytes() == before


def test_the_report_of_a_refused_release_is_accessible(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_story(small, "Gọi 0912 345 678 & [điền tên <b>]")
    assert publishing.publish(small.path, report=True) == 1
    assert "xem đủ trong releases/report.html" in capsys.readouterr().err
    told = json.loads((small.path / "releases/report.json").read_bytes())
    assert told["passed"] is False
    texts = [finding["message"] for check in told["checks"] for finding in check["findings"]]
    assert "có số điện thoại riêng “0912 345 678”" in texts
    html = (small.path / "releases/report.html").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    assert parser.errors == []
    elements = list(root.iter())
    assert not [e for e in elements if e.tag in ("script", "style") or "style" in e.attrib]
    assert [e.get("lang") for e in root.iter("html")] == ["vi"] or root.get("lang") == "vi"
    assert len(list(root.iter("h1"))) == len(list(root.iter("main"))) == 1
    ids = {e.get("id") for e in elements}
    links = [a.get("href", "") for a in root.iter("a")]
    assert len(links) > 1
    assert all(link.removeprefix("#") in ids for link in links)
    assert all(cell.get("scope") for cell in root.iter("th"))
    (sheet,) = [link.get("href") for link in root.iter("link")]
    assert (small.path / "releases" / str(sheet)).stat().st_size > 1000
    assert all(message in " ".join("".join(root.itertext()).split()) for message in texts)


def test_a_release_keeps_its_sbom(small: Project) -> None:
    """The document of the project, which test_sbom.py finds valid and complete."""
    kept = (small.path / "releases/0001/sbom.json").read_bytes()
    assert kept == (PROJECT / "plugins/release/sbom.json").read_bytes()


def test_errors_in_unpublished_files_do_not_stop_a_publish(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A withdrawal that somebody asked for goes online, whatever is wrong with drafts and rows, or with itself."""
    draft = small.write_story("nhap", front={"Tiêu đề": "Nháp", "Trạng thái": "nháp", "Xã": "Không Có"})
    coming = small.write_story("mai", 2098, front={"Tiêu đề": "Ngày mai"})
    row = "DK-2020-001;Kênh;Tập thể;Thôn;Không Có;;Kinh tế;;;2/4/2020;;;"
    small.write("content/dang-ky/2020.csv", f"{COLUMNS}\n{row}\n")
    write_story(small, "Bài.", Gỡ="1/3/2021")
    assert publishing.publish(small.path) == 0
    said = capsys.readouterr().out
    assert f"{draft}:5: " in said
    assert f"Bỏ ra ngoài vì có lỗi: {draft}\n" in said
    assert "Không tính dòng có lỗi trong: content/dang-ky/2020.csv\n" in said
    assert f"Không đưa lên 1 bài chưa đến ngày: {coming}\n" in said
    assert "Bài này đã được gỡ" in page(small)
    assert "Lý do" not in page(small)
    site = small.path / "releases/0002/site"
    assert [file for file in site.rglob("*") if file.is_file() and b"2098" in file.read_bytes()] == []


def test_a_withdrawal_waits_for_no_other_story(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken file stays as published; one that never was is left out."""
    url, path = "/bai-viet/2020/hu-gao/", "content/bai-viet/2020/hu-gao/bai.md"
    story = re.compile("<h1.*?</h1>|<p>.*?</p>")
    before = story.findall(page(small, url))
    text = (small.path / path).read_text(encoding="utf-8")
    fields = (small.path / "content/danh-muc/linh-vuc.yaml").read_text(encoding="utf-8")
    broken = text.replace("Ngày: ", "Ngày: 30/2/")
    small.write(path, broken)
    fresh = small.write_story("moi", front={"Tiêu đề": "Bài mới", "Ngày": "31/2/2020"})
    small.write("content/danh-muc/linh-vuc.yaml", "hỏng: [")
    # As long as nothing is taken down, it waits.
    assert publishing.publish(small.path) == 1
    write_story(small, "Bài.", Gỡ="1/3/2021, người được viết xin rút")
    capsys.readouterr()
    assert publishing.publish(small.path) == 0
    said = capsys.readouterr().out
    kept = "content/bai-viet/2020/hu-gao/bai.md, content/danh-muc/linh-vuc.yaml"
    assert f"Để gỡ bài ngay, giữ sổ đăng ký như bản đang dùng, và những tệp có lỗi: {kept}\n" in said
    assert f"Bỏ ra ngoài vì có lỗi: {fresh}\n" in said
    assert "người được viết xin rút" in page(small)
    assert story.findall(page(small, url)) == before != []
    site = small.path / "releases/0002/site"
    assert [file for file in site.rglob("*.html") if "Kênh về thôn 3" in file.read_text("utf-8")] == []
    # Once that is done, any other change waits again.
    small.write(path, f"{broken}\nThêm một câu.\n")
    assert publishing.publish(small.path) == 1
    # Nor does the next withdrawal: files broken by then were not published.
    other = small.write_story("moi", front={"Tiêu đề": "Bài mới", "Ngày": "19/8/2020"})
    small.write(path, text)
    small.write("content/danh-muc/linh-vuc.yaml", fields)
    assert publishing.publish(small.path) == 0
    small.write(path, broken)
    small.write(other, (small.path / other).read_text(encoding="utf-8").replace("---\n", "---\nGỡ: 2/3/2021\n", 1))
    assert publishing.publish(small.path) == 0
    assert story.findall(page(small, url))[:1] == before[:1]


def test_a_withdrawal_waits_for_no_register(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A story and its row that say two things keep any other publish waiting."""
    url, path = "/bai-viet/2020/hu-gao/", "content/bai-viet/2020/hu-gao/bai.md"
    row = "DK-2020-001;Hũ gạo;Tập thể;Thôn;Nam Dong;;Kinh tế;;;2/4/2020;;;"
    small.write("content/dang-ky/2020.csv", f"{COLUMNS}\n{row}\n")
    text = (small.path / path).read_text(encoding="utf-8")
    small.write(path, text.replace("---\n", "---\nĐăng ký: DK-2020-001\n", 1))
    assert publishing.publish(small.path) == 0, capsys.readouterr()
    before = page(small, url)
    for broken in (f"{COLUMNS}\n{row.replace('Tập thể', 'Mô hình')}\n", "không;phải;sổ\n"):
        small.write("content/dang-ky/2020.csv", broken)
        assert publishing.publish(small.path) == 1
    write_story(small, "Bài.", Gỡ="1/3/2021, người được viết xin rút")
    capsys.readouterr()
    assert publishing.publish(small.path) == 0
    assert "Để gỡ bài ngay, giữ sổ đăng ký như bản đang dùng" in capsys.readouterr().out
    assert "DK-2020-001" in before
    assert "DK-2020-001" in page(small, url)


def test_the_last_story_of_a_list_can_be_taken_down(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write_story(small, "Bài.", Ngày="5/3/2021")
    assert publishing.publish(small.path) == 0
    site = small.path / "releases/0002/site"
    assert (site / "dan-van-kheo/nam/2021/index.html").is_file()
    write_story(small, "Bài.", Ngày="5/3/2021", Gỡ="6/3/2021")
    assert publishing.publish(small.path) == 0
    assert "/dan-van-kheo/nam/2021/: danh sách không còn, vì bài duy nhất trong đó đã gỡ" in capsys.readouterr().out
    # A page that disappears without a withdrawal is still refused.
    write_story(small, "Bài.", Ngày="5/3/2021")
    assert publishing.publish(small.path) == 0
    write_story(small, "Bài.", Ngày="5/3/2022")
    assert publishing.publish(small.path) == 1
    assert "/dan-van-kheo/nam/2021/: địa chỉ đang có trên mạng mà bản mới không còn" in capsys.readouterr().out


def test_a_site_map_of_very_many_stories_is_in_parts(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_files, "MOST_STORIES", 1)
    assert publishing.publish(small.path, plain=True) == 0
    site = small.path / "releases/0002/site"
    maps = [
        re.findall("<loc>https://example.vn(.*?)</loc>", (site / f"sitemap{part}.xml").read_text("utf-8"))
        for part in ("", "-0", "-1", "-2")
    ]
    assert maps[0] == ["/sitemap-0.xml", "/sitemap-1.xml", "/sitemap-2.xml"]
    assert sorted((*maps[2], *maps[3])) == ["/bai-viet/2020/hu-gao/", STORY]
    assert "/" in maps[1]
    assert "/lien-he/" in maps[1]
    whole = (small.path / "releases/0001/site/sitemap.xml").read_text(encoding="utf-8")
    assert sorted(re.findall("<loc>https://example.vn(.*?)</loc>", whole)) == sorted(chain(*maps[1:]))


def test_a_site_whose_address_has_marks_is_published_under_the_name_that_computers_know(small: Project) -> None:
    office = small.path / "content/danh-muc/co-quan.yaml"
    office.write_text(
        office.read_text(encoding="utf-8").replace("https://example.vn", "https://mặttrậncưjút.vn"), encoding="utf-8"
    )
    assert publishing.publish(small.path) == 0
    site = small.path / "releases/0002/site"
    for name in ("sitemap.xml", "robots.txt", "feeds/tat-ca.atom.xml", "index.html"):
        assert "https://xn--mttrncjt-u5a23piw8mlda.vn/" in (site / name).read_text(encoding="utf-8")
    # On paper it is for people to read and type.
    story = (site / f"{STORY.strip('/')}/index.html").read_text(encoding="utf-8")
    assert f"<strong>https://mặttrậncưjút.vn{STORY}</strong>" in story


def test_an_empty_story_that_no_release_shows_stops_no_publish_and_one_that_it_shows_does(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write("content/bai-viet/2020/con-trong/bai.md", b"")
    write_story(small, "Bài đã sửa.")
    assert publishing.publish(small.path) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "1 lỗi ở chỗ không đưa lên nên không ngăn xuất bản:\ncontent/bai-viet/2020/con-trong/bai.md:1: " in said.out
    assert "Bỏ ra ngoài vì có lỗi: content/bai-viet/2020/con-trong/bai.md\n" in said.out
    path = f"content{STORY}bai.md"
    small.write(path, b"")
    assert publishing.publish(small.path) == 1
    assert f"{path}:1: LỖI: Tệp trống" in capsys.readouterr().err
    assert current(small) == "0002"
