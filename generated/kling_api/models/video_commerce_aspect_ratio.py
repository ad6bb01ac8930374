from typing import Literal, cast

VideoCommerceAspectRatio = Literal["16:9", "9:16"]


def check_video_commerce_aspect_ratio(value: object) -> VideoCommerceAspectRatio:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VideoCommerceAspectRatio, value)
