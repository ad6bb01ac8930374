"""The fixture `kling_mock`; pytest finds it by itself once kling-openapi is installed."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from kling.mock import KlingMock


@pytest.fixture
def kling_mock_options() -> dict[str, Any]:
    """Arguments of KlingMock for the fixture kling_mock; override it to change them."""
    return {}


@pytest.fixture
def kling_mock(kling_mock_options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> "KlingMock":
    """Give a fresh mock, and its credentials to every client that is made without any."""
    # Only here, for pytest loads this module in every project that has kling-openapi installed.
    from kling.mock import KlingMock

    mock = KlingMock(**kling_mock_options)
    for name in ("KLING_ACCESS_KEY", "KLING_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KLING_API_KEY", mock.keys.api_key)
    monkeypatch.setenv("KLING_BASE_URL", mock.transport.url)
    return mock
