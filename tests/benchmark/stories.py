"""The same stories for everyone: the corpus as we read it, as stock Pelican does, as Hugo and Eleventy do.

What is laid out for the others spares them work rather than adding any: links are resolved, terms have their addresses
(see prepared.py).
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.content.addresses import sections
from plugins.content.folders import DOCUMENTS, PAGES, STORIES, STORY_FILE
from plugins.markdown.references import CONTENT
from tests.benchmark.prepared import build_data, build_front, build_lists, build_page_front, pair_id
from tests.corpus import write_corpus
from tests.loading import load

if TYPE_CHECKING:
    from plugins.content.content import Content
    from plugins.content.page import Page
    from plugins.content.stories.story import Story

PEERS = Path(__file__).parent / "peers"
TEMPLATES = Path(__file__).parents[2] / "theme/templates"
_ADDED = "\nĐoạn này viết thêm lần thứ "
_LINK = re.compile(r"\{filename\}(?P<path>[^)]*?)\.md")


def write_ours(project: Path, folder: Path, size: int, *, publishing: bool = False) -> Content:
    """Make a project of so many stories with the real theme; for a publish none is a sample, and no fact is missing."""
    write_corpus(folder, size, samples=not publishing)
    for name in ("pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt"):
        shutil.copy(project / name, folder)
    shutil.copytree(project / "theme", folder / "theme")
    if publishing:
        from tests.site.checkout import fill_in_office

        fill_in_office(folder)
    return load(folder)


def write_pelican(library: Content, folder: Path) -> None:
    """Make a project for stock Pelican, which resolves {filename} by itself."""
    _copy_peer("pelican", folder)
    said = _write_data(library, folder / "data")
    for story in library.stories:
        # Two communes may bear one name; the titles of their lists keep stock from merging them.
        commune = said[story.commune.url]["title"] if story.commune else ""
        _write(folder / CONTENT / STORIES / story.folder_year / story.slug / STORY_FILE, _pelican_text(story, commune))
    for page in _standing(library):
        place = PAGES if page in library.pages else DOCUMENTS
        lines = [f"{key.capitalize()}: {value}" for key, value in build_page_front(page).items()]
        text = "\n".join([*lines, f"Slug: {page.slug}", "", page.body.source])
        _write(folder / CONTENT / place / Path(page.path).name, text)


def write_hugo(library: Content, folder: Path) -> None:
    """Make a project for Hugo: fields, communes, pairs and years are its taxonomies, at our addresses."""
    _copy_peer("hugo", folder)
    content = folder / "content"
    described = _write_data(library, folder / "data")
    lists = {
        sections.FIELDS.url: content / "linh-vuc",
        sections.COMMUNES.url: content / "xa",
        sections.NEWS.url: content / STORIES,
    }
    for story in library.stories:
        front = build_front(story) | {taxonomy: [term] for taxonomy, (term, _) in _lists(story).items()}
        _write(content / STORIES / story.folder_year / story.slug / "index.md", _text(front, story.body.source))
        lists |= {url: content / taxonomy / term for taxonomy, (term, url) in _lists(story).items()}
    for url, place in lists.items():
        alone = {} if described[url]["followed"] else {"outputs": ["html"]}
        _write(place / "_index.md", _text(described[url] | alone))
    for page in _standing(library):
        kind = {"url": page.url, "type": "trang" if page in library.pages else "van-ban"}
        _write(content / f"{page.slug}.md", _text(build_page_front(page) | kind, page.body.source))


def write_eleventy(library: Content, folder: Path) -> None:
    """Make a project for Eleventy: each story names the lists that it stands in, and the collections gather them."""
    _copy_peer("eleventy", folder)
    _write_data(library, folder / "data")
    for story in library.stories:
        lists = [url for _, url in _lists(story).values()]
        front = build_front(story) | {"lists": lists, "permalink": story.url}
        _write(folder / STORIES / story.folder_year / f"{story.slug}.md", _text(front, story.body.source))
    _write(folder / STORIES / f"{STORIES}.json", json.dumps({"layout": "story.njk", "tags": "bai"}))
    for page in _standing(library):
        tags = "trang" if page in library.pages else "van-ban"
        front = build_page_front(page) | {"permalink": page.url, "layout": "page.njk", "tags": tags}
        _write(folder / "trang" / f"{page.slug}.md", _text(front, page.body.source))


def _copy_peer(name: str, folder: Path) -> None:
    shutil.copytree(PEERS / name, folder, ignore=shutil.ignore_patterns("__pycache__"))


def _standing(library: Content) -> tuple[Page, ...]:
    return (*library.pages, *library.documents)


def _write_data(library: Content, folder: Path) -> dict[str, Any]:
    """Write what all pages have in common, a file each; return what is said of the lists, which is one of them."""
    lists = build_lists(library, TEMPLATES)
    for name, values in (build_data(library) | {"lists": lists}).items():
        _write(folder / f"{name}.json", json.dumps(values, ensure_ascii=False))
    return lists


def _lists(story: Story) -> dict[str, tuple[str, str]]:
    """Return the lists that a story stands in, by taxonomy: the term and its address. Plain news stands in none."""
    if not (story.is_exemplar and story.pair):
        return {}
    commune, field = story.pair
    return {
        "linh-vuc": (field.id, field.url),
        "xa": (commune.id, commune.url),
        "cap": (pair_id(story), commune.pair_url(field)),
        "nam": (story.year.id, story.year.url),
    }


def _text(front: dict[str, Any], body: str = "") -> str:
    # A JSON value is a YAML value.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items() if value]
    return "\n".join(["---", *lines, "---", "", _LINK.sub(_resolve, body)])


def _resolve(link: re.Match[str]) -> str:
    path = link["path"].lstrip("./").removeprefix(f"{STORIES}/").removesuffix("/bai")
    if re.match(r"\d{4}/", path):
        return f"/{STORIES}/{path}/"
    return f"/{path.removeprefix(f'{PAGES}/')}/"


def _pelican_text(story: Story, commune: str) -> str:
    front = build_front(story)
    metadata = {
        "Title": story.title,
        "Date": story.date.isoformat(),
        "Slug": story.slug,
        "Category": story.field.name if story.field else "Tin thường",
        "Tags": commune,
        "Summary": story.summary,
        "Author": story.author,
        "Field": story.field.id if story.field else "",
        "Commune": front["commune"],
        "Kind": front["kind"],
        "Exemplar": story.exemplar,
        "Source": story.source,
        "Results": "; ".join(" | ".join(filter(None, result.values())) for result in front["results"]),
        "Praise": "; ".join(front["praise"]),
        "Movement": "; ".join(front["movements"]),
        "Sample": "có" if story.sample else "",
        "Trail": front["trail"],
        "Section": front["section"],
    }
    lines = [f"{name}: {value}" for name, value in metadata.items() if value]
    return "\n".join([*lines, "", story.body.source])


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def change_body(library: Content, folder: Path, number: int) -> None:
    """Give the story in the middle a last sentence that it never had; no other file changes."""
    story = library.stories[len(library.stories) // 2]
    file = folder / story.path
    text = file.read_text(encoding="utf-8").partition(_ADDED)[0]
    _write(file, f"{text}{_ADDED}{number}.\n")
