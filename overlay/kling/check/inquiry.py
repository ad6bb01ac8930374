"""What the parts of a check share: the server, the budget, and the ways to send requests."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import TypeVar

from kling.check.bodies import Bodies, Case
from kling.check.exchanges import Reply, Request
from kling.check.guard import Address, CheckBudget
from kling.check.ledger import Ledger
from kling.check.server import Server
from kling.description import Operation, Spec

# How many requests may be in flight at once, if tasks may be created.
PARALLEL = 6
# How many items the threads get at a time.
_CHUNK = 60

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Keys:
    """The credentials of the run."""

    api_key: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    webhook_secrets: tuple[str, ...] = ()


class StoppedError(Exception):
    """A part must end early; the text says why."""


class Inquiry(Ledger):
    """One check of one server.

    Args:
        spec: the description that the server is compared with.
        server: sends the requests.
        address: the address of the server.
        keys: the credentials of the run.
        bodies: the request bodies of the run.
        budget: how much the check may spend on tasks.
        is_mock: whether the server has proved to be a mock of this project.
        is_here: whether the server is on this machine, or in this process.
        is_in_process: whether the server is reached through a transport, without a network.
        examples: how many requests the part fuzz generates for each operation.
        families: the families to check; all if empty.
        allow: the rules, places and operations that the user allows.
        named_parts: the parts that the user selected; empty if the user selected none.
        patience: how many seconds to wait for a task to end.
        seed: the seed for the order and for random choices.
        on_progress: called with the name of the part, and the number of requests sent so far.
    """

    def __init__(
        self,
        *,
        spec: Spec,
        server: Server,
        address: Address,
        keys: Keys,
        bodies: Bodies,
        budget: CheckBudget,
        is_mock: bool,
        is_here: bool,
        is_in_process: bool,
        examples: int,
        families: Collection[str],
        allow: frozenset[str],
        named_parts: Collection[str],
        patience: float,
        seed: int,
        on_progress: Callable[[str, int], None],
    ) -> None:
        super().__init__(allow)
        self.spec = spec
        self.server = server
        self.address = address
        self.keys = keys
        self.bodies = bodies
        self.budget = budget
        self.is_mock = is_mock
        self.is_here = is_here
        self.is_in_process = is_in_process
        self.examples = examples
        self.named_parts = named_parts
        self.patience = patience
        self.seed = seed
        self._families = families
        self._on_progress = on_progress
        self._counting = threading.Lock()
        self._one_by_one = threading.Lock()
        self._parts_with_a_task: set[str] = set()
        self.sent_by_part: dict[str, Counter[str]] = defaultdict(Counter)
        """How many requests each part has sent, by family."""

    @property
    def random(self) -> Random:
        """A new random generator. Its numbers depend only on the seed and the current part."""
        return Random(f"{self.seed} {self.part}")  # noqa: S311 (repeatable, not a secret)

    @property
    def operations(self) -> list[Operation]:
        """The operations to check, in the order of the description."""
        return [
            operation for operation in self.spec.operations.values() if self.is_wanted(operation)
        ]

    def is_wanted(self, operation: Operation) -> bool:
        """Whether to check an operation: its family is selected, and the credentials fit."""
        is_chosen = not self._families or operation.family in self._families
        return is_chosen and self.is_usable(operation)

    def is_usable(self, operation: Operation) -> bool:
        """Whether the operation takes the kind of credentials that this run has."""
        return bool(self.keys.api_key) or not operation.needs_api_key

    def send(self, request: Request) -> Reply:
        """Send a request, and count it. Use `create` for a request that may cost units."""
        reply = self.server.send(request)
        with self._counting:
            self.sent_by_part[self.part][request.operation.family] += 1
        self._on_progress(self.part, self.server.requests)
        return reply

    def create(self, request: Request, *, is_sure_refusal: bool = False) -> Reply | None:
        """Send a request that may create something; return None if the budget forbids it.

        Args:
            request: the request.
            is_sure_refusal: whether Kling is known to refuse it, so that it costs nothing.
        """
        operation, body = request.operation, request.body
        if operation.verb in ("get", "list"):
            return self.send(request)
        reserved = self.budget.reserve(operation, body)
        if reserved is None:
            return self._create_beyond_budget(request) if is_sure_refusal else None
        # If sending raises an exception, the server may have created a task nevertheless.
        is_spent = True
        try:
            reply = self.send(request)
            is_spent = reply.may_have_created
        finally:
            self.budget.end_reservation(reserved, is_spent=is_spent)
        self._count(request, reply)
        return reply

    def _create_beyond_budget(self, request: Request) -> Reply | None:
        """Send a request that costs nothing on a server like Kling, because Kling refuses it.

        Such requests are sent one by one. If the server does not refuse one, the part sends no more
        of them. So a wrong server creates at most one task in each part.
        """
        with self._one_by_one:
            if self.part in self._parts_with_a_task:
                return None
            reply = self.send(request)
            if reply.may_have_created:
                self._parts_with_a_task.add(self.part)
        self._count(request, reply)
        return reply

    def _count(self, request: Request, reply: Reply) -> None:
        if reply.is_success:
            self.budget.count(request.operation, request.body)

    def send_all(self, cases: Iterable[Case]) -> Iterator[tuple[Case, Request, Reply]]:
        """Send bodies with `in_parallel`, and yield the replies in the order of the cases.

        Bodies that the budget forbids are skipped.
        """

        def send_body(case: Case) -> tuple[Case, Request, Reply | None]:
            request = Request(case.operation, case.body)
            return case, request, self.create(request, is_sure_refusal=case.is_sure_refusal)

        for case, request, reply in self.in_parallel(send_body, cases):
            if reply is None:
                self.skip("bodies of " + case.operation.id, self.budget.why_not_sent)
            else:
                yield case, request, reply

    def in_parallel(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Call a function for each item, in threads, and yield the results in the same order.

        If no tasks may be created, the calls run one by one, so that the part can end after the
        first request that the server accepts although it is wrong.
        """
        if not self.budget.may_create:
            yield from map(function, items)
            return
        remaining = iter(items)
        with ThreadPoolExecutor(PARALLEL) as pool:
            while chunk := list(islice(remaining, _CHUNK)):
                yield from pool.map(function, chunk)

    def stop_unless_allowed(self, reply: Reply, request: Request) -> None:
        """End the part if the server may have created a task that the budget does not allow.

        Raises:
            StoppedError: no tasks may be created, and the request was a create.
        """
        if self.budget.may_create or request.operation.verb in ("get", "list"):
            return
        raise StoppedError(
            f"The server should have refused {request.operation.id}, but answered {reply}. It may "
            "have created a task, so the rest of this part was not sent."
        )
