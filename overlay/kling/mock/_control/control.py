"""The pages and controls of the mock itself, below /_mock/."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs

from kling.description import source
from kling.mock._control.control_description import control_description
from kling.mock._control.state_report import state, task_state
from kling.mock._engine import Engine
from kling.mock._exchange import JSON, Call, Refused, Reply, json_reply
from kling.mock._tasks import Package

ROOT = "/_mock/"
_FOLDER = files("kling.mock._control") / "page"
# The page loads results from this path. If it used their own URLs, it would use up faults that a
# test has planned for its downloads.
_FILES = "files/"
_PAGES = {"": "index.html", "docs": "docs.html"}
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
# The pages load nothing from other hosts. The page docs.html needs inline styles and a
# worker.
_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; frame-ancestors 'none'"
)
# How far one call can move the clock forward, in seconds.
_MAX_ADVANCE = 10**9


class Control:
    """Answers calls to the pages and controls of the mock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._posts: Mapping[str, Callable[[Any], Any]] = {
            "plan": self._plan,
            "plans/clear": self._clear_plans,
            "clock": self._advance,
            "packages": self._set_packages,
            "webhook-secrets": self._set_webhook_secrets,
            "reset": self._reset,
        }

    def handle(self, call: Call) -> Reply:
        """Answer a call."""
        name = call.path.removeprefix(ROOT)
        if call.method in ("GET", "HEAD"):
            if name.startswith(_FILES):
                return self._engine.samples.reply(name, call.headers.get("range", ""))
            if name == "identity":
                return self._identity(call.query)
            try:
                return self._answer_get(name, call.query) or _error_reply(
                    404, f"there is no page {call.path}"
                )
            except ValueError as error:
                return _error_reply(400, str(error))
        if call.method != "POST":
            return _error_reply(405, "the method must be GET or POST")
        if call.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            # An HTML form on another site cannot send this Content-Type.
            return _error_reply(415, f"the Content-Type must be {JSON}")
        try:
            body = json.loads(call.body or b"{}")
            if name.startswith("tasks/"):
                return self._change(name.removeprefix("tasks/"), body)
            if name not in self._posts:
                return _error_reply(404, f"there is no control {call.path}")
            return json_reply(self._posts[name](body))
        except (ValueError, RecursionError) as error:
            return _error_reply(400, str(error))
        except Refused as refused:  # the state file cannot be written
            return _error_reply(500, refused.message)

    def _identity(self, query: str) -> Reply:
        """Prove that this is a mock: repeat the nonce of the request, and name the credentials."""
        nonce = parse_qs(query).get("nonce", [""])[0]
        keys, day = self._engine.keys, self._engine.settings.as_of
        identity = {"kling_mock": nonce, "as_of": day and day.isoformat(), **asdict(keys)}
        return json_reply(identity, headers={"cache-control": "no-store"})

    def _answer_get(self, name: str, query: str) -> Reply | None:
        if name == "state":
            found = state(self._engine, _page_number(query))
            return json_reply(found, headers={"cache-control": "no-store"})
        if name == "openapi.json":
            return json_reply(self._engine.spec.document)
        if name == "control.openapi.json":
            return json_reply(control_description())
        if name == "openapi.portable.json":
            text = source(self._engine.spec.dialect, portable=True)
            return Reply(200, text.encode(), {"content-type": JSON})
        file = _PAGES.get(name, name)
        content_type = _TYPES.get(file.rpartition(".")[2])
        if not content_type or "/" in file or not (_FOLDER / file).is_file():
            return None
        headers = {
            "content-type": content_type,
            "content-security-policy": _CONTENT_SECURITY_POLICY,
            "referrer-policy": "no-referrer",
        }
        return Reply(200, (_FOLDER / file).read_bytes(), headers)

    def _plan(self, body: Any) -> Any:
        self._engine.plans.add(body if isinstance(body, list) else [body])
        return {"plans": [plan.as_json() for plan in self._engine.plans.pending()]}

    def _clear_plans(self, body: Any) -> Any:
        del body
        self._engine.plans.clear()
        return {"plans": []}

    def _advance(self, body: Any) -> Any:
        seconds = body.get("advance") if isinstance(body, dict) else None
        is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
        if seconds is None or not is_number or not 0 <= seconds <= _MAX_ADVANCE:
            raise ValueError(
                f"advance must be a number of seconds, at least 0 and at most {_MAX_ADVANCE}"
            )
        self._engine.advance(float(seconds))
        return {"now": int(self._engine.clock.time() * 1000)}

    def _set_packages(self, body: Any) -> Any:
        with self._engine.lock:
            packages = [Package.parse(text) for text in _strings(body, _PACKAGES)]
            self._engine.wallet.set(packages, self._engine.clock.time())
        return {"packages": state(self._engine)["packages"]}

    def _set_webhook_secrets(self, body: Any) -> Any:
        self._engine.signer.set(_strings(body, '["whsec_..."]'))
        return {"webhook_secrets": self._engine.signer.count}

    def _reset(self, body: Any) -> Any:
        del body
        self._engine.reset()
        return {}

    def _change(self, task_id: str, body: Any) -> Reply:
        task = self._engine.tasks.by_id(task_id)
        if task is None:
            return _error_reply(404, f"there is no task {task_id}")
        fields = body if isinstance(body, dict) else {}
        status, message = fields.get("status", ""), fields.get("message", "")
        if not isinstance(status, str) or not isinstance(message, str):
            raise ValueError("status and message must be strings")
        return json_reply(task_state(self._engine, self._engine.change(task, status, message)))


def _page_number(query: str) -> int:
    page = parse_qs(query, keep_blank_values=True).get("page", ["1"])[-1]
    if not re.fullmatch("[1-9][0-9]{0,8}", page):
        raise ValueError("page must be a whole number, 1 or greater")
    return int(page)


_PACKAGES = '["video:5:100", "image:9:1000"]'


def _strings(body: Any, such_as: str) -> list[str]:
    if not isinstance(body, list) or not all(isinstance(text, str) for text in body):
        raise ValueError(f"the body must be a list of strings, such as {such_as}")
    return body


def _error_reply(status: int, message: str) -> Reply:
    return json_reply({"message": message}, status)
