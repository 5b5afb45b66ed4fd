"""Find the files to collect."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from plugins.content.registers.sheets.stranger import explain_kind
from plugins.sources.folders import is_litter
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc, sort_key


def is_spreadsheet(file: Path) -> bool:
    """Return whether a file has the suffix of a readable register."""
    return file.suffix.lower() in (".csv", ".xlsx")


def find_files(words: Sequence[str], folder: Path) -> list[Path]:
    """Return the files that the words name, each once; without words, all of `folder`. Invalid if one matches nothing.

    A word is a file, a folder, or a pattern with * or ?, which the shell of Windows does not expand. Files of known
    other kinds, such as Word documents, are included, to be refused by name.
    """
    found: list[Path] = []
    for word in words or [str(folder)]:
        path = Path(word)
        if path.is_file():
            matching = [path]
        else:
            entries = path.iterdir() if path.is_dir() else _match(path)
            matching = [file for file in entries if is_spreadsheet(file) or _is_other_kind(file)]
        matching = [file for file in matching if not is_litter(file.name) and file.is_file()]
        if words and not matching:
            raise Invalid(f"Không có tệp .xlsx, .csv nào ở “{word}”", "xem lại tên tệp, tên thư mục")
        found += sorted(matching, key=lambda file: sort_key(file.name))
    return list({file.resolve(): file for file in found}.values())


def _match(path: Path) -> list[Path]:
    """Return the paths that match a pattern, comparing names in NFC: disks may store them decomposed."""
    parents = [Path(path.anchor)] if path.is_absolute() else [Path()]
    for part in path.parts[bool(path.anchor) :]:
        matching = [parent / part for parent in parents if (parent / part).exists()]
        for parent in () if matching else parents:
            names = parent.iterdir() if parent.is_dir() else ()
            matching += [entry for entry in names if fnmatchcase(nfc(entry.name).casefold(), nfc(part).casefold())]
        parents = matching
    return parents


def _is_other_kind(file: Path) -> bool:
    # Not .txt: staff keep notes in any folder.
    return file.suffix.lower() != ".txt" and explain_kind(file.suffix) is not None
