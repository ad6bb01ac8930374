"""The errors of a batch."""

from collections.abc import Mapping, Sequence

from kling.description import Problem
from kling.errors import KlingError


class BatchError(KlingError):
    """A batch cannot do what was requested. Nothing was sent. The message says what would help."""


class InvalidJobsError(BatchError, ValueError):
    """Some jobs are not valid, so none of the given jobs was added."""

    problems: Mapping[str, Sequence[Problem]]
    """All problems, by the id of the job."""

    def __init__(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().__init__()
        lines = [
            f"  {job_id}: {problem}" for job_id, of_job in problems.items() for problem in of_job
        ]
        self.args = ("\n".join(["no job was added:", *lines]),)
        self.problems = {job_id: tuple(of_job) for job_id, of_job in problems.items()}
