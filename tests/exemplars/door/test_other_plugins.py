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
from tests.site.checkout import write

if TYPE_CHECKING:
    from tests.site.conftest import Build

PROJECT = Path(__file__).parents[3]
PYTHON = PROJECT / ".cache/other-plugins/bin/python"


# Words in each story that the plugin has told something of.
PROBES = {
    "neighbors": "{% if article.prev_article and article.next_article_in_category is defined %}"
    '<p class="neighbors">{{ article.prev_article.url }}</p>{% endif %}',
    "similar": '{% if article.similar_posts %}<p class="similar">{{ article.similar_posts[0].url }}</p>{% endif %}',
}
SETTINGS = {"SITEURL": "https://example.vn", "SITENAME": "Cư Jút", "SEO_REPORT": True, "SEO_ENHANCER": False}
SETTINGS |= {"SEO_ARTICLES_LIMIT": 99, "SEO_PAGES_LIMIT": 99}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that Pelican has written with all of them, by the short names that it knows."""
    if not PYTHON.is_file():
        told = pytest.fail if os.environ.get("CI") else pytest.skip
        told("không có .cache/other-plugins: .ci/run lập môi trường ấy từ tests/exemplars/door/other-plugins.txt")
    project = checkout.copy_project(tmp_path_factory.mktemp("other-plugins"))
    checkout.add_stories(project)
    text = (project / "pelicanconf.py").read_text(encoding="utf-8")
    text = text.replace("PLUGINS = [", 'PLUGINS = ["sitemap", "neighbors", "similar_posts", "seo", ')
    text += "".join(f"{name} = {value!r}\n" for name, value in SETTINGS.items())
    write(project, "pelicanconf.py", text)
    article = project / "theme/templates/article.html"
    probes = "\n".join(["{% block main %}", *PROBES.values()])
    write(project, "theme/templates/article.html", article.read_text("utf-8").replace("{% block main %}", probes))
    line = [str(PYTHON), "-X", "utf8", "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "X"]
    done = subprocess.run(line, cwd=project, capture_output=True, encoding="utf-8", check=False, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return project


def probes(project: Path, plugin: str) -> int:
    """Return in how many stories the plugin's words stand."""
    stories = (project / "X/bai-viet").glob("*/*/index.html")
    return sum(f'class="{plugin}"' in story.read_text(encoding="utf-8") for story in stories)


def test_sitemap_lists_every_page(built: Build, own: Path) -> None:
    listed = (own / "X/sitemap.xml").read_text(encoding="utf-8")
    pages = list((own / "X").rglob("*.html"))
    assert len(pages) == len(built.site.pages)
    assert listed.count("<loc>") == len(pages)
    for url in ("", "dan-van-kheo/", "gioi-thieu/", checkout.COPY_URL.lstrip("/")):
        assert f"<loc>https://example.vn/{url}</loc>" in listed
    assert "<lastmod>2026-02-02T00:00:00+07:00</lastmod>" in listed


def test_neighbors_gives_the_previous_and_the_next(built: Build, own: Path) -> None:
    # The oldest has none before it.
    assert probes(own, "neighbors") == len(built.site.stories) - 1


def test_similar_posts_are_found(built: Build, own: Path) -> None:
    assert probes(own, "similar") > len(built.site.stories) / 2


def test_seo_reports_on_articles_and_pages(own: Path) -> None:
    report = (own / "seo_report.html").read_text(encoding="utf-8")
    assert "gioi-thieu/" in report
    assert checkout.COPY_URL.lstrip("/") in report
