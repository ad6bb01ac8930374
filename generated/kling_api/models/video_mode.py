from typing import Literal, cast

VideoMode = Literal["4k", "pro", "std"]


def check_video_mode(value: object) -> VideoMode:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoMode, value)
