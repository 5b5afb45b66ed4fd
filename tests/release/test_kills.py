"""A power cut at any moment leaves a whole site online. The long form: `python -m tests.release.kills 100`."""

from __future__ import annotations

import os

import pytest

from tests.site import forked
from tests.site.checkout import PROJECT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="không có fork trên hệ này")
def test_a_publish_may_be_killed_anywhere() -> None:
    code = 'import runpy; runpy.run_module("tests.release.kills", run_name="__main__", alter_sys=True)'
    (done,) = forked.run([forked.Wanted(PROJECT, code, ["6"])])
    assert done.code == 0, done.stdout + done.stderr
    told = done.stdout.splitlines()
    assert len(told) == 7
    # Those at a change of releases/ are always met; by the clock a publish may have ended before.
    assert sum(line.endswith("bị giết") for line in told[:6]) >= 3
