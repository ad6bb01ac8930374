"""`pytest --kling-check URL`: check a server as `kling check` does, and show the result as tests.

There is one test for each part of the check, such as refusals, in each family, such as
text_to_video.
"""

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
# This part sends nothing: it checks the replies to the requests of the other parts. In the report,
# these requests also count as its own.
_SENDS_NOTHING = "replies"


class DiffersError(Exception):
    """The server differs from Kling. The text lists the differences."""


class Check(pytest.Collector):
    """The tests of one server. The check runs when the first of them runs."""

    report: Report | None = None

    def collect(self) -> Iterator["Family"]:
        """Yield the families to check."""
        known = {
            operation.family
            for operation in load(option_of(self.config, "dialect")).operations.values()
        }
        wanted = {name.replace("-", "_") for name in option_of(self.config, "only")}
        if unknown := wanted - known:
            raise pytest.UsageError(
                f"--kling-check-only: there is no family {min(unknown)}; to list all families, "
                "run: kling operations"
            )
        families = wanted or known  # by default all
        return (Family.from_parent(self, name=name) for name in sorted(families))

    def report_of(self, tests: list["Part"]) -> Report:
        """Return the report. The first call runs the check, for the selected tests only."""
        if self.report is None:
            selected = {test.name for test in tests}
            # `replies` checks the replies to the requests of the other parts. So if it is the only
            # selected part, the other parts have to run too. If all parts run, pass USUAL itself,
            # because `run` tests `is USUAL`: with any other value, even an equal one, it assumes
            # that the user has named the parts, and reports it if no callback came.
            runs_all = selected == {_SENDS_NOTHING} or selected == set(USUAL)
            self.report = run(
                option_of(self.config, "url"),
                parts=USUAL if runs_all else selected,
                only={test.family for test in tests},
                allow=option_of(self.config, "allow"),
                dialect=option_of(self.config, "dialect"),
                spend=option_of(self.config, "spend") or None,
                webhook_secret=os.environ.get("KLING_WEBHOOK_SECRET"),
            )
        return self.report


class Family(pytest.Collector):
    """The tests of one family."""

    def collect(self) -> Iterator["Part"]:
        """Yield a test for each part of the check."""
        return (Part.from_parent(self, name=part) for part in USUAL)


class Part(pytest.Item):
    """A test: the findings of one part of a check in one family."""

    @property
    def family(self) -> str:
        """The name of the family."""
        return str(self.parent.name) if self.parent else ""

    def runtest(self) -> None:
        """Fail if there are findings; skip the test if nothing was sent."""
        check = self.getparent(Check)
        assert check is not None
        tests = [item for item in self.session.items if isinstance(item, Part)]
        report = check.report_of(tests)
        if report.unreachable:
            raise DiffersError("\n".join(terminal(report, _WIDTH)))
        same_part = [test for test in tests if test.name == self.name]
        own_report = self._own_report(report, same_part)
        if own_report.findings:
            raise DiffersError("\n".join(terminal(own_report, _WIDTH)))
        requests = sum(part.families.get(self.family, 0) for part in own_report.parts)
        if requests == 0:
            reasons = dict.fromkeys(entry.reason for entry in own_report.not_tried)
            pytest.skip(" ".join(reasons) or "this part sends no requests of this family")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the findings without a traceback."""
        if isinstance(excinfo.value, DiffersError | ValueError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the heading under which pytest shows a failure."""
        return self.path, None, f"kling check > {self.family} > {self.name}"

    def _own_report(self, report: Report, tests: list["Part"]) -> Report:
        """Return a report with only what belongs to this test.

        Args:
            report: the report of the whole check.
            tests: the selected tests of this part, one for each family.
        """
        families = {test.family for test in tests}

        def is_own(family: str) -> bool:
            # The first test also shows the findings of families that have no test, such as findings
            # about a query that many families share.
            return family == self.family or (self is tests[0] and family not in families)

        return replace(
            report,
            parts=tuple(part for part in report.parts if part.name == self.name),
            findings=tuple(
                finding
                for finding in report.findings
                if finding.part == self.name and is_own(finding.family)
            ),
            undecided=(),
            not_tried=tuple(entry for entry in report.not_tried if entry.part == self.name),
        )


def option_of(config: pytest.Config, name: str) -> Any:
    """Return the value of an option, from the command line or from the configuration file."""
    option = "kling_check" if name == "url" else f"kling_check_{name}"
    return config.getoption(option) or config.getini(option)


def add_tests(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the tests of the check to the collected ones."""
    check = Check.from_parent(session, name=ROOT, nodeid=ROOT)
    items += [test for family in check.collect() for test in family.collect()]
