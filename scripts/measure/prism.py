"""Start Prism, another mock server, with a description."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.publish.node_tools import environment, tool

# How many seconds Prism may take to read the description.
_PATIENCE = 60


@contextmanager
def serving(description: Path) -> Iterator[str]:
    """Start Prism on a free port, wait until it answers, yield its URL, then stop it.

    Raises:
        RuntimeError: Prism did not start.
        NodeError: Prism cannot be installed.
    """
    # The system chooses a free port for a socket, which is closed again at once.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # Without a log, because writing the log would take half of its time.
    options = ["mock", str(description), "--port", str(port), "--verboseLevel", "silent"]
    command = [*tool("prism"), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment()) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + _PATIENCE
            while not _answers(url):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("Prism did not start")
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10):  # noqa: S310 (it is http)
            return True
    except urllib.error.HTTPError:  # an answer too, such as 404
        return True
    except OSError:
        return False
