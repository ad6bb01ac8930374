import pytest
from batch_rig import Rig
from postgres_cluster import cluster, postgres_bin


@pytest.fixture
def rig_on(mock_process, tmp_path):
    """Return a function that makes a batch in a state, on a mock with these options."""

    def make(state, *options, concurrency=5, speed=120):
        package = f"video:{concurrency}:1000000"
        mock = mock_process("--package", package, "--speed", str(speed), *options)
        return Rig(mock.url, state, tmp_path / "out")

    return make


@pytest.fixture
def database():
    """Return the URL of an empty database of Postgres."""
    programs = postgres_bin()
    if programs is None:
        # `.ci/run` installs it where it can.
        pytest.skip(
            "no Postgres on this machine: initdb is neither in PATH nor where Debian has it"
        )
    with cluster(programs) as url:
        yield url
