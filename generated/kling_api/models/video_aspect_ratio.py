from typing import Literal, cast

VideoAspectRatio = Literal["16:9", "1:1", "9:16"]


def check_video_aspect_ratio(value: object) -> VideoAspectRatio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoAspectRatio, value)
