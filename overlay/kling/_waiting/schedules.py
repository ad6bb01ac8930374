"""A priority queue of due times, so that the next item is found without a search."""

import heapq
from collections.abc import Hashable
from itertools import count
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Schedule(Generic[K]):
    """Items with due times. The item with the earliest time is taken first.

    Items with the same time are taken in the order in which they were put in.
    """

    def __init__(self) -> None:
        # Entries (due time, number, item). If an item is dropped, or gets another due time, its old
        # entry stays in the heap until it reaches the top.
        self._heap: list[tuple[float, int, K]] = []
        # For each item in the schedule, the due time and the number of its newest entry.
        self._valid: dict[K, tuple[float, int]] = {}
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._valid)

    def __contains__(self, item: K) -> bool:
        return item in self._valid

    def put(self, item: K, due: float) -> None:
        """Add an item, or change its due time."""
        newest = self._valid.get(item)
        if newest is None or newest[0] != due:
            number = next(self._numbers)
            self._valid[item] = due, number
            heapq.heappush(self._heap, (due, number, item))

    def drop(self, item: K) -> None:
        """Remove an item, if it is there."""
        self._valid.pop(item, None)
        # Only old entries are left, which would stay in memory until the next `first`.
        if not self._valid:
            self._heap.clear()

    def first(self) -> tuple[float, K]:
        """Return the earliest due time and its item.

        Raises:
            IndexError: the schedule is empty.
        """
        while True:
            due, number, item = self._heap[0]
            if self._valid.get(item) == (due, number):
                return due, item
            heapq.heappop(self._heap)

    def take(self, most: int) -> list[K]:
        """Remove up to `most` items, earliest first, and return them."""
        taken: list[K] = []
        while self._valid and len(taken) < most:
            taken.append(self.first()[1])
            self.drop(taken[-1])
        return taken
