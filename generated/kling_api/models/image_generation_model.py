from typing import Literal, cast

ImageGenerationModel = Literal[
    "kling-v1", "kling-v1-5", "kling-v2", "kling-v2-1", "kling-v2-new", "kling-v3"
]


def check_image_generation_model(value: object) -> ImageGenerationModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImageGenerationModel, value)
