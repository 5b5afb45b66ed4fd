"""Find exemplars that replicate one another in a circle. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.members.members import PATH
from plugins.sources.problem import Level, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.content.stories.listed import Listed

_MOST_NAMED = 4


def find_circles(origins: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield each circle of slugs, from replica to origin, in linear time; `origins` maps each slug to its origin."""
    done: set[str] = set()
    for slug in origins:
        way: dict[str, None] = {}
        at = slug
        while at in origins and at not in done and at not in way:
            way[at] = None
            at = origins[at]
        if at in way:
            yield list(way)[list(way).index(at) :]
        done.update(way)


def check_circles(stories: Iterable[Listed]) -> Iterator[Problem]:
    """Yield advice about circles across sites, of which no site knows the true origin."""
    by_slug = {story.slug: story for story in stories if story.is_exemplar and story.origin_slug}
    for circle in find_circles({slug: story.origin_slug for slug, story in by_slug.items()}):
        exemplars = [by_slug[slug] for slug in circle]
        if not any(one.site for one in exemplars):
            continue
        names = [f"“{one.name}” ({one.site or 'trang này'})" for one in exemplars[:_MOST_NAMED]]
        more = f" và {len(exemplars) - _MOST_NAMED} nơi nữa" if len(exemplars) > _MOST_NAMED else ""
        path = next((str(path) for one in exemplars if (path := getattr(one, "path", ""))), PATH)
        fix = "hỏi nơi nào làm trước rồi sửa mục Nhân rộng từ; trong lúc ấy trang này xếp điển hình cũ nhất làm gốc"
        yield Problem(path, 1, f"Nhân rộng thành vòng giữa các trang: {', '.join(names)}{more}", fix, Level.ADVICE)
