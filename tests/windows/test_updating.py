"""`cap-nhat.cmd`: the engine is replaced whole, files that people made stay, and a refusal is one line."""

from __future__ import annotations

import shutil
import zipfile
from collections import namedtuple
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from plugins.engine import BUNDLE
from plugins.release.store import Busy
from plugins.sources.packing import BEST, write_package
from plugins.windows import contents, starting, updating
from plugins.windows.contents import BROUGHT, KEPT, SAMPLE, USED, look_at, read_name
from plugins.windows.making import lay_out
from tests.site.checkout import read_tree
from tests.windows.bundles import STORY, engine_at, make_engine, unpack, write_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEWER = make_engine(plugins__a__py=b"A = 2\n")


class Place:
    """A bundle that people work with, and a newer zip beside it."""

    def __init__(self, folder: Path) -> None:
        self.top = folder / "Dân vận khéo"
        self.name = write_bundle(folder / "cu.zip", make_engine())
        unpack(folder / "cu.zip", self.top)
        self.engine = engine_at(self.top, self.name)
        starting.start(self.engine, [])
        (self.top / STORY).write_text("Của người viết\n", encoding="utf-8")
        for path in (
            ".history/bai.md",
            "releases/0001/site/index.html",
            "bao-cao/2026.docx",
            "content/dang-ky/2026.csv",
        ):
            (self.top / path).parent.mkdir(parents=True, exist_ok=True)
            (self.top / path).write_text(path, encoding="utf-8")
        self.newer = self.top / "moi.zip"
        self.newer_name = write_bundle(self.newer, NEWER)

    def update(self, *given: Path) -> int:
        return updating.update(self.engine, [str(path) for path in given])

    @property
    def used(self) -> str:
        return read_name(self.top / BUNDLE / USED)

    def read_own(self) -> dict[str, str]:
        """Return all that is the people's, with the hash of each file."""
        return {path: digest for path, digest in read_tree(self.top).items() if not path.startswith(f"{BUNDLE}/")}


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    made = Place(tmp_path)
    capsys.readouterr()
    return made


