"""Measure the peak memory of a call of Kling's client, compared with what it sends or receives.

`bench` runs this file in an environment of .venv-bench/ that has the client. The server runs in
another process. The program prints [bytes sent or received, bytes of memory at the peak] as JSON.
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

# In bytes: a small image or file, a large image, a large file, and a piece of a reply.
SMALL, PICTURE, FILE = 3_000, 10_000_000, 200_000_000
PIECE = 1 << 20
# The reply to every create.
NEW = {
    "code": 0,
    "message": "SUCCEED",
    "request_id": "5f3c1c0e-7c0f-4a5e-9f6b-2f1f0a9d3c11",
    "data": {"task_id": "752604318974529536", "task_status": "submitted"},
}


def main(name: str) -> None:
    """Measure the case with this name; with the name "serve", run the server."""
    if name == "serve":
        with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
            print(server.server_port, flush=True)
            server.serve_forever()  # until the process is killed
    with serving() as url:
        print(json.dumps(CASES[name](url)))


def create(url: str) -> tuple[int, int]:
    """Create a task with a large image that is already encoded."""
    kling = import_module("kling")
    client = kling.Kling(api_key="of-no-one", base_url=url)

    def request(size: int) -> Any:
        head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1024, 1024)
        text = base64.b64encode(head).decode()
        # Joined in one step, because memory for making the image must not hide that of the call.
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
    """Compare the memory after checking one kind of request with that after checking all kinds."""
    del url
    kling = import_module("kling")
    # Advice for the empty bodies would print warnings.
    warnings.simplefilter("ignore")
    operations = kling.description.load().operations.values()
    requests = [operation.request for operation in operations if operation.task]
    kling.validate_body(requests[0], {})
    after_one = peak()
    for request in requests:
        kling.validate_body(request, {})
    return after_one, peak()


def extra(action: Callable[[], object]) -> int:
    """Return how many bytes of memory an action needs at its peak, compared with before it."""
    # Imports may have had a higher peak than the action will have, so reset the peak. Only Linux
    # can do this.
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = peak()
    action()
    return peak() - before


def peak() -> int:
    """Return the peak memory of this process, in bytes."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:  # macOS does not have this file; its ru_maxrss is in bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) * 1024


@contextmanager
def serving() -> Iterator[str]:
    """Run the server in another process, and yield its URL."""
    command = [sys.executable, "-I", __file__, "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # it is a pipe
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def page(is_first: bool) -> Any:
    """Return the page of tasks of `bench_peers` as the first page; all other pages are empty."""
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
        """Send a file of as many bytes as the path says; send tasks if the path is not a number."""
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
        """Write no log."""


CASES = {"create": create, "download": download, "kinds": kinds}

if __name__ == "__main__":
    # python -I does not look for modules in the folder of this file.
    sys.path.append(str(Path(__file__).parent))
    main(sys.argv[1])
