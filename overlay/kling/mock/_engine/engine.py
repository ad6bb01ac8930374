"""The engine of the mock: it answers calls, causes the planned faults, and sends callbacks."""

import sqlite3
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kling.description import Operation, Spec
from kling.mock._api import Api, Keys, Route, Settings
from kling.mock._callbacks import Callbacks, Signer
from kling.mock._engine.history import History
from kling.mock._exchange import MEDIA, Call, Refused, Reply, Stall, json_reply
from kling.mock._faults import ANY, DOWNLOAD, Plans, answer_with_fault, expired, status_of
from kling.mock._samples import Samples
from kling.mock._tasks import (
    FINAL_STATUSES,
    Balance,
    Life,
    MockTask,
    Package,
    Quotas,
    Tasks,
    Wallet,
    new_life,
    result_facts,
)

_DAY = 86400.0
# With a speed in this range, JSON and browsers can express every time of a task.
_MIN_SPEED, _MAX_SPEED = 0.001, 1e9
# The name of the stored value that says how far the clock was moved forward, in seconds.
_CLOCK_OFFSET = "ahead"


class Engine:
    """Answers calls, and keeps everything that was created.

    Args:
        spec: the description to build from.
        clock: the clock of the mock.
        keys: the credentials that are accepted.
        settings: how strictly requests are checked.
        speed: how many times faster than Kling the mock runs its tasks.
        packages: the resource packages of the account.
        balance: the money of the account. It is charged if no package can pay.
        state: a file that keeps the tasks for the next run.
        keep: how many tasks to keep if `state` is None.
        callbacks_to: hosts that callbacks may go to, in addition to loopback addresses.
        webhook_secrets: the secrets that sign callbacks; each callback is signed with all of them.
        samples: the files of the results; by default the samples of the mock.
        threads: send callbacks from separate threads.
        base_url: the URL that the mock listens on; empty if it runs in the process of its client.

    Raises:
        ValueError: the speed, a package, the balance, a secret, an alias or the file is not valid.
    """

    def __init__(
        self,
        spec: Spec,
        *,
        clock: Any,
        keys: Keys,
        settings: Settings,
        speed: float = 1.0,
        packages: Sequence[Package] = (),
        balance: Balance | None = None,
        state: Path | None = None,
        keep: int = 10_000,
        callbacks_to: Collection[str] = (),
        webhook_secrets: Sequence[str] = (),
        samples: Samples | None = None,
        threads: bool = False,
        base_url: str = "",
    ) -> None:
        if not _MIN_SPEED <= speed <= _MAX_SPEED:
            raise ValueError(f"speed must be a number from {_MIN_SPEED} to {_MAX_SPEED:.0f}")
        self.spec = spec
        self.clock = clock
        self.keys = keys
        self.settings = settings
        self.speed = speed
        self.samples = samples or Samples()
        self.lock = threading.Lock()
        self.plans = Plans(spec)
        self.history = History()
        self.wallet = Wallet(spec, packages, balance, now=clock.time())
        self.quotas = Quotas(spec, self.wallet)
        self.tasks = Tasks(spec, state, keep)
        self.signer = Signer(spec, webhook_secrets)
        self.callbacks = Callbacks(clock, self.plans, self.signer, callbacks_to, threads=threads)
        self.base_url = base_url
        self._closed = False
        # By the id of a task: for how many of its statuses a callback was sent. An entry is not
        # needed any more, and removed, when the stored task contains the same number.
        self._notifying: dict[str, int] = {}
        try:
            self.api = Api(
                spec, keys, settings, self.tasks, self.quotas, self.wallet, self._life, self.samples
            )
            self._resume()
        except (sqlite3.Error, LookupError, TypeError, AttributeError, ValueError) as error:
            if state is None:
                raise
            # The file may be damaged, or may not be a state of the mock.
            self.tasks.close()
            raise ValueError(f"{state} cannot hold the state of the mock: {error!r}") from error

    def handle(self, call: Call) -> Reply | Stall:
        """Answer a call to Kling's API, or a request for a file."""
        if call.path.startswith(MEDIA):
            return self._file(call)
        route = self.api.route(call)
        operation = route.known.operation if route.known else None
        names = route.known.names if route.known else ()
        plan = self.plans.take_fault(*names, ANY)
        if not plan:
            reply = self._answer(call, route)
            self._record(call, operation, reply)
            return reply
        faulty = answer_with_fault(plan, lambda: self._answer(call, route), self._refuse)
        if isinstance(faulty, Stall):
            return self._recorded_stall(call, operation, plan.fault, faulty)
        self._record(call, operation, faulty, plan.fault)
        return faulty

    def change(self, task: MockTask, status: str, message: str) -> MockTask:
        """Let a task succeed or fail now.

        Raises:
            ValueError: there is no such task or status, or the task has already ended.
            Refused: the state file cannot be written.
        """
        status = status_of(self.spec, status)
        with self.lock:
            now = self.clock.time()
            present = self.tasks.by_id(task.id)
            if present is None:
                raise ValueError(f"there is no task {task.id}")
            if present.status(now) in FINAL_STATUSES:
                raise ValueError(f"the task has ended: {present.status(now)}")
            changed = replace(
                present, life=present.life.ended_with(now - present.created, status, message)
            )
            self.tasks.change(changed)
            self.quotas.occupy(changed, now)
        self._schedule_callbacks(changed)
        self.clock.settle()
        return changed

    def advance(self, seconds: float) -> None:
        """Move the clock forward, and store by how much it was moved.

        Raises:
            ValueError: the number is negative, or the new time is after the year 9999.
            Refused: the state file cannot be written; the clock does not move.
        """
        self.clock.check(seconds)
        with self.lock:
            ahead = self.tasks.remembered(_CLOCK_OFFSET) or 0.0
            self.tasks.remember({_CLOCK_OFFSET: ahead + seconds})
        self.clock.advance(seconds)

    def close(self) -> None:
        """Send no more callbacks, and write everything to the state file."""
        with self.lock:
            self._closed = True
            self.tasks.close()

    def reset(self) -> None:
        """Forget tasks, requests, plans and charges; the clock does not move.

        Raises:
            Refused: the state file cannot be written; nothing is forgotten.
        """
        with self.lock:
            self.tasks.clear(keep=[_CLOCK_OFFSET])
            self._notifying.clear()
            self.quotas.clear()
            self.wallet.clear()
            self.api.load_memory()
            self.history.clear()
            self.plans.clear()
            self.callbacks.clear()

    def _answer(self, call: Call, route: Route) -> Reply:
        made = None
        try:
            with self.lock:
                now, callers_now = self.clock.time(), self.clock.callers_time()
                reply, made = self.api.answer(call, route, now, callers_now)
        except Refused as refused:
            reply = self._refuse(refused)
        if made:
            self._schedule_callbacks(made)
        # A clock without a thread runs the callbacks that are due now.
        self.clock.settle()
        return reply

    def _refuse(self, refused: Refused) -> Reply:
        self.history.count_refusal(refused.code)
        return self.api.refuse(refused)

    def _record(
        self, call: Call, operation: Operation | None, reply: Reply, fault: str = ""
    ) -> None:
        """Add a call and its reply to the history."""
        name = operation.id if operation else None
        self.history.add(self.clock.time(), call, name, fault, reply)

    def _recorded_stall(
        self, call: Call, operation: Operation | None, fault: str, stall: Stall
    ) -> Stall:
        """Return a stall whose reply is added to the history when it is made."""

        def reply_and_record() -> Reply:
            reply = stall.reply()
            self._record(call, operation, reply, fault)
            return reply

        return Stall(stall.seconds, reply_and_record)

    def _file(self, call: Call) -> Reply | Stall:
        if call.method not in ("GET", "HEAD"):
            return json_reply({"message": "the method must be GET or HEAD"}, 405)
        name = call.path.removeprefix(MEDIA)
        plan = self.plans.take_fault(DOWNLOAD, ANY)
        with self.lock:
            task = self.tasks.by_id(name.partition("/")[0])
        # Kling deletes some files a number of days after their task was created.
        days = result_facts(self.spec, task.operation).get("days") if task else None
        if task and days and self.clock.time() >= task.created + days * _DAY:
            return expired()

        def serve() -> Reply:
            ranges = call.headers.get("range", ""), call.headers.get("if-range", "")
            return self.samples.reply(name, *ranges)

        return answer_with_fault(plan, serve, self._refuse) if plan else serve()

    def _life(self, operation: Operation) -> Life:
        return new_life(self.spec, operation, self.plans.take_life(), self.speed, self.tasks.count)

    def _resume(self) -> None:
        """Restore the clock, the charges, the quotas and the callbacks from the state file."""
        self.clock.advance(self.tasks.remembered(_CLOCK_OFFSET) or 0.0)
        for purchase in self.tasks.purchases():
            self.wallet.spend(purchase.charge)
        for task in self.tasks.all():
            self.quotas.occupy(task, self.clock.time())
            self._schedule_callbacks(task)

    def _schedule_callbacks(self, task: MockTask) -> None:
        """Schedule the callbacks that a task still has to send."""
        if not task.callback_url:
            return
        last = len(task.life.statuses) - 1
        for stage in range(task.notified, last + 1):
            is_end = stage == last and task.life.statuses[last] in FINAL_STATUSES
            # Some operations send a callback only at the end.
            if is_end or not task.operation.calls_back_at_end:
                moment = task.created + task.life.begins[stage]
                self.clock.at(moment, lambda stage=stage: self._notify(task, stage))

    def _notify(self, scheduled: MockTask, stage: int) -> None:
        with self.lock:
            task = None if self._closed else self.tasks.by_id(scheduled.id)
            # The life of the task may have changed, or this callback may have been sent already.
            if task is None or task.life != scheduled.life:
                return
            if self._notifying.get(task.id, task.notified) > stage:
                return
            self._notifying[task.id] = stage + 1
            body = self.api.at_stage(task, stage)
        status, done = task.life.statuses[stage], partial(self._store_notified, task, stage + 1)
        self.callbacks.send(task.id, status, task.callback_url, body, done)

    def _store_notified(self, task: MockTask, notified: int) -> None:
        """Store the number of statuses whose callback was sent.

        If the mock stops before it stores the number, it sends the callback again after a restart.
        """
        with self.lock:
            if self._closed:
                return
            try:
                self.tasks.set_notified(task, notified)
            except Refused:
                return  # the state file cannot be written, so a restart sends the callback again
            if self._notifying.get(task.id) == notified:
                del self._notifying[task.id]
