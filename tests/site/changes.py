"""Changes to a project between two builds: small functions, each with two numbers to choose by."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from tests.conftest import VOCABULARY
from tests.site.small_site import REGISTER, STORIES, SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[SmallSite, int, int], None]

_FIELDS = ("Kinh tế", "Văn hóa – xã hội", "[Văn hóa – xã hội, Kinh tế]")
_COMMUNES = ("Nam Dong", "Ea T'ling", "Đăk D’rông", "xa-cu-jut", "xa-nam-dong-2025", "Không Có")
_KINDS = ("Tập thể", "Cá nhân\nĐồng ý: PĐY-1", "Mô hình", "")

_TERMS = (
    ("linh-vuc.yaml", "mô tả: Làm ăn.*", "mô tả: Làm ăn khá lên {}."),
    ("linh-vuc.yaml", "tên gọn: Văn hóa.*", "tên gọn: Văn hóa {}"),
    ("linh-vuc.yaml", '"#0f5e8."', '"#0f5e8{}"'),
    ("xa.yaml", "theo: Nghị quyết.*", "theo: Nghị quyết số {}"),
    ("phong-trao.yaml", "mô tả: Bà con.*", "mô tả: Bà con giữ bình yên {}."),
    ("co-quan.yaml", "tên gọn: .*", "tên gọn: Mặt trận Cư Jút {}"),
)

# Code that affects pages: the original and its replacement.
_CODE = (
    ("plugins/exemplars/model/listing.py", "\nPER_PAGE = 24\n", "\nPER_PAGE = 2\n"),
    ("plugins/markdown/body.py", "Về lại chỗ có chú thích", "Trở lên chỗ có chú thích"),
    ("plugins/exemplars/pages/feeds.py", "\nNEWEST = 30\n", "\nNEWEST = 3\n"),
    ("plugins/content/addresses/sections.py", 'Crumb("Lĩnh vực"', 'Crumb("Các lĩnh vực"'),
    ("plugins/vietnamese.py", "Thứ Tư", "Thứ tư"),
    ("plugins/exemplars/model/index.py", "\nOWN_ANCHOR =", "\n# Đổi mà không đổi gì.\nOWN_ANCHOR ="),
    ("plugins/search/index_files.py", "\nimport json\n", "\n\nimport json\n"),
)

CHANGES: dict[str, Change] = {}


def _change(function: Change) -> Change:
    CHANGES[function.__name__] = function
    return function


@_change
def edit_body(site: SmallSite, a: int, b: int) -> None:
    site.append(site.relative(site.story(a)), f"\nThêm câu {b}.\n")


@_change
def edit_under_the_same_time_and_length(site: SmallSite, a: int, b: int) -> None:
    file = site.story(a)
    before = file.stat()
    text = re.sub(r"góp \d", f"góp {b}", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8", newline="\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@_change
def set_back_in_time(site: SmallSite, a: int, b: int) -> None:
    file = site.story(a)
    edit_body(site, a, b)
    os.utime(file, (1_500_000_000 + b, 1_500_000_000 + b))


@_change
def touch(site: SmallSite, a: int, b: int) -> None:
    site.story(a).touch()


@_change
def edit_title(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Tiêu đề", f"Đường về thôn {b}")


@_change
def edit_summary(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Tóm tắt", f"Tóm tắt lần {b}." if b else "")


@_change
def edit_date(site: SmallSite, a: int, b: int) -> None:
    file = site.story(a)
    site.set_key(file, "Ngày", f"{b + 1}/9/{file.parent.parent.name}")


@_change
def edit_field(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Lĩnh vực", _FIELDS[b % len(_FIELDS)])


@_change
def edit_commune(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Xã", _COMMUNES[b % len(_COMMUNES)])


@_change
def edit_kind(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Loại", _KINDS[b % len(_KINDS)])


@_change
def edit_commendation(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Biểu dương", f"\n  - Bằng khen | tỉnh | 202{b}" if b else "")


@_change
def edit_movement(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Phong trào", ("Hàng Việt Nam", "An ninh Tổ quốc", "")[b % 3])


@_change
def edit_origin(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Nhân rộng từ", site.story(b).parent.name if b else "")


@_change
def edit_registration(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Đăng ký", f"DK-2020-00{1 + b % 3}" if b else "")


@_change
def turn_draft(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Trạng thái", "nháp" if b % 2 else "đăng")


@_change
def turn_sample(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Mẫu", "có" if b % 2 else "")


@_change
def withdraw_story(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), "Gỡ", f"{b + 1}/3/2026, lý do gia đình xin rút bài" if b % 2 else "")


@_change
def tell_change(site: SmallSite, a: int, b: int) -> None:
    site.set_key(site.story(a), ("Cập nhật", "Đính chính")[b % 2], f"{b + 1}/3/2026 | Sửa lần {b}" if b else "")


@_change
def edit_old_address(site: SmallSite, a: int, b: int) -> None:
    """Now and then that of another story, of today or before."""
    site.set_key(site.story(a), "Địa chỉ cũ", f"[cu-{a}-{b}, {site.story(b).parent.name}, cu]" if b else f"cu-{a}")


@_change
def edit_old_id(site: SmallSite, a: int, b: int) -> None:
    name, identifier = (("linh-vuc.yaml", "kinh-te"), ("xa.yaml", "nam-dong"), ("phong-trao.yaml", "hang-viet"))[a % 3]
    path = f"content/danh-muc/{name}"
    text = re.sub(r"  mã cũ: .*\n", "", site.read(path))
    old = f"mã: {identifier}\n  mã cũ: ma-cu-{b}\n" if b % 2 else f"mã: {identifier}\n"
    site.write(path, text.replace(f"mã: {identifier}\n", old))


@_change
def break_story(site: SmallSite, a: int, b: int) -> None:
    broken = ("---\nTiêu đề: [\n---\n", "", "Không có gì ở đầu tệp.\n", "---\nNgày: 31/2/2020\n---\n")
    path = site.relative(site.story(a))
    site.change_for_one_build(path, broken[b % len(broken)])


@_change
def link_stories(site: SmallSite, a: int, b: int) -> None:
    other = site.story(b)
    link = f"{{filename}}../../{other.parent.parent.name}/{other.parent.name}/bai.md"
    site.append(site.relative(site.story(a)), f"\nXem [bài kia]({link}).\n")


@_change
def add_story(site: SmallSite, a: int, b: int) -> None:
    site.add_story(f"them-{a}-{b}", b, {"Ngày": f"{b + 1}/{a + 1}/202{b % 5}"})


@_change
def delete_story(site: SmallSite, a: int, b: int) -> None:
    if len(site.stories()) > 2:
        shutil.rmtree(site.story(a).parent)


@_change
def rename_story(site: SmallSite, a: int, b: int) -> None:
    folder = site.story(a).parent
    new = folder.with_name(f"doi-ten-{a}-{b}")
    if not new.exists():
        folder.rename(new)


@_change
def swap_stories(site: SmallSite, a: int, b: int) -> None:
    one, other = site.story(a).parent, site.story(b).parent
    if one != other:
        between = one.with_name("o-giua")
        one.rename(between)
        other.rename(one)
        between.rename(other)


@_change
def add_photo(site: SmallSite, a: int, b: int) -> None:
    site.add_photo(site.story(a), f"anh-{b % 2}.jpg", b)


@_change
def add_photo_to_body(site: SmallSite, a: int, b: int) -> None:
    file = site.story(a)
    site.write_photo(file.parent / "trong-bai.jpg", b)
    site.append(site.relative(file), f"\n![Ảnh {b}](trong-bai.jpg)\n")


def _photos(site: SmallSite) -> list[Path]:
    return [file for file in site.files(STORIES) if file.suffix == ".jpg"]


@_change
def replace_photo(site: SmallSite, a: int, b: int) -> None:
    if photos := _photos(site):
        site.write_photo(photos[a % len(photos)], b)


@_change
def delete_photo(site: SmallSite, a: int, b: int) -> None:
    if photos := _photos(site):
        photos[a % len(photos)].unlink()


@_change
def rename_photo(site: SmallSite, a: int, b: int) -> None:
    if photos := _photos(site):
        old = photos[a % len(photos)]
        new = old.with_name(f"ten-moi-{b}.jpg")
        story = old.parent / "bai.md"
        old.replace(new)
        if story.exists():
            site.replace(site.relative(story), old.name, new.name) if old.name in site.read(
                site.relative(story)
            ) else None


@_change
def rename_term(site: SmallSite, a: int, b: int) -> None:
    name, pattern, new = _TERMS[a % len(_TERMS)]
    path = f"content/danh-muc/{name}"
    site.write(path, re.sub(pattern, new.format(b), site.read(path)))


@_change
def reset_vocabulary(site: SmallSite, a: int, b: int) -> None:
    name = sorted(VOCABULARY)[a % len(VOCABULARY)]
    site.write(f"content/danh-muc/{name}", VOCABULARY[name])


@_change
def reorder_vocabulary(site: SmallSite, a: int, b: int) -> None:
    path = f"content/danh-muc/{('linh-vuc.yaml', 'phong-trao.yaml', 'xa.yaml')[a % 3]}"
    head, *entries = re.split(r"^(?=- )", site.read(path), flags=re.MULTILINE)
    site.write(path, head + "".join(reversed(entries)))


@_change
def break_vocabulary(site: SmallSite, a: int, b: int) -> None:
    site.change_for_one_build(f"content/danh-muc/{sorted(VOCABULARY)[a % len(VOCABULARY)]}", "- mã: [\n")


@_change
def edit_page(site: SmallSite, a: int, b: int) -> None:
    site.append(f"content/{('trang/lien-he', 'van-ban/huong-dan')[a % 2]}.md", f"\nThêm {b}.\n")


@_change
def add_page(site: SmallSite, a: int, b: int) -> None:
    folder, issuer = (("trang", ""), ("van-ban", "Cơ quan ban hành: Huyện\n"))[a % 2]
    site.write(f"content/{folder}/trang-{b}.md", f"---\nTiêu đề: Trang số {b}\n{issuer}---\nCó ngày.\n")


@_change
def delete_page(site: SmallSite, a: int, b: int) -> None:
    (site.path / "content" / ("trang", "van-ban")[a % 2] / f"trang-{b}.md").unlink(missing_ok=True)


@_change
def write_register(site: SmallSite, a: int, b: int) -> None:
    site.write_register(2 + a % 3, b)


@_change
def delete_register(site: SmallSite, a: int, b: int) -> None:
    (site.path / REGISTER).unlink(missing_ok=True)


@_change
def edit_template(site: SmallSite, a: int, b: int) -> None:
    names = ("partials/card.html", "partials/footer.html", "base.html", "article.html", "sitemap.xml", "page.html")
    name = names[a % len(names)]
    # Inside printed text, so that the bytes change.
    old = {"base.html": "<body>", "article.html": "<article", "sitemap.xml": "</urlset>", "page.html": "<h1"}
    opening = old.get(name, "<li" if "card" in name else "<footer")
    site.replace(f"theme/templates/{name}", opening, f"<!-- {b} -->{opening}")


@_change
def break_template(site: SmallSite, a: int, b: int) -> None:
    name = f"theme/templates/{('article.html', 'partials/card.html', 'base.html')[a % 3]}"
    site.change_for_one_build(name, ("{% if %}", "{{ khong_co.gi.ca() }}", "{% include 'khong-co.html' %}")[b % 3])


@_change
def edit_static(site: SmallSite, a: int, b: int) -> None:
    css, scripts = site.files("theme/static/css"), site.files("theme/static/js")
    if a % 2:
        site.append(site.relative(css[b % len(css)]), f"\n@layer base {{ .thu-{b} {{ top: {b}px; }} }}\n")
    else:
        site.append(site.relative(scripts[b % len(scripts)]), f"\n// {b}\n")


@_change
def add_static(site: SmallSite, a: int, b: int) -> None:
    site.write(f"theme/static/js/them-{a % 2}.js", f"export const so = {b};\n")


@_change
def delete_static(site: SmallSite, a: int, b: int) -> None:
    (site.path / f"theme/static/js/them-{a % 2}.js").unlink(missing_ok=True)


@_change
def edit_settings(site: SmallSite, a: int, b: int) -> None:
    name = ("SHOW_DRAFTS", "SHOW_SAMPLES")[a % 2]
    now = f"\n{name} = True\n" in site.read("pelicanconf.py")
    site.replace("pelicanconf.py", f"\n{name} = {now}\n", f"\n{name} = {not now}\n")


@_change
def edit_code(site: SmallSite, a: int, b: int) -> None:
    path, old, new = _CODE[a % len(_CODE)]
    site.replace(path, *((old, new) if old in site.read(path) else (new, old)))


@_change
def delete_from_output(site: SmallSite, a: int, b: int) -> None:
    if files := site.files("output"):
        files[(a * 8 + b) * 7 % len(files)].unlink()


@_change
def alter_output(site: SmallSite, a: int, b: int) -> None:
    if files := site.files("output"):
        files[(a * 8 + b) * 7 % len(files)].write_bytes(b"x" * b)


@_change
def add_to_output(site: SmallSite, a: int, b: int) -> None:
    site.write(("output/bai-viet/2020/da-xoa/index.html", "output/la.txt", "output/theme/la/la.css")[a % 3], "Của ai?")


@_change
def remove_output(site: SmallSite, a: int, b: int) -> None:
    shutil.rmtree(site.path / "output", ignore_errors=True)


@_change
def remove_cache(site: SmallSite, a: int, b: int) -> None:
    shutil.rmtree(site.path / ".cache", ignore_errors=True)


@_change
def cut_cache(site: SmallSite, a: int, b: int) -> None:
    for file in site.files(".cache")[a % 2 :: 2]:
        file.write_bytes(file.read_bytes()[: file.stat().st_size * b // 8])


@_change
def corrupt_cache(site: SmallSite, a: int, b: int) -> None:
    for file in site.files(".cache")[a % 2 :: 2]:
        data = bytearray(file.read_bytes())
        for place in range(b, len(data), 97):
            data[place] ^= 0x20
        file.write_bytes(data)


@_change
def swap_cache(site: SmallSite, a: int, b: int) -> None:
    if len(files := site.files(".cache")) > 1:
        one, other = files[a % len(files)], files[b % len(files)]
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)


@_change
def delete_from_cache(site: SmallSite, a: int, b: int) -> None:
    for file in site.files(".cache")[a % 3 :: 3]:
        file.unlink()


@_change
def keep_cache(site: SmallSite, a: int, b: int) -> None:
    """Keep the cache as it is, to come back after more builds: another version of code and content made it then."""
    site.older_cache = site.path.parent / "kho-cu"
    shutil.rmtree(site.older_cache, ignore_errors=True)
    if (site.path / ".cache").exists():
        shutil.copytree(site.path / ".cache", site.older_cache)


@_change
def bring_back_cache(site: SmallSite, a: int, b: int) -> None:
    if site.older_cache and site.older_cache.exists():
        if a % 2:
            remove_cache(site, a, b)
        shutil.copytree(site.older_cache, site.path / ".cache", dirs_exist_ok=True)
