from typing import Literal, cast

TaskStatus = Literal["failed", "processing", "submitted", "succeed"]


def check_task_status(value: object) -> TaskStatus:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(TaskStatus, value)
