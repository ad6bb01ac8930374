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
    printable,
    setting,
    undecided,
    verdict,
    widespread,
)

# The browser must not load or run anything, even if a server puts HTML into a text.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html(report: Report) -> str:
    """Return a report as one HTML page, for light and dark, wide and narrow screens."""
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
    groups = findings_by_family(report)
    good = not (report.findings or report.unreachable)
    started = f"{report.started:%Y-%m-%d %H:%M %Z}"
    yield f"<header>\n<h1>kling check {_text(report.url)}</h1>"
    yield f'<p class="verdict {"good" if good else "bad"}">{_text(verdict(report))}</p>'
    yield f'<p class="dim">{_text("; ".join((setting(report), started)))}</p>'
    yield f"<p>{_text(creation_summary(report))}; {len(report.undecided)} undecided; "
    yield f"{sum(entry.count for entry in report.not_tried)} requests not tried</p>\n</header>"
    if many := widespread(report):
        rows = "".join(f"<li>{_text(difference)}</li>" for difference in many)
        yield f"<section>\n<h2>The same in many families</h2>\n<ul>{rows}</ul></section>"
    if len(groups) > 1:
        yield "<nav><ul>"
        for number, (family, findings) in enumerate(groups):
            yield f'<li><a href="#f{number}">{_text(family_name(family))}</a> {len(findings)}</li>'
        yield "</ul></nav>"
    yield "<main>"
    for number, (family, findings) in enumerate(groups):
        name, count = _text(family_name(family)), counted(len(findings), "finding")
        yield f'<section id="f{number}">\n<h2>{name} <small>{count}</small></h2>'
        for kind, group in by_kind(findings):
            yield f"<h3>{_text(kind)}</h3>"
            yield from map(_finding, group)
        yield "</section>"
    yield from _left_out(
        "Accepted, and Kling's own answer is not known", undecided(report, by_family=True)
    )
    yield from _left_out("Not tried", not_tried(report))
    yield from _parts(report)
    yield "</main>"


def _finding(finding: Finding) -> str:
    where = finding.place or finding.operation
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


def _left_out(title: str, groups: list[Group]) -> Iterator[str]:
    if not groups:
        return
    count = sum(group.count for group in groups)
    yield f"<section>\n<h2>{title} <small>{counted(count, 'request')}</small></h2>"
    yield "<details open><summary>By part and reason</summary>"
    yield from _table(
        {"part": "", "requests": "number", "why": "", "what": ""},
        (
            (
                " ".join(filter(None, (group.part, group.family))),
                str(group.count),
                group.reason,
                ", ".join(group.names),
            )
            for group in groups
        ),
    )
    yield "</details>\n</section>"


def _parts(report: Report) -> Iterator[str]:
    if not report.parts:
        return
    why = dict(early_ends(report))
    yield "<section>\n<h2>Parts</h2>"
    yield from _table(
        {"part": "", "requests": "number", "seconds": "number", "ended early": ""},
        (
            (part.name, str(part.requests), f"{part.seconds:.1f}", why.get(part.name, ""))
            for part in report.parts
        ),
    )
    yield "</section>"


def _table(columns: dict[str, str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    heads = "".join(f'<th class="{look}">{name}</th>' for name, look in columns.items())
    yield f'<table class="wide">\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for row in rows:
        cells = zip(columns.items(), row, strict=True)
        yield (
            "<tr>"
            + "".join(
                f'<td class="{look}" data-is="{name}">{_text(cell)}</td>'
                for (name, look), cell in cells
            )
            + "</tr>"
        )
    yield "</tbody>\n</table>"


def _text(text: str) -> str:
    return escape(printable(text))
