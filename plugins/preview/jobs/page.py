"""The page that runs commands: starts, follows and stops them, and sends the files they have made."""

import time
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from plugins.agenda.ics import MEDIA_TYPE
from plugins.exemplars.model.edition import select_edition
from plugins.preview.addresses import JOBS_URL
from plugins.preview.jobs import job as jobs
from plugins.preview.jobs.boxes import WrongValues, read_arguments
from plugins.preview.jobs.choices import describe_release
from plugins.preview.jobs.commands import BY_NAME
from plugins.preview.jobs.job import Job, JobState
from plugins.preview.jobs.sent_registers import list_sent
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import render, render_refusal
from plugins.preview.serving.exchange import Request, Response, refuse, to_json
from plugins.release.changes import Changes, compare_releases, foresee_changes
from plugins.release.manifest import Release, load_manifest
from plugins.release.store import FOLDER, SITE, list_names, read_current
from plugins.sources.problem import Invalid, Level
from plugins.vietnamese import format_moment

# Types of files that may be sent; none that a browser would run.
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
    ".zip": "application/zip",
    ".ics": MEDIA_TYPE,
}
_CHUNK = 1 << 16
_MOST = 50
_STATES = {
    JobState.RUNNING: "đang chạy",
    JobState.DONE: "xong",
    JobState.REFUSED: "có chỗ phải xem lại",
    JobState.STOPPED: "đã dừng",
    JobState.INTERRUPTED: "bị ngắt giữa chừng vì máy hoặc chương trình tắt; cần thì chạy lại",
}


def show_jobs(request: Request) -> Response:
    """Return the page with a card for each command, the changes since the last release, and recent jobs."""
    site = request.site
    errors = {problem for problem in site.problems if problem.level is Level.ERROR}
    stopping = list(dict.fromkeys(site.content.stopping(publishing=True))) if site.content else []
    page = render(
        "viec.html",
        project=site.project,
        content=site.content,
        stopping=stopping,
        other_errors=len(errors.difference(stopping)),
        jobs=[_describe(job, site.project) for job in jobs.list_jobs(site.project)],
        most=_MOST,
        sent_files=list_sent(site.project),
        **_describe_releases(site),
    )
    return Response(page)


def send_state(request: Request) -> Response:
    """Return the state of the job `viec`, by default the last, and its lines from the byte `tu` on."""
    project = request.site.project
    if (job := _find(project, request.query.get("viec", ""))) is None:
        return to_json({"number": 0})
    begin = request.query.get("tu", "0")
    text, end = job.read_lines(int(begin) if begin.isdecimal() and len(begin) < 12 else 0)
    # Read once: the job may end meanwhile.
    done = job.progress
    progress = dict(zip(("what", "done", "total"), done, strict=True)) if done else None
    seconds = int((job.ended or time.time()) - job.begun)
    said = {"text": text, "end": end, "progress": progress, "seconds": max(0, seconds)}
    return to_json(_describe(job, project) | said)


def start_job(request: Request) -> Response:
    """Start a command with the values of its boxes; refused while another one runs."""
    asked, site = request.json, request.site
    command = BY_NAME[asked["command"]]
    typed = {str(name): str(value) for name, value in asked["values"].items()}
    try:
        arguments = read_arguments(command, typed, site.project, site.content)
        job = jobs.start_command(site.project, command.name, arguments)
    except WrongValues as wrong:
        answer = {"message": "Có ô chưa đúng", "fix": "sửa ô có dòng chữ đỏ", "problems": wrong.problems}
        return to_json(answer, HTTPStatus.UNPROCESSABLE_ENTITY)
    except jobs.Taken as taken:
        begun = format_moment(datetime.fromtimestamp(taken.job.begun).astimezone())
        what = f"Đang chạy việc “{_label(taken.job)}” từ {begun}"
        return refuse(Invalid(what, "chờ việc ấy xong, hoặc dừng nó, rồi bấm lại"), HTTPStatus.CONFLICT)
    return to_json({"number": job.number})


def stop_job(request: Request) -> Response:
    """Stop the job of a number if it is running."""
    if (job := _find(request.site.project, str(request.json["number"]))) and job.state is JobState.RUNNING:
        jobs.request_stop(job)
    return to_json({})


def send_made(request: Request) -> Response:
    """Return the file `tep` if the job `viec` has made it."""
    project, path = request.site.project.resolve(), request.query.get("tep", "")
    job = _find(project, request.query.get("viec", ""))
    file = (project / path).resolve()
    kind = _TYPES.get(file.suffix.lower())
    try:
        if job is None or path not in job.made or not file.is_relative_to(project) or kind is None:
            raise FileNotFoundError
        length = file.stat().st_size
        opened = file.open("rb")
    except OSError:
        page = render_refusal(Invalid("Không còn tệp này", "chạy lại việc đã tạo ra nó"))
        return Response(page, status=HTTPStatus.NOT_FOUND)

    def read() -> Iterator[bytes]:
        with opened:
            yield from iter(lambda: opened.read(_CHUNK), b"")

    return Response(kind=kind, stream=read(), name=file.name, length=length)


def _find(project: Path, number: str) -> Job | None:
    return next((job for job in jobs.list_jobs(project) if not number or str(job.number) == number), None)


def _label(job: Job) -> str:
    command = BY_NAME.get(job.command)
    return command.label if command else job.command


def _describe(job: Job, project: Path) -> dict[str, Any]:
    when = f", lúc {format_moment(datetime.fromtimestamp(job.ended).astimezone())}" if job.ended else ""
    return {
        "number": job.number,
        "command": job.command,
        "label": _label(job),
        "state": job.state,
        "said": _STATES[job.state] + when,
        "files": [
            {"name": path.rpartition("/")[2], "url": f"{JOBS_URL}tep?{urlencode({'viec': job.number, 'tep': path})}"}
            for path in job.made
            if (project / path).is_file()
        ],
    }


def _describe_releases(site: LiveSite) -> dict[str, Any]:
    """Return the current release, its changes to the one before, and the changes that a publish now would make."""
    releases = site.project / FOLDER
    if (online := _load(releases, read_current(releases))) is None:
        return {"current": "", "previous": "", "coming": Changes(), "last": Changes()}
    earlier = [name for name in list_names(releases) if int(name) < int(online.number)]
    previous = _load(releases, earlier[-1]) if earlier else None
    coming = Changes()
    if site.content and site.content.is_sound:
        edition = select_edition(site.content, drafts=False, samples=False, later=False)
        coming = foresee_changes(online, edition, site.project)
    return {
        "current": describe_release(releases / online.number),
        "previous": previous.number if previous else "",
        "coming": coming,
        "last": compare_releases(previous, online) if previous else Changes(),
    }


def _load(releases: Path, name: str | None) -> Release | None:
    files = load_manifest(releases / name) if name else None
    return Release(name, releases / name / SITE, files) if name and files is not None else None
