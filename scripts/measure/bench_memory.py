"""Measure the peak memory of a call of Kling's client, compared with what it sends or receives.

`bench` runs this file in the environment that has the client, so it imports the client by name. Its
server runs in another process. Prints [bytes sent or received, bytes at the peak] as JSON.
"""

import base64
import json
import resource
import struct
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

SMALL, PICTURE, FILE = 3_000, 10_000_000, 200_000_000
PIECE = 1 << 20
NEW = {
    "code": 0,
    "message": "SUCCEED",
    "request_id": "5f3c1c0e-7c0f-4a5e-9f6b-2f1f0a9d3c11",
    "data": {"task_id": "752604318974529536", "task_status": "submitted"},
}


def main(name: str) -> None:
    """Measure one case, or serve."""
    if name == "serve":
        with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
            print(server.server_port, flush=True)
            server.serve_forever()
    with serving() as url:
        print(json.dumps(CASES[name](url)))


def create(url: str) -> tuple[int, int]:
    """Create a task with a large image that is already encoded."""
    kling = import_module("kling")
    client = kling.Kling(api_key="of-no-one", base_url=url)

    def request(size: int) -> Any:
        head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1024, 1024)
        text = base64.b64encode(head).decode()
        # Built in one step, because memory for building it is not part of the create.
        image = text + "A" * (size // 3 * 4 - len(text))
        # The prompt is not ASCII, which costs more memory.
        return kling.models.ImageToVideoRequest(model_name="kling-v3", image=image, prompt="狐")

    client.create(request(SMALL))
    large = request(PICTURE)
    return len(large.image), extra(lambda: client.create(large))


def download(url: str) -> tuple[int, int]:
    """Download a large file."""
    kling = import_module("kling")
    client = kling.Kling(api_key="of-no-one", base_url=url)

    def task(size: int) -> Any:
        videos = {"videos": [{"url": f"{url}/{size}"}]}
        data = {"task_id": str(size), "task_status": "succeed", "task_result": videos}
        return kling.Task("text_to_video", kling.models.Task.from_dict(data))

    with tempfile.TemporaryDirectory() as folder:
        client.download(task(SMALL), folder)
        taken = extra(lambda: client.download(task(FILE), folder))
    return FILE, taken


def kinds(url: str) -> tuple[int, int]:
    """Check a body of each kind of request."""
    del url
    kling = import_module("kling")
    # Empty bodies break advice too, which would warn.
    warnings.simplefilter("ignore")
    requests = [one.request for one in kling.description.load().operations.values() if one.task]
    kling.validate_body(requests[0], {})
    one = peak()
    for request in requests:
        kling.validate_body(request, {})
    return one, peak()


def extra(action: Callable[[], object]) -> int:
    """Return the bytes of memory that an action takes at its peak, in addition to those before."""
    # The imports had a peak of their own that would hide this one; only Linux can reset it.
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = peak()
    action()
    return peak() - before


def peak() -> int:
    """Return the peak memory of this process, in bytes."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:  # as on macOS, which counts bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(one for one in lines if one.startswith("VmHWM:")).split()[1]) * 1024


@contextmanager
def serving() -> Iterator[str]:
    """Start a server; yield its URL."""
    command = [sys.executable, "-I", __file__, "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # it is a pipe
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def page(is_first: bool) -> Any:
    """Return the page of tasks of `bench_peers`, or an empty page after the first."""
    peers = import_module("bench_peers")
    return peers.PAGE if is_first else peers.enveloped([])


class Host(BaseHTTPRequestHandler):
    """Accepts every create, and serves files of any size."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Read a body, and reply with a new task."""
        left = int(self.headers["Content-Length"])
        while left > 0:
            left -= len(self.rfile.read(min(left, PIECE)))
        self._send(NEW)

    def do_GET(self) -> None:
        """Send a file whose size is the path, or a page of tasks for other paths."""
        path, _, query = self.path.partition("?")
        if not path.removeprefix("/").isdecimal():
            self._send(page("pageNum=1" in query))
            return
        left = int(path.removeprefix("/"))
        self._begin("video/mp4", left)
        while left > 0:
            left -= self.wfile.write(bytes(min(left, PIECE)))

    def _send(self, reply: Any) -> None:
        body = json.dumps(reply).encode()
        self._begin("application/json", len(body))
        self.wfile.write(body)

    def _begin(self, content_type: str, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


CASES = {"create": create, "download": download, "kinds": kinds}

if __name__ == "__main__":
    # For the modules next to this file: python -I does not add their folder.
    sys.path.append(str(Path(__file__).parent))
    main(sys.argv[1])
