"""The year of registers, as their own tests have it."""

from tests.registers.conftest import year

__all__ = ["year"]
