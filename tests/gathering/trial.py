"""A province's night, whole: `python -m tests.gathering.trial [members] [exemplars]` on this machine alone.

Invented member sites, their open data by the program's own functions, behind one nginx that speaks TLS under each name.
One of them is down, one is of version 1, one is hostile in several ways, one after another. They are gathered at first,
then unchanged; the province is published and deployed to an object store. Prints a table; ends with 1 when anything is
other than it should be.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.members.members import PATH, read_gathered, read_members
from plugins.content.members.open_data import MOST_BYTES
from plugins.content.vocabulary.files import load_vocabulary
from plugins.exemplars.model.edition import select_edition
from plugins.exemplars.open_data.tables import build_exemplars_json
from plugins.gathering.command import gather_members
from plugins.gathering.fetching import Fetcher, Timeouts
from tests.benchmark.stories import write_ours
from tests.corpus import write_corpus
from tests.gathering.made_data import as_bytes, make_data, make_first_version, make_row
from tests.gathering.server import CERTIFICATES, LOOPBACK, trust_of_tests
from tests.loading import load
from tests.release.hosts import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.content.members.members import Member
    from plugins.gathering.visiting import MemberVisit

REPOSITORY = Path(__file__).parents[2]
DOWN, HOSTILE, FIRST_VERSION = 7, 13, 21
# The number of invented communes, whose stories recur.
_CORPORA = 6
_FILE = "du-lieu/dien-hinh.json"
_NGINX = """\
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    types {{ application/json json; text/html html; }}
    {temporary}
    server {{
        listen {loopback}:{port} ssl;
        server_name ~^(?<member>member-[0-9]+)\\.example\\.test$;
        ssl_certificate {certificates}/server.pem;
        ssl_certificate_key {certificates}/server.pem;
        root {work}/sites/$member;
        if (-f {work}/sites/$member/inside) {{ return 302 https://169.254.169.254/latest/meta-data/; }}
        location / {{
            if (-f {work}/sites/$member/packed) {{ add_header Content-Encoding gzip; }}
        }}
    }}
}}
"""


def main(members: int = 124, exemplars: int = 100) -> int:
    """Run the trial. Returns the exit code."""
    if members < FIRST_VERSION:
        print(f"At least {FIRST_VERSION} members.")
        return 2
    with tempfile.TemporaryDirectory(prefix="gather-") as name:
        work = Path(name)
        work.chmod(0o755)
        province = _make_province(work, members, exemplars)
        with _run_nginx(work) as port:
            _list_members(province, members, port)
            listed = _read_members(province)
            trial = _Trial(work, province, listed)
            trial.gather("at first", changed=members - 1, failed=1)
            trial.gather("unchanged", changed=0, failed=1)
            trial.gather("unchanged", changed=0, failed=1)
            for told, change in _hostilities(port):
                change(work / f"sites/member-{HOSTILE}")
                trial.gather(f"hostile: {told}", changed=0, failed=2)
            trial.read(members - 1, exemplars)
        trial.publish_and_deploy()
    return trial.code


class _Trial:
    def __init__(self, work: Path, province: Path, members: tuple[Member, ...]) -> None:
        self._work, self._province, self._members = work, province, members
        self._fetcher = Fetcher(trust_of_tests(), Timeouts(connect=2, piece=2, whole=5))
        self.code = 0
        print(f"{'':34} {'s':>7} {'our CPU s':>10} {'nginx CPU s':>12} {'ms a member':>12}  changed failed")

    def gather(self, what: str, *, changed: int, failed: int) -> None:
        nginx = int((self._work / "nginx.pid").read_text(encoding="utf-8"))
        begun = time.perf_counter(), time.process_time(), _cpu_of_children(nginx)
        outcomes = [*gather_members(self._province, self._members, self._fetcher)]
        took, ours, theirs = (
            now - then
            for now, then in zip(
                (time.perf_counter(), time.process_time(), _cpu_of_children(nginx)), begun, strict=True
            )
        )
        found = [sum(one.result == result for one in outcomes) for result in ("changed", "failed")]
        ms = 1_000 * took / len(outcomes)
        print(f"{what:34} {took:7.2f} {ours:10.2f} {theirs:12.2f} {ms:12.2f}  {found[0]:7} {found[1]:6}")
        _tell_of(outcomes, HOSTILE if failed > 1 else 0)
        self._expect(found == [changed, failed], f"{what}: {changed} changed, {failed} failed")

    def read(self, sites: int, exemplars: int) -> None:
        begun = time.perf_counter()
        problems: list[object] = []
        read = read_gathered(self._province, self._members, problems)  # type: ignore[arg-type]
        rows = sum(len(site.rows) for site in read)
        print(f"read back: {rows} exemplars of {len(read)} sites in {time.perf_counter() - begun:.2f} s")
        print(f"versions: {sorted({site.version for site in read})}; advice: {len(problems)}")
        self._expect((len(read), rows) == (sites, sites * exemplars), "every good copy is read back")

    def publish_and_deploy(self) -> None:
        """Publish the province by the command, and send it to an object store on this machine."""
        took = self._call("publish")
        variables: dict[str, str] = {}
        with serve("s3", self._work / "store", variables.__setitem__) as host:
            sent = self._call("deploy", host.target, **variables)
            site = self._province / "releases" / "0001" / "site"
            data = host.root / _FILE
            self._expect(data.exists() and data.read_bytes() == (site / _FILE).read_bytes(), "the store has the data")
        count = sum(1 for path in site.rglob("*") if path.is_file())
        print(f"publish {took:.1f} s; deploy to the object store {sent:.1f} s: {count} files")

    def _call(self, *words: str, **variables: str) -> float:
        begun = time.perf_counter()
        command = [sys.executable, "-m", "invoke", *words]
        done = subprocess.run(
            command, cwd=self._province, env=os.environ | variables, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            print(done.stdout[-3_000:], done.stderr[-3_000:])
        self._expect(done.returncode == 0, " ".join(words))
        return time.perf_counter() - begun

    def _expect(self, holds: bool, what: str) -> None:
        if not holds:
            self.code = 1
            print(f"NOT SO: {what}")


def _tell_of(outcomes: list[MemberVisit], number: int) -> None:
    for outcome in outcomes:
        if outcome.member.id == f"member-{number}":
            print(f"    {outcome.fault}")


def _make_province(work: Path, members: int, exemplars: int) -> Path:
    """Make each member's open data, as its own publish would, and the province's project, which has few own stories."""
    editions = []
    for number in range(_CORPORA):
        project = work / f"corpus-{number}"
        # A few are plain news.
        write_corpus(project, exemplars + exemplars // 5 + 5, seed=number, samples=False)
        editions.append(select_edition(load(project), drafts=False, samples=False))
    for number in range(1, members + 1):
        edition, origin = editions[number % _CORPORA], "https://member-{}.example.test:{}"
        text = build_exemplars_json(edition.index, edition.content.office, origin.format(number, "{port}"))
        data = json.loads(text)
        data["exemplars"] = data["exemplars"][:exemplars]
        if number == FIRST_VERSION:
            data = make_first_version("", data["exemplars"])
        file = work / f"sites/member-{number}" / _FILE
        file.parent.mkdir(parents=True)
        file.write_bytes(as_bytes(data))
    province = work / "province"
    write_ours(REPOSITORY, province, 20, publishing=True)
    for name in ("plugins", "tests"):
        shutil.copytree(REPOSITORY / name, province / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "tasks.py", province)
    return province


def _list_members(province: Path, members: int, port: int) -> None:
    """Write nguon.yaml, and in each member's data the port that nginx has."""
    lines = []
    for number in range(1, members + 1):
        file = province.parent / f"sites/member-{number}" / _FILE
        file.write_bytes(file.read_bytes().replace(b"{port}", str(port).encode()))
        at = _free_port() if number == DOWN else port
        lines += [
            f"- mã: member-{number}",
            f"  tên: Xã số {number}",
            f"  địa chỉ: https://member-{number}.example.test:{at}",
        ]
    (province / PATH).write_text("\n".join([*lines, ""]), encoding="utf-8")


