from typing import Literal, cast

TaskFilterKey = Literal["product_type", "status"]


def check_task_filter_key(value: object) -> TaskFilterKey:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(TaskFilterKey, value)
