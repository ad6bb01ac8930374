"""The tasks that are waited for, asked for together whoever waits for them."""

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue

from kling._http import Clock, Pause, Steps, jittered, verdict_on, wanted_pause, within
from kling._tasks import (
    POLLING,
    Group,
    Outcomes,
    Task,
    group_of,
    look_up,
    max_bulk_size,
    should_query_in_bulk,
)
from kling._waiting.schedules import Schedule
from kling.errors import APIError, NotFoundError

_GROWTH, _LONGEST = 1.3, 15.0
# Seconds that a ref which nobody has asked for yet waits for others to join its query.
_GATHERING = 0.02
# So often in a row a task that was seen may be unknown before that is believed.
_MOST_UNKNOWN = 5
# Seconds that do not count: clocks are not exact, and pauses may end early.
NO_TIME = 0.001
# Seconds that a query has even if a deadline comes meanwhile, and those of one after the deadline.
BRIEFLY, LAST_LOOK = 1.0, 5.0
# Seconds after which to look whether a query of somebody else has been answered.
SOON = 0.2


@dataclass(eq=False, slots=True)
class Watched:
    """A task that is waited for, by one or by many."""

    ref: str
    group: Group
    interval: float
    """Seconds before the next query but one."""
    due: float
    """When to ask for it."""
    task: Task | None = None
    """As it was last seen."""
    missed: APIError | None = None
    """Why the last query failed, if it did."""
    unknown: int = 0
    """How often in a row Kling did not know it."""
    closed_until: float = float("-inf")
    """Until when the server said that it does not want to be asked."""
    asked: float = float("-inf")
    """When the last query was answered, or failed."""
    looks: int = 0
    """How often it was seen."""
    is_asked: bool = False
    """Whether a query is on its way."""
    sent: float = float("-inf")
    """When that query was sent."""
    told: set["News"] = field(default_factory=set)
    """The news of each who waits for it."""


News = SimpleQueue[Watched]
"""What was answered since somebody who waits has looked; it comes from any thread."""


