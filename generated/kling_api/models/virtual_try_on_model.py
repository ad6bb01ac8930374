from typing import Literal, cast

VirtualTryOnModel = Literal["kolors-virtual-try-on-v1", "kolors-virtual-try-on-v1-5"]


def check_virtual_try_on_model(value: object) -> VirtualTryOnModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VirtualTryOnModel, value)
