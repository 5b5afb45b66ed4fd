"""Parsed content that the next load reuses."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.content.folders import DOCUMENTS, PAGES, PAPERS, REGISTERS, REPORTS, STORIES, TEMPLATES
from plugins.markdown.references import CONTENT
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from plugins.content.members.exemplars import Gathered
    from plugins.content.stories.folder import ParsedStory, StoryFolder
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.markdown.body import Body
    from plugins.sources.problem import Problem

# Folders with few files, which every load reads.
_UNCACHED = (PAGES, DOCUMENTS, REGISTERS, PAPERS, REPORTS, TEMPLATES)


class ContentCache:
    """Parsed files of a project, whose owner calls `forget` for each changed path before the next load."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self.forget_all()

    def forget_all(self) -> None:
        """Empty the cache."""
        self.vocabulary: tuple[Vocabulary, list[Problem]] | None = None
        # None until the folders have been listed.
        self.folders: list[StoryFolder] | None = None
        self.strays: list[Problem] = []
        self.stories: dict[str, ParsedStory] = {}  # by the path of the folder
        self.bodies: dict[str, Body] = {}  # of pages and documents, by path
        self.gathered: Gathered | None = None

    def __getstate__(self) -> dict[str, Any]:
        # Unpickling gathered data takes as long as parsing it.
        return self.__dict__ | {"gathered": None}

    def forget(self, changed: Path) -> None:
        """Drop all entries that depend on a written, created or removed path."""
        try:
            first, *rest = changed.relative_to(self._project / CONTENT).parts
        except ValueError:
            # Outside content/; or content/ itself, whose relative path has no parts.
            if changed == self._project / CONTENT:
                self.forget_all()
            return
        if first == STORIES and rest:
            # A story folder or a year folder was created, renamed or removed.
            if len(rest) < 3:
                self.folders = None
            path = nfc("/".join((CONTENT, STORIES, *rest[:2])))
            if len(rest) > 1:
                self.stories.pop(path, None)
            else:
                self.stories = {at: one for at, one in self.stories.items() if not at.startswith(f"{path}/")}
        elif first not in _UNCACHED:
            self.forget_all()
