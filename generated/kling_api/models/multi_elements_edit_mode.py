from typing import Literal, cast

MultiElementsEditMode = Literal["addition", "removal", "swap"]


def check_multi_elements_edit_mode(value: object) -> MultiElementsEditMode:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(MultiElementsEditMode, value)
