"""Does a server behave like Kling? Contract tests for gateways, relays and other mocks."""

from kling.check.findings import Finding, Kind, NotTried, Part, Report, Undecided

__all__ = ["Finding", "Kind", "NotTried", "Part", "Report", "Undecided"]