def _read_members(province: Path) -> tuple[Member, ...]:
    problems: list[object] = []
    members = read_members(province, load_vocabulary(province)[0], problems)  # type: ignore[arg-type]
    assert problems == []
    return members


def _hostilities(port: int) -> Iterator[tuple[str, object]]:
    """Yield each kind of attack, with a function that makes a member's site do it."""
    origin = f"https://member-{HOSTILE}.example.test:{port}"

    def with_row(**changes: object) -> bytes:
        return as_bytes(make_data(origin, [make_row(origin, **changes)]))

    bodies = {
        "a link that is a script": with_row(url="javascript:alert(1)"),
        "a story of another site": with_row(url="https://member-1.example.test/bai-viet/2026/kenh-so-1/"),
        "text that turns direction": with_row(name="Bà \u202eaoH"),
        "a number beyond all": with_row(year=10**400),
        "a million levels": b"[" * 1_000_000,
        "more than may be": b'{"x": "' + b"a" * MOST_BYTES + b'"}',
    }
    for told, body in bodies.items():
        yield told, _writer(_FILE, body)
    yield "a gigabyte packed", _writer(_FILE, gzip.compress(bytes(1_000_000_000), 1), "packed")
    yield "a redirect inside", _writer("inside", b"")


def _writer(name: str, body: bytes, flag: str = "") -> object:
    def write(site: Path) -> None:
        (site / name).write_bytes(body)
        if flag:
            (site / flag).touch()

    return write


@contextmanager
def _run_nginx(work: Path) -> Iterator[int]:
    port = _free_port()
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {work}/{kind};" for kind in kinds)
    places = {"work": work, "certificates": CERTIFICATES, "loopback": LOOPBACK, "port": port, "temporary": temporary}
    user = "user root;\n" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(user + _NGINX.format(**places), encoding="utf-8")
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not program:
        raise SystemExit("no nginx on this machine")
    process = subprocess.Popen([program, "-e", f"{work}/error.log", "-p", str(work), "-c", f"{work}/nginx.conf"])
    try:
        end = time.monotonic() + 10
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit("nginx does not start")
            time.sleep(0.05)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        port: int = found.getsockname()[1]
        return port


def _cpu_of_children(process: int) -> float:
    """Return the processor seconds of a process's children that run."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = stat.read_text(encoding="utf-8").rpartition(") ")[2].split()
        except OSError:
            continue
        if int(facts[1]) == process:
            ticks += int(facts[11]) + int(facts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
