"""The check command, and the day as of which a command reads content."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from plugins.build_record import BuildRecord, Outcome
from plugins.output import OUTPUT
from plugins.site.messages import list_problems, print_outcome
from plugins.vietnamese import format_number, today


def on_day(written: str, command: Callable[[date], int]) -> int:
    """Run a command as of a day as typed, or today when it is empty, and return the exit code."""
    from plugins.sources import values
    from plugins.sources.problem import Invalid

    try:
        day = values.day(written) if written else today()
    except Invalid as invalid:
        print(f"{invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    return command(day)


def check(project: Path, *, as_json: bool = False, day: date | None = None) -> int:
    """Print every problem of the content as of a day, by default today, and return the exit code: 1 for any error."""
    from plugins.content.cache import ContentCache
    from plugins.content.load import load_content
    from plugins.exemplars.hooks import installed

    record = BuildRecord(project, OUTPUT, "", day or today())
    cache = ContentCache(project)
    if record.cache_file.exists():
        from plugins.site.cache import load_cache

        cache = load_cache(record).content
    content = load_content(project, record.day, installed(project), cache=cache, checking=True)
    if as_json:
        print(json.dumps([problem.as_dict() for problem in content.problems], ensure_ascii=False, indent=1))
    else:
        print_outcome(Outcome(list_problems(content), [], 0))
        if not content.problems:
            print(f"Đã đọc {format_number(content.files)} tệp: không có lỗi nào.")
    return 1 if content.errors else 0
