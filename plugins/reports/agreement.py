"""Check that no more was recognised than registered, in the numbers of a report. Pure."""

from collections.abc import Iterator

from plugins.content.as_of import as_of_its_day
from plugins.content.content import Content
from plugins.exemplars.model.index import build_index
from plugins.reports.report import make_report
from plugins.sources.problem import Level, Problem


def check_reports(content: Content) -> Iterator[Problem]:
    """Advise, for each year with a register, of communes with more recognised exemplars than registrations.

    An exemplar commended without having been registered is named.
    """
    if not content.registers:
        return
    content = as_of_its_day(content)
    index = build_index([story for story in content.listed if not story.draft], content.vocabulary)
    for report in (make_report(content, index, year) for year in content.registers):
        for row in report.registered_by_commune.rows if report.registrations else ():
            beside = [
                story
                for story in report.stories
                # Stories of other sites have registers of their own.
                if not story.site
                if story.commune and story.commune.url == row.url and story.honors and not story.registration
            ]
            registered, recognised = row.counts[0] or 0, row.counts[2] or 0
            if recognised + len(beside) > registered:
                names = "; ".join(story.name for story in beside)
                message = f"{row.name}: đăng ký {registered} mà được công nhận, biểu dương {recognised + len(beside)}"
                message += f", trong đó {names} không có trong sổ" if names else ""
                fix = "ghi thêm vào sổ rồi ghi mã Đăng ký vào bài"
                yield Problem(report.registrations[0].where[0], 1, message, fix, Level.ADVICE)
