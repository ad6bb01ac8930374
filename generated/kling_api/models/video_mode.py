from typing import Literal, cast

VideoMode = Literal["4k", "pro", "std"]


def check_video_mode(value: object) -> VideoMode:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VideoMode, value)
