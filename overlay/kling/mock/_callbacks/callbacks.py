"""Sends a callback to the callback_url of a task when the status of the task changes."""

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

# How many callbacks may wait for one receiver.
_MAX_QUEUED = 10_000
# How many callbacks one receiver gets at the same time.
_MAX_PARALLEL = 8


@dataclass(frozen=True, slots=True)
class Delivery:
    """A callback that was sent, or that should have been sent."""

    task: str
    """The id of the task."""
    status: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    """When it was sent or given up, in Unix seconds."""
    outcome: str
    """The HTTP status that the receiver answered, or why the callback was not delivered."""


@dataclass(slots=True)
class _Queue:
    """The callbacks that wait for one receiver."""

    locks: tuple[asyncio.Lock, ...] = field(
        default_factory=lambda: tuple(asyncio.Lock() for _ in range(_MAX_PARALLEL))
    )
    """A callback holds a lock while it is sent.

    All callbacks of a task use the same lock, so they are sent one after the other.
    """
    length: int = 0
    """How many callbacks wait, or are being sent."""


class Callbacks:
    """Sends each callback once, unless a plan changes this. How Kling retries is not known.

    Args:
        clock: gives the time.
        plans: may contain faults that lose, repeat or delay a callback.
        signer: signs the callbacks.
        allowed: hosts that may be called in addition to loopback addresses; "*" for every host.
        threads: send from a separate thread, so that a slow receiver delays only its own callbacks.
            Otherwise the thread that changes the status of a task sends its callback. So a method
            that moves the clock returns only when the receivers have answered.
        keep: how many deliveries to remember.

    Raises:
        TypeError: `allowed` is a string instead of a list.
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
            # Each character of a string would count as a host.
            raise TypeError(f'callbacks_to must be a list of hosts, such as ["{allowed}"]')
        self._clock = clock
        self._plans = plans
        self._signer = signer
        self._allowed = {host.lower() for host in allowed}
        self._loop = _start_event_loop() if threads else None
        self._queues: dict[object, _Queue] = {}
        self._sender = CallbackSender(keeps_connections=threads)
        self._lock = Lock()
        self.deliveries: deque[Delivery] = deque(maxlen=keep)
        # How many callbacks were sent, also those that are no longer in `deliveries`.
        self.count = 0
        # How many times `clear` was called. A callback stores this number when it is queued, and is
        # not sent if the number has changed since then.
        self._clears = 0

    def clear(self) -> None:
        """Forget the callbacks that were sent, and cancel the callbacks that wait."""
        with self._lock:
            self._clears += 1
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
        """Send a callback, or cause the fault that is planned for it.

        Args:
            task: the id of the task.
            status: the status that the callback reports.
            url: the URL that receives it.
            body: the body of the callback.
            done: called after the callback was sent or given up.
        """
        content = json.dumps(body).encode()
        # The receiver compares the time of the signature with its own clock. So a server signs with
        # the real time, even if a test has moved the clock of the mock.
        signature = self._signer.headers(content, self._clock.callers_time())
        headers = {"content-type": "application/json; charset=utf-8", **signature}
        address = address_of(url)
        plan = self._plans.take_fault(CALLBACK)
        clears = self._clears

        def record(outcome: str) -> None:
            now = self._clock.time()
            with self._lock:
                self.deliveries.append(Delivery(task, status, url, headers, content, now, outcome))
                self.count += 1
            done()

        async def post() -> None:
            if clears == self._clears:
                record(await self._post(address, content, headers))

        def start() -> None:
            if self._loop:
                posting = self._post_in_order(address, task, post, record)
                asyncio.run_coroutine_threadsafe(posting, self._loop)
            else:
                # The caller may be in an event loop, and a thread cannot run a second one.
                with ThreadPoolExecutor(1) as thread:
                    thread.submit(asyncio.run, post()).result()

        def start_in(seconds: float) -> None:
            self._clock.at(self._clock.time() + seconds, start)

        if plan is None:
            start()
        else:
            send_with_fault(plan, start, send_in=start_in, give_up=record)

    async def _post_in_order(
        self,
        address: Address | None,
        task: str,
        post: Callable[[], Awaitable[None]],
        record: Callable[[str], None],
    ) -> None:
        # Each receiver has its own queue, so that a slow receiver does not delay the others.
        # All callbacks without a valid URL have the receiver None.
        receiver = None if address is None else (address.scheme, address.host, address.port)
        queue = self._queues.setdefault(receiver, _Queue())
        if queue.length == _MAX_QUEUED:
            record(f"not delivered: {_MAX_QUEUED} other callbacks wait for this receiver")
            return
        queue.length += 1
        async with queue.locks[hash(task) % _MAX_PARALLEL]:
            await post()
        queue.length -= 1
        if not queue.length:
            del self._queues[receiver]

    async def _post(
        self, address: Address | None, content: bytes, headers: Mapping[str, str]
    ) -> str:
        if address is None:
            return "not delivered: the callback_url is not a URL"
        host = address.host
        if not (_is_loopback(host) or host in self._allowed or "*" in self._allowed):
            options = "--allow-callbacks-to or callbacks_to"
            return f"not delivered: {host} is not a loopback address; allow it with {options}"
        return await self._sender.post(address, content, headers)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _start_event_loop() -> asyncio.AbstractEventLoop:
    """Return an event loop that runs in its own thread."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    return loop
