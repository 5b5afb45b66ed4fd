"""Read the templates of letters in content/mau/."""

from pathlib import Path

from plugins.content.folders import TEMPLATES
from plugins.letters.filling import find_faults
from plugins.letters.kinds import EVERY_FIELDS, KINDS, LetterKind
from plugins.letters.template import open_template
from plugins.markdown.references import CONTENT
from plugins.sources.folders import list_folder
from plugins.sources.held import Unread, explain_reading, insist_on_reading
from plugins.sources.problem import Invalid, Level, Problem, suggest
from plugins.vietnamese import squash

FOLDER = f"{CONTENT}/{TEMPLATES}"


def find_templates(project: Path, problems: list[Problem]) -> dict[str, Path]:
    """Return the template files by kind, and add a problem for any other file in the folder."""
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
    """Return the bytes of a valid template, else None after adding its problems."""
    path, before = f"{FOLDER}/{file.name}", len(problems)
    try:
        data = insist_on_reading(file.read_bytes)
        problems += [Problem(path, 1, *one) for one in find_faults(open_template(data), kind.fields, EVERY_FIELDS)]
    except OSError as error:
        invalid = explain_reading(error)
        problems.append(Problem(path, 1, invalid.message, invalid.fix, passing=isinstance(invalid, Unread)))
    except Invalid as invalid:
        problems.append(Problem(path, 1, invalid.message, invalid.fix))
    return data if len(problems) == before else None


def check_templates(project: Path) -> list[Problem]:
    """Return every problem in the templates of a project."""
    problems: list[Problem] = []
    found = find_templates(project, problems)
    for kind in KINDS:
        if kind.id in found:
            read_template(found[kind.id], kind, problems)
    return problems
