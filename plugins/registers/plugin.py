"""The door to Pelican: gives the templates the registrations that an edition may show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.registers.district import District, add_registers

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.exemplars.edition import Edition


def connect() -> None:
    """Connect the generator."""
    signals.get_generators.connect(_get_generator)


class RegisterGenerator(Generator):  # type: ignore[misc]
    """Puts the district and its registrations, by code, into the context; has no page of its own."""

    def generate_context(self) -> None:
        edition: Edition = self.context["edition"]
        library = edition.library
        # Pelican run by hand has read the library alone.
        district = library if isinstance(library, District) else add_registers(library)
        self.context["district"] = district
        self.context["registrations"] = district.registrations(samples=self.context["SHOW_SAMPLES"])

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return None: no file is made here."""
        del path
        return None


def _get_generator(_: Any) -> type[Generator]:
    return RegisterGenerator
