from typing import Literal, cast

TaskStatus = Literal["failed", "processing", "submitted", "succeed"]


def check_task_status(value: object) -> TaskStatus:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(TaskStatus, value)
