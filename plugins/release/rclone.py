"""rclone, which copies files to any host: find it, run it, report its progress, and explain its errors in one sentence.

Also targets, as staff write them, as rclone takes them, as messages show them. Hosts and logins are rclone's own
configuration, which is neither read nor written here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.release.store import FOLDER
from plugins.sources.files import write_whole

OLDEST = (1, 60)
# From this version on, SFTP, FTP and local disks too get a file under a temporary name first.
REPLACES_WHOLE = (1, 63)
# Defaults, which the environment may override. The caller retries, and nobody may be there to type a password.
_SETTINGS = {
    "RCLONE_CONTIMEOUT": "20s",
    "RCLONE_TIMEOUT": "60s",
    "RCLONE_RETRIES": "1",
    "RCLONE_LOW_LEVEL_RETRIES": "2",
    "RCLONE_ASK_PASSWORD": "false",
    "RCLONE_NO_UPDATE_DIR_MODTIME": "true",
}
# Once the connection is lost, rclone fails each remaining file, slowly: stop after this many.
_TOO_MANY_FAILURES = 4
_SECONDS_TO_END = 1.0
# Exit codes: https://rclone.org/docs/#list-of-exit-codes
_DIRECTORY_NOT_FOUND, _TEMPORARY = 3, 5
_LISTEN = ("--use-json-log", "--stats", "500ms", "--stats-log-level", "NOTICE")
_LOST_SENTENCE = "mạng bị ngắt, hoặc không tới được máy chủ; chạy lại lệnh này, phần đã đưa lên được giữ"
_BUSY_SENTENCE = "máy chủ nơi đến đang trục trặc; đợi một lát rồi chạy lại lệnh này, phần đã đưa lên được giữ"
_LOST = re.compile(
    r"connection|network|broken pipe|no such host|no route to host|timed? ?out|\bEOF\b|dial tcp|handshake failed"
    r"|short response",
    re.IGNORECASE,
)
# 423: a WebDAV server still holds the file that a lost connection was carrying.
_BUSY = re.compile(r"\b50[0234]\b|InternalError|SlowDown|ServiceUnavailable|\b42[13]\b|\b45[01]\b", re.IGNORECASE)
_FAULTS = (
    (
        r"didn't find section in config file|didn't find backend called",
        'rclone chưa biết nơi nào tên "{remote}"; tạo nơi ấy bằng lệnh rclone config{known}',
    ),
    (
        r"unable to decrypt configuration|configuration file is encrypted|password from .*config|RCLONE_CONFIG_PASS",
        "cấu hình của rclone có mật khẩu; đặt mật khẩu ấy vào biến RCLONE_CONFIG_PASS rồi chạy lại",
    ),
    (
        r"no space left|disk full|not enough space|insufficient.?storage|quota|\b507\b|\b552\b",
        "nơi đến đã hết chỗ; dọn bớt hoặc xin thêm chỗ rồi chạy lại, phần đã đưa lên được giữ",
    ),
    (
        r"knownhosts: key|host key",
        "máy chủ không phải máy đã biết (khóa của nó khác); hỏi nơi cho thuê máy chủ trước khi làm tiếp",
    ),
    (
        r"unable to authenticate|no supported methods|InvalidAccessKey|SignatureDoesNotMatch|\b530\b|unauthorized",
        "nơi đến từ chối đăng nhập; xem lại tên, mật khẩu hay khóa bằng lệnh rclone config",
    ),
    (
        r"AccessDenied|permission denied|access is denied|access denied|read-only file system|\b403\b|forbidden",
        "nơi đến không cho ghi vào đó; xem lại quyền của tài khoản, hoặc chọn thư mục khác",
    ),
    (r"NoSuchBucket|bucket .*not exist", "nơi đến chưa có kho (bucket) tên ấy; tạo kho rồi chạy lại"),
)


# Called with rclone's statistics twice a second.
Report = Callable[[Mapping[str, Any]], None]


class DeployError(Exception):
    """A deploy that is refused or failed; the message, in Vietnamese and one sentence, says why."""


class ConnectionLost(DeployError):
    """The host cannot be reached, or is in trouble, for now: it may be worth trying again."""


class TargetMissing(DeployError):
    """The target has no such folder."""


@dataclass(frozen=True)
class Rclone:
    """An installed rclone that is new enough: path of the program, and version."""

    program: str
    version: tuple[int, ...]

    def run(self, *words: str, target: str = "", report: Report | None = None) -> bytes:
        """Run one command and return its output; DeployError, which names `target`, or TargetMissing."""
        with (
            tempfile.TemporaryFile() as out,
            subprocess.Popen(
                [self.program, *words, *_LISTEN],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                env=_SETTINGS | os.environ | {"RCLONE_DRY_RUN": "false"},
            ) as process,
        ):
            try:
                errors = [*_read_errors(process.stderr or (), report)]
                if sum(bool(_LOST.search(message)) for message in errors) >= _TOO_MANY_FAILURES:
                    raise ConnectionLost(_LOST_SENTENCE)
                code = process.wait()
            finally:
                _stop(process)
            if code:
                raise self._explain(code, errors, target)
            out.seek(0)
            return out.read()

    def _explain(self, code: int, errors: Sequence[str], target: str) -> DeployError:
        text = "\n".join(errors)
        if code == _DIRECTORY_NOT_FOUND or "directory not found" in text:
            return TargetMissing("nơi đến chưa có thư mục ấy")
        for pattern, sentence in _FAULTS:
            if re.search(pattern, text, re.IGNORECASE):
                known = self._list_remotes() if "{known}" in sentence else ""
                return DeployError(sentence.format(remote=target.partition(":")[0], known=known))
        if _LOST.search(text) or code == _TEMPORARY:
            return ConnectionLost(_LOST_SENTENCE)
        if _BUSY.search(text):
            return ConnectionLost(_BUSY_SENTENCE)
        last = errors[-1] if errors else ""
        last = last.replace(target, show_target(target)) if target else last
        return DeployError(f"rclone báo: {' '.join(last.split()) or f'mã {code}'}")

    def _list_remotes(self) -> str:
        with suppress(DeployError):
            if names := self.run("listremotes").decode().split():
                return f"; hiện có: {', '.join(names)}"
        return ""


def find_rclone() -> Rclone:
    """Return the rclone of this machine. Raises DeployError when there is none, or it is too old."""
    if (program := shutil.which("rclone")) is None:
        raise DeployError(
            "máy này chưa có rclone; cài rồi chạy lại (Windows: winget install Rclone.Rclone; "
            "Debian, Ubuntu: apt install rclone; macOS: brew install rclone)"
        )
    try:
        output = subprocess.run([program, "version"], capture_output=True, check=False, timeout=60).stdout.decode()
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        raise DeployError(f"không chạy được {program}; cài lại rclone") from error
    if (version := parse_version(output)) < OLDEST:
        have = ".".join(map(str, version)) or "không rõ bản nào"
        raise DeployError(f"rclone đã cũ ({have}); cài bản {'.'.join(map(str, OLDEST))} trở lên")
    return Rclone(program, version)


def parse_version(output: str) -> tuple[int, ...]:
    """Return the numbers in `rclone v1.60.1-DEV`; () for other text."""
    found = re.search(r"^rclone v(\d+)\.(\d+)(?:\.(\d+))?", output, re.MULTILINE)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def show_target(target: str) -> str:
    """Return a target as it may be printed: one that spells out its settings (`:sftp,user=…:`) may hold a password."""
    return f"{target.partition(',')[0]},…" if "," in target.partition("/")[0] else target


def _read_errors(lines: Iterable[str], report: Report | None) -> Iterator[str]:
    """Yield the error messages of a log, up to the failure after which the rest is hopeless; pass on statistics."""
    failures = 0
    for line in lines:
        try:
            entry = json.loads(line)
            level, message, statistics = str(entry["level"]), str(entry["msg"]), entry.get("stats")
        except (ValueError, KeyError, TypeError):
            # Before it has read its options, rclone writes plain lines.
            if "NOTICE" not in line and line.strip():
                yield line.strip()
            continue
        if report and isinstance(statistics, dict):
            report(statistics)
        if level in ("error", "critical", "fatal", "panic", "alert", "emergency") or message.startswith("Failed to "):
            yield message.strip()
            failures += bool(_LOST.search(message))
            if failures == _TOO_MANY_FAILURES:
                return


def _stop(process: subprocess.Popen[str]) -> None:
    """End a process that still runs: gently first, so that it can delete its partial files."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()


