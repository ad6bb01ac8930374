"""Tells the callback_url of a task about each change of its status."""

import ipaddress
import json
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from queue import SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpx

from kling.mock._plans import CALLBACK, Plans

_PATIENCE = 5.0
"""Seconds that a receiver has."""
_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Delivery:
    """One callback that was sent, or was to be sent."""

    task: str
    """Id of the task."""
    status: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    """Unix seconds."""
    outcome: str
    """The HTTP status that the receiver answered, or why it was not reached."""


class Callbacks:
    """Sends callbacks, each one once unless planned otherwise, for Kling's retries are unknown.

    Args:
        clock: says when.
        plans: may let one be lost, come twice or come late.
        allowed: hosts beside the loopback ones that may be called; "*" for every host.
        threads: send from threads of its own, so that a slow receiver holds nobody up; else
            whoever moves the clock waits.
        keep: how many deliveries to remember.
    """

    def __init__(
        self,
        clock: Any,
        plans: Plans,
        allowed: Collection[str] = (),
        *,
        threads: bool = False,
        keep: int = 1000,
    ) -> None:
        self._clock = clock
        self._plans = plans
        self._allowed = allowed
        # One thread for all callbacks of a task, or they would overtake each other.
        self._queues = [_worked_off() for _ in range(_WORKERS if threads else 0)]
        self.deliveries: deque[Delivery] = deque(maxlen=keep)
        self.count = 0

    def clear(self) -> None:
        """Forget what was sent."""
        self.deliveries.clear()
        self.count = 0

    def send(self, task: str, status: str, url: str, body: Mapping[str, Any]) -> None:
        """Send a callback, as the plans want it."""
        headers = {"content-type": "application/json; charset=utf-8"}
        content = json.dumps(body).encode()
        plan = self._plans.fault(CALLBACK)
        fault = plan.fault if plan else ""

        def post(outcome: str = "") -> None:
            done = outcome or self._post(url, content, headers)
            now = self._clock.time()
            self.deliveries.append(Delivery(task, status, url, headers, content, now, done))
            self.count += 1

        if fault == "lose":
            post("lost, as planned")
        elif plan and fault == "delay":
            self._clock.at(self._clock.time() + plan.seconds, lambda: self._start(task, post))
        else:
            for _ in range(2 if fault == "duplicate" else 1):
                self._start(task, post)

    def _start(self, task: str, post: Callable[[], None]) -> None:
        if self._queues:
            self._queues[int(task) % len(self._queues)].put(post)
        else:
            post()

    def _post(self, url: str, content: bytes, headers: Mapping[str, str]) -> str:
        if refusal := self._refusal(url):
            return refusal
        try:
            return str(self._http.post(url, content=content, headers=dict(headers)).status_code)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return f"not delivered: {type(error).__name__}"

    @cached_property
    def _http(self) -> httpx.Client:
        # No proxy and no redirect may lead it away from where it may go.
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(trust_env=False, timeout=_PATIENCE, limits=limits)

    def _refusal(self, url: str) -> str:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return "not delivered: this is no URL"
        if _is_loopback(host) or host in self._allowed or "*" in self._allowed:
            return ""
        return f"not delivered: {host} is no loopback address; --allow-callbacks-to allows it"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _worked_off() -> "SimpleQueue[Callable[[], None]]":
    """Return a queue and start a thread that does what is put into it."""
    queue: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def work() -> None:
        while True:
            queue.get()()

    Thread(target=work, daemon=True).start()
    return queue
