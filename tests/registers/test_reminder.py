"""The letter to each commune, in the Front's own manner, before, on and after the deadline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plugins.registers.follow_up import show_progress
from tests.registers.conftest import ACTS, PAPERS, SCHEDULE, acts, letters, papers

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Project

LAST = date(2020, 11, 9)
LATE = date(2020, 11, 22)
THEM = "Ban Thường trực Ủy ban MTTQ Việt Nam"
US = "Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút"
TELL = "Nội dung nào đã gửi mà sổ chưa ghi, hoặc còn vướng mắc, đề nghị trao đổi lại qua số 0261 000 000."


def test_the_letter_before_the_deadline(year: Project) -> None:
    assert (
        letters(year, date(2020, 11, 3))["nam-dong"]
        == f"""\
Kính gửi: {THEM} xã Nam Dong

{US} cảm ơn xã Nam Dong đã đăng ký 5 điển hình “Dân vận khéo” năm 2020, trong đó 2 đã được công nhận.

Đến ngày 3/11/2020, theo sổ theo dõi, xã còn các nội dung sau:
1. Báo cáo kết quả thực hiện: gửi trước ngày 10/11/2020, còn 6 ngày.
2. DK-2020-002, Đường hoa (thôn 8): chưa có kết quả.
3. DK-2020-003, Chờ bài: tin, bài còn là bản nháp.
4. DK-2020-004, Gian hàng thôn 8: chưa báo tiến độ thực hiện, chưa có kết quả.

Đề nghị {THEM} xã Nam Dong gửi báo cáo kết quả thực hiện, bổ sung các nội dung còn thiếu của điển hình đã đăng ký \
trước ngày 10/11/2020. {TELL}

Trân trọng cảm ơn."""
    )


def test_a_commune_whose_report_is_still_due_is_asked_for_it(year: Project) -> None:
    before = letters(year, date(2020, 11, 3))["ea-tling"]
    assert "1. Báo cáo kết quả thực hiện: gửi trước ngày 10/11/2020, còn 6 ngày.\n\nĐề nghị" in before
    assert f"Đề nghị {THEM} thị trấn Ea T’ling gửi báo cáo kết quả thực hiện trước ngày 10/11/2020." in before
    assert "đủ" not in before
    assert (
        letters(year, LAST)["ea-tling"]
        == f"""\
Kính gửi: {THEM} thị trấn Ea T’ling

{US} cảm ơn thị trấn Ea T’ling đã đăng ký 2 điển hình “Dân vận khéo” năm 2020, trong đó 2 đã được công nhận.

Đến ngày 9/11/2020, thị trấn đã gửi đủ văn bản, kết quả và tin, bài theo yêu cầu.

Trân trọng cảm ơn."""
    )


def test_the_letters_on_and_after_the_last_day(year: Project) -> None:
    on_it = letters(year, LAST)["nam-dong"]
    assert "1. Báo cáo kết quả thực hiện: gửi trước ngày 10/11/2020, hôm nay là hạn cuối.\n" in on_it
    late = letters(year, LATE)
    assert "1. Báo cáo kết quả thực hiện: gửi trước ngày 10/11/2020, đã quá hạn 13 ngày.\n" in late["nam-dong"]
    wanted = "sớm gửi báo cáo kết quả thực hiện, bổ sung các nội dung còn thiếu của điển hình đã đăng ký"
    assert f"\n\nĐề nghị {THEM} xã Nam Dong {wanted}. {TELL}\n\n" in late["nam-dong"]
    assert (
        late["dak-drong"]
        == f"""\
Kính gửi: {THEM} xã Đắk D’rông

{US} chưa nhận được đăng ký điển hình “Dân vận khéo” năm 2020 của xã Đắk D’rông.

Đến ngày 22/11/2020, theo sổ theo dõi, xã còn các nội dung sau:
1. Đăng ký điển hình: chưa nhận được.
2. Báo cáo kết quả thực hiện: gửi trước ngày 10/11/2020, đã quá hạn 13 ngày.

Đề nghị {THEM} xã Đắk D’rông sớm gửi đăng ký điển hình và báo cáo kết quả thực hiện. {TELL}

