"""Whoever interrupts a call learns what it leaves behind: from the log, and from a note."""

import asyncio
import linecache
import logging
import signal
import sys
import traceback
from pathlib import Path

import anyio
import httpx
import kling
import pytest
from interrupts import interruptible
from kling import AsyncKling, Kling, models
from kling.mock import KlingMock

KEY = {"api_key": "mock-api-key"}
SECRET = "A fox that nobody may know of"
CLIENT = str(Path(kling.__file__).parent)
MOCK = str(Path(CLIENT, "mock"))
# Python looks for signals after calls and in loops: not in these lines, as far as they come last.
SAFE = (
    *("except StopIteration as end:", "value: T = end.value", "return value"),
    *("with self._lock:", "try:", "return ("),
)


def request(number):
    return models.TextToVideoRequest(
        model_name="kling-v3", prompt=SECRET, external_task_id=f"job-{number}"
    )


@pytest.fixture
def warnings_of(caplog):
    """Return a function that returns what was written at WARNING, and forgets it."""

    def read():
        lines = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
        caplog.clear()
        return lines

    return read


class Interrupting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The mock's transport; raises KeyboardInterrupt at a line that runs after a task was made."""

    def __init__(self, mock, at):
        self._mock, self.clock, self._left = mock, mock.clock, at
        self._is_made = False

    def handle_request(self, request):
        return self._noted(self._mock.transport.handle_request(request))

    async def handle_async_request(self, request):
        return self._noted(await self._mock.transport.handle_async_request(request))

    def _noted(self, response):
        self._is_made = True
        return response

    def trace(self, frame, event, argument):
        path = frame.f_code.co_filename
        if not path.startswith(CLIENT) or path.startswith(MOCK):
            return None
        if event == "line" and self._is_made:
            if linecache.getline(path, frame.f_lineno).strip() not in SAFE:
                self._left -= 1
            if not self._left:
                raise KeyboardInterrupt
        return self.trace


def in_sync(transport, act):
    getattr(Kling(**KEY, transport=transport), act)(request(1))


def in_loop(backend):
    def run(transport, act):
        async def main():
            await getattr(AsyncKling(**KEY, transport=transport), act)(request(1))

        anyio.run(main, backend=backend)

    return run


# trio complains of the reply that nobody reads to its end.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("run", "step"),
    [(in_sync, 1), (in_loop("asyncio"), 4), (in_loop("trio"), 5)],
    ids=["sync", "asyncio", "trio"],
)
@pytest.mark.parametrize("act", ["create", "run"])
def test_no_line_after_the_reply_loses_a_task(run, step, act, warnings_of):
    # Every line of a create, and of the beginning of a wait.
    for at in range(1, 170, step):
        mock = KlingMock()
        transport = Interrupting(mock, at)
        before = sys.gettrace()
        try:
            sys.settrace(transport.trace)
            run(transport, act)
        except KeyboardInterrupt:
            [task] = mock.state()["tasks"]
            told = " ".join(warnings_of())
            assert f"text_to_video/{task['id']}" in told or "'job-1'" in told, at
            assert SECRET not in told
        else:
            break
        finally:
            sys.settrace(before)
    assert at > 100


def test_control_c_in_a_program_of_asyncio_names_every_task(warnings_of):
    mock = KlingMock()
    mock.plan("submitted", times=None)

    async def main():
        client = AsyncKling(**KEY, transport=mock.transport)
        # The clock of the mock runs ahead while nothing else is to be done.
        runs = asyncio.gather(*(client.run(request(one), timeout=1e9) for one in range(5)))
        while len(mock.state()["tasks"]) < 5:
            await asyncio.sleep(0.01)
        asyncio.get_running_loop().call_later(0.1, signal.raise_signal, signal.SIGINT)
        await runs

    with interruptible(), pytest.raises(KeyboardInterrupt) as caught:
        asyncio.run(main())

    refs = [f"text_to_video/{task['id']}" for task in mock.state()["tasks"]]
    told = warnings_of()
    assert len(refs) == 5
    assert sorted(told) == sorted(
        f"interrupted (CancelledError). The task goes on: {ref}" for ref in refs
    )
    # The traceback of the program shows the cancellation too, with its note.
    assert "The task goes on: text_to_video/" in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("wait", ["wait_all", "as_completed"])
def test_who_interrupts_a_wait_for_many_reads_every_ref(wait, either_kling, warnings_of):
    mock = KlingMock()
    mock.plan("submitted", "succeed", begins=[0, 1])
    client = either_kling(**KEY, transport=mock.transport)
    refs = [client.create(request(number)).ref for number in range(3)]

    def stop(task):
        if task.ended:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        list(getattr(client, wait)(refs, on_update=stop))

    going_on = ", ".join(refs[1:])
    note = f"The tasks go on: {going_on}. These have ended: {refs[0]}"
    assert caught.value.__notes__ == [note]
    assert warnings_of() == [f"interrupted (KeyboardInterrupt). {note}"]


def test_a_loop_that_is_left_is_no_interruption(warnings_of):
    mock = KlingMock()
    client = Kling(**KEY, transport=mock.transport)
    for _ in client.as_completed([client.create(request(1)), client.create(request(2))]):
        break

    assert warnings_of() == []
