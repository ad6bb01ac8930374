"""The mock in the same process, for tests in Python."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kling.description import Document, Spec, load, overruled
from kling.mock._api import Keys, Settings
from kling.mock._callbacks import Delivery
from kling.mock._control import state
from kling.mock._engine import Engine
from kling.mock._exchange import ManualClock, Transport
from kling.mock._samples import Samples
from kling.mock._serving import App, Server
from kling.mock._tasks import Balance, Package


class KlingMock:
    """A mock in the same process.

    Its clock only moves when a client sleeps or `clock.advance` is called, so waiting for a task
    takes no real time. `clock.advance` blocks until the callbacks are sent. A receiver in the same
    event loop therefore cannot answer them; read the callbacks in `deliveries` instead.

    Args:
        as_of: the day by which the mock decides whether a model is retired or a path is closed;
            today if None.
        speed: how many times faster than Kling the mock runs its tasks.
        exact: refuse null, "" and values of the wrong type in fields that do not allow them. By
            default the mock interprets such a value as Kling does, and says so in the header
            x-kling-mock-notes.
        lenient: ignore unknown fields, as Kling does; x-kling-mock-notes names them.
        allow: ids of rules, such as "text-to-video.sound-models", that are not enforced. A task
            that breaks such a rule is created, and fails later. A task that breaks "unknown-field"
            succeeds, because Kling ignores unknown fields.
        aliases: a mapping from new paths to paths of the description. The mock answers a new path
            as it answers the path of the description, with the same tasks, quotas and credentials.
            An example is {"/text-to-video/kling-4.0": "/text-to-video/kling-3.0"}. The mapping can
            also contain segments of paths: with {"kling-4.0": "kling-3.0"}, each path with the
            segment kling-3.0 can also be called with kling-4.0. The mock does not check the body of
            a call to a new path, and says so in x-kling-mock-notes. It uses the fields that fit the
            path of the description, and ignores the others.
        packages: the resource packages of the account. The mock refuses a create with 1303 if it
            exceeds their concurrency, and with 1102 if they cannot pay for it. Without packages,
            concurrency is not limited. Without packages and balance, the account can always pay.
        balance: the money of the account. It is charged if no package can pay. If it is too little,
            the mock refuses the create with 1102.
        requests_per_second: how many requests the mock accepts in a second; it refuses the others
            with 1302. None for no limit.
        callbacks_to: hosts that callbacks may go to, as well as loopback addresses; "*" for all.
        webhook_secrets: the secrets that sign callbacks; each is "whsec_", followed by Base64. If
            there are several, as during a rotation, each callback is signed with all of them.
        media: files to return as results instead of the mock's samples: at most one video, one
            image and one audio file, recognized by their content.
        document: a bundled description to build the mock from; by default the description of this
            version.
        dialect: a form of the description, such as "current-only"; `kling spec --help` lists them.
        now: the time that the clock shows at first, in Unix seconds; the current time if None.

    Raises:
        TypeError: `callbacks_to` or `media` is a string instead of a list.
        ValueError: a type of package, currency, dialect or rule does not exist; a secret, an alias
            or a file of `media` is not valid; or both a document and a dialect are given.
    """

    def __init__(
        self,
        *,
        as_of: date | None = None,
        speed: float = 1.0,
        exact: bool = False,
        lenient: bool = False,
        allow: Collection[str] = (),
        aliases: Mapping[str, str] | None = None,
        packages: Sequence[Package] = (),
        balance: Balance | None = None,
        requests_per_second: float | None = None,
        callbacks_to: Collection[str] = (),
        webhook_secrets: Sequence[str] = (),
        media: Iterable[str | Path] = (),
        document: Document | None = None,
        dialect: str = "",
        now: float | None = None,
    ) -> None:
        if document is not None and dialect:
            raise ValueError(
                "give document or dialect, not both: "
                "a dialect is a form of the built-in description"
            )
        self.keys = Keys()
        """The credentials that the mock accepts."""
        self.clock = ManualClock(time.time() if now is None else now)
        """The clock of the mock; `clock.advance(seconds)` moves it."""
        spec = load(dialect) if document is None else Spec(document)
        self._engine = Engine(
            spec,
            clock=self.clock,
            keys=self.keys,
            settings=Settings(
                as_of, exact, lenient, requests_per_second, overruled(allow, spec), aliases or {}
            ),
            speed=speed,
            packages=packages,
            balance=balance,
            callbacks_to=callbacks_to,
            webhook_secrets=webhook_secrets,
            samples=Samples(media),
        )
        handle = Server(self._engine).handle
        self.transport = Transport(handle, self.clock)
        """The transport for a client; it uses no network."""
        self.app = App(handle, self.clock)
        """The same mock as an ASGI application."""

    def plan(self, *statuses: str, **fields: Any) -> None:
        """Plan how the next task proceeds, or what goes wrong with a call.

            mock.plan("submitted", "processing", "failed", message="Image pixel is invalid")
            mock.plan(results=[{"url": "https://example.org/mine.mp4", "duration": "8"}])
            mock.plan(fault="refuse", code=1303, times=3)
            mock.plan(fault="stall", seconds=90, when="after")
            mock.plan(fault="cut", bytes=1000, on="download")

        `plan_fields()` and `fault_kinds()` list all fields and faults. By default a plan affects
        the next create, once. `on` selects other calls: create, get, list, update, delete,
        download, callback, any, or an operationId. `times` is the number of calls that the plan
        affects; None means all. With `share`, the plan affects a random part of the calls. `when`
        says whether a fault comes "before" or "after" the call is carried out.

        Args:
            statuses: the statuses of the task, in order, as either standard spells them, such as
                "succeed" (/v1) or "succeeded"; the task keeps the last one.
            fields: the other fields of the plan. A plan for a task can have `message` (why the task
                fails), `begins` (the age of the task in seconds at which each status begins),
                `results` (fields of its outputs, in order) and `task_info`. A plan for a call has
                `fault` (the name of the fault), and the fields of this fault.

        Raises:
            ValueError: the plan is wrong, so nothing is planned; the message says what would be
                right.
        """
        if statuses:
            fields["statuses"] = statuses
        self._engine.plans.add([fields])

    def change(self, task_id: str, status: str, message: str = "") -> None:
        """Let a task succeed or fail now.

        Args:
            task_id: the id of the task.
            status: its final status, as either standard spells it: "succeed" (/v1), "succeeded" or
                "failed".
            message: why it fails, if it does.

        Raises:
            ValueError: there is no such task or status, or the task has already ended.
        """
        task = self._engine.tasks.by_id(task_id)
        if task is None:
            raise ValueError(f"there is no task {task_id}")
        self._engine.change(task, status, message)

    def set_webhook_secrets(self, webhook_secrets: Sequence[str]) -> None:
        """Replace the secrets that sign callbacks; without secrets, callbacks are not signed.

        Raises:
            ValueError: the secrets are not a list, or one has the wrong form; nothing is changed.
        """
        self._engine.signer.set(webhook_secrets)

    def state(self) -> dict[str, Any]:
        """Return tasks, requests, plans and quotas as JSON, newest first, for assertions.

            assert mock.state()["requests"][0]["body"]["duration"] == "8"

        A string of more than 4096 characters is replaced by its length, unless it is a URL. `peak`
        is the largest number of tasks in flight at the same time, by package and model. `refusals`
        is the number of refusals, by code. `peak` and `refusals` are counted since the start or the
        last reset.
        """
        return state(self._engine)

    @property
    def deliveries(self) -> list[Delivery]:
        """The callbacks that were sent, or should have been sent, oldest first.

        Tests need no receiver: a callback_url such as http://localhost:9/ is enough.
        """
        return list(self._engine.callbacks.deliveries)
