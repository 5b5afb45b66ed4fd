"""What is done with the files of a story as a whole: deleted, put back, moved to another address; a photo of it too."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from plugins.editing.moving import Place, choose_place, move_story
from plugins.editing.removing import find_removed, list_removed, put_back, read_removed, remove
from plugins.editing.saving import follow, open_file
from plugins.newsroom.scaffold import taken_slugs
from plugins.preview.form.pictures import PHOTOS
from plugins.preview.form.story_files import is_story, keys_of, title_of, was_published
from plugins.preview.serving.exchange import OWN, Request, Response
from plugins.preview.serving.guard import guarded, refuse, to_json
from plugins.preview.staff import pages as own_pages
from plugins.release.policy import content_type
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.content.stories.story import Story
    from plugins.editing.removing import Removed
    from plugins.editing.saving import Opened

_NO_STORY = "chỉ bài viết mới xóa, đổi địa chỉ được ở đây"


def remove_photo(request: Request) -> Response:
    """Delete the photo `ten` out of the folder of the story at `tep`."""
    opened = open_file(request.site.project, request.query.get("tep", ""))
    name = request.query.get("ten", "")
    if "/" in name or "\\" in name or not name.lower().endswith(PHOTOS):
        raise Invalid(f'"{name}" không phải ảnh của bài', "tải lại trang")
    path = f"{opened.path.rpartition('/')[0]}/{name}"
    return to_json({"undo": remove(request.site.project, path, f"Ảnh {name} của bài “{title_of(request, opened)}”")})


def restore_photo(request: Request) -> Response:
    """Put a photo that was deleted back into the folder of the story, which may be called otherwise by now."""
    asked = json.loads(request.body)
    project = request.site.project
    opened = open_file(project, asked["path"])
    removed = find_removed(project, asked["undo"])
    if not _is_photo(removed):
        raise Invalid(f"{removed.path} không phải ảnh", "khôi phục ở trang Đã xóa")
    path = put_back(project, removed.name, opened.path.rpartition("/")[0])
    return to_json({"name": path.rpartition("/")[2]})


def remove_story(request: Request) -> Response:
    """Delete a story with all that lies in its folder, unless readers have seen it: they are told."""
    asked = json.loads(request.body)
    opened = _open_story(request, asked)
    if was_published(request, opened):
        fix = "điền mục Gỡ để báo cho bạn đọc; nếu chưa đăng bao giờ thì đổi Trạng thái thành nháp rồi xóa"
        raise Invalid("Bài này đã đăng nên không xóa được", fix)
    folder = opened.path.rpartition("/")[0]
    title = title_of(request, opened)
    undo = remove(request.site.project, folder, f"Bài “{title}”")
    return to_json({"undo": undo, "title": title})


def move(request: Request) -> Response:
    """Move a story to the address of `year` and `name`, and say what of the other files follows."""
    asked = json.loads(request.body)
    opened = _open_story(request, asked)
    project, before = request.site.project, Place.of(opened.path)
    place = choose_place(opened.path, str(asked["year"]), str(asked["name"]), taken_slugs(project))
    claimed = (story for story in _stories(request) if place.url in story.old_addresses and story.path != opened.path)
    if story := next(claimed, None):
        raise Invalid(f"Địa chỉ {place.url} đang là Địa chỉ cũ của bài “{story.title}”", "chọn địa chỉ khác")
    leads_on = was_published(request, opened)
    moved = move_story(project, keys_of(request), opened, str(asked["version"]), place, was_published=leads_on)
    said = [f"Đã đổi địa chỉ từ {before.url} thành {place.url}."]
    said += ["Địa chỉ cũ vẫn dẫn tới bài này."] if leads_on else []
    said += [f"Đã sửa theo ở: {', '.join(moved.mended)}."] if moved.mended else []
    said += [f"Còn nhắc địa chỉ cũ, đọc lại giúp: {', '.join(moved.left)}."] if moved.left else []
    return to_json({"path": moved.path, "message": " ".join(said)})


def restore(request: Request) -> Response:
    """Put a story or photo that was deleted back where it stood; answers with the story's path."""
    project = request.site.project
    removed = find_removed(project, json.loads(request.body)["name"])
    folder = removed.path.rpartition("/")[0]
    if _is_photo(removed) and not follow(project, folder).is_dir():
        raise Invalid(f"Bài của ảnh này không còn ở {folder}", "khôi phục bài ấy trước, rồi khôi phục ảnh")
    path = put_back(project, removed.name, folder, taken_slugs(project))
    story = path.rpartition("/")[0] if _is_photo(removed) else path
    moved = f" Địa chỉ cũ nay là của bài khác nên bài này ở {path}." if path != removed.path else ""
    return to_json({"path": f"{story}/bai.md", "message": f"Đã khôi phục {removed.title}.{moved}"})


def show_removed(request: Request) -> Response:
    """Answer with the page of what was deleted and can be put back."""
    removed = [(one, _is_photo(one)) for one in list_removed(request.site.project)]
    return Response(own_pages.render_removed(removed))


def show_photo(request: Request) -> Response:
    """Answer with a photo that was deleted, kept under `ten`."""
    try:
        removed = find_removed(request.site.project, request.query.get("ten", ""))
        data = read_removed(request.site.project, removed)
    except Invalid as invalid:
        return refuse(invalid, HTTPStatus.NOT_FOUND)
    return Response(data, content_type(removed.path))


def _open_story(request: Request, asked: dict[str, object]) -> Opened:
    opened = open_file(request.site.project, str(asked["path"]))
    if not is_story(opened.path):
        raise Invalid(f"{opened.path} không phải một bài viết", _NO_STORY)
    if opened.version != asked["version"]:
        raise Invalid("Tệp đã được sửa ở nơi khác từ lúc mở", "tải lại trang rồi làm lại")
    return opened


def _stories(request: Request) -> list[Story]:
    return request.site.content.stories if request.site.content else []


def _is_photo(removed: Removed) -> bool:
    # A story's folder stands one step higher.
    return removed.path.count("/") == 4 and removed.path.lower().endswith(PHOTOS)


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {
    ("GET", own_pages.DELETED_URL): show_removed,
    ("GET", f"{own_pages.DELETED_URL}/anh"): show_photo,
    ("POST", f"{OWN}sua/bo-anh"): guarded(remove_photo),
    ("POST", f"{OWN}sua/lay-lai-anh"): guarded(restore_photo),
    ("POST", f"{OWN}sua/xoa-bai"): guarded(remove_story),
    ("POST", f"{OWN}sua/doi-dia-chi"): guarded(move),
    ("POST", f"{OWN}sua/khoi-phuc-da-xoa"): guarded(restore),
}
