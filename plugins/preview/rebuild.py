"""One preview build in a process of its own: changed code and settings count, and a crash ends nothing else.

Run as `python -m plugins.preview.rebuild PROJECT`; prints what `build` prints.
"""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path

OUTPUT = ".preview"


def run(project: Path) -> str:
    """Build the site with its drafts into .preview; returns all that the build said."""
    command = [sys.executable, "-X", "utf8", "-m", "plugins.preview.rebuild", str(project)]
    done = subprocess.run(command, cwd=project, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    said = f"{done.stdout.decode('utf-8', 'replace')}{done.stderr.decode('utf-8', 'replace')}".strip()
    return said if said or done.returncode == 0 else f"Việc dựng trang dừng đột ngột (mã {done.returncode})."


def main(project: Path) -> int:
    """Build, and say in one line where the code itself is wrong when it is the code."""
    try:
        from plugins import site

        return site.build(project, drafts=True, output=OUTPUT)
    except SyntaxError as error:
        where, line, what = error.filename or "", error.lineno, f"viết sai cú pháp, {error.msg}"
    except Exception as error:  # noqa: BLE001 - whatever it is, the editor reads one line and not a traceback
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename, project)]
        where, line, what = frames[-1].filename, frames[-1].lineno, f"{type(error).__name__}: {error}"
    path = Path(where)
    shown = path.relative_to(project).as_posix() if path.is_relative_to(project) else where
    print(f"{shown}:{line}: mã của trang bị lỗi ({what}); sửa lại hoặc báo người phụ trách kỹ thuật", file=sys.stderr)
    return 1


def _is_ours(file: str, project: Path) -> bool:
    path = Path(file)
    return path == Path(__file__) or path.parent == project or path.is_relative_to(project / "plugins")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
