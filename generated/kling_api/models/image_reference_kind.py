from typing import Literal, cast

ImageReferenceKind = Literal["face", "subject"]


def check_image_reference_kind(value: object) -> ImageReferenceKind:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ImageReferenceKind, value)
