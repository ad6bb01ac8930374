"""What all reports share: groups of findings, counts in words, and text that is safe to show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from kling.check import Finding, Kind, Report

# If this many families or more have the same difference, the report says so at the top.
_MANY = 3

NO_FAMILY = "the whole server"
"""The group of findings that are not about one family."""


@dataclass(frozen=True)
class Group:
    """Requests that are undecided, or were not tried, for the same reason.

    A request is undecided if the server accepted it, but Kling may refuse it.
    """

    part: str
    family: str
    reason: str
    names: tuple[str, ...]
    """The places of undecided requests, or descriptions of the requests that were not tried."""
    count: int
    """How many requests the group has."""


def printable(text: object) -> str:
    """Return a text in one line, with an escape for each character that is not printable."""
    # The text may come from the server: it must not control a terminal or break the XML.
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in str(text)
    )


def family_name(family: str) -> str:
    """Return the name to show for a family."""
    return printable(family) or NO_FAMILY


def findings_by_family(report: Report) -> list[tuple[str, list[Finding]]]:
    """Return each family with its findings, the worst first.

    The family that has the worst finding of all comes first.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda finding: finding.kind.rank):
        groups.setdefault(finding.family, []).append(finding)
    return list(groups.items())


def widespread(report: Report) -> list[str]:
    """Return a line for each difference that many families have, the most frequent first."""
    families_with: dict[str, set[str]] = {}
    for finding in report.findings:
        # Of a place in a reply, such as "TaskReply: data.task_status", use only the field, because
        # the schema before it often belongs to one family. Compare other findings without places.
        field = finding.place.partition(": ")[2] if finding.kind is Kind.REPLY else ""
        where = f"{finding.kind.value}: {field}" if field else finding.kind.value
        difference = f"{where}: expected {finding.expected}; got {finding.got} [{finding.part}]"
        families_with.setdefault(difference, set()).add(finding.family)
    most_frequent_first = sorted(
        families_with, key=lambda difference: -len(families_with[difference])
    )
    lines = []
    for difference in most_frequent_first:
        number = len(families_with[difference])
        if number >= _MANY:
            lines.append(printable(f"{counted(number, 'family', 'families')}: {difference}"))
    return lines


def undecided(report: Report, *, by_family: bool) -> list[Group]:
    """Return the undecided requests, grouped by part and reason."""
    return _grouped(
        (entry.part, entry.family if by_family else "", entry.reason, entry.place, 1)
        for entry in report.undecided
    )


def not_tried(report: Report) -> list[Group]:
    """Return what was not tried, grouped by part and reason."""
    return _grouped(
        (entry.part, "", entry.reason, entry.what, entry.count) for entry in report.not_tried
    )


def _grouped(rows: Iterable[tuple[str, str, str, str, int]]) -> list[Group]:
    """Group rows of (part, family, reason, name, count), in the order in which they come."""
    groups: dict[tuple[str, str, str], dict[str, int]] = {}
    for part, family, reason, name, count in rows:
        counts = groups.setdefault((part, family, reason), {})
        counts[name] = counts.get(name, 0) + count
    return [Group(*key, tuple(counts), sum(counts.values())) for key, counts in groups.items()]


def setting(report: Report) -> str:
    """Say in one line what kind of server was checked, with which dialect and seed."""
    dialect = f", dialect {report.dialect}" if report.dialect else ""
    return printable(f"{report.server}{dialect}, seed {report.seed}")


def outcome(report: Report) -> str:
    """Say in a few words how the check ended."""
    if report.unreachable:
        return f"the check could not be finished: {printable(report.unreachable)}"
    if not report.findings:
        return "nothing found"
    families = {finding.family for finding in report.findings if finding.family}
    in_families = f" in {counted(len(families), 'family', 'families')}" if families else ""
    return f"{counted(len(report.findings), 'finding')}{in_families}"


def summary(report: Report) -> str:
    """Say in one line what was found, sent and spent."""
    sent = sum(part.requests for part in report.parts)
    seconds = sum(part.seconds for part in report.parts)
    return "; ".join(
        [
            outcome(report),
            f"{len(report.undecided)} undecided",
            f"{sum(entry.count for entry in report.not_tried)} not tried",
            f"{counted(sent, 'request')} in {seconds:.0f} s",
            creation_summary(report),
        ]
    )


def creation_summary(report: Report) -> str:
    """Say how many tasks the server created, and what Kling would charge for them."""
    if not report.created:
        return "no tasks created"
    costs = [f"{_plain(units)} units of {printable(name)}" for name, units in report.units.items()]
    if report.unpriced:
        costs.append(f"{report.unpriced} without a known price")
    return f"{counted(report.created, 'task')} created" + (
        f" ({', '.join(costs)})" if costs else ""
    )


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun. The default plural ends with "s"."""
    if number == 1:
        return f"1 {singular}"
    return f"{number} {plural or singular + 's'}"


def early_ends(report: Report) -> Iterator[tuple[str, str]]:
    """Yield each part that ended early, and why."""
    return (
        (printable(part.name), printable(part.stopped)) for part in report.parts if part.stopped
    )


def by_kind(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Yield (kind in words, findings of this kind). The findings must be sorted by kind."""
    for kind, group in groupby(findings, key=lambda finding: finding.kind):
        yield kind.value, list(group)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
