"""Receive callbacks of Kling with the standard library, and download the results of the tasks.

Run it with: KLING_WEBHOOK_SECRET=whsec_... python callback_server.py 9000
Then create tasks with callback_url="https://your-host.example/kling". Your web server must forward
this URL to the port.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

from kling import CallbackError, Kling, callbacks

SECRET = os.environ["KLING_WEBHOOK_SECRET"]
MAX_BODY = 1024 * 1024
succeeded: Queue[str] = Queue()


class Handler(BaseHTTPRequestHandler):
    """Verifies callbacks and answers at once; the download happens in another thread."""

    def do_POST(self) -> None:
        """Answer 200 to a callback with a valid signature, and 400 to anything else."""
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(min(length, MAX_BODY))
        try:
            event = callbacks.verify(body, dict(self.headers), SECRET)
        except CallbackError as error:
            self.send_error(400, str(error))
            return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        if event.task.status == "succeeded":
            succeeded.put(event.task.ref)

    def log_message(self, *args: object) -> None:
        """Do not log requests."""


def download() -> None:
    """Download the results of each task that has succeeded."""
    done: set[str] = set()
    with Kling() as client:
        while True:
            ref = succeeded.get()
            if ref not in done:  # Kling may deliver a callback twice
                done.add(ref)
                print(*client.download(client.retrieve(ref), "videos"), flush=True)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 9000
    Thread(target=download, daemon=True).start()
    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        server.serve_forever()
