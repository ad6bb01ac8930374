"""A request to an operation of the description, and the reply to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from kling._server_text import visible
from kling.description import Operation

_LONGEST_TEXT = 60
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Request:
    """A request to an operation of the description."""

    operation: Operation
    body: Any = None
    path: Mapping[str, str] = field(default_factory=dict)
    """The values of the path parameters, by name."""
    query: Mapping[str, str] = field(default_factory=dict)
    credentials: str | None = None
    """An Authorization header to send instead of the default one; empty to send none."""

    @property
    def target(self) -> str:
        """The path with its values, and the query string."""
        path = self.operation.path
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        pairs = "&".join(f"{name}={quote(value, safe=',')}" for name, value in self.query.items())
        return f"{path}?{pairs}" if pairs else path

    def __str__(self) -> str:
        text = f"{self.operation.method} {self.target}"
        if self.operation.request:
            text += f" {json.dumps(_short(self.body), ensure_ascii=False)}"
        if self.credentials is not None:
            text += " (other credentials)" if self.credentials else " (no credentials)"
        return text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}..."


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _short(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_short(inner) for inner in value]
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"{value[:12]}... ({len(value)} characters)"
    return value


@dataclass(frozen=True)
class Reply:
    """The reply to a request, or why it is missing."""

    status: int = 0
    content: bytes = b""
    content_type: str = ""
    nonce: str = ""
    """The nonce that a mock of this project repeats in each reply; empty for other servers."""
    lost: str = ""
    """Why there is no reply; empty if there is one."""

    @cached_property
    def json(self) -> Any:
        """The body as JSON; None if it is not exactly one JSON value."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    @property
    def code(self) -> int | None:
        """The field `code` of the reply; None if it is missing or not an integer."""
        code = self.json.get("code") if isinstance(self.json, dict) else None
        return code if isinstance(code, int) and not isinstance(code, bool) else None

    @property
    def data(self) -> Any:
        """The field `data` of the reply; None if it is missing."""
        return self.json.get("data") if isinstance(self.json, dict) else None

    @property
    def is_success(self) -> bool:
        """Whether the server reports success. If the reply has no code, its status decides."""
        return 200 <= self.status < 300 and self.code in (0, None)

    @property
    def may_have_created(self) -> bool:
        """Whether a create may have made a task; only a refusal proves that it made no task."""
        return bool(self.lost) or self.is_success or self.status >= 500

    def __str__(self) -> str:
        if self.lost:
            return f"no reply: {visible(self.lost)}"
        if self.code is None:
            return f"{self.status} without a code"
        return f"{self.status} with code {self.code}"
