"""`send`: articles with photos and a cover note, in a folder or a zip; what is sent and used goes into the log."""

from __future__ import annotations

import sys
from itertools import chain, count
from typing import TYPE_CHECKING

from plugins import job_status
from plugins.content.load import load_content
from plugins.content.sent import SENT_FILE
from plugins.content.stories.absence import explain_absence
from plugins.content.stories.reading import reference_slug
from plugins.content.territory import front
from plugins.content.vocabulary.terms import is_placeholder
from plugins.exemplars.hooks import installed
from plugins.exemplars.model.selection import select_edition
from plugins.official.filing import read_past
from plugins.official.issuer import find_issuer
from plugins.output import explain
from plugins.sending.log import log_sent, log_used
from plugins.sources.files import make_folder, open_new, put_in_place
from plugins.sources.held import remove_tree
from plugins.sources.packing import pack
from plugins.sources.problem import Invalid, suggest
from plugins.vietnamese import format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from plugins.content.content import Content
    from plugins.content.stories.story import Story
    from plugins.content.vocabulary.terms import Commune
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.exemplars.model.edition import Edition
    from plugins.official.issuer import Issuer
    from plugins.sending.photos import Shot

FOLDER = "gui-bai"
_NOTE = "bài mẫu"
_MOST_IN_NAME = 40


def send(
    project: Path, stories: Sequence[str], to: str = "", date: str = "", commune: str = "", *, zipped: bool = False
) -> int:
    """Make what is sent of these stories, and log it. Returns the exit code: 1 when nothing is sent, with a line why.

    `to` is the committee above where it is not given; a `commune` sends for itself. `date` is the day, today if "".
    """
    try:
        day = read_past(date, "Ngày gửi")
        content = _load(project, day)
        chosen = _choose(content, stories)
        issuer = find_issuer(content.vocabulary, commune, day.year, day)
        _refuse_others(chosen, issuer)
        whom = " ".join(to.split()) or _above(issuer)
        edition = select_edition(content, drafts=False, samples=True)
        files, shots = _render(edition, chosen, issuer, whom, day)
        written = _write(project, _name(chosen, day), files, zipped=zipped)
        notes = [_NOTE if story.sample else "" for story in chosen]
        new = log_sent(project, [story.slug for story in chosen], whom, day, notes)
    except Invalid as invalid:
        return _refuse(f"{invalid.message}; {invalid.fix}")
    except OSError as error:
        return _refuse(explain(error, project, doing="đọc hoặc ghi"))
    _tell(chosen, shots, whom, written, new)
    return 0


def note_use(project: Path, story: str, where: str, date: str = "", to: str = "") -> int:
    """Log that a story was used somewhere on a day. Returns the exit code: 1 when it is not logged, with a line why."""
    try:
        day, place = _read_use(where, date)
        whom = log_used(project, reference_slug(story), place, day, " ".join(to.split()))
    except Invalid as invalid:
        return _refuse(f"{invalid.message}; {invalid.fix}", "Chưa ghi được")
    except OSError as error:
        return _refuse(explain(error, project, doing="đọc hoặc ghi"), "Chưa ghi được")
    print(f"Đã ghi vào {SENT_FILE}: bài “{reference_slug(story)}” gửi tới {whom}, được dùng ở {place}.")
    return 0


def _load(project: Path, day: date) -> Content:
    content = load_content(project, day, installed(project))
    if not content.is_sound or content.is_passing:
        for problem in content.errors:
            print(problem, file=sys.stderr)
        raise Invalid("Danh mục có lỗi hoặc có tệp chưa đọc được", "sửa các lỗi trên rồi chạy lại")
    return content


def _read_use(where: str, written: str) -> tuple[date, str]:
    day, place = read_past(written, "Ngày dùng"), " ".join(where.split())
    if not place:
        raise Invalid("Chưa nói bài được dùng ở đâu", "thêm --where, ví dụ --where “Trang của Ủy ban MTTQ tỉnh”")
    return day, place


def _refuse(why: str, what: str = "Chưa gửi được") -> int:
    print(f"{what}: {why}.", file=sys.stderr)
    return 1


def _choose(content: Content, named: Sequence[str]) -> list[Story]:
    """Return the stories of these names; Invalid names every one that cannot be sent, and why."""
    if not named:
        raise Invalid("Chưa nói gửi bài nào", "ghi tên thư mục của bài, ví dụ: send kenh-ve-thon-3")
    by_slug = {story.slug: story for story in content.stories}
    chosen: dict[str, Story] = {}
    wrong = []
    for name in named:
        slug = reference_slug(name)
        story = by_slug.get(slug)
        if story and not story.draft and story.date <= content.day:
            chosen[slug] = story
        elif story and story.draft:
            wrong.append(f"“{slug}” còn là bản nháp (sửa xong, chọn Trạng thái: đăng rồi gửi)")
        elif story:
            wrong.append(
                f"“{slug}” đề ngày {format_date(story.date)}, chưa tới ngày ấy (sửa ngày của bài, hoặc gửi sau)"
            )
        elif absence := explain_absence(content, slug):
            what, fix = absence
            wrong.append(f"“{slug}” {what} ({fix})")
        else:
            wrong.append(f"không có bài “{slug}” ({suggest(slug, by_slug, 'ghi tên thư mục của bài')})")
    if wrong:
        raise Invalid("; ".join(wrong), "chưa bài nào được gửi")
    return list(chosen.values())


