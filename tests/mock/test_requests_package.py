"""A client of others, the package `requests`, walks the whole road against `kling mock`."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import requests

heard = []


class Receiver(BaseHTTPRequestHandler):
    """Takes callbacks."""

    def do_POST(self):
        heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def test_requests_creates_hears_polls_and_downloads(mock_process):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "100")
    url = f"{mock.url}/v1/images/generations"
    headers = {"Authorization": "Bearer mock-api-key"}
    with HTTPServer(("127.0.0.1", 0), Receiver) as server, requests.Session() as session:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        body = {
            "model_name": "kling-v2-1",
            "prompt": "A fox at dawn",
            "n": 3,
            "aspect_ratio": "9:16",
            "callback_url": f"http://127.0.0.1:{server.server_port}/",
        }

        task = session.post(url, json=body, headers=headers, timeout=5).json()["data"]
        deadline = time.monotonic() + 30
        while task["task_status"] not in ("succeed", "failed") and time.monotonic() < deadline:
            time.sleep(0.05)
            reply = session.get(f"{url}/{task['task_id']}", headers=headers, timeout=5)
            task = reply.json()["data"]
        pictures = [
            session.get(image["url"], timeout=5).content for image in task["task_result"]["images"]
        ]
        while len(heard) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        server.shutdown()

    assert [one["task_status"] for one in heard] == ["submitted", "processing", "succeed"]
    assert heard[-1] == task
    assert len(pictures) == 3
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
