"""Names of the folders and files of content/."""

from pathlib import PurePosixPath

from plugins.sources.problem import Problem

STORIES = "bai-viet"
PAGES = "trang"
DOCUMENTS = "van-ban"
REGISTERS = "dang-ky"
PAPERS = "theo-doi"
REPORTS = "bao-cao"
GATHERED = "thu-ve"
TEMPLATES = "mau"
SCHEDULE = "ke-hoach.yaml"
MEMBERS = "nguon.yaml"
AGENDA = "lich.yaml"
SENT = "gui-bai.csv"
STORY_FILE = "bai.md"
VOCABULARY = "danh-muc"
# All entries of content/ that are read.
KNOWN = (STORIES, PAGES, DOCUMENTS, VOCABULARY, REGISTERS, PAPERS, REPORTS, GATHERED, SENT, TEMPLATES)


def hides_many(problem: Problem) -> bool:
    """Return whether a problem is about a folder of many files that cannot be listed now."""
    path = PurePosixPath(problem.path)
    # The folder of a single story is deeper.
    return problem.passing and not path.suffix and len(path.parts) <= 3
