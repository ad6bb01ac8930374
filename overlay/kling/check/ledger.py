"""The findings so far, with what stays undecided and what was not tried."""

import threading
from dataclasses import replace

from kling.check.allowances import is_allowed
from kling.check.exchanges import Request
from kling.check.findings import Finding, Kind, NotTried, Undecided


class Ledger:
    """Collects what a check finds. Its methods may be called from any thread.

    Args:
        allow: what the user allows; findings about it are left out.
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
        """Add a difference. Requests that show the same difference are counted as one finding.

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
        by_rule = kind not in (Kind.STATUS, Kind.CODE)
        shown = (place,) if by_rule else (expected, got)
        key = (kind, found.part, found.family, found.operation, *shown)
        with self._lock:
            other = self._found.get(key)
            if other is None:
                self._found[key] = found
                return
            # Requests in flight finish in any order; show the same one each time.
            first = min(found, other, key=lambda finding: (len(finding.request), finding.request))
            self._found[key] = replace(first, times=other.times + 1)

    def add_undecided(self, request: Request, place: str, reason: str) -> None:
        """Add a request that the server accepted, although Kling's own answer is not known."""
        operation = request.operation
        one = Undecided(self.part, operation.family, operation.id, str(request), place, reason)
        with self._lock:
            self._undecided.setdefault((self.part, operation.id, place), one)

    def skip(self, what: str, reason: str, count: int = 1) -> None:
        """Note what the check did not try; a count of 0 notes nothing."""
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
        judged = {
            (finding.kind, finding.operation) for finding in found if finding.part != "replies"
        }
        # The part replies checks every reply, so it repeats what another part has found.
        kept = [
            finding
            for finding in found
            if finding.part != "replies"
            or finding.kind not in (Kind.STATUS, Kind.CODE)
            or (finding.kind, finding.operation) not in judged
        ]
        order = ("family", "operation", "place", "expected", "got")
        return tuple(
            sorted(
                kept,
                key=lambda finding: (
                    finding.family,
                    finding.kind.rank,
                    *(getattr(finding, name) for name in order[1:]),
                ),
            )
        )

    def undecided(self) -> tuple[Undecided, ...]:
        """Return the requests that stay undecided."""
        return tuple(sorted(self._undecided.values(), key=lambda entry: (entry.family, str(entry))))

    def not_tried(self) -> tuple[NotTried, ...]:
        """Return what was not tried, part by part."""
        return tuple(self._skipped.values())
