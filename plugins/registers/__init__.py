"""The year's work: what communes register, how far it has come, and what the district must urge."""

from __future__ import annotations

from typing import Any

from plugins.exemplars.hooks import Capability
from plugins.exemplars.hooks import register as register


class RegisterCapability(Capability):
    """With it, `load_content` reads the registers; what stories learn from them is joined there."""

    name = "registers"

    def context(self) -> dict[str, Any]:
        return {"registrations": self.site.edition.content.registrations(samples=self.site.samples)}


def capability() -> type[Capability]:
    """Return what this adds to a site."""
    return RegisterCapability
