from typing import Literal, cast

SolutionTaskFilterStatus = Literal[
    "failed", "processing", "submitted", "succeed", "succeeded"
]


def check_solution_task_filter_status(value: object) -> SolutionTaskFilterStatus:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(SolutionTaskFilterStatus, value)
