"""The sites of tests/site, to compare with."""

from tests.site.conftest import built, copied, published

__all__ = ["built", "copied", "published"]
