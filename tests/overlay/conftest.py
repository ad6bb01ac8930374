"""A transport that plays a script, and both clients behind one face."""

import asyncio
import inspect

import httpx
import pytest
from kling import AsyncKling, Kling
from kling.mock import ManualClock


class RecordingClock(ManualClock):
    """Time that passes only when it is told to, and remembers every sleep."""

    def __init__(self):
        super().__init__(1772323200.0)
        self.sleeps = []

    def sleep(self, seconds):
        self.sleeps.append(seconds)
        super().sleep(seconds)

    async def asleep(self, seconds):
        self.sleep(seconds)


class Script(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Gives one prepared reply a request, the last one forever, and keeps the requests.

    A reply is a JSON body, a pair (status, body), an exception, or a function of the request.
    """

    def __init__(self, *replies):
        self._replies = replies
        self.requests = []
        self.clock = RecordingClock()
        self.closed = False

    def handle_request(self, request):
        request.read()
        return self._reply(request)

    async def handle_async_request(self, request):
        await request.aread()
        return self._reply(request)

    def _reply(self, request):
        self.requests.append(request)
        reply = self._replies[min(len(self.requests), len(self._replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        if callable(reply):
            return reply(request)
        status, body = reply if isinstance(reply, tuple) else (200, reply)
        if isinstance(body, dict | list | None):
            return httpx.Response(status, json=body)
        return httpx.Response(status, content=body)

    def close(self):
        self.closed = True


@pytest.fixture
def scripted():
    """Return the class of a transport: scripted(reply, reply, ...)."""
    return Script


class BlockingKling:
    """The async client, for tests that call it like the other one."""

    def __init__(self, **options):
        self._client = AsyncKling(**options)

    @property
    def budget(self):
        return self._client.budget

    def __getattr__(self, name):
        method = getattr(self._client, name)

        async def call(*args, **options):
            found = method(*args, **options)
            if inspect.isasyncgen(found):
                return [one async for one in found]
            return await found

        return lambda *args, **options: asyncio.run(call(*args, **options))


@pytest.fixture(params=[Kling, BlockingKling], ids=["sync", "async"])
def either_kling(request):
    """Return the class of a client; tests that take it run with both."""
    return request.param


@pytest.fixture
def success():
    """Return a function that makes the reply of a success: success(task_status="succeed", ...)."""

    def reply(**data):
        task = {"task_id": "752604318974529536", "task_status": "submitted", **data}
        return {"code": 0, "message": "SUCCEED", "request_id": "r-1", "data": task}

    return reply
