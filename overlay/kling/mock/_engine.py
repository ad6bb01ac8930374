"""The mock without its own pages: Kling's API and files, faults, time and callbacks."""

import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from kling._spec import Operation, Spec
from kling.mock._api import Api, Manner
from kling.mock._callbacks import Callbacks
from kling.mock._credentials import Keys
from kling.mock._faults import befallen, expired
from kling.mock._history import History
from kling.mock._http import MEDIA, Call, Reply, Stall
from kling.mock._plans import ANY, DOWNLOAD, Plans
from kling.mock._quotas import Package, Quotas
from kling.mock._refusals import Refused
from kling.mock._routes import Route
from kling.mock._samples import sample_reply
from kling.mock._tasks import ENDS, Life, MockTask, Tasks

_DAY = 86400.0
_USUAL_LIFE = ("submitted", "processing", "succeed")
# Seconds that a task waits before it is processed, and that one takes whose time is not known.
_QUEUED, _UNKNOWN = 5.0, (10, 10)


class Engine:
    """Answers calls, and remembers.

    Args:
        spec: the description to build from.
        clock: whose time it lives by.
        keys: the credentials that are taken.
        manner: how strictly it answers.
        speed: how many times faster than life tasks go.
        packages: what the account may do at a time, and what it has paid for.
        state: a file that keeps the tasks from one run to the next.
        keep: how many tasks to keep without such a file.
        callbacks_to: hosts beside the loopback ones that callbacks may go to.
        threads: send callbacks from threads of its own.
        base_url: where callers reach it, until the first one says so.

    Raises:
        ValueError: the packages or the file are not what they should be.
    """

    def __init__(
        self,
        spec: Spec,
        *,
        clock: Any,
        keys: Keys,
        manner: Manner,
        speed: float = 1.0,
        packages: Sequence[Package] = (),
        state: Path | None = None,
        keep: int = 10_000,
        callbacks_to: Collection[str] = (),
        threads: bool = False,
        base_url: str = "",
    ) -> None:
        self.spec = spec
        self.clock = clock
        self.keys = keys
        self.manner = manner
        self.speed = speed
        self.lock = threading.Lock()
        self.plans = Plans(spec)
        self.history = History()
        self.quotas = Quotas(spec, packages)
        self.tasks = Tasks(spec, state, keep)
        self.callbacks = Callbacks(clock, self.plans, callbacks_to, threads=threads)
        self.base_url = base_url
        self.api = Api(spec, keys, manner, self.tasks, self.quotas, self._life)
        self._take_up()

    def handle(self, call: Call) -> Reply | Stall:
        """Answer a call to Kling's API or for a file."""
        if call.path.startswith(MEDIA):
            return self._file(call)
        self.base_url = call.base_url
        route = self.api.route(call)
        operation = route.known.operation if route.known else None
        names = (operation.verb, operation.id, ANY) if operation else (ANY,)
        plan = self.plans.fault(*names)
        if not plan:
            reply = self._answer(call, route)
            self._note(call, operation, reply)
            return reply
        done = befallen(plan, lambda: self._answer(call, route), self.api.refuse)
        if isinstance(done, Stall):
            return Stall(done.seconds, self._noted(call, operation, plan.fault, done.reply))
        self._note(call, operation, done, plan.fault)
        return done

    def change(self, task: MockTask, status: str, message: str) -> MockTask:
        """Let a task change its status now, for the last time.

        Raises:
            ValueError: there is no such status, or the task has ended already.
        """
        known = self.spec.schemas["TaskStatus"]["enum"]
        if status not in known:
            raise ValueError(f"{status} is no status; those are {', '.join(known)}")
        now = self.clock.time()
        if task.status(now) in ENDS:
            raise ValueError(f"the task has ended: {task.status(now)}")
        life = task.life.changed(now - task.created, status, message)
        with self.lock:
            self.tasks.change(task, life)
            changed = self.tasks.by_id(task.id)
            assert changed is not None  # it was there, and tasks are not deleted one by one
            self.quotas.hold(changed)
        self._watch(changed)
        self.clock.settle()
        return changed

    def reset(self) -> None:
        """Forget tasks, requests, plans and what was spent."""
        with self.lock:
            self.tasks.clear()
            self.quotas.clear()
            self.api.reset()
            self.history.clear()
            self.plans.clear()
            self.callbacks.clear()

    def _answer(self, call: Call, route: Route) -> Reply:
        made = None
        try:
            with self.lock:
                reply, made = self.api.answer(call, route, self.clock.time())
        except Refused as refused:
            reply = self.api.refuse(refused)
        if made:
            self._watch(made)
        self.clock.settle()
        return reply

    def _note(self, call: Call, operation: Operation | None, reply: Reply, fault: str = "") -> None:
        name = operation.id if operation else None
        self.history.add(self.clock.time(), call, name, fault, reply)

    def _noted(self, call: Call, operation: Operation | None, fault: str, answer: Any) -> Any:
        def note() -> Reply:
            reply: Reply = answer()
            self._note(call, operation, reply, fault)
            return reply

        return note

    def _file(self, call: Call) -> Reply | Stall:
        name = call.path.removeprefix(MEDIA)
        plan = self.plans.fault(DOWNLOAD, ANY)
        with self.lock:
            task = self.tasks.by_id(name.partition("/")[0])
        kept = self._result_of(task.operation).get("days") if task else None
        if task and kept and self.clock.time() >= task.created + kept * _DAY:
            return expired()

        def serve() -> Reply:
            asked = call.headers.get("range", ""), call.headers.get("if-range", "")
            return sample_reply(name, *asked)

        return befallen(plan, serve, self.api.refuse) if plan else serve()

    def _result_of(self, operation: Operation) -> Any:
        """Return what the description says of the kind of output of an operation."""
        assert operation.task is not None  # tasks are made by such operations
        lists = self.spec.schemas["TaskResult"]["properties"]
        return lists[f"{operation.task['output']}s"]["x-kling-result"]

    def _life(self, operation: Operation) -> Life:
        """Return the life of a new task: as planned, or else the usual one."""
        least, most = self._result_of(operation).get("seconds", _UNKNOWN)
        plan = self.plans.life()
        statuses = tuple(plan.statuses) if plan else _USUAL_LIFE
        if plan and plan.begins:
            return Life(statuses, tuple(one / self.speed for one in plan.begins), plan.message)
        # The first task takes the least time, and the others are spread evenly, in the same
        # order each time; a planned life can be told in advance.
        part = 0.0 if plan else self.tasks.count * _GOLDEN % 1
        whole = least + (most - least) * part
        begins = [0.0, min(_QUEUED, whole / 2), *(whole * n for n in range(1, len(statuses)))]
        scaled = tuple(begin / self.speed for begin in begins[: len(statuses)])
        return Life(statuses, scaled, plan.message if plan else "")

    def _take_up(self) -> None:
        """Go on where a file ends."""
        for task in self.tasks.all():
            self.quotas.hold(task)
            self._watch(task)

    def _watch(self, task: MockTask) -> None:
        """Tell the callback_url of a task about what is still to come."""
        if task.callback_url:
            for stage in range(task.told, len(task.life.statuses)):
                moment = task.created + task.life.begins[stage]
                self.clock.at(moment, lambda stage=stage: self._tell(task, stage))

    def _tell(self, watched: MockTask, stage: int) -> None:
        with self.lock:
            task = self.tasks.by_id(watched.id)
            # Its life may have changed meanwhile, or it was told already.
            if task is None or task.life != watched.life or task.told > stage:
                return
            self.tasks.tell(task, stage + 1)
            body = self.api.views.at_stage(task, stage, self.base_url)
        self.callbacks.send(task.id, task.life.statuses[stage], task.callback_url, body)


# By steps of this part of a whole, points are spread evenly however many they are.
_GOLDEN = 0.6180339887498949
