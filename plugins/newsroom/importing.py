"""`import`: a document and photos -> the folder of a draft, with guesses marked for the writer to confirm."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from plugins import hint
from plugins.content.folders import STORIES, STORY_FILE
from plugins.content.load import load_content
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.rewriting import GUESS
from plugins.exemplars.hooks import installed
from plugins.markdown.excess import find_excess
from plugins.markdown.references import CONTENT
from plugins.newsroom import guesses
from plugins.newsroom.scaffold import free_slug, load_sound_vocabulary, render_draft, taken_slugs
from plugins.output import explain, making
from plugins.photos import pixels, recipe
from plugins.photos.photo import read_photo
from plugins.photos.recipe import KEPT_LONGEST
from plugins.sources import values
from plugins.sources.front_matter import split_front_matter
from plugins.sources.held import explain_reading
from plugins.sources.problem import Invalid, Problem
from plugins.sources.text import MAX_BYTES
from plugins.vietnamese import slugify, sort_key, squash, today
from plugins.word.blocks import Block
from plugins.word.document import Conversion, load_document
from plugins.word.pictures import WHOLE, EmbeddedPicture

_NEXT = f"""\
Việc tiếp theo:
  1. Mở tệp ấy, xem từng dòng “# đoán: …”: đúng thì xóa dòng ấy, sai thì sửa; điền các mục còn trống.
  2. Ảnh nào cũng cần mô tả: tả cho người không nhìn thấy, và ghi ai chụp.
  3. Xem thử: {hint.command("preview")}. Kiểm tra lỗi: {hint.command("check")}.
  4. Xong thì đổi “Trạng thái: nháp” thành “Trạng thái: đăng”."""


@dataclass(frozen=True)
class Imported:
    """A new draft: the path of its file, the lines of the report, and the names of the guessed keys."""

    path: str
    report: tuple[str, ...]
    guessed: tuple[str, ...]


def import_story(project: Path, document: str, photos: Sequence[str]) -> int:
    """Make a draft of a document and photos, and return the exit code: 1 if none was made."""
    if (vocabulary := load_sound_vocabulary(project)) is None:
        return 1
    file = Path(document)
    try:
        made = make_draft(project, vocabulary, file, _expanded(photos))
    except Invalid as invalid:
        print(f"Chưa nhập được bài. {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Chưa nhập được bài: {explain(error, project)}", file=sys.stderr)
        return 1
    print(f"Đã tạo {made.path} từ {file.name}; tệp gốc giữ nguyên.")
    print(*made.report, sep="\n")
    if made.guessed:
        print(f"Đoán, cần xác nhận: {', '.join(made.guessed)}.")
    # The same problems as `check` finds, of photos too.
    folder = made.path.removesuffix(STORY_FILE)
    errors = load_content(project, today(), installed(project)).errors
    if missing := [problem for problem in errors if problem.path.startswith(folder)]:
        print("Còn phải sửa trước khi đăng:", *missing, sep="\n  ")
    print(_NEXT)
    return 0


def make_draft(project: Path, vocabulary: Vocabulary, file: Path, photos: Sequence[Path] = ()) -> Imported:
    """Make the folder of a draft from a document and photos; Invalid for broken ones, OSError if none is written."""
    album = _Album()
    gallery = _given_all(album, photos)
    try:
        read = load_document(file, album.keep)
    except Invalid as invalid:
        raise Invalid(f"{file.name}: {invalid.message}", invalid.fix) from None
    answers, notes, text_blocks = _fill_in(read.blocks, vocabulary)
    answers |= {"status": "nháp", "photo": gallery[0] if gallery else ""}
    # The names of communes follow no spelling rule.
    known = {squash(word) for commune in vocabulary.communes for word in commune.name.replace("’", " ").split()}
    read.report.doubtful[:] = [word for word in read.report.doubtful if squash(word) not in known]
    keys = story_keys(vocabulary)
    # No description after the bar: `check` asks for it.
    further = [f"{name} |" for name in gallery[1:]]
    text = render_draft(keys, {**answers, "gallery": further}, notes, _body(read, text_blocks))
    _refuse_long(text, file)
    year = str((values.day(answers["date"]) if answers["date"] else today()).year)
    title = next(name for name in (answers["title"], file.stem, "bài") if slugify(name))
    folder = f"{CONTENT}/{STORIES}/{year}/{free_slug(title, taken_slugs(project))}"
    _write_folder(project / folder, {**album.files, STORY_FILE: text.encode()})
    guessed = tuple(key.name for key in keys if key.attribute in notes)
    return Imported(f"{folder}/{STORY_FILE}", tuple(read.report.lines()), guessed)


def _refuse_long(text: str, file: Path) -> None:
    if len(text.encode()) > MAX_BYTES:
        raise Invalid(f"{file.name}: bài dài quá 1 MB chữ", "chỉ giữ phần chữ của một bài trong tệp")
    body = split_front_matter(text, "")
    if not isinstance(body, Problem) and (excess := find_excess(body.body, "", 1)):
        raise Invalid(f"{file.name}: {excess.message[:1].lower()}{excess.message[1:]}", excess.fix)


class _Album:
    """The photos of the new folder, numbered in order; equal ones are one file."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._names: dict[tuple[bytes, object, object], str] = {}

    def keep(self, picture: EmbeddedPicture, room: int = recipe.ROOM_OF_MANY) -> str:
        """Return the file name of a picture in the folder; Invalid if it is broken."""
        known = (sha256(picture.data).digest(), picture.crop, picture.turn)
        if known not in self._names:
            kept = pixels.keep(picture.data, KEPT_LONGEST, picture.crop, picture.turn, room=room)
            self._names[known] = f"anh-{len(self.files) + 1}.jpg"
            self.files[self._names[known]] = kept
        return self._names[known]


