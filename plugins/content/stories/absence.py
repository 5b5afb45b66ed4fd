"""Explain why a story is missing from the content. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.folders import STORY_FILE
from plugins.vietnamese import slugify

if TYPE_CHECKING:
    from plugins.content.content import Content


def explain_absence(content: Content, slug: str) -> tuple[str, str] | None:
    """Return the reason and the fix: withdrawn, or its first error; None if it has no folder."""
    folders = {slugify(folder.rpartition("/")[2]): folder for folder in (*content.shown_from, *content.unread)}
    if slug not in folders:
        return None
    if f"{folders[slug]}/{STORY_FILE}" in content.gone:
        return "đã gỡ", "không đưa đi bài đã gỡ"
    errors = [one for one in content.errors if one.path.startswith(f"{folders[slug]}/")]
    return f"có lỗi: {errors[0].message}" if errors else "có lỗi", "chạy check, sửa rồi chạy lại"
