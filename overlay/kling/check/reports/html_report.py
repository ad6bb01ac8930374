"""The report as one HTML file, which loads nothing else."""

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from kling.check import Finding, Report
from kling.check.reports.groups import (
    Group,
    by_kind,
    counted,
    creation_summary,
    early_ends,
    family_name,
    findings_by_family,
    not_tried,
    outcome,
    printable,
    setting,
    undecided,
    widespread,
)

# The browser must not load or run anything, even if a server puts HTML into a text.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# The columns that contain numbers; these are aligned on the right.
_NUMBERS = ("requests", "seconds")


def html(report: Report) -> str:
    """Return a report as one HTML page. It adapts to dark mode and to narrow screens."""
    css = files("kling.check.reports").joinpath("html_report.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>kling check {_text(report.url)}</title>",
            f"<style>\n{css}</style>\n</head>\n<body>",
            *_body(report),
            "</body>\n</html>\n",
        ]
    )


def _body(report: Report) -> Iterator[str]:
    families = findings_by_family(report)
    color = "bad" if report.findings or report.unreachable else "good"
    started = f"{report.started:%Y-%m-%d %H:%M %Z}"
    yield f"<header>\n<h1>kling check {_text(report.url)}</h1>"
    yield f'<p class="outcome {color}">{_text(outcome(report))}</p>'
    yield f'<p class="dim">{_text(f"{setting(report)}; {started}")}</p>'
    yield f"<p>{_text(creation_summary(report))}; {len(report.undecided)} undecided; "
    left_out = sum(entry.count for entry in report.not_tried)
    yield f"{counted(left_out, 'request')} not tried</p>\n</header>"
    differences = widespread(report)
    if differences:
        rows = "".join(f"<li>{_text(difference)}</li>" for difference in differences)
        yield f"<section>\n<h2>The same in many families</h2>\n<ul>{rows}</ul></section>"
    if len(families) > 1:
        yield "<nav><ul>"
        for number, (family, findings) in enumerate(families):
            yield f'<li><a href="#f{number}">{_text(family_name(family))}</a> {len(findings)}</li>'
        yield "</ul></nav>"
    yield "<main>"
    for number, (family, findings) in enumerate(families):
        name, count = _text(family_name(family)), counted(len(findings), "finding")
        yield f'<section id="f{number}">\n<h2>{name} <small>{count}</small></h2>'
        for kind, findings_of_kind in by_kind(findings):
            yield f"<h3>{_text(kind)}</h3>"
            yield from map(_finding, findings_of_kind)
        yield "</section>"
    yield from _grouped_by_reason(
        "Undecided: the server accepted these requests, but Kling may refuse them",
        undecided(report, by_family=True),
    )
    yield from _grouped_by_reason("Not tried", not_tried(report))
    yield from _parts(report)
    yield "</main>"


def _finding(finding: Finding) -> str:
    where = finding.place or finding.operation
    # A row without a value is left out. So is the operation if `where` names it already.
    rows = {
        "place": f"<strong>{_text(where)}</strong>",
        "expected": _text(finding.expected),
        "got": f"<code>{_text(finding.got)}</code>",
        "request": f"<code>{_text(finding.request)}</code>",
        "found by": f"{_text(finding.part)}, {counted(finding.times, 'request')}",
        "operation": _text(finding.operation if finding.operation not in where else ""),
    }
    inner = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows.items() if value)
    return f"<article><dl>{inner}</dl></article>"


def _grouped_by_reason(title: str, groups: list[Group]) -> Iterator[str]:
    if not groups:
        return
    count = sum(group.count for group in groups)
    yield f"<section>\n<h2>{title} <small>{counted(count, 'request')}</small></h2>"
    yield "<details open><summary>By part and reason</summary>"
    rows = []
    for group in groups:
        part = f"{group.part} {group.family}" if group.family else group.part
        rows.append((part, str(group.count), group.reason, ", ".join(group.names)))
    yield from _table(("part", "requests", "why", "what"), rows)
    yield "</details>\n</section>"


def _parts(report: Report) -> Iterator[str]:
    if not report.parts:
        return
    reasons = dict(early_ends(report))
    rows = [
        (part.name, str(part.requests), f"{part.seconds:.1f}", reasons.get(part.name, ""))
        for part in report.parts
    ]
    yield "<section>\n<h2>Parts</h2>"
    yield from _table(("part", "requests", "seconds", "ended early"), rows)
    yield "</section>"


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    classes = ["number" if column in _NUMBERS else "" for column in columns]
    heads = (
        f'<th class="{css}">{column}</th>' for column, css in zip(columns, classes, strict=True)
    )
    yield f'<table class="wide">\n<thead><tr>{"".join(heads)}</tr></thead>\n<tbody>'
    for row in rows:
        yield "<tr>"
        for column, css, cell in zip(columns, classes, row, strict=True):
            # On narrow screens, the style sheet shows data-is before the text of a cell.
            yield f'<td class="{css}" data-is="{column}">{_text(cell)}</td>'
        yield "</tr>"
    yield "</tbody>\n</table>"


def _text(text: str) -> str:
    return escape(printable(text))
