"""What a check has to say of a new release: one line, in Vietnamese, that names the page."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.sources.problem import Level


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: where it is (an address of the site, or a file), what is wrong and what to do.

    An error keeps the release from going online, advice does not.
    """

    place: str
    message: str
    fix: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.message}; {self.fix}"

    def as_dict(self) -> dict[str, str]:
        """Return the shape that report.json promises to other tools."""
        return {"place": self.place, "level": str(self.level), "message": self.message, "fix": self.fix}
