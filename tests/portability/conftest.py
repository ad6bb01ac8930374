"""What tools of other languages get: the files of `make dist-spec`, and Node to run with."""

import subprocess
from pathlib import Path

import pytest

from scripts.build.bundle import bundle
from scripts.publish import node_tools
from scripts.publish.dist_spec import write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def spec(tmp_path_factory):
    """Return the folder of the files that are published."""
    folder = tmp_path_factory.mktemp("spec")
    write(bundle(ROOT / "openapi"), folder)
    return folder


@pytest.fixture(scope="session")
def run():
    """Return a function that runs a command to its end, and returns what it printed."""

    def run(*command, cwd=None, **variables):
        done = subprocess.run(
            list(map(str, command)),
            cwd=cwd,
            env={**node_tools.environment(), **variables},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
        return done.stdout

    return run


@pytest.fixture
def workshop(tmp_path):
    """Return an empty folder where programs in JavaScript and TypeScript find their packages."""
    (tmp_path / "node_modules").symlink_to(node_tools.packages() / "node_modules")
    return tmp_path
