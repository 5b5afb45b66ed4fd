"""The process that loads the libraries once and forks for each run of code in a project: see `forked.py`.

It reads questions from stdin, one a line: a list of runs is answered with their exit codes; one run alone, with the
number of its process at once; such a number, with the exit code of that process, null while it runs.
"""

from __future__ import annotations

import atexit
import dataclasses
import gc
import importlib
import json
import os
import re
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NoReturn

from modules_once import read_once
from templates_once import compile_once

# Libraries that the program imports, but nothing of the program itself: each project brings its own.
_LIBRARIES = (
    *("asyncio", "brotli", "concurrent.futures.process", "deflate", "docx", "encodings.idna", "feedgenerator"),
    *("http.server", "invoke.program", "jinja2", "logging.handlers", "lxml.html", "markdown.extensions.abbr"),
    *("markdown.extensions.attr_list", "markdown.extensions.def_list", "markdown.extensions.footnotes"),
    *("markdown.extensions.sane_lists", "markdown.extensions.smarty", "markdown.extensions.tables"),
    *("markdown.extensions.toc", "multiprocessing.spawn", "nh3", "openpyxl", "pelican.generators", "pelican.writers"),
    *("PIL.Image", "PIL.ImageChops", "PIL.ImageCms", "PIL.ImageFilter", "PIL.ImageFont", "PIL.ImageMath"),
    *("PIL.ImageOps", "PIL.ImageSequence", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "PIL.WebPImagePlugin"),
    *(
        "PIL.features",
        "rich._emoji_codes",
        "rich.progress",
        "segno",
        "tinycss2",
        "unidecode.x000",
        "watchfiles",
        "xlsxwriter",
    ),
    *("yaml",),
)


def serve(kept: str) -> None:
    """Answer each line of stdin; keep what forks compile in the folder `kept`, unless it is empty."""
    for name in _LIBRARIES:
        # One that is no longer used is not missed either.
        with suppress(ImportError):
            importlib.import_module(name)
    dataclasses.exec = _exec_once  # type: ignore[attr-defined]
    if kept:
        read_once(Path(kept).with_name("project"))
    # Neither this folder nor that which the process was started in.
    del sys.path[0]
    # Room for the patterns of the program, and none dropped for another.
    re.purge()
    re._MAXCACHE = 4096  # type: ignore[attr-defined]
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        if isinstance(asked, list):
            children = [_fork(kept, one) for one in asked]
            answer: Any = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
        elif isinstance(asked, dict):
            answer = _fork(kept, asked)
        else:
            ended, status = os.waitpid(asked, os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if ended else None
        print(json.dumps(answer), flush=True)


# How many bytes of the file of what was compiled are known.
_READ = [0]
# By their text, the methods that dataclasses writes: to compile them takes as long as to run the modules around them.
_METHODS: dict[str, CodeType] = {}


def _exec_once(text: str, names: dict[str, Any], local: dict[str, Any]) -> None:
    if text not in _METHODS:
        _METHODS[text] = compile(text, "<string>", "exec", dont_inherit=True)
    exec(_METHODS[text], names, local)  # noqa: S102 - as dataclasses does


def _compiled(kept: str) -> Path:
    return Path(kept, "compiled")


def _learn(file: Path, read: list[int]) -> None:
    """Compile what earlier forks had to: the 280 regular expressions of a build are a tenth of its work.

    `read` holds how much of the file was read before: what the cache of `re` drops since then is not learned again.
    """
    with suppress(FileNotFoundError):
        # Another fork may be writing its last line.
        lines, end, _ = file.read_bytes()[read[0] :].rpartition(b"\n")
        for line in lines.splitlines():
            text, flags = json.loads(line)
            if flags is None:
                _METHODS[text] = compile(text, "<string>", "exec", dont_inherit=True)
            else:
                re.compile(text, flags)
        read[0] += len(lines + end)


def _tell(file: Path, patterns: set[tuple[type, str, int]], methods: set[str]) -> None:
    """Write what this fork had to compile."""
    new = re._cache.keys() - patterns  # type: ignore[attr-defined]
    told = [*((pattern, flags) for kind, pattern, flags in new if kind is str)]
    told += [(text, None) for text in _METHODS.keys() - methods]
    lines = "".join(f"{json.dumps(one)}\n" for one in told)
    # At once: other forks do the same.
    with file.open("ab", buffering=0) as out:
        out.write(lines.encode())


def _fork(kept: str, asked: dict[str, Any]) -> int:
    """Return the number of the process that runs what is asked for."""
    if kept:
        _learn(_compiled(kept), _READ)
    pid = os.fork()
    if not pid:
        _run(kept, **asked)
    return pid


def _run(
    kept: str, code: str, words: list[str], folder: str, environment: dict[str, str], out: str, err: str
) -> NoReturn:
    for number, path, how in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
        os.dup2(os.open(path, how | os.O_APPEND * bool(number)), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = [folder, *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
    if kept:
        # As an import finds them.
        found = [path for name in sys.path if (path := Path(name, "plugins")).is_dir()]
        compile_once(Path(kept), (found or [Path(folder, "plugins")])[0])
        atexit.register(_tell, _compiled(kept), set(re._cache), set(_METHODS))  # type: ignore[attr-defined]
    sys.argv = ["-c", *words]
    main = ModuleType("__main__")
    sys.modules["__main__"] = main
    names: dict[str, Any] = main.__dict__
    status = 0
    try:
        exec(compile(code, "<string>", "exec"), names)  # noqa: S102 - of the tests' own
    except SystemExit as ended:
        if not isinstance(ended.code, int | None):
            raise
        status = ended.code or 0
    # What Python does at its end, but for taking all libraries apart, which takes as long as to read a small project.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
