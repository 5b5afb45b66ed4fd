"""A live site for all tests of the preview that run in their own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.preview.shared_site import SharedSite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.preview.live.site import LiveSite


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> SharedSite:
    """One site for all files here; each test or file gets it as the first one got it."""
    return SharedSite(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def live(shared: SharedSite) -> Iterator[LiveSite]:
    """That site for one file of tests that leave it as they found it."""
    with shared.lend() as site:
        yield site
