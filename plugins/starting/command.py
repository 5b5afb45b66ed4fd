"""The start command: make a new office's project, with or without the stories of an older site."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from plugins import hint
from plugins.engine import BUNDLE, engine_of, is_bundled
from plugins.output import explain
from plugins.sources.problem import Invalid
from plugins.starting import inheritance, taking, telling
from plugins.starting.answers import Answers
from plugins.starting.asking import ask
from plugins.starting.folder import choose_folder, copy_engine, making
from plugins.starting.new_content import write_pages, write_registers, write_sample, write_vocabulary
from plugins.vietnamese import today


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
    old = _find_old(project, given.get("from", "").strip())
    target = choose_folder(project, folder, [Path(old)] if old else [])
    taken = inheritance.read_inheritance(old, given, day) if old or given.get("places") else None
    if tell_old and not (taken and given.get("address")):
        raise Invalid("--tell-old cần biết trang cũ và địa chỉ trang mới", "ghi cả --from, --places và --address")
    answers = ask(given, places_needed=taken is None)
    engine = engine_of(project)
    with making(target) as made:
        copy_engine(engine, made)
        vocabulary = write_vocabulary(made, answers, taken, day.year)
        write_pages(made, answers, vocabulary)
        lines = taking.take_over(made, taken) if taken else []
        if not (taken and taken.stories):
            write_sample(made, vocabulary, day)
        write_registers(made, vocabulary, day.year)
    if taken:
        lines += telling.tell_old_site(taken, answers.address, write=tell_old)
    count = len(vocabulary.communes)
    print(f"\nĐã lập trang của {answers.office} trong {target}: {count} địa bàn.", *lines, sep="\n")
    _report(answers, bundled=is_bundled(engine))
    return 0


def _find_old(project: Path, written: str) -> str:
    """Return the folder of the older project; a bare name may be that of one beside this project."""
    beside = project.resolve().parent / written
    return str(beside) if written and not Path(written).exists() and beside.exists() else written


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
