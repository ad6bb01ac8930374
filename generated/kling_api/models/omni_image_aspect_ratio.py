from typing import Literal, cast

OmniImageAspectRatio = Literal[
    "16:9", "1:1", "21:9", "2:3", "3:2", "3:4", "4:3", "9:16", "auto"
]


def check_omni_image_aspect_ratio(value: object) -> OmniImageAspectRatio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OmniImageAspectRatio, value)
