from typing import Literal, cast

UnifiedTaskStatus = Literal["failed", "processing", "submitted", "succeed", "succeeded"]


def check_unified_task_status(value: object) -> UnifiedTaskStatus:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(UnifiedTaskStatus, value)
