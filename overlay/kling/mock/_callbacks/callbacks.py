"""Tells the callback_url of a task about each change of its status."""

import asyncio
import ipaddress
import json
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

from kling.mock._callbacks.signatures import Signer
from kling.mock._exchange import Address, CallbackSender, address_of
from kling.mock._faults import CALLBACK, Plans, send_with_fault

_LONGEST = 10_000
"""How many callbacks may wait for one receiver."""
_AT_A_TIME = 8
"""How many one receiver gets at a time, those of one task in their order."""


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


@dataclass(slots=True)
class _Line:
    """The callbacks that wait for one receiver; those of a task share a turn."""

    turns: tuple[asyncio.Lock, ...] = field(
        default_factory=lambda: tuple(asyncio.Lock() for _ in range(_AT_A_TIME))
    )
    length: int = 0


class Callbacks:
    """Sends callbacks, each one once unless planned otherwise, for Kling's retries are unknown.

    Args:
        clock: says when.
        plans: may let one be lost, come twice or come late.
        signer: signs them.
        allowed: hosts beside the loopback ones that may be called; "*" for every host.
        threads: send from a thread of its own, so that a slow receiver holds up nobody but
            itself; else whoever moves the clock waits.
        keep: how many deliveries to remember.

    Raises:
        TypeError: `allowed` is a text.
    """

    def __init__(
        self,
        clock: Any,
        plans: Plans,
        signer: Signer,
        allowed: Collection[str] = (),
        *,
        threads: bool = False,
        keep: int = 1000,
    ) -> None:
        if isinstance(allowed, str):
            # Each of its letters would pass for a host.
            raise TypeError(f'callbacks may go to a list of hosts, such as ["{allowed}"]')
        self._clock = clock
        self._plans = plans
        self._signer = signer
        self._allowed = {host.lower() for host in allowed}
        self._loop = _loop_of_its_own() if threads else None
        self._lines: dict[object, _Line] = {}
        self._sender = CallbackSender(keeps_connections=threads)
        self._lock = Lock()
        self.deliveries: deque[Delivery] = deque(maxlen=keep)
        self.count = 0
        self._cleared = 0

    def clear(self) -> None:
        """Forget what was sent, and what waits to be sent."""
        with self._lock:
            self._cleared += 1
            self.deliveries.clear()
            self.count = 0

    def send(
        self,
        task: str,
        status: str,
        url: str,
        body: Mapping[str, Any],
        done: Callable[[], object] = lambda: None,
    ) -> None:
        """Send a callback, as the plans want it.

        Args:
            task: id of the task.
            status: what it is told.
            url: whom to tell.
            body: what is sent.
            done: is called once there is an outcome.
        """
        content = json.dumps(body).encode()
        signature = self._signer.headers(content, self._clock.callers_time())
        headers = {"content-type": "application/json; charset=utf-8", **signature}
        address = address_of(url)
        plan = self._plans.fault(CALLBACK)
        cleared = self._cleared

        def note(outcome: str) -> None:
            now = self._clock.time()
            with self._lock:
                self.deliveries.append(Delivery(task, status, url, headers, content, now, outcome))
                self.count += 1
            done()

        async def post() -> None:
            if cleared == self._cleared:
                note(await self._post(address, content, headers))

        def start() -> None:
            if self._loop:
                in_line = self._in_line(address, task, post, note)
                asyncio.run_coroutine_threadsafe(in_line, self._loop)
            else:
                # Whoever moves the clock may be in an event loop, which cannot run another.
                with ThreadPoolExecutor(1) as thread:
                    thread.submit(asyncio.run, post()).result()

        def start_in(seconds: float) -> None:
            self._clock.at(self._clock.time() + seconds, start)

        if plan is None:
            start()
        else:
            send_with_fault(plan, start, send_in=start_in, give_up=note)

    async def _in_line(
        self,
        address: Address | None,
        task: str,
        post: Callable[[], Awaitable[None]],
        note: Callable[[str], None],
    ) -> None:
        # One that is slow holds up nobody but itself.
        receiver = address and (address.scheme, address.host, address.port)
        line = self._lines.setdefault(receiver, _Line())
        if line.length == _LONGEST:
            note(f"not delivered: {_LONGEST} others wait for this receiver")
            return
        line.length += 1
        async with line.turns[hash(task) % _AT_A_TIME]:
            await post()
        line.length -= 1
        if not line.length:
            del self._lines[receiver]

    async def _post(
        self, address: Address | None, content: bytes, headers: Mapping[str, str]
    ) -> str:
        if address is None:
            return "not delivered: this is no URL"
        host = address.host
        if not (_is_loopback(host) or host in self._allowed or "*" in self._allowed):
            return f"not delivered: {host} is no loopback address; --allow-callbacks-to allows it"
        return await self._sender.post(address, content, headers)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _loop_of_its_own() -> asyncio.AbstractEventLoop:
    """Return an event loop that a thread runs."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    return loop
