from typing import Literal, cast

CustomElementReferenceType = Literal["image_refer", "video_refer"]


def check_custom_element_reference_type(value: object) -> CustomElementReferenceType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(CustomElementReferenceType, value)
