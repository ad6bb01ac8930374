from typing import Literal, cast

ImageResultType = Literal["series", "single"]


def check_image_result_type(value: object) -> ImageResultType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImageResultType, value)
