"""What a page says of itself in its head, where browsers, search engines and those who share it read that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from plugins.content.sections import Crumb
    from plugins.photos.photo import Photo
    from plugins.photos.share_card import ShareCard


class Head(NamedTuple):
    """A page's head as the template of its kind fills it in; base.html writes it."""

    title: str
    description: str
    url: str = ""  # of a page whose address is not to be named
    type: str = "website"  # by the Open Graph protocol
    crumbs: tuple[Crumb, ...] = ()
    image: Photo | ShareCard | None = None
    image_alt: str = ""
    data: dict[str, Any] | None = None  # of schema.org
    feed: str = ""
    script: str = ""
    fonts: tuple[str, ...] = ()  # beside those of every page
    noindex: bool = False
    moved: str = ""  # where what a page stands for is now
