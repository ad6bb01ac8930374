from typing import Literal, cast

UnifiedElementType = Literal["multi_image_elements", "video_character_elements"]


def check_unified_element_type(value: object) -> UnifiedElementType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(UnifiedElementType, value)
