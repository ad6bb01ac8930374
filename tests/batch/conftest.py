"""A batch in a folder of the test, on a mock in process, that looks often."""

import shutil

import pytest
from kling import AsyncKling
from kling.batch import Batch, worker
from kling.mock import Package

PACKAGES = [Package("video", 5, 100_000), Package("image", 9, 100_000)]


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    monkeypatch.setattr(worker, "POLL", 0.1)


@pytest.fixture
def kling_mock_options(kling_mock_options):
    return {**kling_mock_options, "packages": PACKAGES}


@pytest.fixture
def client_of(kling_mock):
    """Return a function that makes a client of the mock, as a batch takes it."""
    return lambda: AsyncKling(api_key=kling_mock.keys.api_key, transport=kling_mock.transport)


@pytest.fixture(scope="session")
def empty_state(tmp_path_factory):
    """Return a state without jobs: to make one takes DBOS longer than most tests."""
    Batch(path := tmp_path_factory.mktemp("state") / "empty.sqlite").close()
    return path


@pytest.fixture
def batch_of(tmp_path, client_of, empty_state):
    """Return a function that opens the batch of the test, each time anew, and closes it."""
    opened = []

    def open_batch(**options):
        options = {"client": client_of, "out": tmp_path / "out", **options}
        state = options.pop("state", tmp_path / "clips.sqlite")
        if not state.exists():
            shutil.copy(empty_state, state)
        opened.append(Batch(state, **options))
        return opened[-1]

    yield open_batch
    for batch in opened:
        batch.close()
