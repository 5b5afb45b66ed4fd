"""Plugins of others from PyPI work on our articles as documented.

They have an environment of their own, which .ci/run makes from other-plugins.txt: one of them brings gensim.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site import checkout
from tests.site.checkout import Run, write

if TYPE_CHECKING:
    from tests.site.conftest import Build

PROJECT = Path(__file__).parents[3]
PYTHON = PROJECT / ".cache/other-plugins/bin/python"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    if not PYTHON.is_file():
        told = pytest.fail if os.environ.get("CI") else pytest.skip
        told("không có .cache/other-plugins: .ci/run lập môi trường ấy từ tests/exemplars/door/other-plugins.txt")
    project = checkout.copy_project(tmp_path)
    checkout.add_stories(project)
    return project


def add(project: Path, plugin: str, template: str = "", **settings: object) -> Run:
    """Add a plugin by the short name that Pelican knows, and words to the template of stories, and run Pelican."""
    conf = project / "pelicanconf.py"
    text = conf.read_text(encoding="utf-8").replace("PLUGINS = [", f'PLUGINS = ["{plugin}", ')
    text += "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    write(project, "pelicanconf.py", text)
    article = project / "theme/templates/article.html"
    before = article.read_text(encoding="utf-8")
    write(project, "theme/templates/article.html", before.replace("{% block main %}", "{% block main %}\n" + template))
    line = [str(PYTHON), "-X", "utf8", "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "X"]
    done = subprocess.run(line, cwd=project, capture_output=True, encoding="utf-8", check=False, timeout=180)
    run = Run(done.returncode, done.stdout, done.stderr)
    assert run.code == 0, run.stdout + run.stderr
    return run


def probes(project: Path) -> int:
    """Return in how many stories the plugin's words stand."""
    stories = (project / "X/bai-viet").glob("*/*/index.html")
    return sum('class="probe"' in story.read_text(encoding="utf-8") for story in stories)


def test_sitemap_lists_every_page(built: Build, own: Path) -> None:
    add(own, "sitemap", SITEURL="https://example.vn")
    listed = (own / "X/sitemap.xml").read_text(encoding="utf-8")
    pages = list((own / "X").rglob("*.html"))
    assert len(pages) == len(built.site.pages)
    assert listed.count("<loc>") == len(pages)
    for url in ("", "dan-van-kheo/", "gioi-thieu/", checkout.COPY_URL.lstrip("/")):
        assert f"<loc>https://example.vn/{url}</loc>" in listed
    assert "<lastmod>2026-02-02T00:00:00+07:00</lastmod>" in listed


def test_neighbors_gives_the_previous_and_the_next(built: Build, own: Path) -> None:
    shown = "{% if article.prev_article and article.next_article_in_category is defined %}"
    add(own, "neighbors", f'{shown}<p class="probe">{{{{ article.prev_article.url }}}}</p>{{% endif %}}')
    # The oldest has none before it.
    assert probes(own) == len(built.site.stories) - 1


def test_similar_posts_are_found(built: Build, own: Path) -> None:
    shown = "{% if article.similar_posts %}"
    add(own, "similar_posts", f'{shown}<p class="probe">{{{{ article.similar_posts[0].url }}}}</p>{{% endif %}}')
    assert probes(own) > len(built.site.stories) / 2


def test_seo_reports_on_articles_and_pages(own: Path) -> None:
    limits = {"SEO_REPORT": True, "SEO_ENHANCER": False, "SEO_ARTICLES_LIMIT": 99, "SEO_PAGES_LIMIT": 99}
    add(own, "seo", SITEURL="https://example.vn", SITENAME="Cư Jút", **limits)
    report = (own / "seo_report.html").read_text(encoding="utf-8")
    assert "gioi-thieu/" in report
    assert checkout.COPY_URL.lstrip("/") in report
