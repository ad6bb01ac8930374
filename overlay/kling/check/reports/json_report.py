"""The report for programs, as values that JSON can express."""

from typing import Any

from kling.check import Finding, Report

VERSION = 1
"""The version of the format. It grows when a key is renamed or removed, or changes its meaning."""


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as values for JSON.

    - `version`: 1, the version of this format.
    - `url`, `server`, `dialect`, `seed`: what was checked, and how.
    - `started`: when, in ISO 8601.
    - `exit_code`: 0, 1 or 2, the exit code of the command.
    - `unreachable`: why the check was not finished.
    - `parts`: a list of `name`, `requests`, `seconds`, `stopped` and `families`. `stopped` says why
      the part ended early. `families` has the number of requests that the part covered, by family.
    - `findings`: a list, the worst first within each family. `kind` is a name of `Kind` in lower
      case, such as "accepted", and `meaning` is the same in words. `times` is how many requests
      showed the finding. The other keys are `part`, `family`, `operation`, `request`, `expected`,
      `got` and `place`.
    - `undecided`: a list of `part`, `family`, `operation`, `request`, `place` and `reason`.
    - `not_tried`: a list of `part`, `what`, `reason` and `count`. `count` is how many requests were
      left out.
    - `created`: how many tasks the server created.
    - `units`: what these tasks cost by the price list, as decimal texts by package.
    - `unpriced`: how many of these tasks have no known price.

    Texts from the server are unchanged, so they may contain control characters.
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
        "undecided": [vars(entry) for entry in report.undecided],
        "not_tried": [vars(entry) for entry in report.not_tried],
        "created": report.created,
        "units": {package: f"{units:f}" for package, units in report.units.items()},
        "unpriced": report.unpriced,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    kind = finding.kind
    return {"kind": kind.name.lower(), "meaning": kind.value} | {
        name: value for name, value in vars(finding).items() if name != "kind"
    }
