"""A story -> what its share card says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.photos.share_card import ShareCard

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.exemplars.story import Story
    from plugins.exemplars.terms import Publisher

# News without a field bears the Front's own red.
_NO_FIELD = "#a8141c"


def build_share_card(story: Story, publisher: Publisher, fonts: Path) -> ShareCard | None:
    """Return the card of a story; None when the site's font lacks a letter of it (Ê Đê, M'Nông)."""
    card = ShareCard(
        base_url=story.url,
        title=story.title,
        field=story.field.name if story.field else "Tin tức",
        color=story.field.color if story.field else _NO_FIELD,
        place=story.commune.title if story.commune else "",
        publisher=publisher.short,
        # Invented people must not be taken for real where only the picture is seen.
        mark="Bài nháp" if story.draft else "Bài mẫu" if story.sample else "",
        fonts=fonts,
    )
    return card if card.is_drawable else None
