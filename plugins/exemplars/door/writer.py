"""Pelican's writer with pages of this site rendered by several processes, with LF on every system."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican import signals
from pelican.utils import sanitised_join
from pelican.writers import Writer

from plugins.exemplars.door.articles import FromSource
from plugins.exemplars.pages.sheet import Sheet
from plugins.sources.files import put
from plugins.teamwork import Team


@dataclass(frozen=True)
class _Waiting:
    output: Path
    name: str
    template: Template
    context: dict[str, Any]
    values: dict[str, Any]

    def write(self) -> None:
        put(self.output, self.name, self.template.render(self.context, **self.values).encode())

    def tell(self) -> None:
        signals.content_written.send(str(self.output / self.name), context=self.context | self.values)


class SiteWriter(Writer):  # type: ignore[misc]
    """Writes articles, standing pages and sheets itself, and leaves any other file to Pelican's writer.

    Pages wait for `begin`, from when other processes take part, and are all written when `finish` returns.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waiting: list[_Waiting] = []
        self._team: Team[_Waiting, None] | None = None
        self.written: set[str] = set()

    def write_file(self, name: str, template: Template, context: dict[str, Any], *more: Any, **values: Any) -> None:
        if not any(isinstance(value, FromSource | Sheet) for value in values.values()):
            super().write_file(name, template, context, *more, **values)
            return
        for option in ("relative_urls", "paginated", "template_name", "override_output", "url"):
            values.pop(option, None)
        # Raises for a path outside the output folder.
        sanitised_join(self.output_path, name)
        page = _Waiting(Path(self.output_path), name, template, context, values)
        self.written.add(name)
        if self._team is None:
            self._waiting.append(page)
        else:
            page.write()
            page.tell()

    def begin(self, *, alone: bool) -> None:
        """Let other processes write the waiting pages while the caller goes on; later pages are written at once."""
        self._team = Team(self._waiting, _Waiting.write, "Ghi trang", alone=alone).start()

    def finish(self) -> None:
        """Write the remaining pages, and send `content_written` for each, as Pelican's writer does."""
        if self._team:
            self._team.finish()
        for page in self._waiting if signals.content_written.receivers else ():
            page.tell()
