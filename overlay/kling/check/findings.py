"""What a check of a server found, what it left open, and what it did not try."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum


class Kind(Enum):
    """What is wrong, the worst first."""

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
        """Its place in a report: 0 comes first."""
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
    """The family, such as text_to_video; empty where it concerns no one family."""
    operation: str
    """The operationId; empty where it concerns no one operation."""
    request: str
    """The short form of the first such request, in one line; it can be sent again by hand."""
    expected: str
    got: str
    place: str
    """The rule, such as text-to-video.sound-models, or the place in the description."""
    times: int = 1
    """How many requests showed it."""


@dataclass(frozen=True)
class Undecided:
    """A request that the server accepted, where nobody knows what Kling does with it."""

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
    """Such as a rule, an operation, or all of the part."""
    reason: str
    count: int = 1
    """How many requests that would have been."""


@dataclass(frozen=True)
class Part:
    """What became of one part of the check."""

    name: str
    requests: int
    """How many requests it sent."""
    seconds: float
    stopped: str = ""
    """Why it ended early; empty if it did not."""
    families: dict[str, int] = field(default_factory=dict)
    """How many requests it looked at, by family."""


@dataclass(frozen=True)
class Report:
    """The outcome of a check."""

    url: str
    """The address, without credentials."""
    server: str
    """What the server is taken for, such as "a kling mock on this machine"."""
    dialect: str
    seed: int
    started: datetime
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    """Sorted: the worst first within each family."""
    undecided: tuple[Undecided, ...]
    not_tried: tuple[NotTried, ...]
    created: int = 0
    """How many tasks the server said that it had made."""
    units: dict[str, Decimal] = field(default_factory=dict)
    """What they cost by the price list, in Kling units of each package, such as video."""
    unpriced: int = 0
    """How many of them no source states a price for."""
    unreachable: str = ""
    """Why the check could not be finished; empty if it was."""

    @property
    def exit_code(self) -> int:
        """0: nothing was found; 1: something was; 2: the check could not be finished."""
        return 2 if self.unreachable else 1 if self.findings else 0


class InterruptedCheck(KeyboardInterrupt):
    """A check was interrupted, and may have made tasks by then."""

    def __init__(self, report: Report) -> None:
        super().__init__("the check was interrupted")
        self.report = report
        """What was found and made until then."""
