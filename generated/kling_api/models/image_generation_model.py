from typing import Literal, cast

ImageGenerationModel = Literal[
    "kling-v1", "kling-v1-5", "kling-v2", "kling-v2-1", "kling-v2-new", "kling-v3"
]


def check_image_generation_model(value: object) -> ImageGenerationModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ImageGenerationModel, value)
