"""What every report shares: its groups, its counts in words, and text that is safe to show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from kling.check import Finding, Report

NO_FAMILY = "the whole server"
"""The group of what concerns no one family."""


@dataclass(frozen=True)
class Same:
    """What was left undecided, or was not tried, for one reason."""

    part: str
    family: str
    reason: str
    names: tuple[str, ...]
    """The places, or what was left out."""
    count: int
    """How many requests."""


def shown(text: object) -> str:
    """Return a text in one line, with each character that nobody can see written as an escape."""
    # A server chose it: it must not move a cursor, turn lines around or be no XML.
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in str(text)
    )


def named(family: str) -> str:
    """Return the name of a group."""
    return shown(family) or NO_FAMILY


def families(report: Report) -> list[tuple[str, list[Finding]]]:
    """Return the findings of each family, the worst family and the worst finding first."""
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda one: one.kind.rank):
        groups.setdefault(finding.family, []).append(finding)
    return list(groups.items())


def undecided(report: Report, *, by_family: bool) -> list[Same]:
    """Return what was accepted though nobody knows what Kling does, by part and reason."""
    return _grouped(
        (one.part, one.family if by_family else "", one.reason, one.place, 1)
        for one in report.undecided
    )


def not_tried(report: Report) -> list[Same]:
    """Return what was left out, by part and reason."""
    return _grouped((one.part, "", one.reason, one.what, one.count) for one in report.not_tried)


def _grouped(rows: Iterable[tuple[str, str, str, str, int]]) -> list[Same]:
    # By order of appearance, which is the order of the run.
    keys: dict[tuple[str, str, str], dict[str, int]] = {}
    for *key, name, count in rows:
        names = keys.setdefault((key[0], key[1], key[2]), {})
        names[name] = names.get(name, 0) + count
    return [Same(*key, tuple(names), sum(names.values())) for key, names in keys.items()]


def setting(report: Report) -> str:
    """Say in a line what the server is taken for, and how it was checked."""
    words = [report.server, f"dialect {report.dialect}" if report.dialect else ""]
    return shown(", ".join([*filter(None, words), f"seed {report.seed}"]))


def verdict(report: Report) -> str:
    """Say in a few words how it ended."""
    if report.unreachable:
        return f"the check could not be finished: {shown(report.unreachable)}"
    if not report.findings:
        return "nothing found"
    among = len({one.family for one in report.findings} - {""})
    in_families = f" in {counted(among, 'family', 'families')}" if among else ""
    return f"{counted(len(report.findings), 'finding')}{in_families}"


def summary(report: Report) -> str:
    """Say in a line what was found, sent and spent."""
    sent = sum(part.requests for part in report.parts)
    seconds = sum(part.seconds for part in report.parts)
    return "; ".join(
        [
            verdict(report),
            f"{len(report.undecided)} undecided",
            f"{sum(one.count for one in report.not_tried)} not tried",
            f"{counted(sent, 'request')} in {seconds:.0f} s",
            spent(report),
        ]
    )


def spent(report: Report) -> str:
    """Say how many tasks the server made, and what Kling would want for them."""
    if not report.created:
        return "no task made"
    costs = [f"{_plain(units)} units of {shown(name)}" for name, units in report.units.items()]
    if report.unpriced:
        costs.append(f"{report.unpriced} without a known price")
    return f"{counted(report.created, 'task')} made" + (f" ({', '.join(costs)})" if costs else "")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def stopped(report: Report) -> Iterator[tuple[str, str]]:
    """Yield each part that ended early, and why."""
    return ((shown(one.name), shown(one.stopped)) for one in report.parts if one.stopped)


def by_kind(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the findings of a family that show the same kind of fault, with what it is called."""
    for kind, group in groupby(findings, key=lambda one: one.kind):
        yield kind.value, list(group)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
