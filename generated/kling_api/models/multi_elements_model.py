from typing import Literal, cast

MultiElementsModel = Literal["kling-v1-6"]


def check_multi_elements_model(value: object) -> MultiElementsModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(MultiElementsModel, value)
