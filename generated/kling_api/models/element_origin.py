from typing import Literal, cast

ElementOrigin = Literal["image_refer", "video_refer"]


def check_element_origin(value: object) -> ElementOrigin:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ElementOrigin, value)
