"""Facts of one file, by its bytes and suffix only, read once for all checks; and findings, one line each."""

from dataclasses import dataclass

from plugins.sources.problem import Level


@dataclass(frozen=True)
class Facts:
    """Facts of a file, each empty where its kind has none."""

    links: tuple[str, ...] = ()  # addresses that may be followed, as written
    # Addresses that a browser fetches by itself, each with the directive of a content security policy that allows it.
    loads: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()  # inline scripts and styles, as shown in messages
    faults: tuple[str, ...] = ()
    # Personal numbers as written, each with the rule of language/privacy.py that found it.
    numbers: tuple[tuple[str, str], ...] = ()
    placeholders: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # marks of a draft or a sample
    headings: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()  # metadata of a picture, as shown in messages
    weight: int = 0  # bytes to transfer: of pages, styles and scripts compressed


@dataclass(frozen=True, order=True)
class Finding:
    """A fault at an address or in a file, and its fix; an error keeps a release from going online, advice does not."""

    place: str
    message: str
    fix: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.message}; {self.fix}"

    def as_dict(self) -> dict[str, str]:
        """Return the finding as in report.json."""
        return {"place": self.place, "level": str(self.level), "message": self.message, "fix": self.fix}
