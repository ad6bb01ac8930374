"""A real browser for the tests of this folder."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

# Nothing but the page itself may use the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser():
    needed = "tests of pages need Playwright: make test-page"
    sync_api = pytest.importorskip("playwright.sync_api", reason=needed)
    if not CHROMIUM:
        pytest.skip("no browser: apt-get install chromium, or name one in CHROMIUM")
    # Only as long as these tests: Playwright's loop would be in the way of others.
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