class Watch:
    """All that is waited for through one client; threads and coroutines share it.

    There is no worker behind it: whoever waits takes turns. Who finds a task of its own due asks
    for it, and in the same request for others that are due next, for whoever waits for those.

    Args:
        clock: whose time to live by.
        together: ask for tasks of the /v1 standard together too, which access tokens may not.
        saw: told of every task that is seen.
    """

    def __init__(self, clock: Clock, *, together: bool, saw: Callable[[Task], None]) -> None:
        self._clock = clock
        self._together = together
        self._saw = saw
        self._watched: dict[str, Watched] = {}
        # All that has not ended, and is not being asked for.
        self._due: defaultdict[Group, Schedule[Watched]] = defaultdict(Schedule)
        self._lock = threading.Lock()

    def groups_of(self, refs: Collection[str]) -> dict[str, Group]:
        """Return what each ref can be asked for with.

        Raises:
            ValueError: one of them is not a ref, or cannot be asked for.
        """
        return {ref: group_of(ref, together=self._together) for ref in refs}

    def join(
        self, groups: Mapping[str, Group], known: Collection[Task], interval: float, news: News
    ) -> list[Watched]:
        """Begin to wait for tasks.

        Args:
            groups: the group of each of their refs.
            known: those of them that have just been seen.
            interval: seconds before the second query; later pauses are longer.
            news: gets each of them whenever there was an answer about it.
        """
        now = self._clock.monotonic()
        seen = {task.ref: task for task in known}
        with self._lock:
            return [
                self._joined(ref, group, seen.get(ref), interval, now, news)
                for ref, group in groups.items()
            ]

    def leave(self, watched: Collection[Watched], news: News) -> None:
        """Stop to wait."""
        with self._lock:
            for one in watched:
                one.told.discard(news)
                if not one.told:
                    del self._watched[one.ref]
                    self._due[one.group].drop(one)

    def hasten(self, one: Watched, moment: float) -> None:
        """Let a task be asked for at a moment, if it was to be later and the server allows it."""
        with self._lock:
            moment = max(moment, one.closed_until)
            if moment < one.due:
                one.due = moment
                self._plan(one)

    def turn(
        self,
        wanted: Collection[Watched],
        *,
        longest: float = math.inf,
        deadline: float = math.inf,
        end: float = math.inf,
    ) -> Steps[None]:
        """Ask for tasks, if one of those that are wanted is due; else let time pass until then.

        Args:
            wanted: what is waited for.
            longest: how many seconds may pass, if nothing is due.
            deadline: see `given_up`.
            end: when a query is given up in any case.
        """
        now = self._clock.monotonic()
        with self._lock:
            first = min((one for one in wanted if not one.is_asked), key=_by_due, default=None)
            asked = self._with_others(first) if first and first.due <= now + NO_TIME else []
            for one in asked:
                one.is_asked, one.sent = True, now
        if not asked:
            pauses = (SOON if one.is_asked else one.due - now for one in wanted)
            yield Pause(max(0.0, min([*pauses, longest])))
            return
        outcomes: Outcomes = {}
        until = min(given_up(now, deadline), end)
        looking = look_up([one.ref for one in asked], POLLING, together=self._together)
        try:
            outcomes = yield from within(looking, until)
        finally:
            with self._lock:
                for one in asked:
                    self._answered(one, outcomes.get(one.ref), early=one.due - now)
                    self._plan(one)

    def _answered(self, one: Watched, outcome: Task | APIError | None, *, early: float) -> None:
        one.is_asked = False
        if outcome is None:
            # There was no time for it, or who asked was interrupted: others may ask at once.
            return
        if isinstance(outcome, Task):
            one.task, one.missed, one.unknown, one.looks = outcome, None, 0, one.looks + 1
            self._saw(outcome)
        else:
            one.missed = outcome
            one.unknown = one.unknown + 1 if isinstance(outcome, NotFoundError) else 0
        one.asked = self._clock.monotonic()
        one.closed_until = one.asked + wanted_pause(one.missed)
        one.due = max(one.asked + jittered(one.interval), one.closed_until)
        # What others ask for again and again is not to be asked for more and more seldom.
        if early < one.interval / 2:
            one.interval = _longer(one.interval)
        for news in one.told:
            news.put(one)

    def _joined(
        self, ref: str, group: Group, task: Task | None, interval: float, now: float, news: News
    ) -> Watched:
        due = now + (jittered(interval) if task else _GATHERING)
        next_interval = _longer(interval) if task else interval
        one = self._watched.setdefault(ref, Watched(ref, group, next_interval, due))
        if task and (not one.task or task.ended):
            one.task, one.looks = task, one.looks + 1
        one.due = max(min(one.due, due), one.closed_until)
        one.interval = min(one.interval, next_interval)
        one.told.add(news)
        self._plan(one)
        return one

    def _plan(self, one: Watched) -> None:
        """Let others take a task along with a query of theirs, as long as that makes sense."""
        has_ended = one.task is not None and one.task.ended
        if one.told and not one.is_asked and not has_ended:
            self._due[one.group].put(one, one.due)

    def _with_others(self, first: Watched) -> list[Watched]:
        """Return what one query is to ask for: a task, and those that are due next."""
        schedule = self._due[first.group]
        schedule.drop(first)
        asked = [first, *schedule.take(max_bulk_size(first.group) - 1)]
        if should_query_in_bulk(first.group, [one.ref for one in asked]):
            return asked
        for one in asked[1:]:
            schedule.put(one, one.due)
        return [first]


def given_up(sent: float, deadline: float) -> float:
    """Return when a query is given up: at the deadline, if it had some time before.

    Args:
        sent: when it was sent, possibly after the deadline as the last look at a task.
        deadline: of what waits for it.
    """
    return max(deadline, sent + (BRIEFLY if sent + NO_TIME < deadline else LAST_LOOK))


def _longer(interval: float) -> float:
    return min(interval * _GROWTH, max(_LONGEST, interval))


def _by_due(one: Watched) -> float:
    return one.due


def is_final(one: Watched) -> bool:
    """Whether waiting for it makes no sense: it was refused, or is not there."""
    if one.missed is None or verdict_on(one.missed).again == "later":
        return False
    # What was there once may be left out for the moment.
    return not one.unknown or one.task is None or one.unknown >= _MOST_UNKNOWN
