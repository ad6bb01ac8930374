from typing import Literal, cast

MultiElementsMode = Literal["pro", "std"]


def check_multi_elements_mode(value: object) -> MultiElementsMode:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MultiElementsMode, value)
