"""nginx and Apache as a host would run them, on this machine alone, with the files that were made for them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[3]
HANDBOOK = PROJECT / "plugins/preview/handbook/19-may-chu.md"
# Where the handbook has releases lie.
_SHOWN = "/srv/dan-van-kheo"
# Debian's packages of all that these tests run.
PACKAGES = "nginx, libnginx-mod-http-brotli-static, apache2-bin, openssl, wrk, chromium"
_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_APACHE_MODULES = Path("/usr/lib/apache2/modules")
_PATIENCE = 20.0


class Machine(NamedTuple):
    """A server that runs: its ports, and the process whose reload and end are ours."""

    name: str
    http: int
    https: int
    process: subprocess.Popen[bytes]


def find(*programs: str) -> None:
    """Skip the test where a program is missing; in CI, fail."""
    lacking = [name for name in programs if not which(name)]
    if "nginx" in programs and not _BROTLI.exists():
        lacking.append(_BROTLI.name)
    if lacking:
        missing(", ".join(lacking))


def missing(what: str) -> NoReturn:
    """Skip the test, with the packages of Debian to install; in CI, fail."""
    told = f"không có {what}: cài các gói {PACKAGES}"
    if os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


def which(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@contextmanager
def readable_folder() -> Iterator[Path]:
    """A folder that a server's own user may read, wherever tests keep theirs."""
    folder = Path(tempfile.mkdtemp(prefix="may-chu-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def run_nginx(releases: Path, work: Path) -> Iterator[Machine]:
    """nginx with the file that the handbook gives a host, of which only places and ports are others."""
    http, https = _free_ports()
    own = _handbook_file("nginx")
    certificate, key = make_certificate(work)
    for shown, here in {
        f"{_SHOWN}/releases": str(releases),
        "/etc/ssl/dan-van-kheo.pem": str(certificate),
        "/etc/ssl/private/dan-van-kheo.key": str(key),
        # Not every machine that runs tests has IPv6.
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
    }.items():
        assert shown in own
        own = own.replace(shown, here)
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "\n".join(
        f"{kind}_temp_path {work}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "nginx.conf").write_text(
        f"load_module {_BROTLI};\n{user}\ndaemon off;\nworker_processes 2;\npid {work}/nginx.pid;\n"
        f"error_log {work}/error.log;\nevents {{ worker_connections 1024; }}\n"
        f"http {{\naccess_log off;\nkeepalive_requests 1000000;\n{temporary}\n{own}}}\n",
        encoding="utf-8",
    )
    command = [which("nginx") or "nginx", "-e", f"{work}/error.log", "-p", str(work), "-c", str(work / "nginx.conf")]
    with _run("nginx", command, http, https, work / "error.log") as machine:
        yield machine


@contextmanager
def run_apache(releases: Path, work: Path) -> Iterator[Machine]:
    """Apache as those run it who let out web space: all that the site says stands in its .htaccess."""
    http, https = _free_ports()
    certificate, key = make_certificate(work)
    modules = ("mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "alias", "ssl", "deflate", "filter")
    load = "\n".join(f"LoadModule {name}_module {_APACHE_MODULES}/mod_{name}.so" for name in modules)
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    site = releases / "current/site"
    (work / "apache.conf").write_text(
        f"{load}\n{user}ServerRoot {work}\nServerName example.vn\nPidFile {work}/apache.pid\n"
        f"ErrorLog {work}/apache.log\nDefaultRuntimeDir {work}\nMutex file:{work}\n"
        f"TypesConfig /dev/null\nAddLanguage br .br\nAddType application/x-gzip .gz\n"
        # Settings that the handbook asks for, and Debian's defaults.
        "ServerTokens Prod\nTraceEnable Off\n"
        "AddOutputFilterByType DEFLATE text/html text/css application/json\n"
        '<FilesMatch "^\\.ht">\nRequire all denied\n</FilesMatch>\n'
        f"<Directory />\nOptions FollowSymLinks\nAllowOverride None\nRequire all denied\n</Directory>\n"
        f"<Directory {releases}>\nAllowOverride All\nOptions Indexes FollowSymLinks\n"
        "Require all granted\n</Directory>\n"
        f"Listen 127.0.0.1:{http}\nListen 127.0.0.1:{https}\nDocumentRoot {site}\n"
        f"<VirtualHost *:{https}>\nSSLEngine on\nSSLCertificateFile {certificate}\nSSLCertificateKeyFile {key}\n"
        f"DocumentRoot {site}\n</VirtualHost>\n",
        encoding="utf-8",
    )
    command = [which("apache2") or "apache2", "-D", "FOREGROUND", "-f", str(work / "apache.conf")]
    with _run("apache", command, http, https, work / "apache.log") as machine:
        yield machine


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate that nobody trusts, and its key, for as long as a test."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=example.vn", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@contextmanager
def _run(name: str, command: list[str], http: int, https: int, log: Path) -> Iterator[Machine]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + _PATIENCE
        while not (_answers(http) and _answers(https)):
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                said = process.communicate()[0].decode()
                raise RuntimeError(said + (log.read_text(encoding="utf-8") if log.exists() else ""))
            time.sleep(0.02)
        yield Machine(name, http, https, process)
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        for one in (first, second):
            one.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def _handbook_file(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]
