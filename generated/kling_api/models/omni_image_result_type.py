from typing import Literal, cast

OmniImageResultType = Literal["series", "single"]


def check_omni_image_result_type(value: object) -> OmniImageResultType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OmniImageResultType, value)
