import os
import subprocess
import sys

import pytest
from kling import AsyncKling, Kling

USE = """
import os
import time

from kling import Kling, models

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")


def test_before():
    assert os.environ["KLING_ACCESS_KEY"] == "a-real-key"


def test_the_whole_road(kling_mock, tmp_path):
    began = time.monotonic()
    with Kling(transport=kling_mock.transport) as client:
        paths = client.download(client.run(REQUEST), tmp_path)
    assert paths[0].read_bytes()[4:8] == b"ftyp"
    assert time.monotonic() - began < 30


def test_the_environment_is_that_of_the_mock(kling_mock):
    settings = {name: value for name, value in os.environ.items() if name.startswith("KLING_")}
    assert settings == {
        "KLING_API_KEY": "mock-api-key",
        "KLING_BASE_URL": "https://kling-mock.invalid",
    }


def test_every_test_has_a_mock_of_its_own(kling_mock):
    with Kling(transport=kling_mock.transport) as client:
        assert client.create(REQUEST).id == "752604318974529536"


def test_after():
    settings = {name: value for name, value in os.environ.items() if name.startswith("KLING_")}
    assert settings == {
        "KLING_ACCESS_KEY": "a-real-key",
        "KLING_SECRET_KEY": "a-real-secret",
        "KLING_BASE_URL": "https://api.example.org",
    }
"""
OPTIONS = """
from datetime import date

import pytest
from kling import Kling, NotFoundError, models

OLD = models.TextToVideoRequest(model_name="kling-v1", prompt="A fox at dawn")


@pytest.fixture
def kling_mock_options(request):
    return {"as_of": request.param, "now": 1772323200.0}


@pytest.mark.parametrize("kling_mock_options", [date(2026, 9, 14)], indirect=True)
def test_alive(kling_mock):
    task = Kling(transport=kling_mock.transport).create(OLD)
    assert task.created_at.isoformat() == "2026-03-01T00:00:00+00:00"


@pytest.mark.parametrize("kling_mock_options", [date(2026, 9, 15)], indirect=True)
def test_retired(kling_mock):
    with pytest.raises(NotFoundError):
        Kling(transport=kling_mock.transport).create(OLD)
"""
IMPORTS = """
import sys


def test_before():
    heavy = {"httpx", "jwt", "jsonschema_rs", "attr", "kling_api", "kling._client"}
    assert heavy & sys.modules.keys() == set()
    assert [name for name in sys.modules if name.startswith("kling.mock._")] == []


def test_use(kling_mock):
    assert kling_mock.keys.api_key == "mock-api-key"
"""


@pytest.fixture
def run_pytest(tmp_path):
    """Return a function that runs pytest over one file of somebody else's project."""

    def run(text, *options, **environment):
        (tmp_path / "test_foreign.py").write_text(text)
        # Other plugins take their time, and are not what is tested here.
        others = [f"-pno:{name}" for name in ("cacheprovider", "schemathesis", "hypothesispytest")]
        command = [sys.executable, "-m", "pytest", *others, "-q", *options]
        kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=kept | environment,
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout

    return run


def test_the_fixture_works_without_any_configuration(run_pytest):
    out = run_pytest(
        USE,
        KLING_ACCESS_KEY="a-real-key",
        KLING_SECRET_KEY="a-real-secret",
        KLING_BASE_URL="https://api.example.org",
    )

    assert "5 passed" in out, out


def test_the_fixture_causes_no_warnings_and_takes_options(run_pytest):
    out = run_pytest(OPTIONS, "-W", "error", "-p", "kling", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    assert "2 passed" in out, out


def test_the_plugin_loads_nothing_heavy_before_it_is_used(run_pytest):
    # Only this plugin, for others may well load httpx.
    out = run_pytest(IMPORTS, "-p", "kling", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    assert "2 passed" in out, out


def test_the_fixtures_are_listed_with_what_they_do(run_pytest):
    out = run_pytest("", "--fixtures", "-p", "kling", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    assert "kling_mock" in out
    assert "Return a new mock" in out
    assert "kling_mock_options" in out


@pytest.mark.parametrize("kind", [Kling, AsyncKling])
def test_a_client_without_the_transport_is_told_at_once_to_take_it(kling_mock, kind):
    with pytest.raises(ValueError, match=r"pass transport=kling_mock\.transport$"):
        kind()


def test_a_client_that_leads_elsewhere_needs_no_transport(kling_mock):
    Kling(base_url="https://example.org").close()
