"""The registers of a year at work: workbooks for communes, collecting them, progress, and reminders.

Reading registers belongs to `plugins.content.registers`; papers made from them to `recognition`, `letters`, `reports`.
"""

from typing import Any

from plugins.exemplars.hooks import Capability
from plugins.exemplars.hooks import register as register


class RegisterCapability(Capability):
    """With it, `load_content` reads the registers and joins their facts to the stories."""

    name = "registers"

    def context(self) -> dict[str, Any]:
        return {"registrations": self.site.edition.content.registrations(samples=self.site.samples)}


def capability() -> type[Capability]:
    """Return the capability that registers add to a site."""
    return RegisterCapability
