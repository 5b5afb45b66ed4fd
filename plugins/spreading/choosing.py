"""The stories that a command is about, by the name of the folder, its path or its address. Pure."""

from collections.abc import Iterable

from plugins.content.content import Content
from plugins.content.stories.reading import reference_slug
from plugins.content.stories.story import Story
from plugins.sources.problem import Invalid
from plugins.vietnamese import nearest


def choose_stories(content: Content, names: Iterable[str], command: str) -> tuple[list[Story], list[Invalid]]:
    """Return the published stories of these names, each once, and an Invalid for every other name, or for no name."""
    by_slug = {story.slug: story for story in content.stories}
    found: dict[str, Story] = {}
    wrong: list[Invalid] = []
    for name in names:
        slug = reference_slug(name)
        story = by_slug.get(slug)
        if story is None and (absence := content.explain_absence(slug)):
            what, fix = absence
            wrong.append(Invalid(f"Bài “{name}” {what}", fix))
        elif story is None:
            near = nearest(slug, by_slug)
            fix = f"có phải {near}?" if near else "lấy tên ở cuối địa chỉ của bài, hoặc tên thư mục của bài"
            wrong.append(Invalid(f"Không có bài “{name}”", fix))
        elif story.draft:
            wrong.append(Invalid(f"Bài “{story.title}” còn là nháp", "chọn Trạng thái: đăng trong bài rồi chạy lại"))
        else:
            found[slug] = story
    if not (found or wrong):
        wrong.append(Invalid("Chưa nói bài nào", f"ghi tên thư mục của bài, ví dụ: {command} hai-thon-lam-kenh"))
    return [*found.values()], wrong
