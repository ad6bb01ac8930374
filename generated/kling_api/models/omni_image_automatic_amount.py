from typing import Literal, cast

OmniImageAutomaticAmount = Literal["auto"]


def check_omni_image_automatic_amount(value: object) -> OmniImageAutomaticAmount:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OmniImageAutomaticAmount, value)
