from typing import Literal, cast

TaskFilterKey = Literal["product_type", "status"]


def check_task_filter_key(value: object) -> TaskFilterKey:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(TaskFilterKey, value)
