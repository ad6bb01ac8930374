"""Makes a `Job` from a row of the state, and a flat row from a `Job`."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling._tasks import Amount
from kling.batch.jobs import Job
from kling.description import Problem

if TYPE_CHECKING:
    from sqlalchemy import Row


def job_of(row: "Row[Any]") -> Job:
    """Return the job of a row."""
    return Job(
        id=row.id,
        operation=row.operation,
        status=row.status,
        tries=row.tries,
        ref=row.ref,
        external_task_id=row.external_task_id,
        files=tuple(map(Path, row.files)),
        charges=tuple(Amount(Decimal(value), unit) for value, unit in row.charges),
        message=row.message,
        problems=tuple(_problem(stored) for stored in row.problems),
        kind=row.kind,
    )


def _problem(stored: dict[str, Any]) -> Problem:
    sources = tuple(stored["sources"])  # JSON has only lists
    return Problem(**(stored | {"sources": sources}))


def exported(job: Job) -> dict[str, Any]:
    """Return a job as a flat row; see `Batch.export`."""
    units = [amount.value for amount in job.charges if amount.unit == "units"]
    money = [amount for amount in job.charges if amount.unit != "units"]
    return {
        "id": job.id,
        "operation": job.operation,
        "status": job.status,
        "tries": job.tries,
        "ref": job.ref or "",
        "external_task_id": job.external_task_id or "",
        "files": "; ".join(map(str, job.files)),
        "units": str(sum(units, Decimal(0))) if units else "",
        "money": str(money[0].value) if money else "",
        "currency": money[0].unit if money else "",
        "kind": job.kind or "",
        "message": job.message,
    }
