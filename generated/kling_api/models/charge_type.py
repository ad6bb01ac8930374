from typing import Literal, cast

ChargeType = Literal["cash", "unit"]


def check_charge_type(value: object) -> ChargeType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ChargeType, value)
