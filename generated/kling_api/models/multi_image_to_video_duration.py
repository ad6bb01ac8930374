from typing import Literal, cast

MultiImageToVideoDuration = Literal["10", "5"]


def check_multi_image_to_video_duration(value: object) -> MultiImageToVideoDuration:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MultiImageToVideoDuration, value)
