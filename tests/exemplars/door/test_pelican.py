"""`pelican`, run by hand as its documentation says, publishes the facts and the bytes of `build` and `publish`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site import checkout, forked
from tests.site.checkout import Run, read_tree, run, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.site.conftest import Build

PELICAN = (str(Path(sys.executable).with_name("pelican")),)
MODULE = (sys.executable, "-m", "pelican")
# A story that `build` refuses: the register has DK-2020-033 in another commune.
CONTRADICTION = f"{checkout.STORIES}/2020/trai-so/bai.md"
STORY = """\
---
Tiêu đề: Trái với sổ
Ngày: 19/8/2020
Lĩnh vực: Kinh tế
Xã: {commune}
Loại: Mô hình
Đăng ký: DK-2020-033
Mẫu: có
---
Bài.
"""


def pelican(project: Path, *arguments: str, program: tuple[str, ...] = ()) -> Run:
    """Run Pelican in a project: a program that is started for it, or in a fork that has it imported."""
    if not program:
        (ran,) = forked.run([forked.Wanted(project, "from pelican import main; main()", ["content", *arguments])])
        return Run(*ran)
    done = subprocess.run(
        [*program, "content", *arguments], cwd=project, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the project with the extra stories, as it is before anything is built."""
    project = checkout.copy_project(tmp_path)
    checkout.add_stories(project)
    return project


def test_it_writes_the_bytes_of_a_build_once_and_twice(built: Build, own: Path) -> None:
    expected = read_tree(built.site.root)
    stories = len(built.site.stories)
    for program in (PELICAN, MODULE):
        done = pelican(own, "-s", "pelicanconf.py", "-o", "X", program=program)
        assert done.code == 0, done.stdout + done.stderr
        assert read_tree(own / "X") == expected
        told = f"Processed {stories} articles, 0 drafts, 0 hidden articles, 6 pages"
        assert told in " ".join(done.stdout.split())


def test_with_publishconf_it_writes_the_site_of_publish(published: Build, own: Path) -> None:
    checkout.fill_in_office(own)
    done = pelican(own, "-s", "publishconf.py", "-o", "X")
    assert done.code == 0, done.stdout + done.stderr
    made, released = read_tree(own / "X"), read_tree(published.site.root)
    assert made.items() <= released.items()
    added = {path for path in released.keys() - made.keys() if not path.endswith((".br", ".gz"))}
    assert added <= {"_headers", "_redirects", ".htaccess"}


def test_it_leaves_out_the_files_of_a_build_and_fails(copied: Path) -> None:
    write(copied, CONTRADICTION, STORY.format(commune="Nam Dong"))
    built = run(copied, "build")
    done = pelican(copied, "-s", "pelicanconf.py", "-o", "X")
    assert (built.code, done.code) == (1, 1)
    assert f"{CONTRADICTION}:5:" in done.stdout
    assert "Bài ghi xã Nam Dong, còn DK-2020-033" in built.stdout
    assert read_tree(copied / "X") == read_tree(copied / "output")
    assert not (copied / "X/bai-viet/2020/trai-so").exists()


@pytest.mark.parametrize("settings", ["pelicanconf.py", "publishconf.py"])
def test_a_refused_build_leaves_the_output(copied: Path, settings: str) -> None:
    checkout.fill_in_office(copied)
    # With the first, as `pelican` writes it too; with the second, any site.
    (copied / "output").rename(copied / "X")
    before = read_tree(copied / "X")
    # To `publish` any error is one too many; to `build`, one in a vocabulary.
    write(copied, CONTRADICTION if settings == "publishconf.py" else "content/danh-muc/xa.yaml", "hỏng")
    assert pelican(copied, "-s", settings, "-o", "X").code == 1
    assert read_tree(copied / "X") == before


def test_only_what_it_wrote_itself_is_removed(own: Path) -> None:
    write(own, CONTRADICTION, STORY.format(commune="Nam Dong").replace("Đăng ký: DK-2020-033\n", ""))
    write(own, "X/cua-nguoi-khac.txt", "giữ")
    pelican(own, "-s", "pelicanconf.py", "-o", "X")
    assert (own / "X/bai-viet/2020/trai-so/index.html").is_file()
    (own / CONTRADICTION).unlink()
    (own / CONTRADICTION).parent.rmdir()
    pelican(own, "-s", "pelicanconf.py", "-o", "X")
    assert not (own / "X/bai-viet/2020/trai-so").exists()
    assert (own / "X/cua-nguoi-khac.txt").read_text(encoding="utf-8") == "giữ"


