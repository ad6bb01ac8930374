"""When what is to be done, so that the next thing is found without a look at the others."""

import heapq
from collections.abc import Hashable
from itertools import count
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Schedule(Generic[K]):
    """A moment for each of some things; of those with the same one the first that came is first."""

    def __init__(self) -> None:
        # What has got another moment, or was dropped, stays in the heap until it comes to the top.
        self._heap: list[tuple[float, int, K]] = []
        self._valid: dict[K, tuple[float, int]] = {}
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._valid)

    def __contains__(self, thing: K) -> bool:
        return thing in self._valid

    def put(self, thing: K, moment: float) -> None:
        """Give a thing a moment, instead of the one that it may have."""
        if self._valid.get(thing, (None,))[0] != moment:
            number = next(self._numbers)
            self._valid[thing] = moment, number
            heapq.heappush(self._heap, (moment, number, thing))

    def drop(self, thing: K) -> None:
        """Forget a thing, if it is there."""
        self._valid.pop(thing, None)
        if not self._valid:
            self._heap.clear()

    def first(self) -> tuple[float, K]:
        """Return the first moment, and what it is for.

        Raises:
            IndexError: nothing is left.
        """
        while True:
            moment, number, thing = self._heap[0]
            if self._valid.get(thing) == (moment, number):
                return moment, thing
            heapq.heappop(self._heap)

    def take(self, most: int) -> list[K]:
        """Remove the first things, and return them."""
        taken: list[K] = []
        while self._valid and len(taken) < most:
            taken.append(self.first()[1])
            self.drop(taken[-1])
        return taken
