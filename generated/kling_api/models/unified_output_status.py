from typing import Literal, cast

UnifiedOutputStatus = Literal["deleted", "succeeded"]


def check_unified_output_status(value: object) -> UnifiedOutputStatus:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(UnifiedOutputStatus, value)