def test_an_update_replaces_the_engine_only(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    before = place.read_own()
    assert place.update() == 0
    assert f"Đã cập nhật lên bản {place.newer_name}." in capsys.readouterr().out
    assert place.used == read_name(place.top / BUNDLE / BROUGHT) == place.newer_name
    assert look_at(engine_at(place.top, place.newer_name)) == ([], [])
    assert place.read_own() == before
    # The old one may still be open.
    assert look_at(place.engine) == ([], [])
    starting.start(engine_at(place.top, place.newer_name), [])
    assert not place.engine.exists()
    assert place.read_own() == before


def test_a_zip_may_lie_anywhere_and_be_dropped_on_it(place: Place, tmp_path: Path) -> None:
    elsewhere = tmp_path / "Tải về (1)/bộ mới.zip"
    elsewhere.parent.mkdir()
    place.newer.rename(elsewhere)
    assert place.update(elsewhere) == 0
    assert place.used == place.newer_name


def test_other_zips_in_the_folder_are_ignored(place: Place) -> None:
    (place.top / "luu-tru-0001.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (place.top / "hong.zip").write_bytes(b"khong phai zip")
    shutil.copy(place.top.parent / "cu.zip", place.top / "cu.zip")
    assert place.update() == 0
    assert place.used == place.newer_name


def test_files_beside_content_are_those_of_the_new_one_and_changed_ones_are_kept(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    top = "plugins/windows/top"
    write_bundle(place.newer, NEWER | {f"{top}/xem-thu.cmd": b"@rem moi\r\n", f"{top}/cap-nhat.cmd": b"@rem moi\r\n"})
    (place.top / "cap-nhat.cmd").write_bytes(b"@rem sua tay\r\n")
    (place.top / "DOC-TRUOC.txt").unlink()
    assert place.update() == 0
    assert (place.top / "xem-thu.cmd").read_bytes() == (place.top / "cap-nhat.cmd").read_bytes() == b"@rem moi\r\n"
    assert (place.top / "DOC-TRUOC.txt").is_file()
    assert (place.top / KEPT / place.name / "cap-nhat.cmd").read_bytes() == b"@rem sua tay\r\n"
    assert "Tệp cap-nhat.cmd đã bị sửa tay, bản sửa cất ở" in capsys.readouterr().out


def test_manual_changes_in_the_engine_are_saved_and_named(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (place.engine / "pelicanconf.py").write_bytes(b"SITEURL = 'x'\n")
    (place.engine / f"{SAMPLE}/bai-viet/2026/kenh/anh.jpg").write_bytes(b"anh")
    assert place.update() == 0
    assert (place.top / KEPT / place.name / "pelicanconf.py").read_bytes() == b"SITEURL = 'x'\n"
    assert (place.top / KEPT / place.name / f"{SAMPLE}/bai-viet/2026/kenh/anh.jpg").read_bytes() == b"anh"
    said = capsys.readouterr().out
    assert "pelicanconf.py" in said
    assert "anh.jpg" in said


def damage(file: Path) -> None:
    """Write a zip that is sound as a zip, but has a file with other bytes than its list says."""
    name = write_bundle(file, NEWER)
    manifest = (engine_manifest(file, name)).replace(b'"tasks.py"', b'"tasks.pz"')
    bundle = lay_out(NEWER)[1] | {f"{BUNDLE}/{name}/manifest.json": manifest}
    with file.open("wb") as out:
        write_package(out, sorted(bundle.items()), BEST)


def engine_manifest(file: Path, name: str) -> bytes:
    with zipfile.ZipFile(file) as bundle:
        return bundle.read(f"{BUNDLE}/{name}/manifest.json")


def lead_out(place: Place) -> None:
    """Write a zip with a file that would land outside, were it unpacked as it says."""
    name, bundle = lay_out(NEWER)
    with place.newer.open("wb") as out:
        write_package(out, sorted((bundle | {f"{BUNDLE}/{name}/../../../ngoai.txt": b"ngoai"}).items()), BEST)


def lose_end(place: Place) -> None:
    place.newer.write_bytes(place.newer.read_bytes()[:-400])


def spoil_middle(place: Place) -> None:
    data = bytearray(place.newer.read_bytes())
    at = data.index(b"tasks.py") + 20
    data[at : at + 8] = bytes(8)
    place.newer.write_bytes(data)


def add_another(place: Place) -> None:
    write_bundle(place.top / "moi-2.zip", make_engine(plugins__a__py=b"A = 3\n"))


REFUSALS = {
    "no zip": (lambda place: place.newer.unlink(), "không thấy tệp zip bản mới trong"),
    "two of them": (add_another, "có 2 tệp zip (moi-2.zip, moi.zip); kéo tệp muốn dùng thả vào cap-nhat.cmd"),
    "cut off": (lose_end, "moi.zip hỏng hoặc chép chưa xong; chép lại tệp ấy"),
    "spoilt": (spoil_middle, "moi.zip hỏng hoặc chép chưa xong; chép lại tệp ấy"),
    "another list": (lambda place: damage(place.newer), "moi.zip không nguyên vẹn"),
    "leading out": (lead_out, "moi.zip không phải bộ chạy trên Windows"),
    "older": (lambda place: write_bundle(place.newer, make_engine("0.9.12")), "moi.zip cũ hơn bản đang dùng"),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refused_update_is_one_line_and_changes_nothing(
    place: Place, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    prepare, said = REFUSALS[kind]
    prepare(place)
    before = read_tree(place.top)
    assert place.update() == 1
    told = capsys.readouterr()
    assert told.out.count("\n") <= 1
    assert told.err.startswith("Chưa cập nhật, vẫn dùng bản cũ: ")
    assert said in told.err
    assert told.err.count("\n") == 1
    assert read_tree(place.top) == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("khong-co.zip", None, "không có tệp"),
        ("hong.zip", b"PK", "hong.zip hỏng hoặc chép chưa xong"),
        ("trong.zip", b"PK\x05\x06" + bytes(18), "trong.zip không phải bộ chạy trên Windows"),
    ],
)
def test_a_dropped_file_that_is_no_bundle_is_refused(
    place: Place, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (place.top / name).write_bytes(data)
    assert place.update(place.top / name) == 1
    assert said in capsys.readouterr().err
    assert place.used == place.name


def test_a_full_disk_is_reported_before_anything_is_written(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_tree(place.top)
    monkeypatch.setattr("shutil.disk_usage", lambda _: namedtuple("Usage", "free")(3_000_000))
    assert place.update() == 1
    assert "đĩa chỉ còn 3 MB, cần 50" in capsys.readouterr().err
    assert read_tree(place.top) == before


def test_while_another_is_at_it_nothing_is_done(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def busy(_: Path) -> Iterator[None]:
        raise Busy
        yield

    monkeypatch.setattr(updating, "locked", busy)
    assert place.update() == 1
    assert "đang có một lần mở hay cập nhật khác" in capsys.readouterr().err
    assert place.used == place.name


def test_an_engine_that_is_already_unpacked_is_used(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    unpack(place.newer, place.top)
    monkeypatch.setattr(updating, "_unpack", None)
    assert place.update() == 0
    assert place.used == place.newer_name


def test_a_part_that_was_unpacked_over_it_is_made_whole(place: Place) -> None:
    unpack(place.newer, place.top)
    (engine_at(place.top, place.newer_name) / "tasks.py").unlink()
    assert place.update() == 0
    assert look_at(engine_at(place.top, place.newer_name)) == ([], [])


def test_the_one_in_use_is_no_update(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.newer.unlink()
    shutil.copy(place.top.parent / "cu.zip", place.top / "cu.zip")
    assert place.update() == 0
    assert "là bản đang dùng" in capsys.readouterr().out
    (place.engine / "tasks.py").unlink()
    (place.engine / "plugins/a.py").write_bytes(b"tay")
    assert place.update() == 1
    assert f"đã cất vào {KEPT}/{place.name}/; đóng xem thử rồi giải nén tệp zip đè lên" in capsys.readouterr().err
    # Which mends it, and loses nothing.
    unpack(place.top / "cu.zip", place.top)
    assert look_at(place.engine) == ([], [])
    assert (place.top / KEPT / place.name / "plugins/a.py").read_bytes() == b"tay"


class PowerCut(BaseException):
    """Ends whatever runs, and nothing tidies up after it that would not after a power cut."""


@pytest.mark.parametrize("step", ["_unpack", "put_in_place", "save_changes", "_write_top", "write_whole", "use"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_power_cut_leaves_a_whole_engine_and_the_next_update_works(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    top = "plugins/windows/top/DOC-TRUOC.txt"
    write_bundle(place.newer, NEWER | {top: b"moi\r\n"})
    (place.engine / "pelicanconf.py").write_bytes(b"SITEURL = 'x'\n")
    before = {path: digest for path, digest in place.read_own().items() if path != "DOC-TRUOC.txt"}
    module = updating if hasattr(updating, step) else contents
    real = getattr(module, step)

    def cut(*arguments: object, **options: object) -> None:
        if when == "after":
            real(*arguments, **options)
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(module, step, cut)
        # Nothing is tidied after a power cut.
        patch.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(PowerCut):
            place.update()
    in_use = engine_at(place.top, place.used)
    assert look_at(in_use).damaged == ([] if in_use != place.engine else ["pelicanconf.py"])
    # It starts; whatever of the update lies about is cleared away or used, and the update is made again.
    starting.start(in_use, ["check"])
    assert updating.update(in_use, []) == 0
    assert (place.top / "DOC-TRUOC.txt").read_bytes() == b"moi\r\n"
    assert (place.top / KEPT / place.name / "pelicanconf.py").read_bytes() == b"SITEURL = 'x'\n"
    now = place.read_own()
    assert {path: digest for path, digest in now.items() if path in before} == before
    new = engine_at(place.top, place.used)
    assert new != place.engine
    assert look_at(new) == ([], [])
