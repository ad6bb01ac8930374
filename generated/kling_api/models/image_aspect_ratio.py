from typing import Literal, cast

ImageAspectRatio = Literal["16:9", "1:1", "21:9", "2:3", "3:2", "3:4", "4:3", "9:16"]


def check_image_aspect_ratio(value: object) -> ImageAspectRatio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImageAspectRatio, value)
