from typing import Literal, cast

SolutionTaskFilterKey = Literal["status"]


def check_solution_task_filter_key(value: object) -> SolutionTaskFilterKey:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(SolutionTaskFilterKey, value)
