"""What was asked and answered, for people who look; the oldest is forgotten."""

import itertools
import json
import math
import threading
from collections import Counter, deque
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from kling.mock._exchange import JSON, Call, Reply

# A longer reply is a list of tasks, and says nothing of why.
_LONGEST_BODY = 20_000
# A longer text of a request is a medium, and no prompt.
_LONGEST_TEXT = 4096
# Far deeper than any request, and far from what Python and browsers read.
_DEEPEST = 32


class History:
    """The last requests.

    Args:
        keep: how many.
    """

    def __init__(self, keep: int = 1000) -> None:
        self._entries: deque[tuple[Any, ...]] = deque(maxlen=keep)
        self._lock = threading.Lock()
        self._refusals: Counter[int] = Counter()
        self.count = 0

    def add(self, now: float, call: Call, operation: str | None, fault: str, reply: Reply) -> None:
        """Note a request."""
        body = reply.body if len(reply.body) <= _LONGEST_BODY else b""
        # Read only when somebody looks, for most of it nobody ever does; but media are not kept.
        body_asked = call.body if len(call.body) <= _LONGEST_BODY else _short_body(call.body)
        asked = (now, call.method, call.path, operation, fault, body_asked)
        with self._lock:
            self.count += 1
            self._entries.append((self.count, *asked, reply.status, reply.headers, body))

    def refused(self, code: int) -> None:
        """Count a refusal with one of Kling's codes."""
        with self._lock:
            self._refusals[code] += 1

    def refusals(self) -> dict[str, int]:
        """Return how many refusals there were, by code."""
        with self._lock:
            return {str(code): count for code, count in sorted(self._refusals.items())}

    def newest(self, count: int) -> list[dict[str, Any]]:
        """Return the last requests, newest first."""
        with self._lock:
            entries = list(itertools.islice(reversed(self._entries), count))
        return [_shown(*entry) for entry in entries]

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._entries.clear()
            self._refusals.clear()
            self.count = 0


def _shown(
    number: int,
    now: float,
    method: str,
    path: str,
    operation: str | None,
    fault: str,
    asked: bytes,
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
        "body": _shortened(asked),
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


def without_secrets(url: str) -> str:
    """Return what may be shown of where a callback goes."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _short_body(body: bytes) -> bytes:
    """Return JSON without its media; empty if it is none, or long all the same."""
    short = json.dumps(_shortened(body)).encode()
    return short if len(short) <= _LONGEST_BODY else b""


def _shortened(body: bytes) -> Any:
    """Return what a body says, without its media; None if that is nothing."""
    try:
        return _short(json.loads(body), _DEEPEST)
    except (ValueError, RecursionError):
        return None


def _short(value: Any, depth: int, name: str = "") -> Any:
    """Return a value with its prompts and URLs, and without its media."""
    if not depth:
        raise ValueError("it is nested too deeply")
    if isinstance(value, dict):
        return {_text(key): _short(inner, depth - 1, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_short(one, depth - 1) for one in value]
    if isinstance(value, str):
        return _text(without_secrets(value) if name == "callback_url" else value)
    # Python takes 1e999 for a number, which no other JSON has.
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _text(text: str) -> str:
    is_url = text.startswith(("http://", "https://"))
    return text if is_url or len(text) <= _LONGEST_TEXT else f"<{len(text)} characters>"


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
