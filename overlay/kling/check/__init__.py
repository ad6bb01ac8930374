"""Does a server behave like Kling? Contract tests for gateways, relays and other mocks.

    from kling.check import run

    report = run("http://127.0.0.1:8000")
    for finding in report.findings:
        print(finding.family, finding.kind.value, finding.request, finding.expected, finding.got)

Unless `spend` says how many units the tasks may cost, the check sends no request that Kling
accepts. A server that accepts what Kling refuses may still create a task; see `run`.
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
