from typing import Literal, cast

SolutionTaskFilterStatus = Literal[
    "failed", "processing", "submitted", "succeed", "succeeded"
]


def check_solution_task_filter_status(value: object) -> SolutionTaskFilterStatus:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(SolutionTaskFilterStatus, value)
