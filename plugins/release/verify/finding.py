"""Findings of checks: one line each, in Vietnamese, that names the page."""

from dataclasses import dataclass

from plugins.sources.problem import Level


@dataclass(frozen=True, order=True)
class Finding:
    """A fault: its place (an address of the site, or a file), the message and the fix.

    An error keeps the release from going online, advice does not.
    """

    place: str
    message: str
    fix: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.message}; {self.fix}"

    def as_dict(self) -> dict[str, str]:
        """Return the finding as in report.json."""
        return {"place": self.place, "level": str(self.level), "message": self.message, "fix": self.fix}
