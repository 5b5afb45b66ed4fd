"""Letters from templates that staff edit in Word: the year's plan, letters that urge, invitations to a review.

Only what a template may name and how it is filled; formal layout belongs to `plugins.official`.
"""

from collections.abc import Iterable

from plugins.content.content import Content
from plugins.content.folders import TEMPLATES
from plugins.exemplars.hooks import Capability
from plugins.exemplars.hooks import register as register
from plugins.markdown.references import CONTENT
from plugins.sources.problem import Problem


class LetterCapability(Capability):
    """With it, `load_content` checks the templates; it adds nothing to a site."""

    name = "letters"

    @staticmethod
    def check(content: Content) -> Iterable[Problem]:
        if not (content.project / CONTENT / TEMPLATES).is_dir():
            return ()
        # Imported here: python-docx takes longer to load than most of a check.
        from plugins.letters.filling import check_templates

        return check_templates(content.project)


def capability() -> type[Capability]:
    """Return the capability that letters add to a site."""
    return LetterCapability
