from typing import Literal, cast

ImageReferenceKind = Literal["face", "subject"]


def check_image_reference_kind(value: object) -> ImageReferenceKind:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ImageReferenceKind, value)
