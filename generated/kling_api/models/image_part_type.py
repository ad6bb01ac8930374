from typing import Literal, cast

ImagePartType = Literal["cloth_seg", "face_seg", "head_seg", "object_seg"]


def check_image_part_type(value: object) -> ImagePartType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImagePartType, value)
