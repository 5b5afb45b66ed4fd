"""The same stories for everyone: the corpus as we read it, as stock Pelican does, as Hugo and Eleventy do.

What is laid out for the others spares them work rather than adding any: links are resolved, terms have their addresses.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.exemplars import terms
from plugins.exemplars.library import DOCUMENTS, PAGES, STORIES, STORY_FILE, Library, load_library
from plugins.exemplars.references import CONTENT
from tests.corpus import write_corpus

if TYPE_CHECKING:
    from plugins.exemplars.page import Page
    from plugins.exemplars.story import Story

PEERS = Path(__file__).parent / "peers"
_ADDED = "\nĐoạn này viết thêm lần thứ "
_LINK = re.compile(r"\{filename\}(?P<path>[^)]*?)\.md")


def write_ours(project: Path, folder: Path, size: int, *, publishing: bool = False) -> Library:
    """Make a project of so many stories with the real theme; for a publish none is a sample, and no fact is missing."""
    write_corpus(folder, size, samples=not publishing)
    for name in ("pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt"):
        shutil.copy(project / name, folder)
    shutil.copytree(project / "theme", folder / "theme")
    if publishing:
        from tests.site.checkout import fill_in_publisher

        fill_in_publisher(folder)
    return load_library(folder)


def write_pelican(library: Library, folder: Path) -> None:
    """Make a project for stock Pelican, which resolves {filename} by itself."""
    _copy_peer("pelican", folder)
    for story in library.stories:
        _write(folder / CONTENT / STORIES / story.folder_year / story.slug / STORY_FILE, _pelican_text(story))
    for page in _standing(library):
        place = PAGES if page in library.pages else DOCUMENTS
        _write(
            folder / CONTENT / place / Path(page.path).name, f"Title: {page.title}\nSlug: {page.slug}\n\n{page.body}"
        )


def write_hugo(library: Library, folder: Path) -> None:
    """Make a project for Hugo: fields, communes, pairs and years are its taxonomies, at our addresses."""
    _copy_peer("hugo", folder)
    content = folder / "content"
    for story in library.stories:
        front = _front(story) | {key: list(lists) for key, lists in _lists(story).items()}
        _write(content / STORIES / story.folder_year / story.slug / "index.md", _text(front, story.body))
    for page in _standing(library):
        front = {"title": page.title, "url": page.url, "type": "trang" if page in library.pages else "van-ban"}
        _write(content / f"{page.slug}.md", _text(front, page.body))
    _write(content / STORIES / "_index.md", _text({"title": "Tin tức"}))
    for taxonomy, url in {"linh-vuc": terms.FIELDS_URL, "xa": terms.COMMUNES_URL}.items():
        _write(content / taxonomy / "_index.md", _text({"title": taxonomy, "url": url}))
    for story in library.stories:
        for taxonomy, lists in _lists(story).items():
            for term, (url, title) in lists.items():
                file = content / taxonomy / term / "_index.md"
                if not file.exists():
                    followed = {} if _is_followed(taxonomy) else {"outputs": ["html"]}
                    _write(file, _text({"title": title, "url": url, **followed}))


def write_eleventy(library: Library, folder: Path) -> None:
    """Make a project for Eleventy: each story names the lists that it stands in, and the collections gather them."""
    _copy_peer("eleventy", folder)
    for story in library.stories:
        lists = [
            {"url": url, "title": title, "feed": _is_followed(taxonomy)}
            for taxonomy, found in _lists(story).items()
            for url, title in found.values()
        ]
        front = _front(story) | {"nam": list(_lists(story)["nam"]), "lists": lists, "permalink": story.url}
        _write(folder / STORIES / story.folder_year / f"{story.slug}.md", _text(front, story.body))
    _write(folder / STORIES / f"{STORIES}.json", json.dumps({"layout": "story.njk", "tags": "bai"}))
    for page in _standing(library):
        tags = "trang" if page in library.pages else "van-ban"
        front = {"title": page.title, "permalink": page.url, "layout": "page.njk", "tags": tags}
        _write(folder / "trang" / f"{page.slug}.md", _text(front, page.body))


def _copy_peer(name: str, folder: Path) -> None:
    shutil.copytree(PEERS / name, folder, ignore=shutil.ignore_patterns("__pycache__"))


def _standing(library: Library) -> tuple[Page, ...]:
    return (*library.pages, *library.documents)


def _is_followed(taxonomy: str) -> bool:
    return taxonomy in ("linh-vuc", "xa")


def _front(story: Story) -> dict[str, Any]:
    """Return what the templates of Hugo and Eleventy show of a story."""
    return {
        "title": story.title,
        "date": story.date.isoformat(),
        "description": story.summary,
        "author": story.author,
        "source": story.source,
        "kind": story.kind.name if story.kind else "",
        "exemplar": story.exemplar,
        "fields": [{"name": field.name, "url": field.url} for field in story.fields],
        "commune": {"name": story.commune.title, "url": story.commune.url} if story.commune else None,
        "results": [{"quantity": result.quantity, "label": result.label} for result in story.results],
        "commendation": story.commendations[0].title if story.commendations else "",
        "movement": story.movements[0].short if story.movements else "",
    }


def _lists(story: Story) -> dict[str, dict[str, tuple[str, str]]]:
    """Return the lists that a story stands in, by taxonomy and term: address and title. Plain news stands in none."""
    found: dict[str, dict[str, tuple[str, str]]] = {"linh-vuc": {}, "xa": {}, "cap": {}, "nam": {}}
    if not story.is_exemplar:
        return found
    found["nam"][story.year.id] = (story.year.url, f"Năm {story.year.id}")
    found["linh-vuc"] = {field.id: (field.url, field.name) for field in story.fields}
    if commune := story.commune:
        found["xa"][commune.id] = (commune.url, f"{commune.title}, {commune.parent}")
        for field in story.fields:
            found["cap"][f"{commune.id}--{field.id}"] = (commune.pair_url(field), f"{commune.title}: {field.name}")
    return found


def _text(front: dict[str, Any], body: str = "") -> str:
    # A JSON value is a YAML value.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", _LINK.sub(_resolve, body)])


def _resolve(link: re.Match[str]) -> str:
    path = link["path"].lstrip("./").removeprefix(f"{STORIES}/").removesuffix("/bai")
    if re.match(r"\d{4}/", path):
        return f"/{STORIES}/{path}/"
    return f"/{path.removeprefix(f'{PAGES}/')}/"


def _pelican_text(story: Story) -> str:
    commune = story.commune
    metadata = {
        "Title": story.title,
        "Date": story.date.isoformat(),
        "Slug": story.slug,
        "Category": story.fields[0].name if story.fields else "Tin thường",
        # Two communes may bear one name; their ids keep stock from merging them.
        "Tags": f"{commune.title} ({commune.id})" if commune else "",
        "Summary": story.summary,
        "Author": story.author,
        "Kind": story.kind.name if story.kind else "",
        "Exemplar": story.exemplar,
        "Source": story.source,
        "Results": "; ".join(f"{result.quantity} {result.label}" for result in story.results),
        "Commendation": story.commendations[0].title if story.commendations else "",
        "Movement": story.movements[0].short if story.movements else "",
    }
    lines = [f"{name}: {value}" for name, value in metadata.items() if value]
    return "\n".join([*lines, "", story.body])


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def change_body(library: Library, folder: Path, number: int) -> None:
    """Give the story in the middle a last sentence that it never had; no other file changes."""
    story = library.stories[len(library.stories) // 2]
    file = folder / story.path
    text = file.read_text(encoding="utf-8").partition(_ADDED)[0]
    _write(file, f"{text}{_ADDED}{number}.\n")
