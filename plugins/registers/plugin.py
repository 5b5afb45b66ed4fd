"""Gives the templates the registrations that an edition may show."""

from __future__ import annotations

from typing import Any

from plugins.exemplars.hooks import Capability


class RegisterCapability(Capability):
    """With it, `load_content` reads the registers; what stories learn from them is joined there."""

    name = "registers"

    def context(self) -> dict[str, Any]:
        return {"registrations": self.site.edition.content.registrations(samples=self.site.samples)}
