from typing import Literal, cast

ElementMaterialType = Literal["image", "video", "voice"]


def check_element_material_type(value: object) -> ElementMaterialType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ElementMaterialType, value)
