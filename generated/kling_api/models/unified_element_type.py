from typing import Literal, cast

UnifiedElementType = Literal["multi_image_elements", "video_character_elements"]


def check_unified_element_type(value: object) -> UnifiedElementType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(UnifiedElementType, value)
