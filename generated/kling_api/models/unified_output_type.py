from typing import Literal, cast

UnifiedOutputType = Literal[
    "ass",
    "audio",
    "element",
    "image",
    "model_images",
    "product_image",
    "product_video",
    "srt",
    "subbed_video",
    "video",
    "voice",
]


def check_unified_output_type(value: object) -> UnifiedOutputType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(UnifiedOutputType, value)
