from typing import Literal, cast

ImageRole = Literal["end_frame", "first_frame"]


def check_image_role(value: object) -> ImageRole:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ImageRole, value)
