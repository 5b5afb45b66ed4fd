"""The sites of tests/site, for whoever compares with them."""

from tests.site.conftest import built, published

__all__ = ["built", "published"]