Trân trọng cảm ơn."""
    )
    assert not any("quý" in letter.lower().split() for letter in late.values())


def test_late_papers_are_requested_apart_from_papers_in_time(year: Project) -> None:
    year.write(SCHEDULE, "- năm: 2020\n  hạn kế hoạch: 31/3/2020\n  hạn báo cáo: chậm nhất 9/11/2020\n")
    letter = letters(year, date(2020, 11, 3))["ea-tling"]
    assert (
        f"{THEM} thị trấn Ea T’ling sớm gửi kế hoạch thực hiện; gửi báo cáo kết quả thực hiện chậm nhất ngày" in letter
    )


def test_no_withdrawn_story_is_requested(year: Project) -> None:
    assert "DK-2020-007" not in letters(year, LATE)["ea-tling"]
    (year.path / "content/bai-viet/2020/da-go/bai.md").unlink()
    assert "1. DK-2020-007, Kênh về thôn 3: đã được công nhận mà chưa có tin, bài." in letters(year, LATE)["ea-tling"]


def test_missing_results_are_requested_by_the_deadline_of_the_report(year: Project) -> None:
    year.write(PAPERS, papers("Nam Dong;báo cáo;1/BC;2/11/2020;"))
    year.write(ACTS, acts("DK-2020-002;công nhận;1/11/2020"))
    letter = letters(year, date(2020, 11, 3))["nam-dong"]
    assert "1. DK-2020-002, Đường hoa (thôn 8): chưa có kết quả, đã được công nhận mà chưa có tin, bài." in letter
    assert "bổ sung các nội dung còn thiếu của điển hình đã đăng ký trước ngày 10/11/2020. " in letter
    assert "gửi báo cáo" not in letter


def test_after_a_merger_the_letter_goes_to_the_successor(year: Project) -> None:
    found = letters(year, date(2025, 7, 1))
    assert found["ea-tling"].startswith(f"Kính gửi: {THEM} xã Cư Jút\n")
    assert "cảm ơn thị trấn Ea T’ling (nay thuộc xã Cư Jút) đã đăng ký" in found["ea-tling"]
    assert f"Đề nghị {THEM} xã Nam Dong sớm gửi" in found["nam-dong"]
    assert "cảm ơn xã Nam Dong cũ (nay thuộc xã Nam Dong mới) đã đăng ký" in found["nam-dong"]
    # The day before, the merger was unknown.
    assert "nay thuộc" not in "".join(letters(year, date(2025, 6, 30)).values())


def test_an_abolished_office_signs_no_letter(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    file = year.path / "content/danh-muc/co-quan.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "đến ngày: 30/6/2025\n", encoding="utf-8")
    assert f"\n\n{US} cảm ơn xã" in letters(year, date(2025, 6, 30))["nam-dong"]
    capsys.readouterr()
    assert show_progress(year.path, "2020", "1/7/2025") == 1
    out, err = capsys.readouterr()
    assert out == ""
    ended = f"{US.removeprefix('Ban Thường trực ')} hoạt động đến hết 30/6/2025"
    assert err == (
        f"Chưa xem được tiến độ: Ngày 1/7/2025 không có cơ quan nào phụ trách trang ({ended}); "
        "thêm cơ quan phụ trách ngày ấy vào content/danh-muc/co-quan.yaml; ngày ghi nhầm thì sửa\n"
    )


def test_the_office_of_the_day_signs_and_one_that_is_not_filled_in_is_dots(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "content/danh-muc/co-quan.yaml"
    flat = (year.path / path).read_text(encoding="utf-8")
    district = flat.replace("\n", "\n  ").rstrip()
    new = '- tên: "[điền tên]"\n  điện thoại: "[điền số]"\n  từ ngày: 1/7/2025\n'
    year.write(path, f"- {district}\n  đến ngày: 30/6/2025\n{new}")
    assert show_progress(year.path, "2020", "1/7/2025") == 0
    said = capsys.readouterr().out
    assert "\n\n…… cảm ơn xã Nam Dong cũ" in said
    assert "còn vướng mắc, đề nghị trao đổi lại.\n" in said
    assert US not in said
    assert "[điền" not in said
    assert show_progress(year.path, "2020", "30/6/2025") == 0
    assert f"\n\n{US} cảm ơn xã Nam Dong đã đăng ký" in capsys.readouterr().out
