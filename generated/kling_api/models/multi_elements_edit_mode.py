from typing import Literal, cast

MultiElementsEditMode = Literal["addition", "removal", "swap"]


def check_multi_elements_edit_mode(value: object) -> MultiElementsEditMode:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MultiElementsEditMode, value)
