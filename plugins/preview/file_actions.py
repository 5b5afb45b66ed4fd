"""What is done with the files of a story as a whole: a photo taken out and put back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from plugins.editing.removing import find_removed, put_back, remove
from plugins.editing.saving import open_file
from plugins.preview.exchange import OWN, Request, Response
from plugins.preview.guard import guarded, to_json
from plugins.preview.pictures import PHOTOS
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable


def remove_photo(request: Request) -> Response:
    """Delete the photo `ten` out of the folder of the story at `tep`."""
    opened = open_file(request.site.project, request.query.get("tep", ""))
    name = request.query.get("ten", "")
    if "/" in name or "\\" in name or not name.lower().endswith(PHOTOS):
        raise Invalid(f'"{name}" không phải ảnh của bài', "tải lại trang")
    folder = opened.path.rpartition("/")[0]
    return to_json({"undo": remove(request.site.project, f"{folder}/{name}", name)})


def restore_photo(request: Request) -> Response:
    """Put a photo that was deleted back into the folder of the story, which may be called otherwise by now."""
    asked = json.loads(request.body)
    project = request.site.project
    opened = open_file(project, asked["path"])
    removed = find_removed(project, asked["undo"])
    if not removed.path.lower().endswith(PHOTOS):
        raise Invalid(f"{removed.path} không phải ảnh", "khôi phục ở trang Đã xóa")
    path = put_back(project, removed.name, opened.path.rpartition("/")[0])
    return to_json({"name": path.rpartition("/")[2]})


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {
    ("POST", f"{OWN}sua/bo-anh"): guarded(remove_photo),
    ("POST", f"{OWN}sua/lay-lai-anh"): guarded(restore_photo),
}
