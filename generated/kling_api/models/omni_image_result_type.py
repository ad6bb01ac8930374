from typing import Literal, cast

OmniImageResultType = Literal["series", "single"]


def check_omni_image_result_type(value: object) -> OmniImageResultType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(OmniImageResultType, value)
