"""The last requests and their replies, for people and assertions."""

import itertools
import json
import math
import threading
from collections import Counter, deque
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from kling.mock._exchange import JSON, Call, Reply

# Longer replies are not kept: they are lists of tasks, which do not help to explain a failure.
_LONGEST_BODY = 20_000
# A longer string in a request is media, not a prompt.
_LONGEST_TEXT = 4096
# How deeply a body may be nested: much deeper than any request of Kling's API, but not too deep for
# Python and browsers.
_DEEPEST = 32


class _Entry(NamedTuple):
    """A request and its reply."""

    number: int
    at: float
    """Unix seconds."""
    method: str
    path: str
    operation: str | None
    fault: str
    request_body: bytes
    status: int
    headers: Mapping[str, str]
    reply_body: bytes


class History:
    """The last requests, with their replies.

    Args:
        keep: how many requests to keep.
    """

    def __init__(self, keep: int = 1000) -> None:
        self._entries: deque[_Entry] = deque(maxlen=keep)
        self._lock = threading.Lock()
        self._refusals: Counter[int] = Counter()
        self.count = 0

    def add(self, now: float, call: Call, operation: str | None, fault: str, reply: Reply) -> None:
        """Add a request and its reply."""
        reply_body = reply.body if len(reply.body) <= _LONGEST_BODY else b""
        # Bodies are parsed when somebody reads the history, which is rare. Only a long body is
        # parsed here, to remove its media.
        request_body = (
            call.body if len(call.body) <= _LONGEST_BODY else _body_without_media(call.body)
        )
        request = (now, call.method, call.path, operation, fault, request_body)
        with self._lock:
            self.count += 1
            self._entries.append(
                _Entry(self.count, *request, reply.status, reply.headers, reply_body)
            )

    def count_refusal(self, code: int) -> None:
        """Count a refusal with one of Kling's codes."""
        with self._lock:
            self._refusals[code] += 1

    def refusals(self) -> dict[str, int]:
        """Return the number of refusals, by code."""
        with self._lock:
            return {str(code): count for code, count in sorted(self._refusals.items())}

    def newest(self, count: int, page: int = 1) -> list[dict[str, Any]]:
        """Return a page of `count` requests, newest first; the first page is 1."""
        start = (page - 1) * count
        with self._lock:
            entries = list(itertools.islice(reversed(self._entries), start, start + count))
        return [_as_json(entry) for entry in entries]

    def clear(self) -> None:
        """Forget all requests and refusals."""
        with self._lock:
            self._entries.clear()
            self._refusals.clear()
            self.count = 0


def _as_json(entry: _Entry) -> dict[str, Any]:
    is_json = entry.headers.get("content-type") == JSON
    answer = _json_object(entry.reply_body) if is_json else {}
    data = answer.get("data")
    rules = entry.headers.get("x-kling-mock-rules", "")
    return {
        "number": entry.number,
        "at": int(entry.at * 1000),
        "method": entry.method,
        "path": entry.path,
        "body": _parsed(entry.request_body),
        "operation": entry.operation,
        "status": entry.status,
        "code": answer.get("code"),
        "request_id": answer.get("request_id", ""),
        "message": answer.get("message", ""),
        "rules": rules.split(", ") if rules else [],
        "notes": entry.headers.get("x-kling-mock-notes", ""),
        "fault": entry.fault,
        "task": data.get("task_id") if isinstance(data, dict) else None,
    }


def without_secrets(url: str) -> str:
    """Return a callback_url without its password, query and fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _body_without_media(body: bytes) -> bytes:
    """Return a JSON body without its media; empty if it cannot be parsed, or is still too long."""
    short = json.dumps(_parsed(body)).encode()
    return short if len(short) <= _LONGEST_BODY else b""


def _parsed(body: bytes) -> Any:
    """Return the content of a JSON body without its media; None if it cannot be parsed."""
    try:
        return _without_media(json.loads(body), _DEEPEST)
    except (ValueError, RecursionError):
        return None


def _without_media(value: Any, depth: int, name: str = "") -> Any:
    """Return a value with its prompts and URLs, but without its media."""
    if not depth:
        raise ValueError("the body is nested too deeply")
    if isinstance(value, dict):
        return {
            _without_long_text(key): _without_media(inner, depth - 1, key)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_without_media(one, depth - 1) for one in value]
    if isinstance(value, str):
        return _without_long_text(without_secrets(value) if name == "callback_url" else value)
    # Python reads 1e999 as infinity, which JSON cannot express.
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _without_long_text(text: str) -> str:
    """Return a text, or its length if it is long and is not a URL."""
    is_url = text.startswith(("http://", "https://"))
    return text if is_url or len(text) <= _LONGEST_TEXT else f"<{len(text)} characters>"


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
