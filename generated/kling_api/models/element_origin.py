from typing import Literal, cast

ElementOrigin = Literal["image_refer", "video_refer"]


def check_element_origin(value: object) -> ElementOrigin:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ElementOrigin, value)