def test_settings_without_our_class_are_named(own: Path) -> None:
    conf = own / "pelicanconf.py"
    write(own, "pelicanconf.py", conf.read_text(encoding="utf-8").replace("PELICAN_CLASS", "ANOTHER_CLASS"))
    done = pelican(own, "-s", "pelicanconf.py", "-o", "X")
    assert done.code == 1
    assert "PELICAN_CLASS" in done.stdout + done.stderr
    assert not (own / "X").exists()


def test_an_invalid_day_is_reported_in_one_line(own: Path) -> None:
    done = pelican(own, "-s", "pelicanconf.py", "-o", "X", "-e", 'DAY="31/2/2020"')
    assert done.code == 1
    assert 'Ngày "31/2/2020" không có thật' in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stdout + done.stderr


def test_the_day_is_a_setting(copied: Path) -> None:
    pelican(copied, "-s", "pelicanconf.py", "-o", "X", "-e", 'DAY="1/2/2020"')
    assert run(copied, "build", "--date", "1/2/2020").code == 0
    assert read_tree(copied / "X") == read_tree(copied / "output")


@contextmanager
def serving(project: Path, port: int) -> Iterator[tuple[Path, int]]:
    """`pelican -l -r` while it runs. Yields the file that it says everything into, and the group of its processes."""
    said = project / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*PELICAN, "content", "-s", "pelicanconf.py", "-o", "X", "-l", "-r", "-p", str(port)],
            cwd=project,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield said, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def wait_for(what: Callable[[], bool], said: Path) -> None:
    for _ in range(1_200):
        if what():
            return
        time.sleep(0.05)
    pytest.fail(said.read_text(encoding="utf-8"))


def is_watching(group: int) -> bool:
    """Tell whether a process of the group watches files, as Linux says; elsewhere it is given a second to begin."""
    if sys.platform != "linux":
        time.sleep(1)
        return True
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            opened = process.glob("fdinfo/*") if os.getpgid(int(process.name)) == group else ()
            if any("inotify wd" in one.read_text(encoding="ascii") for one in opened):
                return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="nhóm tiến trình của POSIX")
def test_it_serves_a_story_that_is_edited_twice_and_a_vocabulary_that_is_broken_meanwhile(own: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}{checkout.COPY_URL}"
    communes = (own / "content/danh-muc/xa.yaml").read_text(encoding="utf-8")

    def shows(words: str) -> bool:
        try:
            return words in urllib.request.urlopen(address, timeout=5).read().decode()
        except (OSError, HTTPException):  # not there yet, or being written
            return False

    def rest(builds: int) -> None:
        """Wait until it watches again: Pelican misses changes while it writes."""
        wait_for(lambda: said.read_text(encoding="utf-8").count("Done: Processed") == builds, said)
        watch_again()

    def watch_again() -> None:
        wait_for(lambda: is_watching(group), said)
        # From the first folder to the last.
        time.sleep(0.1)

    with serving(own, port) as (said, group):
        wait_for(lambda: shows("Không tóm tắt"), said)
        rest(1)
        for number, words in enumerate(("lần thứ nhất", "lần thứ hai"), 2):
            text = checkout.EXTRA_STORIES[checkout.COPY_STORY]
            write(own, checkout.COPY_STORY, text.replace("Không tóm tắt", f"Sửa {words}"))
            wait_for(lambda words=words: shows(words), said)
            rest(number)
        write(own, "content/danh-muc/xa.yaml", "hỏng")
        wait_for(lambda: "danh-muc/xa.yaml" in said.read_text(encoding="utf-8"), said)
        assert shows("lần thứ hai")
        watch_again()
        write(own, "content/danh-muc/xa.yaml", communes)
        write(own, checkout.COPY_STORY, text.replace("Không tóm tắt", "Sửa lần cuối"))
        wait_for(lambda: shows("lần cuối"), said)
        wait_for(lambda: said.read_text(encoding="utf-8").rstrip().endswith("seconds."), said)
    assert "Traceback" not in said.read_text(encoding="utf-8")
    assert run(own, "build").code == 0
    assert read_tree(own / "X") == read_tree(own / "output")
