"""A kept body is the body that would be rendered now."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from plugins.exemplars.kept_bodies import KeptBodies
from plugins.markdown.body import BodyRenderer
from plugins.photos.photo import Photo

BODY = "## Mục\n\n[chữ]({filename}a.md) và ![ảnh](a.jpg)\n"


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bodies that were really rendered."""
    bodies: list[str] = []
    render = BodyRenderer.render

    def count(self, body, photos, link):  # type: ignore[no-untyped-def]
        bodies.append(body)
        return render(self, body, photos, link)

    monkeypatch.setattr(BodyRenderer, "render", count)
    return bodies


def photo(digest: str) -> dict[str, Photo]:
    return {"a.jpg": Photo(Path("a.jpg"), digest, (40, 20), f"/bai-viet/2020/a/a-{digest}")}


def test_each_body_is_rendered_once(rendered: list[str]) -> None:
    bodies = KeptBodies()
    first = bodies.render(BODY, photo("1"), lambda _: "/a/")
    assert bodies.render(BODY, photo("1"), lambda _: "/a/") == first
    assert rendered == [BODY]


@pytest.mark.parametrize(
    ("body", "digest", "url"),
    [(f"{BODY}\nThêm.\n", "1", "/a/"), (BODY, "2", "/a/"), (BODY, "1", "/b/"), (BODY, "1", None)],
    ids=["body", "photo", "link", "link to what is left out"],
)
def test_again_when_anything_of_it_changed(rendered: list[str], body: str, digest: str, url: str | None) -> None:
    bodies = KeptBodies()
    before = bodies.render(BODY, photo("1"), lambda _: "/a/")
    after = bodies.render(body, photo(digest), lambda _: url)
    assert after != before
    assert after == BodyRenderer().render(body, photo(digest), lambda _: url)
    assert rendered[:2] == [BODY, body]


def test_kept_on_the_disk_too(rendered: list[str]) -> None:
    bodies = KeptBodies()
    first = bodies.render(BODY, photo("1"), lambda _: "/a/")
    again = pickle.loads(pickle.dumps(bodies))  # noqa: S301 - its own
    assert again.render(BODY, photo("1"), lambda _: "/a/") == first
    assert rendered == [BODY]
    assert again.render(f"{BODY}\nThêm.\n", photo("1"), lambda _: "/a/") != first