def _expanded(photos: Sequence[str]) -> list[Path]:
    """Return the files meant: the shell of Windows does not expand *."""
    found: list[Path] = []
    for photo in photos:
        file = Path(photo)
        matching = [entry.name for entry in file.parent.glob(file.name)] if "*" in file.name else []
        found += [file.parent / name for name in sorted(matching, key=sort_key)] or [file]
    return found


def _given_all(album: _Album, photos: Sequence[Path]) -> list[str]:
    """Return the file names of photos in the folder; Invalid with a line for each broken one."""
    names, broken = [], []
    for photo in photos:
        try:
            names.append(album.keep(EmbeddedPicture(read_photo(photo), WHOLE), recipe.ROOM))
        except FileNotFoundError:
            broken.append(Invalid(f"{photo.name}: không đọc được tệp ảnh", "kiểm tra lại tên tệp và thư mục"))
        except (Invalid, OSError) as error:
            what = error if isinstance(error, Invalid) else explain_reading(error, "tệp ảnh")
            broken.append(Invalid(f"{photo.name}: {what.message[:1].lower()}{what.message[1:]}", what.fix))
    if broken:
        *others, last = broken
        lines = [*(f"{invalid.message}; {invalid.fix}" for invalid in others), last.message]
        raise Invalid("\n".join(lines), last.fix)
    return names


def _fill_in(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[dict[str, str], dict[str, str], Sequence[Block]]:
    """Return guesses by attribute, a note for each, and the remaining blocks for the body."""
    title, rest = guesses.guess_title(blocks)
    day = guesses.guess_date(blocks, today())
    named = title.value if title else ""
    found: Mapping[str, guesses.Guess | None] = {
        "title": title,
        "date": day,
        "field": guesses.guess_field(blocks, vocabulary),
        "commune": guesses.guess_commune(blocks, named, vocabulary, values.day(day.value) if day else None),
        "kind": guesses.guess_kind(blocks, named),
        "author": guesses.guess_author(rest),
    }
    answers = {attribute: guess.value if guess else "" for attribute, guess in found.items()}
    notes = {attribute: f"{GUESS}{guess.seen}" for attribute, guess in found.items() if guess}
    if named.isupper():
        notes["title"] += "; đang viết hoa toàn bộ, nên viết lại như câu thường"
    return answers, notes, rest


def _body(read: Conversion, blocks: Sequence[Block]) -> str:
    """Return the body under a comment with the report, which a closed terminal would lose."""
    said = "\n".join(read.report.lines()).replace("--", "–")
    text = "\n\n".join(block.markdown for block in blocks)
    return f"<!-- Nhập từ tệp Word; đọc xong thì xóa mấy dòng này, chúng không hiện trên trang.\n{said} -->\n\n{text}\n"


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder whole or not at all; OSError if it exists."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # A concurrent build does not read folders with a dot as stories.
    with making(folder, ".nhap-") as made:
        for name, data in files.items():
            (made / name).write_bytes(data)
        if folder.exists():
            raise FileExistsError(17, "đã có thư mục này", str(folder))
