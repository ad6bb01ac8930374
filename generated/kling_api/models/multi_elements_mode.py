from typing import Literal, cast

MultiElementsMode = Literal["pro", "std"]


def check_multi_elements_mode(value: object) -> MultiElementsMode:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(MultiElementsMode, value)
