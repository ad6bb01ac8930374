"""What all reports share: groups, counts in words, and text that is safe to show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from kling.check import Finding, Kind, Report

# From this number of families on, the report says at the top that they differ in the same way.
_MANY = 3

NO_FAMILY = "the whole server"
"""The group of findings that are not about one family."""


@dataclass(frozen=True)
class Group:
    """What is undecided, or was not tried, for the same reason."""

    part: str
    family: str
    reason: str
    names: tuple[str, ...]
    """The places of undecided requests, or what was left out."""
    count: int
    """How many requests these are."""


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
    """Return the findings by family; the worst family and the worst finding come first."""
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda finding: finding.kind.rank):
        groups.setdefault(finding.family, []).append(finding)
    return list(groups.items())


def widespread(report: Report) -> list[str]:
    """Say which differences many families have, the most frequent first."""
    families: dict[tuple[str, str, str, str, str], set[str]] = {}
    for finding in report.findings:
        # The field of a reply says more than its schema, which often belongs to one family.
        field = finding.place.partition(": ")[2] if finding.kind is Kind.REPLY else ""
        difference = (finding.part, finding.kind.value, field, finding.expected, finding.got)
        families.setdefault(difference, set()).add(finding.family)
    lines = []
    for difference, among in sorted(families.items(), key=lambda one: -len(one[1])):
        if len(among) >= _MANY:
            part, kind, field, expected, got = difference
            where = f"{kind}: {field}" if field else kind
            number = counted(len(among), "family", "families")
            line = f"{number}: {where}: expected {expected}; got {got} [{part}]"
            lines.append(printable(line))
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
    # In the order of appearance, which is the order of the run.
    keys: dict[tuple[str, str, str], dict[str, int]] = {}
    for *key, name, count in rows:
        names = keys.setdefault((key[0], key[1], key[2]), {})
        names[name] = names.get(name, 0) + count
    return [Group(*key, tuple(names), sum(names.values())) for key, names in keys.items()]


def setting(report: Report) -> str:
    """Say in one line what kind of server it is, and how it was checked."""
    words = [report.server, f"dialect {report.dialect}" if report.dialect else ""]
    return printable(", ".join([*filter(None, words), f"seed {report.seed}"]))


def verdict(report: Report) -> str:
    """Say in a few words how the check ended."""
    if report.unreachable:
        return f"the check could not be finished: {printable(report.unreachable)}"
    if not report.findings:
        return "nothing found"
    among = len({finding.family for finding in report.findings} - {""})
    in_families = f" in {counted(among, 'family', 'families')}" if among else ""
    return f"{counted(len(report.findings), 'finding')}{in_families}"


def summary(report: Report) -> str:
    """Say in one line what was found, sent and spent."""
    sent = sum(part.requests for part in report.parts)
    seconds = sum(part.seconds for part in report.parts)
    return "; ".join(
        [
            verdict(report),
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


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, in the singular or plural."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def early_ends(report: Report) -> Iterator[tuple[str, str]]:
    """Yield each part that ended early, and why."""
    return (
        (printable(part.name), printable(part.stopped)) for part in report.parts if part.stopped
    )


def by_kind(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the findings of a family by kind, each with the words for the kind."""
    for kind, group in groupby(findings, key=lambda finding: finding.kind):
        yield kind.value, list(group)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
