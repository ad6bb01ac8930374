from typing import Literal, cast

ImageGenerationResolution = Literal["1k", "2k"]


def check_image_generation_resolution(value: object) -> ImageGenerationResolution:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ImageGenerationResolution, value)
