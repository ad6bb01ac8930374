from typing import Literal, cast

UnifiedOutputType = Literal["audio", "element", "image", "video", "voice"]


def check_unified_output_type(value: object) -> UnifiedOutputType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(UnifiedOutputType, value)
