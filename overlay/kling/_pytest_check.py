"""`pytest --kling-check URL`: a check of a server as tests, one for each family and part."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kling.check import USUAL, Report, run
from kling.check.reports import terminal
from kling.description import load

ROOT = "kling_check"
_WIDTH = 100
# It looks at what the other parts get, and sends nothing itself.
_LOOKS_ON = "replies"


class DiffersError(Exception):
    """The server differs from Kling; the text says how."""


class Check(pytest.Collector):
    """The tests of one server; the check itself runs when the first of them does."""

    report: Report | None = None

    def collect(self) -> Iterator["Family"]:
        """Yield the families that are checked."""
        known = {one.family for one in load(given(self.config, "dialect")).operations.values()}
        wanted = {one.replace("-", "_") for one in given(self.config, "only")}
        if strange := wanted - known:
            raise pytest.UsageError(f"--kling-check-only: there is no family {min(strange)}")
        return (Family.from_parent(self, name=name) for name in sorted(wanted or known))

    def report_of(self, tests: list["Part"]) -> Report:
        """Return the report of a run that sends what the selected tests are about."""
        if self.report is None:
            parts = {one.name for one in tests}
            self.report = run(
                given(self.config, "url"),
                parts=USUAL if parts in ({_LOOKS_ON}, set(USUAL)) else parts,
                only={one.family for one in tests},
                allow=given(self.config, "allow"),
                dialect=given(self.config, "dialect"),
                spend=given(self.config, "spend") or None,
                webhook_secret=os.environ.get("KLING_WEBHOOK_SECRET"),
            )
        return self.report


class Family(pytest.Collector):
    """The tests of one family."""

    def collect(self) -> Iterator["Part"]:
        """Yield a test for each part of the check."""
        return (Part.from_parent(self, name=part) for part in USUAL)


class Part(pytest.Item):
    """What one part of a check says of one family."""

    @property
    def family(self) -> str:
        """The family."""
        return str(self.parent.name) if self.parent else ""

    def runtest(self) -> None:
        """Fail with what was found; skip if nothing was sent."""
        check = self.getparent(Check)
        assert check is not None
        tests = [one for one in self.session.items if isinstance(one, Part)]
        report = check.report_of(tests)
        if report.unreachable:
            raise DiffersError("\n".join(terminal(report, _WIDTH)))
        mine = self._part_of(report, [one for one in tests if one.name == self.name])
        if mine.findings:
            raise DiffersError("\n".join(terminal(mine, _WIDTH)))
        if not sum(part.families.get(self.family, 0) for part in mine.parts):
            reasons = dict.fromkeys(one.reason for one in mine.not_tried)
            pytest.skip(" ".join(reasons) or "nothing of this part is about this family")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what was found, without the lines of Python that found it."""
        if isinstance(excinfo.value, DiffersError | ValueError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the name that a failure is shown under."""
        return self.path, None, f"kling check > {self.family} > {self.name}"

    def _part_of(self, report: Report, tests: list["Part"]) -> Report:
        """Return what a report says of this part and family."""
        families = {one.family for one in tests}

        def is_mine(family: str) -> bool:
            # The first test tells of what has none, such as a query that many families share.
            return family == self.family or (self is tests[0] and family not in families)

        return replace(
            report,
            parts=tuple(one for one in report.parts if one.name == self.name),
            findings=tuple(
                one for one in report.findings if one.part == self.name and is_mine(one.family)
            ),
            undecided=(),
            not_tried=tuple(one for one in report.not_tried if one.part == self.name),
        )


def given(config: pytest.Config, name: str) -> Any:
    """Return an option of the command line, or what the configuration file says."""
    option = "kling_check" if name == "url" else f"kling_check_{name}"
    return config.getoption(option) or config.getini(option)


def add_to(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the tests of the check to those that were collected."""
    check = Check.from_parent(session, name=ROOT, nodeid=ROOT)
    items += [test for family in check.collect() for test in family.collect()]
