"""What the commands of a batch show: jobs as they end, a table, and rows for other programs."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling._cli.output import say, show, write
from kling._cost import plain
from kling._server_text import escaped, visible

if TYPE_CHECKING:
    from kling.batch import Batch, Job, Status

# Jobs that a table has without --all.
_FEW = 20
_LONGEST_MESSAGE = 120
# A spreadsheet takes what begins so for a formula, and a message comes from a server.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Progress:
    """Shows jobs as they end on standard output, and how many are left on standard error."""

    def __init__(self) -> None:
        self._running: set[str] = set()
        self._is_terminal = sys.stderr.isatty()
        self._bar: Any = None

    @contextmanager
    def of(self, counts: "Mapping[Status, int]") -> Iterator["Callable[[Job], None]"]:
        """Give a function that shows a job that has ended, of as many as are left."""
        from tqdm import tqdm

        form = "{n_fmt}/{total_fmt} jobs |{bar:20}| {elapsed}{postfix}"
        with tqdm(
            total=counts["queued"] + counts["running"],
            file=sys.stderr,
            disable=not self._is_terminal,
            bar_format=form,
        ) as self._bar:

            def ended(job: "Job") -> None:
                with tqdm.external_write_mode(file=sys.stdout):
                    show(line_of(job))
                self._bar.update()

            yield ended

    def update(self, job: "Job") -> None:
        """Take notice of a status that this process has changed; any thread may call it."""
        if job.status == "running":
            self._running.add(job.id)
            if not self._is_terminal:
                say(f"{job.id}  running" + (f"  {job.ref}" if job.ref else ""))
        else:
            self._running.discard(job.id)
        if self._is_terminal and self._bar is not None:
            self._bar.set_postfix_str(f"{len(self._running)} running here")


def line_of(job: "Job") -> str:
    """Return a job as a line: its id, its status, and its files or what is wrong."""
    charges = ", ".join(map(str, job.charges))
    said = [*map(_near, job.files), charges and f"charged {charges}", job.message]
    return "  ".join([job.id, job.status, *filter(None, said)])


def _near(path: Path) -> str:
    """Return a path as short as it can be written here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def summary(counts: "Mapping[Status, int]") -> str:
    """Return how many jobs there are by status, those without any left out."""
    parts = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
    number = sum(counts.values())
    return f"{number} job{'' if number == 1 else 's'}" + (f": {parts}" if parts else "")


def table(batch: "Batch", *, every: bool) -> list[str]:
    """Return how far a batch is: how many jobs there are by status, and those to look at.

    Args:
        batch: the batch.
        every: whether to show all jobs; else some of those that have neither succeeded nor wait.
    """
    lines = [summary(batch.counts())]
    if batch.paused:
        lines.append(f"paused: {batch.paused}")
    spent = ", ".join(f"{plain(amount)} {kind}" for kind, amount in batch.spent.items())
    if spent:
        lines.append(f"counted against the budget: {spent}")
    jobs = batch.jobs()
    wanted = [job for job in jobs if every or job.status not in ("queued", "succeeded")]
    shown = wanted if every else wanted[:_FEW]
    rows = [_cells(job) for job in shown]
    wide = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, wide, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    if more := len(wanted) - len(shown):
        lines.append(f"and {more} more; --all shows them")
    return lines


def _cells(job: "Job") -> tuple[str, str, str, str]:
    message = job.message or ", ".join(map(_near, job.files))
    short = message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}..."
    return visible(job.id), job.status, visible(job.ref or "-"), visible(short)


def plain_job(job: "Job") -> dict[str, Any]:
    """Return a job as JSON has it."""
    whole = asdict(job)
    return {**whole, "files": [str(path) for path in job.files]}


def exported(rows: Iterable[Mapping[str, Any]], form: str) -> Iterator[str]:
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
        yield _csv([_safe(name, row[name]) for name in columns])


def _safe(name: str, value: Any) -> Any:
    if name == "message" and isinstance(value, str):
        value = visible(value)
        return f"'{value}" if value.startswith(_FORMULA) else value
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
            write(line.rstrip("\n"))
        return
    with to.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
