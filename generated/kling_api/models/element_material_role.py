from typing import Literal, cast

ElementMaterialRole = Literal["frontal", "refer", "reference"]


def check_element_material_role(value: object) -> ElementMaterialRole:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ElementMaterialRole, value)
