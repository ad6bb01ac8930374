"""A jobs file, in JSON lines or CSV: its jobs, and everything that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kling._cost import Estimate, Total
from kling.batch.errors import BatchError
from kling.batch.file_rows import Unreadable, rows
from kling.batch.job_rows import FileJob, RowReader

# How many jobs a file may have. The whole file is read before its first job is sent.
_MOST_JOBS = 100_000
# How many different problems to show.
_MOST_SHOWN = 1000
# How many line numbers to show for one problem.
_LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A problem in one line of a jobs file."""

    line: int
    """The number of the line, from 1; 0 for the file as a whole."""
    message: str
    """What is wrong, and what would be right. It never contains a prompt."""


class JobsFileError(BatchError, ValueError):
    """A jobs file is not valid."""

    problems: tuple[LineProblem, ...]
    """All problems, in the order of the lines."""

    def __init__(self, path: Path, problems: Iterable[LineProblem]) -> None:
        super().__init__()
        self.problems = tuple(problems)
        self.path = path
        self.args = ("\n".join(report_lines(path, self.problems)),)

    def __reduce__(self) -> tuple[Any, ...]:
        # Without this, pickle would make a copy from `args`, which are not the arguments.
        return type(self), (self.path, self.problems)


@dataclass(frozen=True, slots=True)
class JobsFile:
    """The content of a jobs file."""

    path: Path
    jobs: tuple[FileJob, ...]
    """The jobs without problems, in the order of the lines."""
    problems: tuple[LineProblem, ...]
    """All problems, in the order of the lines."""
    remarks: tuple[LineProblem, ...]
    """Warnings, for example about a model that Kling has retired, in the order of the lines."""
    total: Total
    """The total cost of the jobs."""

    def pairs(self) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
        """Yield the jobs in the form that `Batch.add_all` takes.

        Raises:
            JobsFileError: the file has problems.
        """
        if self.problems:
            raise JobsFileError(self.path, self.problems)
        return ((job.id, (job.operation, job.body)) for job in self.jobs)


def look_at(
    path: str | Path, *, operation: str | None = None, fields: Mapping[str, Any] | None = None
) -> JobsFile:
    """Read a jobs file and check all of it. Nothing is sent.

    Args:
        path: the file. Its name ends in .jsonl, .ndjson, .csv or .tsv.
        operation: the operation of jobs that do not name one, by any of its names.
        fields: values for fields that a job leaves out, such as {"model_name": "kling-v3"}.

    Raises:
        OSError: the file cannot be read.
        ValueError: the name of the file has another ending, or no operation has the given name.
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
        result = reader.read(row)
        problems += [LineProblem(row.line, text) for text in result.problems]
        remarks += [LineProblem(row.line, text) for text in result.remarks]
        if result.job and result.estimate:  # both are None if the row has problems
            jobs.append(result.job)
            # To save memory, equal estimates share one object.
            costs.append(estimates.setdefault(result.estimate, result.estimate))
    if not jobs and not problems:
        problems.append(LineProblem(0, "the file does not contain any jobs"))
    return JobsFile(path, tuple(jobs), tuple(problems), tuple(remarks), Total(tuple(costs)))


def read_jobs(
    path: str | Path, *, operation: str | None = None, fields: Mapping[str, Any] | None = None
) -> list[tuple[str, tuple[str, dict[str, Any]]]]:
    """Return the jobs of a file in JSON lines or CSV, in the form that `Batch.add_all` takes.

        batch.add_all(read_jobs("clips.csv", operation="image_to_video"))

    The whole file is checked, with the rules and the media files. Nothing is sent.

    Args:
        path: the file. Its name ends in .jsonl, .ndjson, .csv or .tsv. Paths of media are relative
            to its folder.
        operation: the operation of jobs that do not name one, by any of its names.
        fields: values for fields that a job leaves out, such as {"model_name": "kling-v3"}.

    Raises:
        JobsFileError: the file has problems; the error lists all of them by line.
        OSError: the file cannot be read.
        ValueError: the name of the file has another ending, or no operation has the given name.
    """
    return list(look_at(path, operation=operation, fields=fields).pairs())


def report_lines(path: Path, problems: Iterable[LineProblem]) -> list[str]:
    """Return problems as lines of text.

    If several lines of the file have the same problem, one line of text lists their numbers.
    """
    lines: dict[str, list[int]] = {}
    for problem in problems:
        lines.setdefault(problem.message, []).append(problem.line)
    shown = [
        f"{path.name}{_line_numbers(numbers)}: {message}"
        for message, numbers in list(lines.items())[:_MOST_SHOWN]
    ]
    hidden = len(lines) - len(shown)
    if hidden:
        shown.append(f"{hidden} more problems are not shown")
    return shown


def _line_numbers(lines: list[int]) -> str:
    if not any(lines):  # line 0 is the file as a whole
        return ""
    named = ", ".join(map(str, lines[:_LINES_SHOWN]))
    hidden = len(lines) - _LINES_SHOWN
    more = f" and {hidden} more" if hidden > 0 else ""
    return f", line{'s' if len(lines) > 1 else ''} {named}{more}"
