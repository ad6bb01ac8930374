"""What a check has found so far, what is undecided, and what was not tried."""

import threading
from dataclasses import replace

from kling.check.allowances import is_allowed
from kling.check.exchanges import Request
from kling.check.findings import Finding, Kind, NotTried, Undecided


class Ledger:
    """Collects what a check finds. Its methods may be called from any thread.

    Args:
        allow: the rules, places and operations that the user allows; findings about them are left
            out.
    """

    def __init__(self, allow: frozenset[str]) -> None:
        self.allow = allow
        self._lock = threading.Lock()
        self._found: dict[tuple[object, ...], Finding] = {}
        self._undecided: dict[tuple[object, ...], Undecided] = {}
        self._skipped: dict[tuple[str, str, str], NotTried] = {}
        self.part = ""
        """The name of the part that is running."""

    def add_finding(
        self,
        kind: Kind,
        request: Request,
        expected: str,
        got: str,
        place: str,
        *,
        part: str = "",
        family: str = "",
    ) -> None:
        """Add a difference between the server and Kling.

        Requests that show the same difference are counted as one finding.

        Args:
            kind: what is wrong.
            request: the request that showed it.
            expected: what Kling would have answered.
            got: what the server answered.
            place: the rule, or the place in the description.
            part: the part that found it. The default is the running part.
            family: the family of the task. The default is the family of the request.
        """
        operation = request.operation
        found = Finding(
            kind,
            part or self.part,
            family or operation.family,
            operation.id,
            str(request),
            expected,
            got,
            place,
        )
        if is_allowed(found, self.allow):
            return
        key: tuple[object, ...] = (kind, found.part, found.family, found.operation)
        if kind in (Kind.STATUS, Kind.CODE):
            # The same wrong code for many broken rules is one difference.
            key += (expected, got)
        else:
            key += (place,)
        with self._lock:
            other = self._found.get(key)
            # The same difference was not seen before.
            if other is None:
                self._found[key] = found
                return
            # Requests end in any order. A report shows the shortest one, so that a second check of
            # the same server gives the same report.
            shortest = min(
                found, other, key=lambda finding: (len(finding.request), finding.request)
            )
            self._found[key] = replace(shortest, times=other.times + 1)

    def add_undecided(self, request: Request, place: str, reason: str) -> None:
        """Add a request that the server accepted. It is not known whether Kling accepts it."""
        operation = request.operation
        entry = Undecided(self.part, operation.family, operation.id, str(request), place, reason)
        with self._lock:
            self._undecided.setdefault((self.part, operation.id, place), entry)

    def skip(self, what: str, reason: str, count: int = 1) -> None:
        """Record what the check did not try.

        Args:
            what: what was left out: a rule, an operation, a group of requests or the whole part.
            reason: why, in a sentence.
            count: how many requests were left out. With 0, nothing is recorded.
        """
        if not count:
            return
        key = (self.part, what, reason)
        with self._lock:
            before = self._skipped.get(key)
            total = count + (before.count if before else 0)
            self._skipped[key] = NotTried(self.part, what, reason, total)

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, the worst first within each family."""
        with self._lock:
            found = list(self._found.values())
        by_other_parts = {
            (finding.kind, finding.operation) for finding in found if finding.part != "replies"
        }

        def is_repeated(finding: Finding) -> bool:
            # The part `replies` also checks the replies that other parts have judged.
            return (
                finding.part == "replies"
                and finding.kind in (Kind.STATUS, Kind.CODE)
                and (finding.kind, finding.operation) in by_other_parts
            )

        def order(finding: Finding) -> tuple[object, ...]:
            return (
                finding.family,
                finding.kind.rank,
                finding.operation,
                finding.place,
                finding.expected,
                finding.got,
            )

        shown = [finding for finding in found if not is_repeated(finding)]
        return tuple(sorted(shown, key=order))

    def undecided(self) -> tuple[Undecided, ...]:
        """Return the requests that are undecided."""
        return tuple(sorted(self._undecided.values(), key=lambda entry: (entry.family, str(entry))))

    def not_tried(self) -> tuple[NotTried, ...]:
        """Return what was not tried, part by part."""
        return tuple(self._skipped.values())
