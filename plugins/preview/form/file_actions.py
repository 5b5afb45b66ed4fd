"""Requests about a story's files as a whole: delete and restore it or a photo, move it to another address."""

from http import HTTPStatus
from typing import Any

from plugins.content.addresses.urls import file_of_url
from plugins.content.stories.keys import story_keys
from plugins.content.stories.reading import read_roughly
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.moving import StoryPlace, choose_place, move_story
from plugins.editing.removing import Removed, find_removed, list_removed, put_back, read_removed, remove
from plugins.editing.saving import Opened, follow, open_file
from plugins.newsroom.scaffold import taken_slugs
from plugins.preview.form.pictures import PHOTOS
from plugins.preview.live.page_state import is_story
from plugins.preview.rendering import render
from plugins.preview.serving.exchange import Request, Response, refuse, to_json
from plugins.release.manifest import load_manifest
from plugins.release.policy import content_type
from plugins.release.store import FOLDER, list_names
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key, Record, parse_record


def remove_photo(request: Request) -> Response:
    """Delete the photo `ten` from the folder of the story at `tep`."""
    opened = open_file(request.site.project, request.query.get("tep", ""))
    name = request.query.get("ten", "")
    if "/" in name or "\\" in name or not name.lower().endswith(PHOTOS):
        raise Invalid(f'"{name}" không phải ảnh của bài', "tải lại trang")
    path = f"{opened.path.rpartition('/')[0]}/{name}"
    return to_json({"undo": remove(request.site.project, path, f"Ảnh {name} của bài “{_title(request, opened)}”")})


def restore_photo(request: Request) -> Response:
    """Put a deleted photo back into the folder of its story, which may have another name by now."""
    asked, project = request.json, request.site.project
    folder = open_file(project, asked["path"]).path.rpartition("/")[0]
    removed = find_removed(project, asked["undo"])
    if not _is_photo(removed):
        raise Invalid(f"{removed.path} không phải ảnh", "khôi phục ở trang Đã xóa")
    return to_json({"name": put_back(project, removed.name, folder).rpartition("/")[2]})


def remove_story(request: Request) -> Response:
    """Delete a story with its folder; Invalid if readers may have seen it, who are then owed a notice."""
    opened = _open_story(request, request.json)
    if _was_published(request, opened):
        fix = "điền mục Gỡ để báo cho bạn đọc; nếu chưa đăng bao giờ thì đổi Trạng thái thành nháp rồi xóa"
        raise Invalid("Bài này đã đăng nên không xóa được", fix)
    title, folder = _title(request, opened), opened.path.rpartition("/")[0]
    return to_json({"undo": remove(request.site.project, folder, f"Bài “{title}”"), "title": title})


def change_address(request: Request) -> Response:
    """Move a story to the address of `year` and `name`. Returns a message on the other files that name it."""
    asked, project, content = request.json, request.site.project, request.site.content
    opened = _open_story(request, asked)
    before = StoryPlace.of(opened.path)
    place = choose_place(opened.path, str(asked["year"]), str(asked["name"]), taken_slugs(project))
    for story in content.stories if content else ():
        if place.url in story.old_addresses and story.path != opened.path:
            raise Invalid(f"Địa chỉ {place.url} đang là Địa chỉ cũ của bài “{story.title}”", "chọn địa chỉ khác")
    was_published = _was_published(request, opened)
    moved = move_story(project, _keys(request), opened, str(asked["version"]), place, was_published=was_published)
    sentences = [f"Đã đổi địa chỉ từ {before.url} thành {place.url}."]
    sentences += ["Địa chỉ cũ vẫn dẫn tới bài này."] if was_published else []
    sentences += [f"Đã sửa theo ở: {', '.join(moved.mended)}."] if moved.mended else []
    sentences += [f"Còn nhắc địa chỉ cũ, đọc lại giúp: {', '.join(moved.left)}."] if moved.left else []
    return to_json({"path": moved.path, "message": " ".join(sentences)})


def restore_removed(request: Request) -> Response:
    """Put a deleted story or photo back in its place. Returns the path of the story."""
    project = request.site.project
    removed = find_removed(project, request.json["name"])
    folder, is_photo = removed.path.rpartition("/")[0], _is_photo(removed)
    if is_photo and not follow(project, folder).is_dir():
        raise Invalid(f"Bài của ảnh này không còn ở {folder}", "khôi phục bài ấy trước, rồi khôi phục ảnh")
    path = put_back(project, removed.name, folder, taken_slugs(project))
    story = path.rpartition("/")[0] if is_photo else path
    moved = f" Địa chỉ cũ nay là của bài khác nên bài này ở {path}." if path != removed.path else ""
    return to_json({"path": f"{story}/bai.md", "message": f"Đã khôi phục {removed.title}.{moved}"})


def show_removed(request: Request) -> Response:
    """Return the page of deleted stories and photos."""
    removed = [(one, _is_photo(one)) for one in list_removed(request.site.project)]
    return Response(render("da-xoa.html", removed=removed))


def show_removed_photo(request: Request) -> Response:
    """Return the deleted photo that is kept under the name `ten`."""
    try:
        removed = find_removed(request.site.project, request.query.get("ten", ""))
        data = read_removed(request.site.project, removed)
    except Invalid as invalid:
        return refuse(invalid, HTTPStatus.NOT_FOUND)
    return Response(data, content_type(removed.path))


def _open_story(request: Request, asked: dict[str, Any]) -> Opened:
    opened = open_file(request.site.project, str(asked["path"]))
    if not is_story(opened.path):
        raise Invalid(f"{opened.path} không phải một bài viết", "chỉ bài viết mới xóa, đổi địa chỉ được ở đây")
    if opened.version != asked["version"]:
        raise Invalid("Tệp đã được sửa ở nơi khác từ lúc mở", "tải lại trang rồi làm lại")
    return opened


def _is_photo(removed: Removed) -> bool:
    # A story's folder is one level higher.
    return removed.path.count("/") == 4 and removed.path.lower().endswith(PHOTOS)


def _keys(request: Request) -> tuple[Key, ...]:
    content = request.site.content
    return story_keys(content.vocabulary if content else Vocabulary(unread=frozenset({"xa.yaml"})))


def _title(request: Request, opened: Opened) -> str:
    """Return a story's title, or the name of its folder if it has none."""
    return str(_read(request, opened).get("title") or opened.path.split("/")[-2])


def _was_published(request: Request, opened: Opened) -> bool:
    """Return whether readers may have seen a story: it is neither draft nor sample, or a stored release has it."""
    record = _read(request, opened)
    if "withdrawn" in record.values or not (record.get("status") or record.get("sample")):
        return True
    page = file_of_url(StoryPlace.of(opened.path).url)
    releases = request.site.project / FOLDER
    return any(page in (load_manifest(releases / name) or ()) for name in list_names(releases))


def _read(request: Request, opened: Opened) -> Record:
    keys, matter = _keys(request), parse_front_matter(opened.text, opened.path)
    if isinstance(matter, Problem):
        return read_roughly(opened.text, keys, opened.path)
    return parse_record(keys, matter.mapping, opened.path)
