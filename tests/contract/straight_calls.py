"""Gives what schemathesis sends to an ASGI application in the same thread.

Its own client does so by way of an event loop in another thread, which takes longer than to answer.
"""

import contextlib
import io
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
import urllib3

# Private, because a session of any other class is replaced. The version of schemathesis is fixed.
from schemathesis.python.asgi import ASGIClient


class StraightClient(ASGIClient):
    """A session whose requests all go to one application."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.trust_env = False  # neither proxies nor .netrc are looked for at each request
        for scheme in ("http://", "https://"):
            self.mount(scheme, _StraightAdapter(app))


class _StraightAdapter(requests.adapters.HTTPAdapter):
    def __init__(self, app: Any) -> None:
        super().__init__()
        self._app = app

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        body = request.body or b""
        content = body.encode() if isinstance(body, str) else body
        headers = {"Host": parts.netloc, **request.headers}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": parts.scheme,
            "method": request.method,
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(name.lower().encode(), _octets(value)) for name, value in headers.items()],
        }
        said: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content}

        async def send(message: dict[str, Any]) -> None:
            said.append(message)

        # The clock of a mock in process stands still, so nothing that it awaits takes any time.
        with contextlib.suppress(StopIteration):
            self._app(scope, receive, send).send(None)
            raise RuntimeError("the application waits for something")
        start, *pieces = said
        given = [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]]
        answered = b"".join(piece["body"] for piece in pieces)
        return self.build_response(
            request,
            urllib3.HTTPResponse(
                io.BytesIO(b"" if request.method == "HEAD" else answered),
                headers=given,
                status=start["status"],
                preload_content=False,
                request_method=request.method,
            ),
        )


def _octets(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")
