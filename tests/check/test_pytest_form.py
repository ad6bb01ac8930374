"""A check of a server as tests of pytest."""

from xml.etree import ElementTree

import httpcore  # noqa: F401 (what is loaded first in a test of pytester is forgotten after it)
import kling.check.reports  # noqa: F401 (likewise)
import pytest
from gateway import DAY, Gateway, served
from wrong_servers import answers_with_another_task, refuses_with_1203

pytest_plugins = ["pytester"]
# Only what the gateway is asked of: a check of everything takes long.
ONLY = ("--kling-check-only", "text_to_video")


@pytest.fixture
def pytest_in(pytester, monkeypatch):
    """Return a function that runs pytest elsewhere, and returns its code and what it prints."""

    def run(*arguments):
        done = pytester.runpytest_inprocess(*arguments)
        return done.ret, "\n".join([*done.outlines, *done.errlines])

    monkeypatch.setenv("KLING_API_KEY", "mock-api-key")
    return run


@pytest.fixture(scope="module")
def wrong_url():
    # On this day nothing that the bodies name was retired.
    with served(Gateway(refuses_with_1203)) as url:
        yield url


def test_what_is_found_fails_the_test_of_its_family_and_part(wrong_url, pytest_in, pytester):
    junit = pytester.path / "junit.xml"

    code, printed = pytest_in("--kling-check", wrong_url, *ONLY, f"--junitxml={junit}")

    assert code == 1, printed
    assert "FAILED kling_check::text_to_video::refusals" in printed
    assert "expected 400 with code 1201; got 400 with code 1203" in " ".join(printed.split())
    assert "Traceback" not in printed
    cases = {case.get("name"): case for case in ElementTree.parse(junit).iter("testcase")}
    assert cases["refusals"].get("classname") == "kling_check.text_to_video"
    assert cases["refusals"].find("failure") is not None
    assert cases["credentials"].find("failure") is None
    assert "--spend" in cases["acceptances"].find("skipped").get("message")


def test_only_what_is_selected_is_asked_and_told(wrong_url, pytest_in, pytester):
    code, printed = pytest_in("-v", "--kling-check", wrong_url, *ONLY, "-k", "credentials")

    assert code == 0, printed
    assert "kling_check::text_to_video::credentials PASSED" in printed
    assert "1 passed" in printed


def test_the_configuration_file_names_the_server_as_well(wrong_url, pytest_in, pytester):
    (pytester.path / "pytest.ini").write_text(
        f"[pytest]\nkling_check = {wrong_url}\nkling_check_only = text_to_video\n"
    )
    (pytester.path / "test_own.py").write_text("def test_own():\n    pass\n")

    code, printed = pytest_in("--collect-only", "-q")

    assert code == 0, printed
    assert "test_own.py::test_own" in printed
    assert "kling_check::text_to_video::stories" in printed
    assert "image_to_video" not in printed


def test_a_server_that_cannot_be_asked_fails_every_test(pytest_in, pytester):
    code, printed = pytest_in("--kling-check", "http://127.0.0.1:1", *ONLY, "-q")

    assert code == 1
    assert "could not be finished" in printed
    assert "passed" not in printed.splitlines()[-1]
    assert "skipped" not in printed.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-n", "2"), "--kling-check must run in one process: add -n 0"),
        (("--kling-check-only", "text_to_vide"), "there is no family text_to_vide"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, message, wrong_url, pytest_in):
    code, printed = pytest_in("--kling-check", wrong_url, *ONLY, *arguments)

    assert code != 0
    assert message in printed


def test_without_the_option_no_test_is_added(pytest_in, pytester):
    (pytester.path / "test_own.py").write_text("def test_own():\n    pass\n")

    code, printed = pytest_in()

    assert code == 0
    assert "1 passed" in printed


def test_the_fixture_gives_a_report(kling_check):
    gateway = Gateway(answers_with_another_task)

    report = kling_check(
        "https://gateway.invalid",
        api_key=gateway.mock.keys.api_key,
        transport=gateway,
        as_of=DAY,
        only=["text_to_video"],
        parts=["credentials"],
    )

    assert report.findings == ()
    assert report.parts[0].families["text_to_video"] > 0
