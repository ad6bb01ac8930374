from typing import Literal, cast

ImageToVideoModel = Literal[
    "kling-v1",
    "kling-v1-5",
    "kling-v1-6",
    "kling-v2-1",
    "kling-v2-1-master",
    "kling-v2-5-turbo",
    "kling-v2-6",
    "kling-v2-master",
    "kling-v3",
]


def check_image_to_video_model(value: object) -> ImageToVideoModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImageToVideoModel, value)
