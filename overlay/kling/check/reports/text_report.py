"""The report for a terminal: by family, the worst first, one line for each finding."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from kling.check import Finding, Report
from kling.check.reports.groups import (
    Group,
    by_kind,
    counted,
    early_ends,
    family_name,
    findings_by_family,
    not_tried,
    printable,
    setting,
    summary,
    undecided,
    widespread,
)

# How many names a line about many rules shows.
_NAMES = 3
# Characters to show of a text of the server or of a request; the other reports show all.
_LONGEST = 200
_NARROWEST = 40


def terminal(report: Report, width: int) -> Iterator[str]:
    """Yield the lines of a report; long lines are wrapped and indented.

    Args:
        report: what to show.
        width: the number of columns of the terminal; 40 if it is less.
    """
    width = max(width, _NARROWEST)
    for line, indent in _lines(report):
        yield from wrap(
            line,
            width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 2),
            break_on_hyphens=False,
        ) or [""]


def _lines(report: Report) -> Iterator[tuple[str, int]]:
    yield f"{printable(report.url)}: {setting(report)}", 0
    for number, difference in enumerate(widespread(report)):
        if not number:
            yield "", 0
            yield "the same in many families", 0
        yield difference, 2
    for family, findings in findings_by_family(report):
        yield "", 0
        yield f"{family_name(family)}: {counted(len(findings), 'finding')}", 0
        for kind, group in by_kind(findings):
            yield kind, 2
            yield from ((_one_finding(finding), 4) for finding in group)
    yield from _section(
        "accepted, and Kling's own answer is not known", undecided(report, by_family=False)
    )
    yield from _section("not tried", not_tried(report))
    yield from _early_ends(report)
    yield "", 0
    yield summary(report), 0


def _one_finding(finding: Finding) -> str:
    times = f", {counted(finding.times, 'request')}" if finding.times > 1 else ""
    return (
        f"{_short(finding.place or finding.operation)}: expected {_short(finding.expected)}; "
        f"got {_short(finding.got)} [{printable(finding.part)}{times}]: {_short(finding.request)}"
    )


def _section(title: str, groups: Iterable[Group]) -> Iterator[tuple[str, int]]:
    for number, same in enumerate(groups):
        if not number:
            yield "", 0
            yield title, 0
        names = ", ".join(_short(name) for name in same.names[:_NAMES])
        more = len(same.names) - _NAMES
        among = f"{names} and {more} more" if more > 0 else names
        count = f" ({counted(same.count, 'request')})" if same.count > len(same.names) else ""
        yield f"{printable(same.part)}: {among}{count}: {_short(same.reason)}", 2


def _early_ends(report: Report) -> Iterator[tuple[str, int]]:
    for number, (part, why) in enumerate(early_ends(report)):
        if not number:
            yield "", 0
            yield "ended early", 0
        yield f"{part}: {why}", 2


def _short(text: str) -> str:
    whole = printable(text)
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 3]}..."
