"""The report for programs, ready for JSON."""

from typing import Any

from kling.check import Finding, Report

VERSION = 1
"""Of the form; it grows when a key is renamed, removed, or means something else."""


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON has it.

    - `version`: 1, of this form.
    - `url`, `server`, `dialect`, `seed`: what was checked, and how.
    - `started`: when, in ISO 8601.
    - `exit_code`: 0, 1 or 2, as the command ends; `unreachable`: why it was not finished.
    - `parts`: `name`, `requests`, `seconds`, and `stopped`, why it ended early, for each part;
      `families`, how many requests it looked at, by family.
    - `findings`: `kind`, one of the names of `Kind` in lower case, such as "accepted"; `meaning`,
      the same in words; `part`, `family`, `operation`, `request`, `expected`, `got`, `place`, and
      `times`, how many requests showed it. The worst come first within each family.
    - `undecided`: `part`, `family`, `operation`, `request`, `place` and `reason` of each.
    - `not_tried`: `part`, `what`, `reason`, and `count`, how many requests that would have been.
    - `created`: tasks that the server made; `units`: what they cost by the price list, as decimal
      texts by package; `unpriced`: how many have no known price.

    Texts are as the server sent them, control characters and all.
    """
    return {
        "version": VERSION,
        "url": report.url,
        "server": report.server,
        "dialect": report.dialect,
        "seed": report.seed,
        "started": report.started.isoformat(),
        "exit_code": report.exit_code,
        "unreachable": report.unreachable,
        "parts": [vars(part) for part in report.parts],
        "findings": [_finding(finding) for finding in report.findings],
        "undecided": [vars(one) for one in report.undecided],
        "not_tried": [vars(one) for one in report.not_tried],
        "created": report.created,
        "units": {package: f"{units:f}" for package, units in report.units.items()},
        "unpriced": report.unpriced,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    kind = finding.kind
    return {"kind": kind.name.lower(), "meaning": kind.value} | {
        name: value for name, value in vars(finding).items() if name != "kind"
    }
