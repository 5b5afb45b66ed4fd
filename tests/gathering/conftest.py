"""One server for the room's tests; each test names its own hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gathering.server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as made:
        yield made
