"""What can be wrong with a batch itself."""

from collections.abc import Mapping, Sequence

from kling.description import Problem
from kling.errors import KlingError


class BatchError(KlingError):
    """The batch cannot do this; the message says what would help. Nothing was sent."""


class InvalidJobsError(BatchError, ValueError):
    """Jobs cannot be added as they are. None of those that were given was added."""

    problems: Mapping[str, Sequence[Problem]]
    """Everything that is wrong, by the id of the job."""

    def __init__(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().__init__()
        told = [f"  {name}: {one}" for name, found in problems.items() for one in found]
        self.args = ("\n".join(["no job was added:", *told]),)
        self.problems = {name: tuple(found) for name, found in problems.items()}
