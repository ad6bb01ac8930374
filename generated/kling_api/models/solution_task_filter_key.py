from typing import Literal, cast

SolutionTaskFilterKey = Literal["status"]


def check_solution_task_filter_key(value: object) -> SolutionTaskFilterKey:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(SolutionTaskFilterKey, value)
