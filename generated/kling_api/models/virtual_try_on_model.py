from typing import Literal, cast

VirtualTryOnModel = Literal["kolors-virtual-try-on-v1", "kolors-virtual-try-on-v1-5"]


def check_virtual_try_on_model(value: object) -> VirtualTryOnModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VirtualTryOnModel, value)
