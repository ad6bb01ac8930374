from typing import Literal, cast

MultiImageToImageModel = Literal["kling-v2", "kling-v2-1"]


def check_multi_image_to_image_model(value: object) -> MultiImageToImageModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(MultiImageToImageModel, value)
