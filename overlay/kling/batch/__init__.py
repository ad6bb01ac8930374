"""Runs many jobs, and continues after a restart: a table of requests becomes a folder of files.

    from kling.batch import Batch

    batch = Batch("clips.sqlite", out="out")
    batch.add_all(requests_by_id.items())
    for job in batch.run():
        print(job.id, job.status, *job.files, job.message)

The batch stores what happened to each job in its state: an SQLite file on one machine, or a
Postgres database for several machines. If the program stops for any reason, run it again: it
continues where it stopped, and pays for nothing twice. This package needs the extra `batch`.
"""

from kling.batch.batch import Batch
from kling.batch.errors import BatchError, InvalidJobsError
from kling.batch.job_files import (
    JobsFile,
    JobsFileError,
    LineProblem,
    look_at,
    read_jobs,
    report_lines,
)
from kling.batch.job_rows import FileJob
from kling.batch.jobs import STATUSES, Job, Status
from kling.batch.media import file

__all__ = [
    "STATUSES",
    "Batch",
    "BatchError",
    "FileJob",
    "InvalidJobsError",
    "Job",
    "JobsFile",
    "JobsFileError",
    "LineProblem",
    "Status",
    "file",
    "look_at",
    "read_jobs",
    "report_lines",
]
