"""The fixtures and the options for pytest, which finds them once kling-openapi is installed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

# What costs time is imported where it is used: pytest loads this module in every project that has
# kling-openapi installed.
if TYPE_CHECKING:
    from kling.check import Report
    from kling.mock import KlingMock

# By option: its metavar, its type in a configuration file, and what it means.
_OPTIONS = {
    "": (
        "URL",
        "string",
        "Check whether this server behaves like Kling: a test for each family and part.",
    ),
    "-spend": (
        "UNITS",
        "string",
        "Let the check create tasks, for so many units of the price list in all.",
    ),
    "-only": ("FAMILY", "args", "Check this family, such as text_to_video; repeatable."),
    "-allow": ("RULE", "args", "The server breaks this rule on purpose; repeatable."),
    "-dialect": ("NAME", "string", "Hold the server to a form of the description."),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the check."""
    group = parser.getgroup("kling", "kling-openapi")
    for name, (metavar, kind, meaning) in _OPTIONS.items():
        action = "append" if kind == "args" else "store"
        group.addoption(f"--kling-check{name}", metavar=metavar, action=action, help=meaning)
        parser.addini(f"kling_check{name.replace('-', '_')}", meaning, kind)  # type: ignore[arg-type]  # a literal


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to check a server from several processes, each of which would send all requests.

    Raises:
        pytest.UsageError: pytest-xdist has started some.
    """
    if _is_checking(config) and config.getoption("dist", "no") != "no":
        raise pytest.UsageError("--kling-check sends its requests from one process: add -n 0")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of the check, before others select among them."""
    if _is_checking(config):
        from kling._pytest_check import add_to

        add_to(session, items)


def _is_checking(config: pytest.Config) -> bool:
    return bool(config.getoption("kling_check") or config.getini("kling_check"))


@pytest.fixture(scope="session")
def kling_check() -> "Callable[..., Report]":
    """Give `kling.check.run`, which checks a server and returns a report."""
    from kling.check import run

    return run


@pytest.fixture
def kling_mock_options() -> dict[str, Any]:
    """Arguments of KlingMock for the fixture kling_mock; override it to change them."""
    return {}


@pytest.fixture
def kling_mock(kling_mock_options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> "KlingMock":
    """Give a fresh mock, and its credentials to every client that is made without any."""
    from kling.mock import KlingMock

    mock = KlingMock(**kling_mock_options)
    for name in ("KLING_ACCESS_KEY", "KLING_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KLING_API_KEY", mock.keys.api_key)
    monkeypatch.setenv("KLING_BASE_URL", mock.transport.url)
    return mock
