"""Who makes copies of photos, and how: ours, sharp in two ways, Hugo. Each is a command from one folder to another."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.photos import recipe
from plugins.photos.recipe import FALLBACK_WIDTH, WIDTHS
from tests import npm
from tests.benchmark.contestants import PROJECT, find_hugo
from tests.benchmark.process import Command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OURS, CHECKED, ONCE, DEFAULT, HUGO = "của ta", "của ta, cả kiểm tra", "sharp, giải mã một lần", "sharp thường", "Hugo"
_SHARP = "0.35.5"
# The others' qualities, up to LIGHT_WIDTH and beyond: at these their copies weigh no less than ours do, whose numbers
# say another thing, for what is scaled softer takes fewer bytes.
_LIGHT_QUALITY, _QUALITY = 73, 68
_OURS = """\
import sys
from pathlib import Path
from plugins.photos import pixels
from plugins.photos.recipe import fallback_size, plan_sizes
from PIL import Image
folder, out = map(Path, sys.argv[1:])
for file in sorted(folder.iterdir()):
    data = file.read_bytes()
    with Image.open(file) as image:
        size = INSPECTED
    sizes, fallback = plan_sizes(*size), fallback_size(*size)
    *copies, jpeg = pixels.develop(data, sizes, fallback)
    for (width, _), copy in zip(sizes, copies, strict=True):
        Path(out, f"{file.stem}-{width}.webp").write_bytes(copy)
    Path(out, f"{file.stem}-{fallback[0]}.jpg").write_bytes(jpeg)
"""
_CONFIG = 'baseURL = "/"\ndisableKinds = ["rss", "sitemap", "robotsTXT", "404", "taxonomy", "term", "section"]\n'


@dataclass(frozen=True)
class Maker:
    """One who makes copies: its name, its command, and where these are found: by photo, width and ending."""

    name: str
    command: Command
    out: Path

    def prepare(self) -> None:
        """Leave nothing of the round before."""
        for folder in (self.out, self.out.parent / "resources"):
            shutil.rmtree(folder, ignore_errors=True)
        self.out.mkdir(parents=True)

    def find(self, photo: str, width: int, ending: str) -> Path | None:
        """Return the copy of a photo in this width; None where there is none."""
        file = self.out / f"{photo}-{width}.{ending}"
        return file if file.exists() else None


def find_makers(photos: Path, place: Path) -> Iterator[Maker]:
    """Yield ours and those others that this machine has; sharp is fetched by npm."""
    yield from find_ours(photos, place)
    if found := npm.install(PROJECT, "sharp/package.json", f"sharp@{_SHARP}"):
        environment = {"NODE_PATH": str(PROJECT / npm.FOLDER / "node_modules")}
        script = PROJECT / "tests/benchmark/peers/sharp/copies.cjs"
        for name, how in ((ONCE, "once"), (DEFAULT, "default")):
            out = place / name
            line = (found[0], str(script), how, str(photos), str(out), json.dumps(_recipe()))
            yield Maker(name, Command(line, PROJECT, environment), out)
    if hugo := find_hugo():
        folder = place / "hugo"
        _write_hugo(photos, folder)
        yield Maker(HUGO, Command(hugo.line, folder, {}), folder / "public")


def find_ours(photos: Path, place: Path) -> Iterator[Maker]:
    """Yield ours: the copies alone, and with the look that each photo is whole, which a build takes first."""
    for name, size in ((OURS, "image.size"), (CHECKED, "pixels.inspect(data)")):
        out = place / name
        line = (sys.executable, "-X", "utf8", "-c", _OURS.replace("INSPECTED", size), str(photos), str(out))
        yield Maker(name, Command(line, PROJECT, {}), out)


def _recipe() -> dict[str, object]:
    return {
        "widths": WIDTHS,
        "light": recipe.LIGHT_WIDTH,
        "lightQuality": _LIGHT_QUALITY,
        "webpQuality": _QUALITY,
        "jpegQuality": recipe.JPEG_QUALITY,
        "jpegWidth": FALLBACK_WIDTH,
    }


def _write_hugo(photos: Path, folder: Path) -> None:
    """Write a site of one page, that has all the photos."""
    quality = {width: _LIGHT_QUALITY if width <= recipe.LIGHT_WIDTH else _QUALITY for width in WIDTHS}
    wanted = [(width, f"{width}x webp Lanczos q{quality[width]}") for width in WIDTHS]
    wanted.append((FALLBACK_WIDTH, f"{FALLBACK_WIDTH}x jpg Lanczos q{recipe.JPEG_QUALITY}"))
    lines = ['{{ range .Resources.ByType "image" }}{{ $stem := path.BaseName .Name }}']
    for width, how in wanted:
        ending = how.split()[1]
        lines.append(
            f'{{{{ with .Resize "{how}" }}}}{{{{ with resources.Copy (printf "%s-{width}.{ending}" $stem) . }}}}'
            "{{ .RelPermalink }}{{ end }}{{ end }}"
        )
    (folder / "layouts").mkdir(parents=True)
    (folder / "layouts/home.html").write_text("\n".join((*lines, "{{ end }}\n")), encoding="utf-8")
    (folder / "hugo.toml").write_text(_CONFIG, encoding="utf-8")
    shutil.copytree(photos, folder / "content")
    (folder / "content/_index.md").write_text("---\ntitle: Ảnh\n---\n", encoding="utf-8")
