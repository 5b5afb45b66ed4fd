"""Chromium on the site as nginx serves it: every type of page under the policy, and the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import reader
from tests.browser.page_types import PAGE_TYPES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.release.servers.machines import Machine

# Records violations of the policy, and code in the page that must not run.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""
# Fetches the lazy pictures further down too.
_LOOK = """async () => {
    const pictures = [...document.images];
    await Promise.all(pictures.map((picture) => {
        picture.loading = "eager";
        return picture.complete || new Promise((resolve) => { picture.onload = picture.onerror = resolve; });
    }));
    return {
        violations: window.violations,
        broken: pictures.filter((picture) => !picture.naturalWidth).map((picture) => picture.currentSrc),
        font: getComputedStyle(document.body).fontFamily.startsWith('"Be Vietnam Pro"'),
    };
}"""
INJECTED = """
() => {
  const script = document.createElement("script");
  script.textContent = "window.broken = true";
  document.body.append(script);
  const picture = document.createElement("img");
  picture.src = "https://evil.example/x.png";
  document.body.append(picture);
  document.body.setAttribute("style", "display: none");
}
"""


def test_no_page_does_what_the_policy_forbids_and_the_search_works(browser: Browser, nginx: Machine) -> None:
    home = f"https://127.0.0.1:{nginx.https}"
    with reader(browser) as open_page:
        page: Page = open_page(f"{home}/", ignore_https_errors=True)
        page.context.add_init_script(WATCH)
        for name, path in PAGE_TYPES.items():
            answer = page.goto(f"{home}{path}")
            assert answer
            assert answer.headers["content-security-policy"].startswith("default-src 'none'"), name
            assert page.evaluate(_LOOK) == {"violations": [], "broken": [], "font": True}, name
        page.goto(f"{home}/")
        page.fill(".search-box__field", "hu gao")
        page.press(".search-box__field", "Enter")
        page.wait_for_url("**/tim-kiem/?q=hu+gao")
        page.wait_for_selector(".results-list li")
        assert "Hũ gạo" in page.inner_text(".results-list")
        assert page.evaluate("window.violations") == []


def test_injected_code_does_nothing(browser: Browser, nginx: Machine) -> None:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"https://127.0.0.1:{nginx.https}/")
    page.evaluate(INJECTED)
    page.wait_for_function("window.violations.length === 3")
    assert page.evaluate("window.broken") is None
    assert {said.split(" ")[0] for said in page.evaluate("window.violations")} == {
        *("script-src-elem", "img-src", "style-src-attr")
    }
    context.close()
