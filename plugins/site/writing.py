"""Content -> a site in an empty folder, for build and publish."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from plugins import progress, teamwork
from plugins.build_record import CONTENT, Outcome
from plugins.engine import engine_of
from plugins.output import BuildError, explain
from plugins.site.messages import Unsound, list_problems, print_outcome, some

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from jinja2 import BytecodeCache

    from plugins.build_record import BuildRecord
    from plugins.content.content import Content
    from plugins.content.sources import LoadOptions
    from plugins.exemplars.model.edition import Edition
    from plugins.sources.problem import Problem

    # From content and the errors that stop a publish, what to read instead of the broken files; None for nothing.
    Fallback = Callable[[Content, list[Problem]], LoadOptions | None]


def write_site(
    record: BuildRecord,
    new: Path,
    begun: float,
    *,
    publishing: bool = False,
    drafts: bool = False,
    plain: bool = False,
    online: Collection[str] = (),
    fallback: Fallback = lambda *_: None,
) -> tuple[Edition, list[str]]:
    """Read the content, print its problems, and write the site into the empty folder `new`.

    `begun` is the time.monotonic() of the command's start; `plain` uses no cache and no other process. For a publish,
    `online` has the paths of the files of the current release, and `fallback` says what to read instead of broken
    files where the publish cannot wait for them to be mended.

    Returns the edition and the lines of the problems. Raises Unsound for errors that stop the build (in a publish any
    in its stories, else those of the vocabulary), BuildError when the site cannot be written.
    """
    from plugins.content.cache import ContentCache
    from plugins.site.cache import BuildCache, load_cache, save_cache
    from plugins.site.template_cache import TemplateCache

    settings = engine_of(record.project) / ("publishconf.py" if publishing else "pelicanconf.py")
    cache = BuildCache(ContentCache(record.project)) if plain else load_cache(record)
    options: LoadOptions = {"publishing": publishing, "cache": cache.content, "alone": plain}
    templates = TemplateCache(cache.templates)
    options["meanwhile"] = lambda: _prepare_pelican(settings, templates)
    content, problems = _load_sound(record, begun, options, online, fallback)
    saving = teamwork.Team([cache], lambda cache: save_cache(cache, record), "Ghi nhớ", alone=plain, fewest=1)
    overrides: dict[str, Any] = {"OUTPUT_PATH": str(new), "TEMPLATE_CACHE": templates, "ALONE": plain}
    if drafts:
        overrides["SHOW_DRAFTS"] = True
    try:
        with progress.showing(begun):
            saving.start()
            edition = _run_pelican(content, settings, overrides)
            saving.finish()
    finally:
        teamwork.abandon_all()
    return edition, problems


def _load_sound(
    record: BuildRecord, begun: float, options: LoadOptions, online: Collection[str], fallback: Fallback
) -> tuple[Content, list[str]]:
    """Read the content and print its problems. Raises Unsound when a site may not be made of it."""
    from plugins.content.load import load_content
    from plugins.exemplars.hooks import installed

    def load(instead: LoadOptions) -> Content:
        with progress.showing(begun):
            return load_content(record.project, record.day, installed(record.project), **(options | instead))

    publishing = options["publishing"]
    content = load({})
    stopping = content.stopping(publishing=publishing, online=online)
    problems = list_problems(content, stopping if publishing else None)
    print_outcome(Outcome(problems, [], 0))
    instead: LoadOptions = {}
    # A broken vocabulary is reported alone; the fallback may find the next error only when that one is mended.
    while stopping and (found := fallback(content, stopping)) is not None and found != instead:
        instead = found
        content = load(instead)
        # A file that was never published is left out, as a draft is.
        stopping = [one for one in content.stopping(publishing=publishing) if content.is_online(one, online)]
    if stopping:
        raise Unsound(stopping)
    if instead:
        paths = some(sorted(instead.get("overrides", ())), 50, "tệp")
        kept = f"Để gỡ bài ngay, giữ sổ đăng ký như bản đang dùng{', và những tệp có lỗi: ' * bool(paths)}{paths}"
        print_outcome(Outcome([kept], [], 0))
        problems.append(kept)
    return content, problems


def _prepare_pelican(settings: Path, templates: BytecodeCache) -> None:
    """Import and compile while other processes read the stories."""
    from plugins.exemplars.door.site import compile_templates

    import_module("pelican.writers")
    compile_templates(settings, templates)


def _run_pelican(content: Content, settings: Path, overrides: dict[str, Any]) -> Edition:
    """Let Pelican write the site, with `overrides` of its settings. Returns the edition that it shows."""
    # Imported here: `check` and `new` need no Pelican, and its import takes a third of a second.
    from logging.handlers import BufferingHandler

    from jinja2 import TemplateError, TemplateSyntaxError

    from plugins.assets.bundle import BrokenStyle
    from plugins.exemplars.door.site import run_pelican

    # Errors that Pelican only logs: it would drop the page and end with success.
    log = BufferingHandler(sys.maxsize)
    log.setLevel(logging.ERROR)
    logger = logging.getLogger("pelican")
    logger.addHandler(log)
    logger.propagate = False
    try:
        edition = run_pelican(content, settings, overrides)
    except TemplateSyntaxError as error:
        place = f"theme/templates/{error.name}:{error.lineno}"
        raise BuildError(f"{place}: mẫu trang viết sai ({error.message})") from error
    except BrokenStyle as error:
        raise BuildError(f"{error} (kiểu trang viết sai)") from error
    except TemplateError as error:
        raise BuildError(f"mẫu trang trong theme/templates bị lỗi ({error})") from error
    except OSError as error:
        # Nothing is written to content/, so an error there is one of reading.
        is_content = str(error.filename).startswith(str(content.project / CONTENT))
        raise BuildError(explain(error, content.project, doing="đọc" if is_content else "ghi")) from error
    finally:
        logger.removeHandler(log)
    if log.buffer:
        raise BuildError("; ".join(record.getMessage() for record in log.buffer))
    return edition
