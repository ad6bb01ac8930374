"""A file of jobs, JSON lines or CSV: what it holds, and everything that is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kling._cost import Estimate, Total
from kling.batch.errors import BatchError
from kling.batch.file_rows import Unreadable, rows
from kling.batch.job_rows import FileJob, RowReader

# Jobs of a file. It is read as a whole before the first one is sent.
_MOST_JOBS = 100_000
# What is wrong with more lines is hardly typed by hand, and nobody reads it.
_MOST_SHOWN = 1000
_LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Something that is wrong with one line of a file of jobs."""

    line: int
    """The line, from 1 on; 0 for the file as a whole."""
    message: str
    """What is wrong, and what would be right. Never shows a prompt."""


class JobsFileError(BatchError, ValueError):
    """A file of jobs cannot be used as it is."""

    problems: tuple[LineProblem, ...]
    """Everything that is wrong, in the order of the lines."""

    def __init__(self, path: Path, problems: Iterable[LineProblem]) -> None:
        super().__init__()
        self.problems = tuple(problems)
        self.path = path
        self.args = ("\n".join(report_lines(path, self.problems)),)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.path, self.problems)


@dataclass(frozen=True, slots=True)
class JobsFile:
    """What is in a file of jobs."""

    path: Path
    jobs: tuple[FileJob, ...]
    """The jobs in which nothing is wrong, in their order."""
    problems: tuple[LineProblem, ...]
    """Everything that is wrong, in the order of the lines."""
    remarks: tuple[LineProblem, ...]
    """What may be wrong, or would not be done as asked, such as a model that is retired."""
    total: Total
    """What the jobs cost together."""

    def pairs(self) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
        """Yield the jobs as `Batch.add_all` takes them.

        Raises:
            JobsFileError: something is wrong.
        """
        if self.problems:
            raise JobsFileError(self.path, self.problems)
        return ((one.id, (one.operation, one.body)) for one in self.jobs)


def look_at(
    path: str | Path, *, operation: str | None = None, fields: Mapping[str, Any] | None = None
) -> JobsFile:
    """Read a file of jobs and check all of it. Nothing is sent.

    Args:
        path: the file, whose name ends in .jsonl, .csv or .tsv.
        operation: what all jobs are for that do not say it, by any of its names.
        fields: what all jobs have that do not say otherwise, such as {"model_name": "kling-v3"}.

    Raises:
        OSError: the file cannot be read.
        ValueError: its name ends otherwise, or there is no such operation.
    """
    path = Path(path)
    reader = RowReader(path.absolute().parent, operation, fields or {})
    jobs: list[FileJob] = []
    problems: list[LineProblem] = []
    remarks: list[LineProblem] = []
    estimates: dict[Estimate, Estimate] = {}
    costs: list[Estimate] = []
    for row in rows(path):
        if isinstance(row, Unreadable):
            problems.append(LineProblem(row.line, row.message))
            continue
        if len(jobs) == _MOST_JOBS:
            text = f"a file holds at most {_MOST_JOBS} jobs; split it, and add the parts one by one"
            problems.append(LineProblem(row.line, text))
            break
        read = reader.read(row)
        problems += [LineProblem(row.line, text) for text in read.problems]
        remarks += [LineProblem(row.line, text) for text in read.remarks]
        if read.job and read.estimate:
            jobs.append(read.job)
            costs.append(estimates.setdefault(read.estimate, read.estimate))
    if not jobs and not problems:
        problems.append(LineProblem(0, "there is no job in it"))
    return JobsFile(path, tuple(jobs), tuple(problems), tuple(remarks), Total(tuple(costs)))


def read_jobs(
    path: str | Path, *, operation: str | None = None, fields: Mapping[str, Any] | None = None
) -> list[tuple[str, tuple[str, dict[str, Any]]]]:
    """Return the jobs of a file of JSON lines or CSV, as `Batch.add_all` takes them.

        batch.add_all(read_jobs("clips.csv", operation="image_to_video"))

    All of it is checked, rules and files included. Nothing is sent.

    Args:
        path: the file, whose name ends in .jsonl, .csv or .tsv. Paths of media are relative to it.
        operation: what all jobs are for that do not say it, by any of its names.
        fields: what all jobs have that do not say otherwise, such as {"model_name": "kling-v3"}.

    Raises:
        JobsFileError: everything that is wrong, by line.
        OSError: the file cannot be read.
        ValueError: its name ends otherwise, or there is no such operation.
    """
    return list(look_at(path, operation=operation, fields=fields).pairs())


def report_lines(path: Path, problems: Iterable[LineProblem]) -> list[str]:
    """Return problems as lines for people, the same of several lines together."""
    lines: dict[str, list[int]] = {}
    for one in problems:
        lines.setdefault(one.message, []).append(one.line)
    shown = [
        f"{path.name}{_where(numbers)}: {message}"
        for message, numbers in list(lines.items())[:_MOST_SHOWN]
    ]
    more = len(lines) - len(shown)
    return [*shown, f"and {more} more that are not shown"] if more else shown


def _where(lines: list[int]) -> str:
    if not any(lines):
        return ""
    named = ", ".join(map(str, lines[:_LINES_SHOWN]))
    more = f" and {len(lines) - _LINES_SHOWN} more" if lines[_LINES_SHOWN:] else ""
    return f", line{'s' if lines[1:] else ''} {named}{more}"