def _refuse_others(stories: Sequence[Story], issuer: Issuer) -> None:
    """Raise Invalid where a place sends what is not told of it, or of what it was formed from."""
    place, vocabulary = issuer.commune, issuer.vocabulary
    others = [one.slug for one in stories if place and one.commune and place not in _became(one.commune, vocabulary)]
    if place and others:
        fix = "bỏ các bài ấy, hoặc để trống --commune"
        raise Invalid(f"Không phải bài về {place.full_name}: {', '.join(others)}", fix)


def _became(commune: Commune, vocabulary: Vocabulary) -> tuple[Commune, ...]:
    known = [commune]
    while known[-1].successor and known[-1] != vocabulary.today(commune):
        known.append(vocabulary.commune(known[-1].successor))
    return tuple(known)


def _above(issuer: Issuer) -> str:
    """Return the committee above; Invalid as long as nobody has named it."""
    name = front.standing_board(front.abbreviate(issuer.parent))
    if is_placeholder(issuer.parent):
        raise Invalid("Chưa rõ cơ quan cấp trên để gửi", "thêm --to, hoặc điền cơ quan chủ quản trong co-quan.yaml")
    return name


def _render(
    edition: Edition, stories: Sequence[Story], issuer: Issuer, to: str, day: date
) -> tuple[dict[str, bytes], dict[str, tuple[Shot, ...]]]:
    """Return the bytes of each file by its name, and the photos of each story by its slug."""
    from plugins.sending.article import render_article
    from plugins.sending.cover import Enclosed, render_cover
    from plugins.sending.photos import take_photos

    files: dict[str, bytes] = {}
    shots: dict[str, tuple[Shot, ...]] = {}
    enclosed = []
    for number, story in enumerate(stories, 1):
        folder = f"bai-{number}" if len(stories) > 1 else ""
        within = f"{folder}/" if folder else ""
        shots[story.slug] = taken = take_photos(story)
        office = edition.content.vocabulary.signing_office(story.date).title
        files[f"{within}{story.slug}.docx"] = render_article(story, office, taken, edition.html(story))
        files |= {f"{within}{shot.name}": shot.data for shot in taken}
        enclosed.append(Enclosed(story, folder, len(taken)))
    return {"phieu-gui.docx": render_cover(issuer, to, enclosed, day)} | files, shots


def _name(stories: Sequence[Story], day: date) -> str:
    more = f"-va-{len(stories) - 1}-bai" if len(stories) > 1 else ""
    slug = stories[0].slug
    if len(slug) > _MOST_IN_NAME:
        # Whole words, unless the first is longer than all that there is room for.
        slug = slug[: _MOST_IN_NAME + 1].rpartition("-")[0] or slug[:_MOST_IN_NAME]
    return f"{day.isoformat()}-{slug}{more}"


def _write(project: Path, name: str, files: Mapping[str, bytes], *, zipped: bool) -> str:
    """Write the files whole into a folder or a zip of their own, under the first number at which nothing is in the way.

    Returns its path from the project. A folder that has these very bytes is left as it is, with all beside them.
    """
    home = project / FOLDER
    home.mkdir(exist_ok=True)
    packed = {f"{name}.zip": pack(files)} if zipped else {}
    for stem in chain([name], (f"{name}-lan-{number}" for number in count(2))):
        target = home / (f"{stem}.zip" if zipped else stem)
        made = {target: packed[f"{name}.zip"]} if zipped else {target / path: data for path, data in files.items()}
        if not target.exists() or all(file.is_file() and file.read_bytes() == data for file, data in made.items()):
            break
    if not target.exists() and zipped:
        with open_new(target) as out:
            out.write(made[target])
    elif not target.exists():
        _write_folder(target, files)
    for file in made:
        job_status.report_file(project, file)
    return target.relative_to(project).as_posix()


def _write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    new = make_folder(target.parent, ".new-")
    try:
        for path, data in files.items():
            (new / path).parent.mkdir(exist_ok=True)
            (new / path).write_bytes(data)
        put_in_place(new, target)
    except BaseException:
        remove_tree(new)
        raise


def _tell(
    stories: Sequence[Story], shots: Mapping[str, Sequence[Shot]], to: str, written: str, new: Sequence[str]
) -> None:
    photos = sum(map(len, shots.values()))
    print(f"Gửi tới: {to}.")
    beside = f"và {format_number(photos)} ảnh" if photos else "không kèm ảnh"
    print(f"Đã ghi {format_number(len(stories))} tin, bài {beside} vào {written}.")
    for story in stories:
        if stripped := [shot.name for shot in shots[story.slug] if shot.is_stripped]:
            names = ", ".join(stripped)
            print(f"Bài “{story.slug}”: {names} có ghi vị trí chụp, nên được ghi lại thành ảnh không có vị trí ấy.")
        if story.sample:
            print(f"“{story.title}” là bài mẫu: trên giấy có ghi rõ, không dùng làm bài thật.")
    if new:
        print(f"Đã ghi vào {SENT_FILE}: {', '.join(new)}.")
    else:
        print(f"{SENT_FILE} đã có lần gửi này, không ghi thêm.")
