from typing import Literal, cast

ImageGenerationResolution = Literal["1k", "2k"]


def check_image_generation_resolution(value: object) -> ImageGenerationResolution:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImageGenerationResolution, value)
