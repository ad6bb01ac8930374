from typing import Literal, cast

ElementMaterialType = Literal["image", "video", "voice"]


def check_element_material_type(value: object) -> ElementMaterialType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ElementMaterialType, value)
