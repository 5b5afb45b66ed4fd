"""`python -m tests.benchmark 1000 10000`: the sizes, and what to leave out when there is little time."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.benchmark import figures, report
from tests.benchmark.contestants import NAMES, OURS, PROJECT

PEERS = sorted(NAMES.keys() - {OURS})

parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description="Đo thời gian dựng, so với máy khác.")
parser.add_argument("sizes", nargs="*", type=int, default=[100, 1_000, 10_000], help="số bài")
parser.add_argument("--rounds", type=int, default=report.ROUNDS, help="số lượt đo; lấy số giữa")
parser.add_argument("--large-rounds", type=int, help="số lượt đo từ 10.000 bài trở lên")
parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS, help="so với những ai")
parser.add_argument("--cold", action="store_true", help="chỉ đo dựng từ đầu")
parser.add_argument("--publish", action="store_true", help="đo publish thay cho build: vẽ cả thẻ chia sẻ")
parser.add_argument("--curve", type=Path, help="vẽ chi phí mỗi bài vào tệp SVG này")
figures.add_option(parser)
given = parser.parse_args()
plan = report.Plan(
    sizes=given.sizes,
    rounds=given.rounds,
    large_rounds=given.large_rounds or given.rounds,
    peers=frozenset(given.peers),
    only_cold=given.cold,
    publishing=given.publish,
)
with figures.recorded("tests.benchmark", writing=given.write):
    code = report.run(PROJECT, plan, given.curve)
sys.exit(code)
