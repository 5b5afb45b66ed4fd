"""The examples of the engineers' guide, written where it says and run as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.exemplars.door.test_pelican import pelican
from tests.site import checkout
from tests.site.checkout import read_tree, run, write

if TYPE_CHECKING:
    from tests.site.conftest import Build

README = (Path(__file__).parents[3] / "plugins/README.md").read_text(encoding="utf-8")
GUIDE = README.split("### Extending the site\n")[1].split("\n### ")[0]


def test_a_page_type_a_filter_and_a_signal_handler_work_as_the_guide_says(built: Build, copied: Path) -> None:
    # The paragraph above a block names its file first.
    blocks = re.findall(r"([^\n]+):\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL)
    names = [re.findall(r"`([\w/]+\.(?:py|html))`", above) for above, _ in blocks]
    files = {found[0]: text for found, (_, text) in zip(names, blocks, strict=True)}
    assert files.keys() == {"plugins/cam_on.py", "theme/templates/cam_on.html", "pelicanconf.py", "plugins/dau_sao.py"}
    assert all(len(text.splitlines()) <= 20 for text in files.values())
    conf = (copied / "pelicanconf.py").read_text(encoding="utf-8")
    conf = conf.replace("PLUGINS = [", 'PLUGINS = ["plugins.cam_on", "plugins.dau_sao", ')
    write(copied, "pelicanconf.py", f"{conf}\n{files.pop('pelicanconf.py')}")
    for path, text in files.items():
        write(copied, path, text)
    done = run(copied, "build")
    assert done.code == 0, done.stdout + done.stderr
    made, before = read_tree(copied / "output"), read_tree(built.site.root)
    changed = {path for path in made if made[path] != before.get(path)}
    story = "bai-viet/2020/ea-po-hoc-cach-lam-kenh/index.html"
    # The search has the shown words.
    assert {path for path in changed if not path.startswith("tim-kiem/")} == {"cam-on/index.html", story}
    thanks = (copied / "output/cam-on/index.html").read_text(encoding="utf-8")
    assert re.search(r"<p>[^<]+!</p>", thanks)
    assert "<p>★ Bài được chọn.</p>" in (copied / "output" / story).read_text(encoding="utf-8")
    assert pelican(copied, "-s", "pelicanconf.py", "-o", "X").code == 0
    assert read_tree(copied / "X") == made
    assert checkout.COPY_URL.strip("/") in " ".join(made)
