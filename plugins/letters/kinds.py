"""The kinds of letter: how each is called, what its template may name, what it says, and its first template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.letters import inviting, planning, urging

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.letters.common import Letter, Occasion
    from plugins.letters.fields import Fields


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter by its id, which is the name of its template; `is_of_all` where it is of no single place."""

    id: str
    title: str
    fields: Fields
    compose: Callable[[Occasion], list[Letter]]
    make_starter: Callable[[], bytes]
    is_of_all: bool = False

    @property
    def file(self) -> str:
        return f"{self.id}.docx"


def _starter(name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        # On call: whoever checks templates need not wait for what makes them.
        from plugins.letters import starters

        made: bytes = getattr(starters, name)()
        return made

    return make


KINDS = (
    LetterKind("don-doc", "công văn đôn đốc", urging.FIELDS, urging.compose, _starter("make_urging")),
    LetterKind("ke-hoach", "kế hoạch năm", planning.FIELDS, planning.compose, _starter("make_plan"), is_of_all=True),
    LetterKind("giay-moi", "giấy mời bình xét", inviting.FIELDS, inviting.compose, _starter("make_invitation")),
)
BY_ID = {kind.id: kind for kind in KINDS}
EVERY_FIELDS = {kind.title: kind.fields for kind in KINDS}
