"""The handbook in a browser: for everyone, on a phone, without a script, and one click from each problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from plugins.preview.addresses import HANDBOOK_URL, WHOLE_HANDBOOK_URL
from tests.browser.handbook import FORM
from tests.browser.test_accessibility import Contrasts, faults_in_every_guise

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.preview.preview_process import Previewing

PAGES = (
    HANDBOOK_URL,
    f"{HANDBOOK_URL}?tim=phieu+dong+y",
    f"{HANDBOOK_URL}cac-muc/",
    f"{HANDBOOK_URL}cac-lenh/",
    f"{HANDBOOK_URL}khi-may-bao-loi/",
    f"{HANDBOOK_URL}may-chu/",
    WHOLE_HANDBOOK_URL,
)


@pytest.fixture(scope="module")
def contrasts() -> Contrasts:
    return Contrasts()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_for_everyone_and_fits_a_phone(
    browse: Callable[..., Page], running: Previewing, contrasts: Contrasts, address: str
) -> None:
    page = browse(running.home + address, {"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults_in_every_guise(page, contrasts) == {}


def test_searching_works_without_a_script(browser: Browser, running: Previewing) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{running.home}/_ban-bien-tap/")
        page.get_by_role("link", name="Sổ tay", exact=True).first.click()
        page.get_by_label("Tìm trong sổ tay").fill("phieu dong y")
        page.get_by_role("button", name="Tìm", exact=True).click()
        expect(page.get_by_role("heading", name="Kết quả tìm “phieu dong y”")).to_be_visible()
        expect(page.locator("mark").first).to_be_visible()
        page.locator(".hits a").first.click()
        expect(page.locator(":target")).to_be_visible()


def test_a_problem_at_its_box_leads_to_its_paragraph_and_the_form_stays(
    rough: Callable[..., Page], running: Previewing
) -> None:
    page = rough(running.home + FORM)
    page.get_by_label("Ngày", exact=False).first.fill("31/9/2020")
    link = page.locator("#loi-date").get_by_role("link", name="Sổ tay: Ngày tháng không đúng")
    with page.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator("h3:target")).to_have_text("Ngày tháng không đúng")
    expect(page.get_by_label("Ngày", exact=False).first).to_have_value("31/9/2020")


def test_a_problem_over_a_page_leads_to_its_paragraph(rough: Callable[..., Page], running: Previewing) -> None:
    file = running.project / "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\nNgày: ", "\nNgày: 31/9/2020 và "), encoding="utf-8")
    page = rough(f"{running.home}/bai-viet/2020/ea-po-hoc-cach-lam-kenh/")
    page.get_by_role("link", name="Sổ tay: Ngày tháng không đúng").click()
    expect(page.locator("h3:target")).to_have_text("Ngày tháng không đúng")
    file.write_text(text, encoding="utf-8")
