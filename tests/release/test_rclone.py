"""rclone as staff have it: none, an old one, one that knows no such host; each is one sentence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from plugins.release import rclone
from plugins.release.rclone import DeployError, Rclone, TargetMissing, find_rclone, parse_version, show_target

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("rclone v1.60.1-DEV\n- os/version: debian 12", (1, 60, 1)),
        ("rclone v1.75.2\n", (1, 75, 2)),
        ("rclone v1.53-beta\n", (1, 53)),
        ("something else", ()),
    ],
)
def test_the_version_is_read(said: str, version: tuple[int, ...]) -> None:
    assert parse_version(said) == version


def test_without_rclone_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rclone.shutil, "which", lambda _: None)
    with pytest.raises(DeployError, match=r"chưa có rclone; cài .*winget install Rclone.Rclone"):
        find_rclone()


@pytest.mark.skipif(os.name == "nt", reason="a script stands for rclone")
@pytest.mark.parametrize("said", ["rclone v1.53.3-DEV", "what?"])
def test_an_old_one_is_refused(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "rclone"
    program.write_text(f"#!/bin/sh\necho {said}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeployError, match=r"^rclone đã cũ \((1\.53\.3|không rõ bản nào)\); cài bản 1\.60 trở lên$"):
        find_rclone()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ssh: handshake failed: ssh: unable to authenticate, attempted methods [none password]", "từ chối đăng nhập"),
        ("SignatureDoesNotMatch: signature does not match\n\tstatus code: 403, request id: 1", "từ chối đăng nhập"),
        ("failed to make FTP connection: 530 Login incorrect.", "từ chối đăng nhập"),
        ('unexpected response: "401 Unauthorized"', "từ chối đăng nhập"),
        ("AccessDenied: Access Denied\n\tstatus code: 403", "không cho ghi"),
        ("open /srv/www/index.html: permission denied", "không cho ghi"),
        ("mkdir D:\\web: Access is denied.", "không cho ghi"),
        ("write /srv/www/a.webp: no space left on device", "đã hết chỗ"),
        ("write D:\\web\\a.webp: There is not enough space on the disk.", "đã hết chỗ"),
        ("STOR failed: 552 Requested file action aborted. Exceeded storage allocation", "đã hết chỗ"),
        ("Insufficient Storage: 507 Insufficient Storage", "đã hết chỗ"),
        ("NewFs: couldn't connect SSH: dial tcp 10.0.0.1:22: i/o timeout", "mạng bị ngắt"),
        ("dial tcp: lookup may.chu on 1.1.1.1:53: no such host", "mạng bị ngắt"),
        ("Put http://127.0.0.1/x: read tcp 127.0.0.1:1: connection reset by peer", "mạng bị ngắt"),
        ("Put http://127.0.0.1/x: EOF", "mạng bị ngắt"),
        ("ssh: handshake failed: knownhosts: key mismatch", "không phải máy đã biết"),
        ("NoSuchBucket: The specified bucket does not exist", "chưa có kho"),
        ("unable to decrypt configuration and not allowed to ask for password", "RCLONE_CONFIG_PASS"),
        ("PutObject, https response error StatusCode: 500, api error InternalError: Internal Error", "đang trục trặc"),
        ("SlowDown: Please reduce your request rate.", "đang trục trặc"),
        ("Failed to copy: Update mkParentDir failed: Locked: 423 Locked", "đang trục trặc"),
        ("something that nobody\nhas met", "rclone báo: has met"),
    ],
)
def test_every_fault_is_one_sentence(said: str, sentence: str) -> None:
    refused = Rclone("rclone", (1, 75))._explain(1, said.splitlines(), "may-chu:web")
    assert sentence in str(refused)
    assert "\n" not in str(refused)


def test_a_folder_that_is_not_there_yet_is_no_fault() -> None:
    assert isinstance(Rclone("rclone", (1, 75))._explain(3, [], "may-chu:"), TargetMissing)


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("may-chu:public_html", "may-chu:public_html"),
        ("/mnt/a, b", "/mnt/a, b"),
        (":sftp,host=may.chu,user=a,pass=bi-mat:web", ":sftp,…"),
    ],
)
def test_a_target_is_shown_without_secrets(target: str, shown: str) -> None:
    assert show_target(target) == shown
    told = Rclone("rclone", (1, 75))._explain(1, [f'Failed to create file system for "{target}": xyz'], target)
    assert "bi-mat" not in str(told)
