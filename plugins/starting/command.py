"""The start command: make a new office's project, with or without the stories of an older site."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from plugins import hint
from plugins.engine import BUNDLE, engine_of, is_bundled
from plugins.output import explain, making
from plugins.release.manifest import NAME, load_manifest
from plugins.sources.folders import find_link, is_litter
from plugins.sources.problem import Invalid
from plugins.starting import inheritance, taking
from plugins.starting.answers import Answers, ask
from plugins.starting.new_content import write_pages, write_registers, write_sample, write_vocabulary
from plugins.vietnamese import nfc, today
from plugins.windows.contents import BROUGHT, SAMPLE, TOP, USED


def start_project(project: Path, folder: str, given: Mapping[str, str], *, tell_old: bool = False) -> int:
    """Make a project from options and answers, and return the exit code: 1 when none was made."""
    try:
        return _start(project, folder, given, tell_old=tell_old)
    except Invalid as invalid:
        print(f"Chưa lập được trang mới. {invalid.message}; {invalid.fix}", file=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        print("\nĐã dừng, chưa tạo gì.")
    except OSError as error:
        print(f"Chưa lập được trang mới: {explain(error, project)}", file=sys.stderr)
    return 1


def _start(project: Path, folder: str, given: Mapping[str, str], *, tell_old: bool) -> int:
    day = today()
    old = given.get("from", "").strip()
    if old and not Path(old).exists() and (beside := project.resolve().parent / old).exists():
        # The bare name of a folder beside this project.
        old = str(beside)
    target = choose_folder(project, folder, [Path(old)] if old else [])
    taken = inheritance.read_inheritance(old, given, day) if old or given.get("places") else None
    if tell_old and not (taken and given.get("address")):
        raise Invalid("--tell-old cần biết trang cũ và địa chỉ trang mới", "ghi cả --from, --places và --address")
    answers = ask(given, places_needed=taken is None)
    engine = engine_of(project)
    with making(target, ".moi-") as made:
        copy_engine(engine, made)
        vocabulary = write_vocabulary(made, answers, taken, day.year)
        write_pages(made, answers, vocabulary)
        lines = taking.take_over(made, taken) if taken else []
        if not (taken and taken.stories):
            write_sample(made, vocabulary, day)
        write_registers(made, vocabulary, day.year)
    if taken:
        lines += taking.tell_old_site(taken, answers.address, write=tell_old)
    count = len(vocabulary.communes)
    print(f"\nĐã lập trang của {answers.office} trong {target}: {count} địa bàn.", *lines, sep="\n")
    _report(answers, bundled=is_bundled(engine))
    return 0


def _report(answers: Answers, *, bundled: bool) -> None:
    for skipped in answers.pasted.skipped:
        print(f"  Bỏ qua {skipped}")
    for line in answers.pasted.unclear:
        print(f"  Chưa đưa vào, vì chưa hiểu: {line}")
    opener = "xem-thu.cmd" if os.name == "nt" or bundled else "xem-thu.sh"
    check = f"{BUNDLE}\\lenh check" if bundled else f"{hint.PYTHON} tasks.py check"
    first = "" if bundled else " (lần đầu cần mạng để cài thư viện)"
    print(
        "Việc tiếp theo:\n"
        f"  1. Mở thư mục ấy, bấm đúp {opener} để xem{first}.\n"
        "  2. Điền những chỗ [điền …] trong content/danh-muc/co-quan.yaml; còn một chỗ thì chưa xuất bản được.\n"
        f"  3. Kiểm tra, gõ trong thư mục ấy: {check}"
    )


def choose_folder(project: Path, written: str, others: Sequence[Path]) -> Path:
    """Return a new project's folder, by a bare name beside this project; Invalid if not empty, or in a project."""
    name = nfc(written.strip().strip('"'))
    if not name or Path(name).name in ("", ".", ".."):
        raise Invalid("Chưa ghi tên thư mục mới", "ghi sau lệnh, ví dụ start xa-dong-xuan")
    target = project.resolve().parent / name if Path(name).name == name else Path.cwd() / name
    target = target.parent.resolve() / target.name
    for other in (project, *others):
        if target.is_relative_to(other.resolve()):
            fix = f"chọn chỗ bên cạnh, ví dụ {other.resolve().parent / target.name}"
            raise Invalid(f"{target} nằm trong thư mục của một trang đã có", fix)
    if not target.parent.is_dir():
        raise Invalid(f"Không có thư mục {target.parent} để đặt trang mới vào", "tạo thư mục ấy trước, hoặc sửa tên")
    if find_link(target):
        raise Invalid(f"{target} là một lối dẫn sang chỗ khác", "chọn một thư mục chưa có")
    if target.is_file():
        raise Invalid(f"{target} là một tệp, không phải thư mục", "chọn tên khác")
    if target.is_dir() and (inside := next(target.iterdir(), None)):
        raise Invalid(f"Trong {target} đã có {inside.name}", "chọn một thư mục chưa có, hay chưa có gì bên trong")
    return target


# The program, without tests and files for its developers.
_PROGRAM = (
    *("tasks.py", "pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt"),
    *("requirements-windows.txt", "plugins", "theme", "xem-thu.cmd", "xem-thu.sh", "LICENSE", "README.md"),
    *(".readme", ".gitignore", ".gitattributes", ".editorconfig"),
    # An example for provinces, named in the README.
    ".ci/many-sites",
)


def _left_out(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or name.endswith(".pyc") or is_litter(name)}


def copy_engine(engine: Path, project: Path) -> None:
    """Copy an engine into a new project in the same layout: below may/ if it came in a bundle."""
    if is_bundled(engine):
        _copy_bundle(engine, project)
        return
    for name in _PROGRAM:
        source = engine / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=_left_out)
        elif source.is_file():
            shutil.copy(source, project / name)


def _copy_bundle(engine: Path, project: Path) -> None:
    target = project / BUNDLE / engine.name
    # Only files of the manifest: neither files added later nor another office's content.
    listed = (path for path in load_manifest(engine) or () if not path.startswith(f"{SAMPLE}/"))
    for path in (*listed, NAME):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(engine / path, target / path)
    for path, inside in TOP.items():
        shutil.copyfile(engine / inside, project / path)
    for name in (BROUGHT, USED):
        (project / BUNDLE / name).write_bytes(f"{engine.name}\r\n".encode("ascii"))
