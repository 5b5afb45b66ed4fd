"""What is made of pip-audit's report; the network is not asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.release import vulnerabilities
from plugins.release.vulnerabilities import Hole, Report, Unknown, audit_dependencies, parse_report

PROJECT = Path(__file__).parents[2]


def vulnerable(name: str, version: str, *ids: str, fixed_in: tuple[str, ...] = ()) -> dict[str, object]:
    found = {"id": ids[0], "aliases": list(ids[1:]), "fix_versions": list(fixed_in), "description": "…"}
    return {"name": name, "version": version, "vulns": [found]}


SOUND = {"name": "pelican", "version": "4.12.0", "vulns": []}
SKIPPED = {"name": "segno", "skip_reason": "Dependency not found on PyPI and could not be audited: segno (1.6.6)"}
UPGRADE = "; nâng bản trong pyproject.toml rồi ghim lại\n"
HOLES = [
    vulnerable("pip", "26.3", "PYSEC-2"),
    vulnerable("jinja2", "3.1.6", "PYSEC-1", "CVE-2026-1", fixed_in=("3.1.7", "3.2.0")),
]


def report(*entries: object) -> str:
    return json.dumps({"dependencies": entries, "fixes": []})


def test_a_report_is_read() -> None:
    assert parse_report(report(SOUND, SKIPPED, *HOLES)) == Report(
        3,
        [Hole("jinja2", "3.1.6", ("PYSEC-1", "CVE-2026-1"), ("3.1.7", "3.2.0")), Hole("pip", "26.3", ("PYSEC-2",), ())],
        ["segno"],
    )


@pytest.mark.parametrize("text", ["", "[]", '{"dependencies": [{"name": "six"}]}', '{"fixes": []}', report(SKIPPED)])
def test_what_says_nothing_is_not_taken_for_good_news(text: str) -> None:
    with pytest.raises(Unknown):
        parse_report(text)


@pytest.mark.parametrize(
    ("entries", "code", "out", "err"),
    [
        ([SOUND], 0, "Đã hỏi về 1 thư viện: không có lỗ hổng nào được biết.\n", ""),
        (
            [SOUND, *HOLES],
            1,
            "",
            (
                f"requirements.txt: jinja2 3.1.6: PYSEC-1, CVE-2026-1; đã sửa ở bản 3.1.7, 3.2.0{UPGRADE}"
                f"requirements-dev.txt: pip 26.3: PYSEC-2; chưa có bản sửa{UPGRADE}"
            ),
        ),
        ([SOUND, SKIPPED], 1, "", "Chưa kiểm tra được, nguồn tin không biết: segno.\n"),
        (
            [SKIPPED],
            1,
            "",
            "Chưa kiểm tra được lỗ hổng: nguồn tin đang dùng không biết thư viện nào; chạy ở máy nối thẳng ra mạng.\n",
        ),
    ],
)
def test_what_is_found_is_said(
    entries: list[object],
    code: int,
    out: str,
    err: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(vulnerabilities, "_run_pip_audit", lambda _: report(*entries))
    assert audit_dependencies(PROJECT) == code
    said = capsys.readouterr()
    licences, _, rest = said.out.partition("\n")
    assert licences.startswith("Giấy phép của các thư viện khi chạy: MIT (")
    assert (rest, said.err) == (out, err)


def test_without_a_network_it_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    assert audit_dependencies(PROJECT) == 1
    said = capsys.readouterr().err
    assert said == "Chưa kiểm tra được lỗ hổng: cần mạng để hỏi nguồn tin về lỗ hổng; nối mạng rồi chạy lại.\n"
