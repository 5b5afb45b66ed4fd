"""`send`: articles with photos and a cover note, in a folder or a zip, and the log of articles sent and used."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from plugins import job_status
from plugins.content.load import can_use, load_content
from plugins.content.sent import SENT_FILE
from plugins.content.stories.reading import reference_slug
from plugins.content.stories.story import Story
from plugins.content.territory import front
from plugins.content.vocabulary.terms import Commune, is_placeholder
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.exemplars.hooks import installed
from plugins.exemplars.model.edition import Edition, select_edition
from plugins.official.filing import fails_with, file_documents, read_past
from plugins.official.issuer import Issuer, find_issuer
from plugins.output import making
from plugins.sending.log import log_sent, log_used
from plugins.sending.photos import Shot
from plugins.sources.files import numbered
from plugins.sources.packing import pack
from plugins.sources.problem import Invalid
from plugins.spreading.command import choose_stories
from plugins.vietnamese import format_date, format_number

FOLDER = "gui-bai"
_FAILURE = "Chưa gửi được"
_MOST_IN_NAME = 40


@fails_with(_FAILURE)
def send(
    project: Path, stories: Sequence[str], to: str = "", date: str = "", commune: str = "", *, zipped: bool = False
) -> int:
    """Write and log the articles, photos and cover note of stories, and return the exit code: 1 if nothing is sent.

    `to` is by default the committee above; a `commune` sends in its own name; `date` is by default today.
    """
    day = read_past(date, "Ngày gửi")
    content = load_content(project, day, installed(project))
    if not can_use(content, _FAILURE, verbose=False):
        return 1
    chosen, wrong = choose_stories(content, stories, "send")
    fix = "sửa ngày của bài, hoặc gửi sau"
    wrong += [
        Invalid(f"Bài “{story.title}” đề ngày {format_date(story.date)}, chưa tới ngày ấy", fix)
        for story in chosen
        if story.date > day
    ]
    if wrong:
        for invalid in wrong:
            print(f"{invalid.message}; {invalid.fix}", file=sys.stderr)
        print("Chưa bài nào được gửi.", file=sys.stderr)
        return 1
    issuer = find_issuer(content.vocabulary, commune, day.year, day)
    _refuse_others(chosen, issuer)
    whom = " ".join(to.split()) or _above(issuer)
    files, shots = _render(select_edition(content, drafts=False, samples=True), chosen, issuer, whom, day)
    written = _write(project, _name(chosen, day), files, zipped=zipped)
    notes = {story.slug: "bài mẫu" if story.sample else "" for story in chosen}
    _print_summary(chosen, shots, whom, written, log_sent(project, notes, whom, day))
    return 0


@fails_with("Chưa ghi được")
def note_use(project: Path, story: str, where: str, date: str = "", to: str = "") -> int:
    """Log that a story was used in a newspaper or on a site and return the exit code."""
    day, place = read_past(date, "Ngày dùng"), " ".join(where.split())
    if not place:
        raise Invalid("Chưa nói bài được dùng ở đâu", "thêm --where, ví dụ --where “Trang của Ủy ban MTTQ tỉnh”")
    whom = log_used(project, reference_slug(story), place, day, " ".join(to.split()))
    print(f"Đã ghi vào {SENT_FILE}: bài “{reference_slug(story)}” gửi tới {whom}, được dùng ở {place}.")
    return 0


def _refuse_others(stories: Sequence[Story], issuer: Issuer) -> None:
    """Raise Invalid if a commune sends a story that is not about it, or about a commune that became part of it."""
    place, vocabulary = issuer.commune, issuer.vocabulary
    others = [one.slug for one in stories if one.commune and place not in _became(one.commune, vocabulary)]
    if place and others:
        fix = "bỏ các bài ấy, hoặc để trống --commune"
        raise Invalid(f"Không phải bài về {place.full_name}: {', '.join(others)}", fix)


def _became(commune: Commune, vocabulary: Vocabulary) -> tuple[Commune, ...]:
    known = [commune]
    while known[-1].successor and known[-1] != vocabulary.today(commune):
        known.append(vocabulary.commune(known[-1].successor))
    return tuple(known)


def _above(issuer: Issuer) -> str:
    """Return the committee above; Invalid while it is not filled in."""
    if is_placeholder(issuer.parent):
        raise Invalid("Chưa rõ cơ quan cấp trên để gửi", "thêm --to, hoặc điền cơ quan chủ quản trong co-quan.yaml")
    return front.standing_board(front.abbreviate(issuer.parent))


def _render(
    edition: Edition, stories: Sequence[Story], issuer: Issuer, to: str, day: date
) -> tuple[dict[str, bytes], dict[str, tuple[Shot, ...]]]:
    """Return the files by path, and the photos of each story by slug."""
    from plugins.sending.article import Enclosed, render_article, render_cover
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
        # At the end of a word, unless the first is too long.
        slug = slug[: _MOST_IN_NAME + 1].rpartition("-")[0] or slug[:_MOST_IN_NAME]
    return f"{day.isoformat()}-{slug}{more}"


def _write(project: Path, name: str, files: Mapping[str, bytes], *, zipped: bool) -> str:
    """Write a folder or zip, numbered unless one of that name has the same bytes, and return its path in a project."""
    if zipped:
        return file_documents(project, FOLDER, {name: {".zip": pack(files)}})[0]
    (project / FOLDER).mkdir(exist_ok=True)
    for path in numbered(f"{FOLDER}/{name}", mark="-lan-"):
        made = {project / path / inside: data for inside, data in files.items()}
        if not (project / path).exists():
            with making(project / path, ".new-") as new:
                for inside, data in files.items():
                    (new / inside).parent.mkdir(exist_ok=True)
                    (new / inside).write_bytes(data)
            break
        if all(file.is_file() and file.read_bytes() == data for file, data in made.items()):
            break
    for file in made:
        job_status.report_file(project, file)
    return path


def _print_summary(
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
    print(f"Đã ghi vào {SENT_FILE}: {', '.join(new)}." if new else f"{SENT_FILE} đã có lần gửi này, không ghi thêm.")
