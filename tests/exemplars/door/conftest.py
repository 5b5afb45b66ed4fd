"""The sites of tests/site, for whoever compares with them."""

from tests.site.conftest import built, copied, published

__all__ = ["built", "copied", "published"]
