from typing import Literal, cast

OmniImageAutomaticAmount = Literal["auto"]


def check_omni_image_automatic_amount(value: object) -> OmniImageAutomaticAmount:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(OmniImageAutomaticAmount, value)
