"""rclone, the program that carries files to any host: found, asked, listened to, and its faults put in one sentence.

Where a host is and how to log in there is rclone's own configuration: nothing here reads or writes it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

OLDEST = (1, 60)
# From here on a file that replaces another is put in its place when it is whole, over SFTP, FTP and on a disk too.
REPLACES_WHOLE = (1, 63)
# Unless the environment says otherwise: whoever calls tries again, so rclone need not; it asks for no password, since
# no one may be there to type it; and folders need not be as old as ours.
_SETTINGS = {
    "RCLONE_CONTIMEOUT": "20s",
    "RCLONE_TIMEOUT": "60s",
    "RCLONE_RETRIES": "1",
    "RCLONE_LOW_LEVEL_RETRIES": "2",
    "RCLONE_ASK_PASSWORD": "false",
    "RCLONE_NO_UPDATE_DIR_MODTIME": "true",
}
# A line that is cut fails every file that is on its way, and then, slowly, each of the others: that is not waited for.
_TOO_MANY_FAILURES = 4
_TIME_TO_END = 1.0
# An exit code of rclone: what might go well another time.
_TEMPORARY = 5
_BUSY = re.compile(r"\b50[0234]\b|InternalError|SlowDown|ServiceUnavailable|\b421\b|\b45[01]\b", re.IGNORECASE)
_BUSY_SENTENCE = "máy chủ nơi đến đang trục trặc; đợi một lát rồi chạy lại lệnh này, phần đã đưa lên được giữ"
_CUT_SENTENCE = "mạng bị ngắt, hoặc không tới được máy chủ; chạy lại lệnh này, phần đã đưa lên được giữ"
_LISTEN = ("--use-json-log", "--stats", "500ms", "--stats-log-level", "NOTICE")
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
_CUT = re.compile(
    r"connection|network|broken pipe|no such host|no route to host|timed? ?out|\bEOF\b|dial tcp|handshake failed"
    r"|short response",
    re.IGNORECASE,
)


class DeployError(Exception):
    """What could not be done, as the one sentence that staff read."""


class ConnectionLost(DeployError):
    """The line to the target is cut, or it is in trouble for a while: it may be worth trying again."""


class TargetMissing(DeployError):
    """There is no such folder at the target."""


@dataclass(frozen=True)
class Rclone:
    """An rclone that is new enough."""

    program: str
    version: tuple[int, ...]

    def run(
        self, *words: str, target: str = "", tell: Callable[[dict[str, Any]], None] | None = None, log: bool = True
    ) -> bytes:
        """Run one command and return its output. Raises DeployError, or TargetMissing when there is no such folder.

        `tell` gets the figures that rclone gives twice a second. `target` is what is named in the sentence.
        """
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(
                [self.program, *words, *(_LISTEN if log else ())],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                env=_SETTINGS | os.environ | {"RCLONE_DRY_RUN": "false"},
            )
            try:
                said = [*_listen(process.stderr or (), tell)]
                if sum(bool(_CUT.search(message)) for message in said) >= _TOO_MANY_FAILURES:
                    raise ConnectionLost(_CUT_SENTENCE)
                code = process.wait()
            finally:
                _end(process)
            if code:
                raise self._explain(code, said, target)
            out.seek(0)
            return out.read()

    def _explain(self, code: int, said: Sequence[str], target: str) -> DeployError:
        if code == 3 or "directory not found" in " ".join(said):
            return TargetMissing("nơi đến chưa có thư mục ấy")
        told = "\n".join(said)
        remote = target.partition(":")[0]
        for pattern, sentence in _FAULTS:
            if re.search(pattern, told, re.IGNORECASE):
                return DeployError(sentence.format(remote=remote, known=self._known() if "{known}" in sentence else ""))
        if _CUT.search(told) or code == _TEMPORARY:
            return ConnectionLost(_CUT_SENTENCE)
        if _BUSY.search(told):
            return ConnectionLost(_BUSY_SENTENCE)
        last = said[-1].replace(target, show_target(target)) if said and target else "".join(said[-1:])
        return DeployError(f"rclone báo: {' '.join(last.split()) or f'mã {code}'}")

    def _known(self) -> str:
        try:
            names = self.run("listremotes", log=False).decode().split()
        except DeployError:
            return ""
        return f"; hiện có: {', '.join(names)}" if names else ""


def find_rclone() -> Rclone:
    """Return the rclone of this machine; DeployError when there is none, or an old one."""
    program = shutil.which("rclone")
    if program is None:
        raise DeployError(
            "máy này chưa có rclone; cài rồi chạy lại (Windows: winget install Rclone.Rclone; "
            "Debian, Ubuntu: apt install rclone; macOS: brew install rclone)"
        )
    try:
        said = subprocess.run([program, "version"], capture_output=True, check=False, timeout=60).stdout.decode()
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        raise DeployError(f"không chạy được {program}; cài lại rclone") from error
    version = parse_version(said)
    if version < OLDEST:
        have = ".".join(map(str, version)) or "không rõ bản nào"
        raise DeployError(f"rclone đã cũ ({have}); cài bản {'.'.join(map(str, OLDEST))} trở lên")
    return Rclone(program, version)


def parse_version(said: str) -> tuple[int, ...]:
    """Return the numbers of `rclone v1.60.1-DEV`; none when it says nothing of the kind."""
    found = re.search(r"^rclone v(\d+)\.(\d+)(?:\.(\d+))?", said, re.MULTILINE)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def show_target(target: str) -> str:
    """Return a target as it may be printed: one that spells out its settings (`:sftp,user=…:`) may hold a password."""
    if "," not in target.partition("/")[0]:
        return target
    return f"{target.partition(',')[0]},…"


def _listen(lines: Iterable[str], tell: Callable[[dict[str, Any]], None] | None) -> Iterator[str]:
    """Yield what is said of faults, until there is no hope; hand on the figures."""
    failures = 0
    for line in lines:
        try:
            entry = json.loads(line)
            level, message, figures = str(entry["level"]), str(entry["msg"]), entry.get("stats")
        except (ValueError, KeyError, TypeError):
            # Before it has read its options, rclone writes plain lines.
            if "NOTICE" not in line and line.strip():
                yield line.strip()
            continue
        if tell and isinstance(figures, dict):
            tell(figures)
        if level in ("error", "critical", "fatal", "panic", "alert", "emergency") or message.startswith("Failed to "):
            yield message.strip()
            failures += bool(_CUT.search(message))
            if failures == _TOO_MANY_FAILURES:
                return


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_TIME_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stderr:
        process.stderr.close()
