"""The clean command: delete the output and the caches."""

import sys
from pathlib import Path

from plugins.output import OUTPUT, explain, take_away


def clean_project(project: Path) -> int:
    """Delete the output and the caches, each whole or not at all; returns the exit code: 1 when one is in use."""
    folders = (project / OUTPUT, project / ".cache", *project.glob(".output-*"))
    made, code = [entry for entry in folders if entry.is_dir()], 0
    for folder in made:
        try:
            take_away(folder)
        except OSError as error:
            code = 1
            print(f"Chưa xóa được: {explain(error, project, folder, 'xóa')}", file=sys.stderr)
        else:
            print(f"Đã xóa {folder.name}/")
    if not made:
        print("Không có gì để xóa.")
    return code
