from typing import Literal, cast

OmniImageModel = Literal["kling-image-o1", "kling-v3-omni"]


def check_omni_image_model(value: object) -> OmniImageModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OmniImageModel, value)
