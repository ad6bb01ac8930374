"""What was asked and answered, for people who look; the oldest is forgotten."""

import itertools
import json
import threading
from collections import deque
from typing import Any

from kling.mock._http import JSON, Call, Reply

# A longer reply is a list of tasks, and says nothing of why.
_LONGEST_BODY = 20_000


class History:
    """The last requests.

    Args:
        keep: how many.
    """

    def __init__(self, keep: int = 1000) -> None:
        self._entries: deque[tuple[Any, ...]] = deque(maxlen=keep)
        self._lock = threading.Lock()
        self.count = 0

    def add(self, now: float, call: Call, operation: str | None, fault: str, reply: Reply) -> None:
        """Note a request."""
        body = reply.body if len(reply.body) <= _LONGEST_BODY else b""
        # Read only when somebody looks, for most of it nobody ever does.
        asked = (now, call.method, call.path, operation, fault)
        with self._lock:
            self.count += 1
            self._entries.append((self.count, *asked, reply.status, reply.headers, body))

    def newest(self, count: int) -> list[dict[str, Any]]:
        """Return the last requests, newest first."""
        with self._lock:
            entries = list(itertools.islice(reversed(self._entries), count))
        return [_shown(*entry) for entry in entries]

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._entries.clear()
            self.count = 0


def _shown(
    number: int,
    now: float,
    method: str,
    path: str,
    operation: str | None,
    fault: str,
    status: int,
    headers: dict[str, str],
    body: bytes,
) -> dict[str, Any]:
    said = _json(body) if headers.get("content-type") == JSON else {}
    data = said.get("data")
    return {
        "number": number,
        "at": int(now * 1000),
        "method": method,
        "path": path,
        "operation": operation,
        "status": status,
        "code": said.get("code"),
        "request_id": said.get("request_id", ""),
        "message": said.get("message", ""),
        "rules": [one for one in headers.get("x-kling-mock-rules", "").split(", ") if one],
        "notes": headers.get("x-kling-mock-notes", ""),
        "fault": fault,
        "task": data.get("task_id") if isinstance(data, dict) else None,
    }


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
