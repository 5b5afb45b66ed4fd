"""The site that a run builds once, whose numbers are counted here again."""

from tests.site.conftest import built

__all__ = ["built"]
