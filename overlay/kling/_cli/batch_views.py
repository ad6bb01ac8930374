"""Output of `kling batch`: a line for each job that ends, an overview, and rows for programs."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling._cli.output import print_lines, print_message, write_stdout
from kling._cost import plain
from kling._server_text import escaped, visible

if TYPE_CHECKING:
    from kling.batch import Batch, Job, Status

# How many jobs an overview shows without --all.
_MAX_JOBS = 20
# How many characters of a message an overview shows.
_MAX_MESSAGE = 120
# Spreadsheets run text as a formula if it begins with one of these characters. A message comes from
# a server, so it may be hostile.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Progress:
    """Shows ended jobs on standard output, and a progress bar on standard error."""

    def __init__(self) -> None:
        self._running: set[str] = set()
        self._is_terminal = sys.stderr.isatty()
        self._bar: Any = None

    @contextmanager
    def show_jobs(self, counts: "Mapping[Status, int]") -> Iterator["Callable[[Job], None]"]:
        """Yield a function that shows a job that has ended, and advances the progress bar."""
        from tqdm import tqdm

        bar_format = "{n_fmt}/{total_fmt} jobs |{bar:20}| {elapsed}{postfix}"
        with tqdm(
            total=counts["queued"] + counts["running"],
            file=sys.stderr,
            disable=not self._is_terminal,
            bar_format=bar_format,
        ) as self._bar:

            def show_job(job: "Job") -> None:
                with tqdm.external_write_mode(file=sys.stdout):
                    print_lines(job_line(job))
                self._bar.update()

            yield show_job

    def update(self, job: "Job") -> None:
        """Show that this process has changed the status of a job. Any thread may call this method.

        The message of an ended job comes from `show_jobs`.
        """
        if job.status == "running":
            self._running.add(job.id)
            if not self._is_terminal:
                print_message(f"{job.id}  running" + (f"  {job.ref}" if job.ref else ""))
        else:
            self._running.discard(job.id)
        if self._is_terminal and self._bar is not None:
            self._bar.set_postfix_str(f"{len(self._running)} running in this process")


def job_line(job: "Job") -> str:
    """Return the line of a job: its id, status, files, charges and message."""
    charges = ", ".join(map(str, job.charges))
    details = [*map(_short_path, job.files), charges and f"charged {charges}", job.message]
    return "  ".join([job.id, job.status, *filter(None, details)])


def _short_path(path: Path) -> str:
    """Return a path relative to the current folder. A path outside this folder stays the same."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def summary(counts: "Mapping[Status, int]") -> str:
    """Return the number of jobs by status, such as `3 jobs: 1 failed, 2 succeeded`."""
    parts = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
    return job_count(sum(counts.values())) + (f": {parts}" if parts else "")


def job_count(number: int) -> str:
    """Return a number of jobs in words, such as `1 job` or `2 jobs`."""
    return f"{number} job{'' if number == 1 else 's'}"


def overview(batch: "Batch", *, show_all: bool) -> list[str]:
    """Return the lines of an overview: the number of jobs by status, then a table of jobs.

    Args:
        batch: the batch.
        show_all: whether to show all jobs. If false, jobs that are queued or have succeeded are
            left out, and at most 20 of the other jobs are shown.
    """
    lines = [summary(batch.counts())]
    if batch.paused:
        lines.append(f"paused: {batch.paused}")
    spent = ", ".join(f"{plain(amount)} {kind}" for kind, amount in batch.spent.items())
    if spent:
        lines.append(f"spent or reserved: {spent}")
    jobs = batch.jobs()
    wanted = [job for job in jobs if show_all or job.status not in ("queued", "succeeded")]
    shown = wanted if show_all else wanted[:_MAX_JOBS]
    rows = [_cells(job) for job in shown]
    # The last of the four columns is not padded.
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    if more := len(wanted) - len(shown):
        lines.append(f"and {more} more; use --all to show them")
    return lines


def _cells(job: "Job") -> tuple[str, str, str, str]:
    message = job.message or ", ".join(map(_short_path, job.files))
    short = message if len(message) <= _MAX_MESSAGE else f"{message[:_MAX_MESSAGE]}..."
    return visible(job.id), job.status, visible(job.ref or "-"), visible(short)


def job_fields(job: "Job") -> dict[str, Any]:
    """Return the fields of a job for JSON."""
    return {**asdict(job), "files": [str(path) for path in job.files]}


def export_lines(rows: Iterable[Mapping[str, Any]], form: str) -> Iterator[str]:
    """Yield the lines of a table of jobs, as CSV or JSON lines."""
    if form == "jsonl":
        for row in rows:
            yield escaped(json.dumps(row, default=str)) + "\n"
        return
    columns: list[str] = []
    for row in rows:
        if not columns:
            columns = [*row]
            yield _csv(columns)
        yield _csv([_safe_cell(name, row[name]) for name in columns])


def _safe_cell(name: str, value: Any) -> Any:
    if name == "message" and isinstance(value, str):
        value = visible(value)
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    return value


def _csv(cells: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def write_lines(lines: Iterator[str], to: Path | None) -> None:
    """Write lines to a file, or to standard output.

    Raises:
        OSError: the file cannot be written.
    """
    if to is None:
        for line in lines:
            write_stdout(line.rstrip("\n"))
        return
    with to.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
