from typing import Literal, cast

OmniImageResolution = Literal["1k", "2k", "4k"]


def check_omni_image_resolution(value: object) -> OmniImageResolution:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(OmniImageResolution, value)
