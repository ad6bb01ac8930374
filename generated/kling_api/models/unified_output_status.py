from typing import Literal, cast

UnifiedOutputStatus = Literal["deleted", "succeeded"]


def check_unified_output_status(value: object) -> UnifiedOutputStatus:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(UnifiedOutputStatus, value)
