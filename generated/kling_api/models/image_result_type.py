from typing import Literal, cast

ImageResultType = Literal["series", "single"]


def check_image_result_type(value: object) -> ImageResultType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ImageResultType, value)
