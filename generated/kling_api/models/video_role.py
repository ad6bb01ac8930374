from typing import Literal, cast

VideoRole = Literal["base", "feature"]


def check_video_role(value: object) -> VideoRole:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VideoRole, value)
