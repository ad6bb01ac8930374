"""Does a server behave like Kling? Contract tests for gateways, relays and other mocks.

    from kling.check import run

    report = run("http://127.0.0.1:8000")
    for finding in report.findings:
        print(finding.family, finding.kind.value, finding.request, finding.expected, finding.got)

A family is a group of endpoints, such as text_to_video.

By default, the check sends only reads, and create requests that Kling refuses. To let it create
tasks, set `spend` to the number of units that they may cost. Even without `spend`, a server may
create a task if it accepts a create request that Kling refuses; see `run`.
"""

from kling.check.findings import Finding, InterruptedCheck, Kind, NotTried, Part, Report, Undecided
from kling.check.running import PARTS, USUAL, run

__all__ = [
    "PARTS",
    "USUAL",
    "Finding",
    "InterruptedCheck",
    "Kind",
    "NotTried",
    "Part",
    "Report",
    "Undecided",
    "run",
]
