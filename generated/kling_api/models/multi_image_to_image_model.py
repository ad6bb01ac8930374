from typing import Literal, cast

MultiImageToImageModel = Literal["kling-v2", "kling-v2-1"]


def check_multi_image_to_image_model(value: object) -> MultiImageToImageModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MultiImageToImageModel, value)
