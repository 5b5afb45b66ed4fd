"""content/mau/ -> the template of each kind, and every problem in that folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.folders import TEMPLATES
from plugins.letters.filling import find_faults
from plugins.letters.kinds import BY_ID, EVERY_FIELDS, KINDS
from plugins.letters.template import open_template
from plugins.markdown.references import CONTENT
from plugins.sources.folders import list_folder
from plugins.sources.held import Unread, explain_reading, insist_on_reading
from plugins.sources.problem import Invalid, Level, Problem, suggest
from plugins.vietnamese import squash

if TYPE_CHECKING:
    from plugins.letters.kinds import LetterKind

FOLDER = f"{CONTENT}/{TEMPLATES}"


def find_templates(project: Path, problems: list[Problem]) -> dict[str, Path]:
    """Return the file of each kind that has one, by the kind; of anything else there, a problem."""
    found: dict[str, Path] = {}
    names = [kind.file for kind in KINDS]
    for name, entry in list_folder(project / FOLDER, FOLDER, problems):
        path, stem = f"{FOLDER}/{name}", squash(name.rpartition(".")[0])
        kind = next((kind for kind in KINDS if squash(kind.id) == stem), None)
        is_letter = name.lower().endswith(".docx")
        if entry.is_dir() or kind is None:
            fix = suggest(name, names, f"ở đây chỉ đọc {', '.join(names)}")
            problems.append(Problem(path, 1, "Tệp hay thư mục này không phải mẫu văn bản nào", fix, Level.ADVICE))
        elif not is_letter:
            fix = f"mở bằng Word, lưu thành {kind.file}"
            problems.append(Problem(path, 1, f"Mẫu {kind.title} không phải tệp .docx nên không được dùng", fix))
        elif kind.id in found:
            fix = f"giữ một tệp, đặt tên {kind.file}"
            problems.append(Problem(path, 1, f"Mẫu {kind.title} đã có trong tệp {found[kind.id].name}", fix))
        else:
            found[kind.id] = Path(entry)
    return found


def read_template(file: Path, kind: LetterKind, problems: list[Problem]) -> bytes | None:
    """Return the bytes of a template in which nothing is wrong; None, with its problems, where something is."""
    path, before = f"{FOLDER}/{file.name}", len(problems)
    try:
        data = insist_on_reading(file.read_bytes)
        others = {title: fields for title, fields in EVERY_FIELDS.items() if title != kind.title}
        found = find_faults(open_template(data), kind.fields, others)
        problems += [Problem(path, 1, *fault) for fault in found]
    except OSError as error:
        invalid = explain_reading(error)
        problems.append(Problem(path, 1, invalid.message, invalid.fix, passing=isinstance(invalid, Unread)))
    except Invalid as invalid:
        problems.append(Problem(path, 1, invalid.message, invalid.fix))
    return data if len(problems) == before else None


def check_templates(project: Path) -> list[Problem]:
    """Return every problem in the templates of a project."""
    problems: list[Problem] = []
    for name, file in find_templates(project, problems).items():
        read_template(file, BY_ID[name], problems)
    return problems