# Beside the releases: git leaves it out, as each machine has its own, and `clean` does not delete it.
_LAST = "target.txt"


def resolve_target(project: Path, target: str) -> str:
    """Return the target as rclone takes it, a folder as an absolute path; DeployError inside or around the project."""
    if target.startswith("-"):
        # To rclone it would be an option.
        raise DeployError("nơi đến không bắt đầu bằng dấu gạch; ghi như may-chu:public_html, hoặc một thư mục")
    if not is_folder(target):
        return target.rstrip("/") if not target.endswith(":/") else target
    if not target.strip():
        raise DeployError("lần đầu cần ghi nơi đến, ví dụ may-chu:public_html hoặc một thư mục")
    folder = Path(target).expanduser().resolve()
    inside = project.resolve()
    if folder == inside or inside in folder.parents or folder in inside.parents:
        raise DeployError("nơi đến phải là một thư mục riêng, ở ngoài thư mục của dự án này và không chứa nó")
    return str(folder)


def is_folder(target: str, *, windows: bool = sys.platform == "win32") -> bool:
    r"""Tell whether a target is a folder of this machine: no `remote:` before the path; D:\web is one on Windows."""
    before, colon, _ = target.partition(":")
    return not colon or "/" in before or "\\" in before or (windows and len(before) == 1 and before.isalpha())


def read_target(project: Path) -> str:
    """Return the target of the last deploy; "" when none is remembered."""
    try:
        return (project / FOLDER / _LAST).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def remember_target(project: Path, target: str) -> None:
    """Remember a target for the next deploy, unless it spells out its settings: they may hold a password."""
    if show_target(target) == target != read_target(project):
        write_whole(project / FOLDER / _LAST, f"{target}\n".encode())
