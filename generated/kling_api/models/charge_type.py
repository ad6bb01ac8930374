from typing import Literal, cast

ChargeType = Literal["cash", "unit"]


def check_charge_type(value: object) -> ChargeType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ChargeType, value)
