from typing import Literal, cast

UnifiedTaskStatus = Literal["failed", "processing", "submitted", "succeed", "succeeded"]


def check_unified_task_status(value: object) -> UnifiedTaskStatus:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(UnifiedTaskStatus, value)
