"""What was found so far, what was left open, and what was not tried."""

import threading
from dataclasses import replace

from kling.check.exchanges import Ask
from kling.check.findings import Finding, Kind, NotTried, Undecided


class Ledger:
    """Keeps what a check has to say, from whatever thread it comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[tuple[object, ...], Finding] = {}
        self._undecided: dict[tuple[object, ...], Undecided] = {}
        self._skipped: dict[tuple[str, str, str], NotTried] = {}
        self.part = ""
        """The part that runs."""

    def wrong(
        self,
        kind: Kind,
        ask: Ask,
        expected: str,
        got: str,
        place: str,
        *,
        part: str = "",
        family: str = "",
    ) -> None:
        """Note a difference; those that are the same become one.

        Args:
            kind: what is wrong.
            ask: the request that showed it.
            expected: what was right.
            got: what came.
            place: the rule, or the place in the description.
            part: which part found it; the one that runs by default.
            family: whose task it is about; that of the request by default.
        """
        operation = ask.operation
        found = Finding(
            kind,
            part or self.part,
            family or operation.family,
            operation.id,
            str(ask),
            expected,
            got,
            place,
        )
        by_rule = kind not in (Kind.STATUS, Kind.CODE)
        shown = (place,) if by_rule else (expected, got)
        key = (kind, found.part, found.family, found.operation, *shown)
        with self._lock:
            other = self._found.get(key)
            if other is None:
                self._found[key] = found
                return
            # Which of them came first depends on chance where several are on their way.
            first = min(found, other, key=lambda one: (len(one.request), one.request))
            self._found[key] = replace(first, times=other.times + 1)

    def leave_open(self, ask: Ask, place: str, reason: str) -> None:
        """Note that the server accepted what nobody knows Kling's answer to."""
        operation = ask.operation
        one = Undecided(self.part, operation.family, operation.id, str(ask), place, reason)
        with self._lock:
            self._undecided.setdefault((self.part, operation.id, place), one)

    def skip(self, what: str, reason: str, count: int = 1) -> None:
        """Note what is not tried, if there is any of it."""
        if not count:
            return
        key = (self.part, what, reason)
        with self._lock:
            before = self._skipped.get(key)
            total = count + (before.count if before else 0)
            self._skipped[key] = NotTried(self.part, what, reason, total)

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found: the worst first within each family."""
        with self._lock:
            found = list(self._found.values())
        judged = {(one.kind, one.operation) for one in found if one.part != "replies"}
        # The general look at each reply says again what a closer one has said.
        told = [
            one
            for one in found
            if one.part != "replies"
            or one.kind not in (Kind.STATUS, Kind.CODE)
            or (one.kind, one.operation) not in judged
        ]
        order = ("family", "operation", "place", "expected", "got")
        return tuple(
            sorted(
                told,
                key=lambda one: (
                    one.family,
                    one.kind.rank,
                    *(getattr(one, name) for name in order[1:]),
                ),
            )
        )

    def undecided(self) -> tuple[Undecided, ...]:
        """Return what was left open."""
        return tuple(sorted(self._undecided.values(), key=lambda one: (one.family, str(one))))

    def not_tried(self) -> tuple[NotTried, ...]:
        """Return what was left out, part by part."""
        return tuple(self._skipped.values())
