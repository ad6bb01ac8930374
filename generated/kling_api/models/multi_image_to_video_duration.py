from typing import Literal, cast

MultiImageToVideoDuration = Literal["10", "5"]


def check_multi_image_to_video_duration(value: object) -> MultiImageToVideoDuration:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(MultiImageToVideoDuration, value)
