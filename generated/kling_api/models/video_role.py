from typing import Literal, cast

VideoRole = Literal["base", "feature"]


def check_video_role(value: object) -> VideoRole:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoRole, value)
