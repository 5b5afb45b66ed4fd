"""The process that loads the libraries once and forks for each run of code in a project: see `forked.py`."""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

# Libraries that the program imports, but nothing of the program itself: each project brings its own.
_LIBRARIES = (
    *("asyncio", "brotli", "concurrent.futures.process", "deflate", "docx", "feedgenerator", "http.server"),
    *("invoke.program", "jinja2", "lxml.html", "markdown.extensions.attr_list", "markdown.extensions.footnotes"),
    *("markdown.extensions.smarty", "markdown.extensions.tables", "markdown.extensions.toc", "multiprocessing.spawn"),
    *("nh3", "openpyxl", "pelican.generators", "pelican.writers", "PIL.Image", "PIL.ImageOps", "rich.progress"),
    *("segno", "tinycss2", "watchfiles", "xlsxwriter", "yaml"),
)


def serve(kept: str) -> None:
    """Read from stdin what to run, a list in each line, and answer with the exit codes in one."""
    from templates_once import compile_once

    for name in _LIBRARIES:
        # One that is no longer used is not missed either.
        with suppress(ImportError):
            importlib.import_module(name)
    # Neither this folder nor that which the process was started in.
    del sys.path[0]
    gc.freeze()
    for line in sys.stdin:
        children = []
        for asked in json.loads(line):
            pid = os.fork()
            if not pid:
                if kept:
                    compile_once(Path(kept), Path(asked["folder"], "plugins"))
                _run(**asked)
            children.append(pid)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
        print(json.dumps(codes), flush=True)


def _run(code: str, words: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> NoReturn:
    for number, path, how in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
        os.dup2(os.open(path, how | os.O_APPEND * bool(number)), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path.insert(0, folder)
    sys.argv = ["-c", *words]
    main = ModuleType("__main__")
    sys.modules["__main__"] = main
    names: dict[str, Any] = main.__dict__
    exec(compile(code, "<string>", "exec"), names)  # noqa: S102 - of the tests' own
    sys.exit()


if __name__ == "__main__":
    serve(sys.argv[1])
