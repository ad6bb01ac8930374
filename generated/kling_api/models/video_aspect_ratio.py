from typing import Literal, cast

VideoAspectRatio = Literal["16:9", "1:1", "9:16"]


def check_video_aspect_ratio(value: object) -> VideoAspectRatio:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VideoAspectRatio, value)
