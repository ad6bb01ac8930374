from typing import Literal, cast

ElementMaterialRole = Literal["frontal", "refer", "reference"]


def check_element_material_role(value: object) -> ElementMaterialRole:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ElementMaterialRole, value)
