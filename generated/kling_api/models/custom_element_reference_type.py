from typing import Literal, cast

CustomElementReferenceType = Literal["image_refer", "video_refer"]


def check_custom_element_reference_type(value: object) -> CustomElementReferenceType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(CustomElementReferenceType, value)
