from typing import Literal, cast

ImagePartType = Literal["cloth_seg", "face_seg", "head_seg", "object_seg"]


def check_image_part_type(value: object) -> ImagePartType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ImagePartType, value)
