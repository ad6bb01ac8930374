from typing import Literal, cast

ImageRole = Literal["end_frame", "first_frame"]


def check_image_role(value: object) -> ImageRole:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImageRole, value)
