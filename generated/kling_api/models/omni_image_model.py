from typing import Literal, cast

OmniImageModel = Literal["kling-image-o1", "kling-v3-omni"]


def check_omni_image_model(value: object) -> OmniImageModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(OmniImageModel, value)
