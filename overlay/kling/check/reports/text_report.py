"""The report for a terminal: one line for each finding, by family, the worst first."""

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

# How many names a line shows for a group. A group has the requests with the same reason.
_NAMES = 3
# How many characters of a text this report shows. The other reports show all.
_LONGEST = 200
# A narrower terminal is treated as if it had this many columns.
_NARROWEST = 40


def terminal(report: Report, width: int) -> Iterator[str]:
    """Yield the lines of a report; long lines are wrapped and indented.

    Args:
        report: what to show.
        width: the number of columns of the terminal. Less than 40 counts as 40.
    """
    width = max(width, _NARROWEST)
    for line, indent in _lines(report):
        yield from wrap(
            line,
            width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 2),
            break_on_hyphens=False,
        ) or [""]  # wrap returns no line for an empty text


def _lines(report: Report) -> Iterator[tuple[str, int]]:
    """Yield (line, indentation)."""
    yield f"{printable(report.url)}: {setting(report)}", 0
    yield from _section("the same in many families", widespread(report))
    for family, findings in findings_by_family(report):
        yield "", 0
        yield f"{family_name(family)}: {counted(len(findings), 'finding')}", 0
        for kind, group in by_kind(findings):
            yield kind, 2
            yield from ((_finding_line(finding), 4) for finding in group)
    yield from _section(
        "undecided: the server accepted these requests, but Kling may refuse them",
        map(_group_line, undecided(report, by_family=False)),
    )
    yield from _section("not tried", map(_group_line, not_tried(report)))
    ends = [f"{part}: {reason}" for part, reason in early_ends(report)]
    yield from _section("ended early", ends)
    yield "", 0
    yield summary(report), 0


def _finding_line(finding: Finding) -> str:
    times = f", {counted(finding.times, 'request')}" if finding.times > 1 else ""
    return (
        f"{_short(finding.place or finding.operation)}: expected {_short(finding.expected)}; "
        f"got {_short(finding.got)} [{printable(finding.part)}{times}]: {_short(finding.request)}"
    )


def _group_line(group: Group) -> str:
    names = ", ".join(_short(name) for name in group.names[:_NAMES])
    more = len(group.names) - _NAMES
    shown = f"{names} and {more} more" if more > 0 else names
    count = f" ({counted(group.count, 'request')})" if group.count > len(group.names) else ""
    return f"{printable(group.part)}: {shown}{count}: {_short(group.reason)}"


def _section(title: str, lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield a title and its lines; nothing if there are no lines."""
    lines = list(lines)
    if lines:
        yield "", 0
        yield title, 0
        yield from ((line, 2) for line in lines)


def _short(text: str) -> str:
    full = printable(text)
    return full if len(full) <= _LONGEST else f"{full[: _LONGEST - 3]}..."
