from typing import Literal, cast

MultiElementsModel = Literal["kling-v1-6"]


def check_multi_elements_model(value: object) -> MultiElementsModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MultiElementsModel, value)
