from typing import Literal, cast

OmniImageResolution = Literal["1k", "2k", "4k"]


def check_omni_image_resolution(value: object) -> OmniImageResolution:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OmniImageResolution, value)
