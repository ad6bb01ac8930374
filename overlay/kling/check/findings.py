"""The report of a check: the findings, what is undecided, and what was not tried."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum


class Kind(Enum):
    """The kinds of findings, the worst first."""

    ACCEPTED = "a wrong request was accepted"
    UNAUTHORIZED = "a request without valid credentials was answered"
    TASK = "a task was lost, or mixed up with another"
    OUTPUT = "a finished task has no result that can be downloaded"
    REFUSED = "a valid request was refused"
    STATUS = "wrong HTTP status"
    CODE = "wrong error code"
    REPLY = "a reply that the description does not allow"
    LIST = "a list is wrong"
    CALLBACK = "a callback is wrong"
    FUZZ = "found by fuzzing"

    @property
    def rank(self) -> int:
        """The position of this kind in a report; 0 comes first."""
        return list(Kind).index(self)


@dataclass(frozen=True)
class Finding:
    """One way in which the server differs from the description.

    Requests that show the same difference are one finding.
    """

    kind: Kind
    part: str
    """The part of the check that found it, such as refusals."""
    family: str
    """The family, such as text_to_video; empty if the finding is about several families."""
    operation: str
    """The operationId; empty if the finding is about several operations."""
    request: str
    """The first request that showed it, shortened to one line."""
    expected: str
    got: str
    place: str
    """The rule, such as text-to-video.sound-models, or the place in the description."""
    times: int = 1
    """How many requests showed it."""


@dataclass(frozen=True)
class Undecided:
    """A request that the server accepted. It is not known whether Kling accepts it."""

    part: str
    family: str
    operation: str
    request: str
    place: str
    reason: str


@dataclass(frozen=True)
class NotTried:
    """What the check left out."""

    part: str
    what: str
    """A rule, an operation, a group of requests, or the whole part."""
    reason: str
    count: int = 1
    """How many requests were left out."""


@dataclass(frozen=True)
class Part:
    """The outcome of one part of the check."""

    name: str
    requests: int
    """How many requests it sent."""
    seconds: float
    stopped: str = ""
    """Why the part ended early; empty if it did not."""
    families: dict[str, int] = field(default_factory=dict)
    """How many requests the part sent, by family; for the part replies, how many it compared."""


@dataclass(frozen=True)
class Report:
    """The outcome of a check."""

    url: str
    """The address, without credentials."""
    server: str
    """What kind of server it is, such as "a kling mock on this machine"."""
    dialect: str
    seed: int
    started: datetime
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    """The findings, sorted by family, the worst first within each family."""
    undecided: tuple[Undecided, ...]
    not_tried: tuple[NotTried, ...]
    created: int = 0
    """How many tasks the server created, according to its replies."""
    units: dict[str, Decimal] = field(default_factory=dict)
    """What these tasks cost by Kling's price list: units by kind of package, such as video."""
    unpriced: int = 0
    """How many of the created tasks have no known price."""
    unreachable: str = ""
    """Why the check could not be finished; empty if it was finished."""

    @property
    def exit_code(self) -> int:
        """0: there are no findings; 1: there are findings; 2: the check could not be finished."""
        if self.unreachable:
            return 2
        return 1 if self.findings else 0


class InterruptedCheck(KeyboardInterrupt):
    """The user interrupted the check. It may have created tasks before that."""

    def __init__(self, report: Report) -> None:
        super().__init__("the check was interrupted")
        self.report = report
        """What was found and created before the interrupt."""
