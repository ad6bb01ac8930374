"""The documentation site in a real browser, from files: `make docs` builds it."""

from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="make test-page installs Playwright")

SITE = Path(__file__).parents[2] / "dist" / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
SOME = ("index.html", "how-to/budgets.html", "reference/python.html", "reference/http/avatar.html")


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def page(browser, request):
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("request", lambda one: page.wrong.append(one.url) if "http" in one.url[:5] else None)
    yield page
    assert page.wrong == []
    context.close()


def test_the_site_is_built():
    assert set(SOME) <= set(PAGES)


@pytest.mark.parametrize("name", SOME)
def test_a_page_fits_and_asks_no_other_host(page, name):
    page.goto((SITE / name).as_uri())

    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    assert page.locator("h1").count() == 1


def test_the_search_finds_a_page_with_the_keyboard_alone(page):
    page.goto((SITE / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("budget")
    page.locator(".md-search-result__link").first.wait_for(state="visible", timeout=10_000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/budgets.html*")
