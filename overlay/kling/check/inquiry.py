"""What the parts of a check share: the server, and what may be sent to it."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import TypeVar

from kling.check.asking import Server
from kling.check.bodies import Bodies, Case
from kling.check.exchanges import Ask, Reply
from kling.check.guard import Address, Purse
from kling.check.ledger import Ledger
from kling.description import Operation, Spec

# Requests that are on their way at once, where anything may be created.
TOGETHER = 6
_AT_ONCE = 60

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
    """A part ends early, and why."""


class Inquiry(Ledger):
    """One check of one server.

    Args:
        spec: the description that the server is held to.
        server: is asked.
        address: where it is.
        keys: the credentials of the run.
        bodies: the bodies of the run.
        purse: what may be created.
        is_mock: whether the server has proved to be a mock of ours.
        is_here: whether the server is on this machine, or in this process.
        is_in_process: whether a transport leads to it, and no network.
        examples: how many requests are made up for each operation.
        families: the families to look at; all if empty.
        allow: rules by which the server differs on purpose.
        asked_for: the parts that the caller named.
        patience: seconds that a task may take.
        seed: decides order and choice.
        on_progress: is told the part and how many requests were sent.
    """

    def __init__(
        self,
        *,
        spec: Spec,
        server: Server,
        address: Address,
        keys: Keys,
        bodies: Bodies,
        purse: Purse,
        is_mock: bool,
        is_here: bool,
        is_in_process: bool,
        examples: int,
        families: Collection[str],
        allow: frozenset[str],
        asked_for: Collection[str],
        patience: float,
        seed: int,
        on_progress: Callable[[str, int], None],
    ) -> None:
        super().__init__()
        self.spec = spec
        self.server = server
        self.address = address
        self.keys = keys
        self.bodies = bodies
        self.purse = purse
        self.is_mock = is_mock
        self.is_here = is_here
        self.is_in_process = is_in_process
        self.examples = examples
        self.allow = allow
        self.asked_for = asked_for
        self.patience = patience
        self.seed = seed
        self._families = families
        self._on_progress = on_progress
        self._counting = threading.Lock()
        self._unpaid = threading.Lock()
        self._surprised: set[str] = set()
        self.asked: dict[str, Counter[str]] = defaultdict(Counter)
        """How many requests each part has sent, by family."""

    @property
    def random(self) -> Random:
        """A source of choices for one part: it does not depend on the other parts."""
        return Random(f"{self.seed} {self.part}")  # noqa: S311 (a repeatable choice, no secret)

    @property
    def operations(self) -> list[Operation]:
        """The operations to look at, in the order of the description."""
        return [one for one in self.spec.operations.values() if self.is_wanted(one)]

    def is_wanted(self, operation: Operation) -> bool:
        """Whether an operation belongs to a family that is to be looked at."""
        is_chosen = not self._families or operation.family in self._families
        return is_chosen and self.is_usable(operation)

    def is_usable(self, operation: Operation) -> bool:
        """Whether the credentials of the run are of the kind that an operation takes."""
        return bool(self.keys.api_key) or not operation.needs_api_key

    def ask(self, ask: Ask) -> Reply:
        """Send a request that creates nothing."""
        reply = self.server.ask(ask)
        with self._counting:
            self.asked[self.part][ask.operation.family] += 1
        self._on_progress(self.part, self.server.requests)
        return reply

    def create(self, ask: Ask, *, is_certain: bool = False) -> Reply | None:
        """Send a request that may create something; None if it may not be sent.

        Args:
            ask: the request.
            is_certain: whether Kling is known to refuse it, so that it costs nothing.
        """
        operation, body = ask.operation, ask.body
        if operation.verb in ("get", "list"):
            return self.ask(ask)
        reserved = self.purse.reserve(operation, body)
        if reserved is None:
            return self._create_unpaid(ask) if is_certain else None
        reply = Reply(lost="it was not sent")
        try:
            reply = self.ask(ask)
        finally:
            self.purse.settle(reserved, is_spent=reply.may_have_made)
        self._count(ask, reply)
        return reply

    def _create_unpaid(self, ask: Ask) -> Reply | None:
        """Send what costs nothing as long as the server refuses it, as Kling does.

        One by one, and no more in this part once the server has not refused.
        """
        with self._unpaid:
            if self.part in self._surprised:
                return None
            reply = self.ask(ask)
            if reply.may_have_made:
                self._surprised.add(self.part)
        self._count(ask, reply)
        return reply

    def _count(self, ask: Ask, reply: Reply) -> None:
        if reply.is_success:
            self.purse.count(ask.operation, ask.body)

    def send(self, cases: Iterable[Case]) -> Iterator[tuple[Case, Ask, Reply]]:
        """Send bodies, several at once where anything may be created, and yield in their order."""

        def one(case: Case) -> tuple[Case, Ask, Reply | None]:
            ask = Ask(case.operation, case.body)
            return case, ask, self.create(ask, is_certain=case.is_certain)

        for case, ask, reply in self.together(one, cases):
            if reply is None:
                self.skip("bodies of " + case.operation.id, self.purse.reason)
            else:
                yield case, ask, reply

    def together(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Call a function for each of many, and yield what it returns in their order.

        Where nothing may be created it goes one by one, so that the first surprise is the last.
        """
        if not self.purse.may_create:
            yield from map(function, items)
            return
        left = iter(items)
        with ThreadPoolExecutor(TOGETHER) as pool:
            while some := list(islice(left, _AT_ONCE)):
                yield from pool.map(function, some)

    def stop_after(self, reply: Reply, ask: Ask) -> None:
        """End the part after something was accepted that nobody allowed to be created.

        Raises:
            StoppedError: always, unless tasks may be created.
        """
        if self.purse.may_create or ask.operation.verb in ("get", "list"):
            return
        raise StoppedError(
            f"{ask.operation.id} was to be refused, and got {reply}. It may have created a task; "
            "the rest of this part was not sent."
        )
