"""The pytest plugin: fixtures and options, which pytest finds if kling-openapi is installed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

# Slow imports are inside the functions, because pytest loads this module for every project in whose
# environment kling-openapi is installed.
if TYPE_CHECKING:
    from kling.check import Report
    from kling.mock import KlingMock

# For each option, by its name after --kling-check: the placeholder of its value, its type in a
# configuration file, and its help.
_OPTIONS = {
    "": (
        "URL",
        "string",
        "Check whether this server behaves like Kling. Each part of the check becomes one test for "
        "each family.",
    ),
    "-spend": (
        "UNITS",
        "string",
        "Allow the check to create tasks, which cost at most this many Kling units in total.",
    ),
    "-only": ("FAMILY", "args", "Check only this family, such as text_to_video; repeatable."),
    "-allow": (
        "RULE",
        "args",
        "Accept a difference; repeatable. RULE is one of these: the id of a rule, such as "
        "text-to-video.sound-models; an operationId, which accepts all differences of the "
        'operation; or the place of a finding, such as "TaskReply: data.task_status". In a report, '
        'the place is the text before ": expected".',
    ),
    "-dialect": (
        "NAME",
        "string",
        "Compare the server with another form of the description, such as current-only.",
    ),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the check."""
    group = parser.getgroup("kling", "kling-openapi")
    for name, (metavar, kind, text) in _OPTIONS.items():
        action = "append" if kind == "args" else "store"
        group.addoption(f"--kling-check{name}", metavar=metavar, action=action, help=text)
        parser.addini(f"kling_check{name.replace('-', '_')}", text, kind)  # type: ignore[arg-type]  # kind is one of the literals


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to run a check in several processes, because each would send all requests.

    Raises:
        pytest.UsageError: pytest-xdist distributes the tests to several processes.
    """
    if _is_checking(config) and config.getoption("dist", "no") != "no":
        raise pytest.UsageError("--kling-check must run in one process: add -n 0")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of the check, before other plugins select tests."""
    if _is_checking(config):
        from kling._pytest_check import add_tests

        add_tests(session, items)


def _is_checking(config: pytest.Config) -> bool:
    return bool(config.getoption("kling_check") or config.getini("kling_check"))


@pytest.fixture(scope="session")
def kling_check() -> "Callable[..., Report]":
    """Return `kling.check.run`, which checks a server and returns a report."""
    from kling.check import run

    return run


@pytest.fixture
def kling_mock_options() -> dict[str, Any]:
    """Return the arguments of the mock in kling_mock. Override this fixture to change them."""
    return {}


@pytest.fixture
def kling_mock(kling_mock_options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> "KlingMock":
    """Return a new mock. A client reaches it with `transport=kling_mock.transport`.

    The client needs no credentials and no base_url; they are set in the environment.
    """
    from kling.mock import KlingMock

    mock = KlingMock(**kling_mock_options)
    for name in ("KLING_ACCESS_KEY", "KLING_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KLING_API_KEY", mock.keys.api_key)
    monkeypatch.setenv("KLING_BASE_URL", mock.transport.url)
    return mock
