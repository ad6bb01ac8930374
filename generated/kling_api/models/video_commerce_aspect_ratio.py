from typing import Literal, cast

VideoCommerceAspectRatio = Literal["16:9", "9:16"]


def check_video_commerce_aspect_ratio(value: object) -> VideoCommerceAspectRatio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoCommerceAspectRatio, value)
